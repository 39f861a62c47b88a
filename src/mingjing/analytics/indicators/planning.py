"""All indicators together: one reading of a population for each date its rows are counted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from mingjing.domain.expressions.kinds import Kind, field_names
from mingjing.domain.indicators.counts import MOMENT, At, Count, Indicator, MeasureKind, Population

Lineage = tuple[Count, ...]


@dataclass(frozen=True)
class Asked:
    """One thing to be counted in a scan, and the (indicator, label) it answers. Two indicators that count
    the same share it. ``number`` names its columns."""

    number: int
    lineage: Lineage
    answers: tuple[tuple[str, str], ...]

    @property
    def count(self) -> Count:
        """What is counted: the last of its lineage."""
        return self.lineage[-1]


class Reading(Enum):
    """How rows find their periods: by a date; by the days they came and went, summed up; by looking at every
    moment in turn, which only a condition that asks for the moment needs."""

    FLOW = "flow"
    RUNNING = "running"
    LOOKING = "looking"


@dataclass(frozen=True)
class Scan:
    """One reading of a population. ``on`` is the date of a flow, ``at`` the moment of a looking."""

    over: str
    reading: Reading
    on: str = ""
    at: At | None = None
    asked: tuple[Asked, ...] = field(default=())

    @property
    def ranked(self) -> tuple[Asked, ...]:
        """What needs every value, not only how many."""
        return tuple(one for one in self.asked if one.count.measure.spreads)


def plan(indicators: Sequence[Indicator]) -> tuple[Scan, ...]:
    """The scans for these indicators, in order of first use."""
    scans: dict[Place, dict[tuple[str, ...], tuple[Lineage, list[tuple[str, str]]]]] = {}
    for indicator in indicators:
        for count in indicator.parts:
            lineage = indicator.lineage(count.label)
            asked = scans.setdefault(_place(lineage), {})
            keys = (str(lineage[0].at), *(one.key for one in lineage))
            asked.setdefault(keys, (lineage, []))[1].append((indicator.id, count.label))
    return tuple(
        Scan(
            *place, tuple(Asked(at, one, tuple(answers)) for at, (one, answers) in enumerate(asked.values()))
        )
        for place, asked in scans.items()
    )


Place = tuple[str, Reading, str, At | None]


def _place(lineage: Lineage) -> Place:
    root = lineage[0]
    if root.at is None:
        return root.over, Reading.FLOW, root.on, None
    of = (expression for one in lineage for expression in (one.where, one.measure.of) if expression)
    asks = any(MOMENT in field_names(expression, {MOMENT: Kind.DAY}) for expression in of)
    if asks or lineage[-1].measure.kind is MeasureKind.RANK:
        return root.over, Reading.LOOKING, "", root.at
    return root.over, Reading.RUNNING, "", None


def columns_used(
    indicators: Sequence[Indicator], populations: Mapping[str, Population], by: Sequence[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Population → the fields its table must have: those that are looked at, and those grouped by."""
    found: dict[str, set[str]] = {}
    for scan in plan(indicators):
        population = populations[scan.over]
        names = found.setdefault(scan.over, set(by))
        names |= {scan.on} if scan.reading is Reading.FLOW else {population.opened, population.ended}
        for asked in scan.asked:
            for count in asked.lineage:
                names |= {*count.needs, *count.absent}
                for expression in (count.where, count.measure.of):
                    names |= field_names(expression, population.kinds) if expression else set()
        names.discard(MOMENT)
    return {
        over: tuple(name for name in populations[over].kinds if name in names)
        for over, names in found.items()
    }
