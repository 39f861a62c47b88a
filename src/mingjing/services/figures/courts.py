"""One figure court by court, in the order of their codes, with the whole and the own court within it."""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import Indicator
from mingjing.domain.indicators.figures import Figure
from mingjing.domain.indicators.growth import year_before
from mingjing.services.actors import Actor
from mingjing.services.figures.reading import change_of, counted, not_shown, ready_keys
from mingjing.services.figures.registered import Registered
from mingjing.services.figures.sight import Seen, whole
from mingjing.services.figures.summing import sums

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
    """Every court an actor sees, then all of them; empty for whoever sees one court alone."""
    if actor.scope != "辖区案件" or len(actor.courts) < 2:
        return []
    ordered = sorted(actor.courts, key=lambda one: one.code)
    rows = [_row(actor, indicator, period, whole(actor, one.code)) for one in ordered]
    return [*rows, _row(actor, indicator, period, whole(actor, REGION))]


def _row(actor: Actor, indicator: Indicator, period: Period, seen: Seen) -> CourtRow:
    own, together = seen.place.courts == (actor.court.pk,), seen.court == REGION
    if not_shown(indicator, ready_keys(seen)):
        return CourtRow(seen, None, own=own, together=together)
    before = year_before(period)
    now_, then = sums(seen.place, [period, before], today=actor.on)
    known = Registered.of(actor.court, seen.place.courts, [indicator])
    found = known.figure(indicator, counted(indicator, period, now_)).value
    earlier = known.figure(indicator, counted(indicator, before, then)).value
    return CourtRow(seen, found, change_of(indicator, found, earlier), own, together)
