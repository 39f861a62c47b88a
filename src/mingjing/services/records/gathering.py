"""What a court's registers say about departments and people over some days, as dictionary.conduct_sources
tells: for the annual result, the flag, the review of silence, and who may stand for an award."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction

from mingjing.domain.assessments.gathering import ANNUAL, Entry, Sort, Source, of_sorts, read_source
from mingjing.domain.dates.periods import Period
from mingjing.domain.ledgers.register import Register
from mingjing.services.installation import registry, today
from mingjing.services.records.words import keys_of
from mingjing.storage.people.models import Court, Posting
from mingjing.storage.records.models import Record

SOURCES, SETTINGS = "dictionary.conduct_sources", "dictionary.honour_settings"


def sources_of(court: Court) -> tuple[Source, ...]:
    """What a court gathers from. Raises WrongSource."""
    return tuple(read_source(row) for row in registry(court).dictionary(SOURCES).rows)


def setting(court: Court, code: str) -> int:
    """A number of dictionary.honour_settings by its code."""
    rows = registry(court).dictionary(SETTINGS).rows
    return int(next(row["value"] for row in rows if row["code"] == code))


def gathered(
    court: Court, first: date, last: date, sorts: Collection[Sort] = tuple(Sort)
) -> tuple[Entry, ...]:
    """Every entry of these sorts dated from ``first`` to ``last``, whoever it names; registers the court does
    not keep today are left out. It says what there is, not who may see it."""
    kept = {one.id: one for one in registry(court).registers(today(court))}
    wanted = (one for one in sources_of(court) if set(one.sorts) & set(sorts))
    return tuple(
        entry
        for one in wanted
        if one.register in kept
        for entry in _entries(court, one, kept[one.register], first, last)
    )


def about(
    court: Court, period: Period, sorts: Collection[Sort] = ANNUAL, *, person: int = 0, unit: int = 0
) -> tuple[Entry, ...]:
    """The entries about a person (cards of the departments they are posted in at the end of the period with
    them) or about a department."""
    found = gathered(court, period.first, period.last, sorts)
    if not person:
        return of_sorts((one for one in found if unit in one.units), *sorts)
    rows = Posting.objects.on(period.last).filter(person=person, department__isnull=False)
    homes = frozenset(rows.values_list("department", flat=True))
    mine = (one for one in found if person in one.people or (not one.people and homes & one.units))
    return of_sorts(mine, *sorts)


def collected(court: Court, period: Period, *, person: int = 0, unit: int = 0) -> str:
    """What flows into an annual result, in words: each sort with its records by number."""
    found = about(court, period, person=person, unit=unit)
    numbers = dict(Record.objects.filter(pk__in=[one.record for one in found]).values_list("pk", "number"))
    lines = []
    for sort in ANNUAL:
        own = of_sorts(found, sort)
        told = "、".join(f"{numbers[one.record]}（{one.on}）" for one in own)
        lines.append(f"{sort.value} {len(own)} 件{f'：{told}' if told else ''}")
    return "\n".join(lines)


def _entries(court: Court, source: Source, register: Register, first: date, last: date) -> Iterable[Entry]:
    keys = {field.label: field.key for field in register.fields}
    rows = Record.objects.filter(court=court, register=source.register).order_by("pk")
    if source.states:
        rows = rows.filter(state__in=source.states)
    if not source.day:
        rows = rows.filter(opened_on__range=(first, last))
    for pk, state, opened, data in rows.values_list("pk", "state", "opened_on", "data"):
        held = {label: data.get(key) for label, key in keys.items()}
        on = _day(held.get(source.day)) or opened
        if first <= on <= last and source.counts(state, str(held.get(source.field) or "")):
            people, units = keys_of(held.get(source.person)), keys_of(held.get(source.unit))
            points = _points(held.get(source.points))
            yield Entry(source.label, source.sorts, pk, on, people, units, points)


def _day(held: object) -> date | None:
    return date.fromisoformat(held[:10]) if isinstance(held, str) and held else None


def _points(held: object) -> Fraction | None:
    return None if held in (None, "") else Fraction(str(held))
