"""All indicators together: one reading of a population for each date its rows are counted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mingjing.domain.expressions.kinds import field_names
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


@dataclass(frozen=True)
class Scan:
    """One reading of a population: by a date (a flow), or at the moments of the periods (a stock)."""

    over: str
    on: str
    at: At | None
    asked: tuple[Asked, ...] = field(default=())

    @property
    def ranked(self) -> tuple[Asked, ...]:
        """What needs every value, not only how many."""
        return tuple(one for one in self.asked if one.count.measure.kind is MeasureKind.RANK)


def plan(indicators: Sequence[Indicator]) -> tuple[Scan, ...]:
    """The scans for these indicators, in order of first use."""
    scans: dict[tuple[str, str, At | None], dict[tuple[str, ...], tuple[Lineage, list[tuple[str, str]]]]] = {}
    for indicator in indicators:
        for count in indicator.parts:
            lineage = indicator.lineage(count.label)
            root = lineage[0]
            asked = scans.setdefault((root.over, root.on, root.at), {})
            keys = tuple(one.key for one in lineage)
            asked.setdefault(keys, (lineage, []))[1].append((indicator.id, count.label))
    return tuple(
        Scan(
            *place, tuple(Asked(at, one, tuple(answers)) for at, (one, answers) in enumerate(asked.values()))
        )
        for place, asked in scans.items()
    )


def columns_used(
    indicators: Sequence[Indicator], populations: Mapping[str, Population], by: Sequence[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Population → the fields its table must have: those that are looked at, and those grouped by."""
    found: dict[str, set[str]] = {}
    for scan in plan(indicators):
        population = populations[scan.over]
        names = found.setdefault(scan.over, set(by))
        names |= {population.opened, population.ended} if scan.at else {scan.on}
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
