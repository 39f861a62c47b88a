"""What a court has confirmed: totals of departments by month, cards decided, rectifications verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingjing.domain.assessments import dealing, outline
from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.cards import CardColour, Declined, Month, Past, month_of
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.dates.periods import read_period
from mingjing.services.installation import registry
from mingjing.services.records.rosters import units_meant
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Court, Department
from mingjing.storage.records.models import Record

Totals = Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class Period:
    """One period of one sheet: confirmed totals by department, and how many sheets are not confirmed yet, or
    not even opened. It counts as a ranking only with none of those."""

    code: str
    totals: Totals
    open: int

    @property
    def confirmed(self) -> bool:
        """Whether every department to be ranked has its final sheet."""
        return bool(self.totals) and not self.open


def periods_of(court: Court, sheet_id: str, on: date) -> tuple[Period, ...]:
    """Every period somebody was scored in, the oldest first; sheets called off are left out."""
    sheet = value_of(court, sheet_id, on)
    if not isinstance(sheet, Sheet) or sheet.period is None:
        return ()
    keys = {field.label: field.key for field in sheet.register.fields}
    rows = Record.objects.filter(court=court, register=sheet_id).exclude(state=outline.VOID)
    totals: dict[str, dict[int, Fraction]] = defaultdict(dict)
    waiting: dict[str, set[int]] = defaultdict(set)
    for state, data in rows.order_by("pk").values_list("state", "data"):
        code, unit = str(data.get(keys[words.PERIOD])), int(data[keys[sheet.subject]])
        if state == outline.FINAL:
            totals[code][unit] = Fraction(str(data[keys[words.TOTAL]]))
        else:
            waiting[code].add(unit)
    codes = sorted({*totals, *waiting})
    due = _due(court, sheet, codes)
    return tuple(
        Period(code, totals[code], len((waiting[code] | due[code]) - set(totals[code]))) for code in codes
    )


def _due(court: Court, sheet: Sheet, codes: Sequence[str]) -> dict[str, frozenset[int]]:
    """The departments to be ranked in each period: those the rosters mean on its last day."""
    if sheet.ranking is None:
        return dict.fromkeys(codes, frozenset())
    known = list(Department.objects.filter(court=court))
    found = {}
    for code in codes:
        last = read_period(code).last
        places = [one for one in known if one.since <= last and (one.until is None or last <= one.until)]
        found[code] = units_meant(court, sheet.ranking.among, places)
    return found


def months_of(periods: Iterable[Period]) -> dict[Month, Totals]:
    """The confirmed months among periods."""
    return {month_of(one.code): one.totals for one in periods if one.confirmed and len(one.code) == 7}


def past_of(court: Court, card_id: str) -> Past:
    """What people decided about the cards of a court."""
    declined: dict[int, list[Declined]] = defaultdict(list)
    verified: dict[int, list[date]] = defaultdict(list)
    rows = Record.objects.filter(court=court, register=card_id).order_by("pk")
    for state, data, inner in rows.values_list("state", "data", "inner"):
        unit = int(data["unit"])
        if state == dealing.DECLINED:
            on = date.fromisoformat(str(data["on"]))
            declined[unit].append(Declined(CardColour(str(data["colour"])), Month(on.year, on.month)))
        if found := inner.get("verified"):
            verified[unit].append(date.fromisoformat(str(found)))
    return Past(declined, verified)


def cards_over(court: Court, sheet_id: str, on: date) -> tuple[dealing.Card, ...]:
    """The card schemes in force at a court that read the ranking of a sheet."""
    known = registry(court)
    found = (known.register_value(one.id, on) for one in known.registers(on) if one.kind == "card")
    return tuple(one for one in found if isinstance(one, dealing.Card) and one.sheet == sheet_id)
