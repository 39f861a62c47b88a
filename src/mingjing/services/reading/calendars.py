"""工作日历: the years that are entered, which of them are provisional, and what hangs on those."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from mingjing.domain.dates.calendars import CalendarStatus, YearCalendar
from mingjing.services.actors import Actor
from mingjing.services.installation import institutions_folder, registry
from mingjing.services.people import courts_kept
from mingjing.storage.supervision.models import Clock


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar: its holidays as spans, the weekends worked, its file."""

    year: int
    provisional: bool
    basis: str
    spans: tuple[tuple[str, date, date], ...]
    workdays: tuple[date, ...]
    file: str
    questions: tuple[str, ...]
    touched: int


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendar of a court. ``touched`` counts running clocks that rest on a provisional year; ``missing``
    is the first year without a notice."""

    id: str
    years: tuple[Year, ...]
    touched: int
    missing: int


def calendars(actor: Actor) -> Calendars:
    """The calendar that the actor's court counts by, newest year first."""
    id_ = actor.court.calendar
    known = registry(actor.court)
    touched = _touched(actor)
    years = [
        _year(file.value, file.path, file.questions, touched)
        for file in known.files(id_)
        if isinstance(file.value, YearCalendar)
    ]
    years.sort(key=lambda one: one.year, reverse=True)
    last = years[0].year if years else actor.on.year
    return Calendars(id_, tuple(years), touched.total(), last + 1)


def _year(value: YearCalendar, path: Path, questions: tuple[str, ...], touched: Counter[int]) -> Year:
    root = institutions_folder().parent
    return Year(
        year=value.year,
        provisional=value.status is CalendarStatus.PROVISIONAL,
        basis=value.basis,
        spans=tuple(_spans(value)),
        workdays=tuple(sorted(value.workdays)),
        file=str(path.relative_to(root)) if path.is_relative_to(root) else str(path),
        questions=questions,
        touched=touched[value.year],
    )


def _spans(value: YearCalendar) -> list[tuple[str, date, date]]:
    """Days off that follow each other under one name, as spans."""
    days = sorted(value.holidays.items())
    found = []
    # Days of one run differ from their place in the list by the same day.
    keyed = enumerate(days)
    for _, run in groupby(keyed, key=lambda item: (item[1][1], item[1][0] - timedelta(days=item[0]))):
        block = [day for _, day in run]
        found.append((block[0][1], block[0][0], block[-1][0]))
    return found


def _touched(actor: Actor) -> Counter[int]:
    """Running clocks that rest on a provisional year, by the year in which they end."""
    rows = Clock.objects.filter(
        provisional=True, state=Clock.State.RUNNING, case__court__in=courts_kept(actor), due_on__isnull=False
    )
    return Counter(rows.order_by().values_list("due_on__year", flat=True))
