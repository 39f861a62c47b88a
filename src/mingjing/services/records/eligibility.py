"""What stands against a nomination on its day: cards in force, vetoes of the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mingjing.domain.assessments import dealing, outline
from mingjing.domain.assessments.cards import CardColour
from mingjing.domain.assessments.honours import Bar, bars_on
from mingjing.domain.assessments.sealing import read_scored
from mingjing.storage.people.models import Court, Posting
from mingjing.storage.records.models import Record

_GRAVE = (CardColour.YELLOW.value, CardColour.RED.value)


def bars_for_unit(court: Court, unit: int, on: date) -> tuple[Bar, ...]:
    """Yellow and red cards against a department: while in force, and for the rest of the year of the card
    (a yellow card cancels the eligibility of the assessment year)."""
    rows = Record.objects.filter(court=court, register__startswith="card.", data__unit=unit)
    found = []
    for row in rows.exclude(state__in=(dealing.PROPOSED, dealing.DECLINED)).order_by("pk"):
        colour = str(row.data["colour"])
        if colour not in _GRAVE:
            continue
        since = date.fromisoformat(str(row.data["on"]))
        ended = row.data.get("ended_on")
        year = date(since.year, 12, 31)
        until = max(year, date.fromisoformat(str(ended))) if ended else None
        found.append(Bar(f"所在部门{colour}", since, until, row.number))
    return bars_on(found, on)


def bars_for_person(court: Court, person: int, on: date) -> tuple[Bar, ...]:
    """What stands against a person: cards of their departments, vetoes confirmed against them this year."""
    held = Posting.objects.on(on).filter(person=person, department__isnull=False)
    units = sorted(set(held.values_list("department", flat=True)))
    cards = [bar for unit in units for bar in bars_for_unit(court, unit, on)]
    return bars_on([*cards, *_vetoes(court, person)], on)


def _vetoes(court: Court, person: int) -> Iterable[Bar]:
    """A veto counts from its confirmation to the end of that year."""
    rows = Record.objects.filter(
        court=court, register__startswith="sheet.", subject=person, state=outline.FINAL
    )
    for row in rows.order_by("pk"):
        if row.over_on is None:
            continue
        for label, _ in read_scored(row.inner).vetoes:
            yield Bar(f"一票否决：{label}", row.over_on, date(row.over_on.year, 12, 31), row.number)
