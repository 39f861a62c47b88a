"""Rankings and cards as people see them: whoever sees every sheet sees the whole, others their department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mingjing.domain.assessments import outline
from mingjing.domain.assessments.cards import CardEvent, Month, Standing, Walk, timeline
from mingjing.domain.assessments.dealing import Card
from mingjing.domain.assessments.ranking import last_ones, ranked
from mingjing.domain.assessments.scoring import grade_of, shown
from mingjing.domain.assessments.sealing import read_scored
from mingjing.domain.assessments.sheets import JURY, Sheet
from mingjing.domain.dates.periods import Period as CalendarPeriod
from mingjing.domain.dates.periods import period_of, read_period
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.rankings import Period, cards_over, months_of, past_of, periods_of
from mingjing.services.records.rounds import is_of_units, sheet_of
from mingjing.services.records.sight import registers_seen, sight_of
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record, RecordParty

MOST_PERIODS, LAST_SHEETS = 12, 20


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet definition on the overview, with how many of its records are under way and over."""

    sheet: Sheet
    open: int
    over: int
    of_units: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits for the reader's marks, the sheets and the card schemes they may see."""

    waiting: tuple[Record, ...]
    sheets: tuple[SheetLine, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class RankLine:
    """One department in a ranking. ``last``: among the places a card scheme looks at."""

    unit: int
    name: str
    total: str
    rank: int
    grade: str
    last: bool
    record: int


@dataclass(frozen=True, slots=True)
class RankingView:
    """One period of a sheet: its lines (only one's own department where one does not see all), and what is
    missing before it counts."""

    sheet: Sheet
    period: Period
    label: str
    periods: tuple[Period, ...]
    lines: tuple[RankLine, ...]
    of: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one department: its total, whether it was among the last, what happened at its end."""

    month: Month
    total: str
    last: bool
    events: tuple[CardEvent, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One department's way through the months."""

    unit: int
    name: str
    walk: Walk
    cells: tuple[Cell, ...]
    records: tuple[Record, ...]

    @property
    def card(self) -> str:
        """The gravest card in force by the rules, or nothing."""
        return self.walk.standing.card.value if self.walk.standing.card else ""


@dataclass(frozen=True, slots=True)
class CardsView:
    """A card scheme over the months known."""

    card: Card
    months: tuple[Month, ...]
    lines: tuple[UnitLine, ...]
    units: int
    whole: bool


def overview(actor: Actor) -> Overview:
    """The page of all scoring."""
    seen = [one for one in registers_seen(actor) if one.kind in ("sheet", "card")]
    values = [value_of(actor.court, one.id, actor.on) for one in seen]
    lines = []
    for one in values:
        if isinstance(one, Sheet):
            rows = Record.objects.filter(sight_of(actor, one.register).where)
            over = rows.filter(over=True).count()
            lines.append(SheetLine(one, rows.count() - over, over, is_of_units(one)))
    cards = tuple(one for one in values if isinstance(one, Card))
    return Overview(to_score(actor), tuple(lines), cards)


def periods_to_open(sheet: Sheet, on: date) -> tuple[CalendarPeriod, ...]:
    """The last twelve periods of a sheet that have begun, the newest first; nothing is scored ahead."""
    if sheet.period is None:
        return ()
    found = [period_of(sheet.period, on)]
    while len(found) < MOST_PERIODS:
        found.append(period_of(sheet.period, found[-1].first - timedelta(days=1)))
    return tuple(found)


def next_round(actor: Actor, sheet: Sheet, periods: Sequence[CalendarPeriod]) -> dict[str, object]:
    """What a round most likely is: the newest period that is over and not opened, scored by whom it was last
    time."""
    opened = {one.code for one in periods_of(actor.court, sheet.register.id, actor.on)}
    over = [one.code for one in periods if one.last < actor.on and one.code not in opened]
    jury = sheet.register.field(JURY).key
    rows = Record.objects.filter(court=actor.court, register=sheet.register.id).order_by("-pk")
    named = {key for data in rows.values_list("data", flat=True)[:LAST_SHEETS] for key in data.get(jury, ())}
    return {"period": over[0] if over else periods[0].code, "jury": [str(key) for key in sorted(named)]}


def to_score(actor: Actor) -> tuple[Record, ...]:
    """The sheets that wait for the actor's own marks, the oldest first."""
    parts = RecordParty.objects.filter(person=actor.person, capacity=JURY)
    rows = Record.objects.filter(
        court=actor.court, register__startswith="sheet.", state=outline.SCORING, pk__in=parts.values("record")
    )
    found = rows.order_by("opened_on", "pk")[:200]
    return tuple(one for one in found if actor.person.pk not in read_scored(one.inner).marks)


def ranking(actor: Actor, sheet_id: str, code: str = "") -> RankingView:
    """A period of a sheet of departments; without a code the newest.

    Raises
    ------
    NotVisible   no such sheet or period
    """
    sheet = sheet_of(actor, sheet_id)
    periods = periods_of(actor.court, sheet_id, actor.on)
    if not is_of_units(sheet) or not periods:
        raise NotVisible
    period = next((one for one in periods if one.code == code), None if code else periods[-1])
    if period is None:
        raise NotVisible
    sight = sight_of(actor, sheet.register)
    keys = {field.label: field.key for field in sheet.register.fields}
    rows = Record.objects.filter(sight.where, **{f"data__{keys['考核期']}": period.code})
    records = {
        int(data[keys[sheet.subject]]): (pk, str(data.get(keys["等级"]) or ""))
        for pk, data in rows.exclude(state=outline.VOID).values_list("pk", "data")
    }
    names = dict(Department.objects.filter(pk__in=records).values_list("pk", "name"))
    last = _last(actor, sheet, period)
    lines = tuple(
        RankLine(
            one.key,
            names[one.key],
            shown(one.total, sheet.decimals),
            one.rank,
            records[one.key][1] or grade_of(sheet.grades, one.total).label,
            one.key in last,
            records[one.key][0],
        )
        for one in ranked(period.totals)
        if one.key in records
    )
    label = read_period(period.code).label
    return RankingView(sheet, period, label, periods, lines, len(period.totals), sight.whole)


def _last(actor: Actor, sheet: Sheet, period: Period) -> frozenset[int]:
    if sheet.ranking is None or not period.confirmed:
        return frozenset()
    found: set[int] = set()
    for card in cards_over(actor.court, sheet.register.id, actor.on):
        found |= last_ones(period.totals, card.rules.last, share=card.rules.share)
    return frozenset(found)


def cards_view(actor: Actor, card_id: str) -> CardsView:
    """Every department's cards over the months known; only one's own where one does not see all.

    Raises
    ------
    NotVisible   no such scheme
    """
    card = value_of(actor.court, card_id, actor.on) if card_id.startswith("card.") else None
    if not isinstance(card, Card):
        raise NotVisible
    months = months_of(periods_of(actor.court, card.sheet, actor.on))
    walks = timeline(card.rules, months, past_of(actor.court, card_id))
    sight = sight_of(actor, card.register)
    records: dict[int, list[Record]] = {}
    for row in Record.objects.filter(sight.where).order_by("-pk"):
        records.setdefault(int(row.data["unit"]), []).append(row)
    shown_units = set(walks) if sight.whole else set(records) & set(walks)
    names = dict(Department.objects.filter(pk__in=shown_units).order_by("order").values_list("pk", "name"))
    lines = tuple(
        UnitLine(
            unit,
            name,
            walks[unit],
            _cells(card, unit, walks[unit], months),
            tuple(records.get(unit, ())),
        )
        for unit, name in names.items()
    )
    last = months[max(months)] if months else {}
    return CardsView(card, tuple(sorted(months)), lines, len(last), sight.whole)


def _cells(
    card: Card, unit: int, walk: Walk, months: Mapping[Month, Mapping[int, Fraction]]
) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            month,
            shown(months[month][unit], 2) if unit in months[month] else "",
            month in walk.hits,
            tuple(one for one in walk.events if one.on == month.last_day),
        )
        for month in sorted(months)
    )


def unit_line(actor: Actor, card_id: str, unit: int) -> tuple[CardsView, UnitLine]:
    """One department of a scheme, were it without a month yet. Raises NotVisible."""
    view = cards_view(actor, card_id)
    found = next((one for one in view.lines if one.unit == unit), None)
    name = Department.objects.filter(court=actor.court, pk=unit).values_list("name", flat=True).first()
    if found is None and view.whole and name is not None:
        found = UnitLine(unit, name, Walk(unit, (), Standing(), ()), (), ())
    if found is None:
        raise NotVisible
    return view, found
