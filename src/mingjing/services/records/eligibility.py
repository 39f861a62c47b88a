"""What stands against a nomination on its day: cards in force, vetoes, measures that cancel it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from mingjing.domain.assessments import dealing, outline
from mingjing.domain.assessments.cards import CardColour
from mingjing.domain.assessments.gathering import Entry, Sort
from mingjing.domain.assessments.honours import Bar, bars_on
from mingjing.domain.assessments.sealing import read_scored
from mingjing.services.records.gathering import gathered
from mingjing.storage.people.models import Court, Posting
from mingjing.storage.records.models import Record

_GRAVE = (CardColour.YELLOW.value, CardColour.RED.value)


def bars_for_unit(court: Court, unit: int, on: date) -> tuple[Bar, ...]:
    """Yellow and red cards of a department, vetoes and measures against it: a yellow card while in force and
    for the rest of its year, the others for the rest of the year in which they were decided."""
    vetoes = _vetoes(court, Record.objects.filter(unit=unit, subject=None))
    named = (one for one in _cancelled(court, on) if unit in one.units)
    return bars_on([*_cards(court, unit, "本部门"), *vetoes, *_measures(named)], on)


def bars_for_person(court: Court, person: int, on: date) -> tuple[Bar, ...]:
    """What stands against a person: cards of their departments, vetoes and measures against themselves."""
    held = Posting.objects.on(on).filter(person=person, department__isnull=False)
    units = sorted(set(held.values_list("department", flat=True)))
    cards = [bar for unit in units for bar in _cards(court, unit, "所在部门")]
    vetoes = _vetoes(court, Record.objects.filter(subject=person))
    named = (one for one in _cancelled(court, on) if person in one.people)
    return bars_on([*cards, *vetoes, *_measures(named)], on)


def _cards(court: Court, unit: int, whose: str) -> Iterable[Bar]:
    rows = Record.objects.filter(court=court, register__startswith="card.", data__unit=unit)
    for row in rows.exclude(state__in=(dealing.PROPOSED, dealing.DECLINED)).order_by("pk"):
        colour = str(row.data["colour"])
        if colour not in _GRAVE:
            continue
        since = date.fromisoformat(str(row.data["on"]))
        ended = row.data.get("ended_on")
        year = date(since.year, 12, 31)
        until = max(year, date.fromisoformat(str(ended))) if ended else None
        yield Bar(f"{whose}{colour}", since, until, row.number)


def _vetoes(court: Court, rows: QuerySet[Record]) -> Iterable[Bar]:
    """A veto counts from its confirmation to the end of that year."""
    final = rows.filter(court=court, register__startswith="sheet.", state=outline.FINAL)
    for row in final.order_by("pk"):
        if row.over_on is None:
            continue
        for label, _ in read_scored(row.inner).vetoes:
            yield Bar(f"一票否决：{label}", row.over_on, date(row.over_on.year, 12, 31), row.number)


def _cancelled(court: Court, on: date) -> tuple[Entry, ...]:
    found = gathered(court, date(on.year, 1, 1), on, (Sort.BAR,))
    return tuple(one for one in found if Sort.BAR in one.sorts)


def _measures(found: Iterable[Entry]) -> Iterable[Bar]:
    """A measure that cancels awards counts from its day to the end of that year."""
    kept = list(found)
    numbers = Record.objects.in_bulk([one.record for one in kept])
    for one in kept:
        yield Bar(one.source, one.on, date(one.on.year, 12, 31), numbers[one.record].number)
