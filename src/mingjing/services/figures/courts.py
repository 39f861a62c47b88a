"""One figure court by court, in the order of their codes, with the whole and the own court within it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import Indicator
from mingjing.domain.indicators.figures import Figure
from mingjing.domain.indicators.growth import year_before
from mingjing.services.actors import Actor
from mingjing.services.figures.asked import Keys
from mingjing.services.figures.reading import (
    change_of,
    counted,
    not_shown,
    ready_by_court,
    ready_in_all,
)
from mingjing.services.figures.registered import Registered
from mingjing.services.figures.sight import Seen, whole
from mingjing.services.figures.summing import Sums, sums_by_court

REGION = "辖区"


@dataclass(frozen=True, slots=True)
class CourtRow:
    """One court, or all of them together; ``figure`` is None where it is not counted yet."""

    seen: Seen
    figure: Figure | None
    change: str = ""
    own: bool = False
    together: bool = False


def by_court(actor: Actor, indicator: Indicator, period: Period) -> list[CourtRow]:
    """Every court an actor sees, then all of them; empty for whoever sees one court alone.

    A handful of statements, however many courts.
    """
    if actor.scope != "辖区案件" or len(actor.courts) < 2:
        return []
    codes = {one.pk: one.code for one in sorted(actor.courts, key=lambda one: one.code)}
    periods = [period, year_before(period)]
    found = sums_by_court(list(codes), periods, today=actor.on, only=Keys.of([indicator]))
    ready = ready_by_court(list(codes))
    known = Registered.by_court(actor.court, list(codes), [indicator])
    parts = [_Part(whole(actor, code), ready[pk].keys, known[pk], found[pk]) for pk, code in codes.items()]
    all_ = _Part(
        whole(actor, REGION),
        ready_in_all(ready.values()),
        reduce(Registered.with_, known.values()),
        _together(found.values()),
    )
    return [_row(actor, indicator, periods, one) for one in (*parts, all_)]


@dataclass(frozen=True, slots=True)
class _Part:
    """What was read of one court, or of all: the counts that are ready, what was registered, the sums of the
    period and of the same a year before."""

    seen: Seen
    ready: frozenset[str]
    known: Registered
    sums: list[Sums]


def _together(courts: Iterable[list[Sums]]) -> list[Sums]:
    """The sums of all courts, period by period."""
    found = [Sums.none(), Sums.none()]
    for one in courts:
        for into, more in zip(found, one, strict=True):
            into.add(more)
    return found


def _row(actor: Actor, indicator: Indicator, periods: list[Period], part: _Part) -> CourtRow:
    seen = part.seen
    own, together = seen.place.courts == (actor.court.pk,), seen.court == REGION
    if not_shown(indicator, part.ready):
        return CourtRow(seen, None, own=own, together=together)
    now_, then = (
        part.known.figure(indicator, counted(indicator, period, sum_)).value
        for period, sum_ in zip(periods, part.sums, strict=True)
    )
    return CourtRow(seen, now_, change_of(indicator, now_, then), own, together)
