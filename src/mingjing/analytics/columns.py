"""Cases and events as columns: the input of a sweep.

Days are proleptic Gregorian ordinals (``date.toordinal``), 0 where there is none; moments are microseconds
since 1970-01-01 00:00 UTC (since that hour on the wall where the sweep has no zone), ``NO_MOMENT`` where the
hour is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines.granting import GRANTED
from mingjing.domain.deadlines.rules import Fact, Facts

Days = NDArray[np.int32]
Places = NDArray[np.int64]
Moments = NDArray[np.int64]
Flags = NDArray[np.bool_]

NO_MOMENT = np.iinfo(np.int64).min
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_instant(moment: datetime) -> int:
    """Microseconds since the epoch; a moment without a zone is taken as it stands on the wall."""
    epoch = _EPOCH if moment.tzinfo else _EPOCH.replace(tzinfo=None)
    return (moment - epoch) // _MICROSECOND


def to_moment(instant: int, zone: tzinfo | None) -> datetime | None:
    """The moment in ``zone``, without a zone where it is None; None for ``NO_MOMENT``."""
    if instant == NO_MOMENT:
        return None
    moment = _EPOCH + timedelta(microseconds=instant)
    return moment.replace(tzinfo=None) if zone is None else moment.astimezone(zone)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A column of words or 是/否: ``codes`` are places in ``values``, -1 where the fact is absent."""

    codes: Places
    values: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """The facts of ``count`` cases.

    Each fact of a case stands in one place: words and flags in ``words``, days in ``days``, whatever is
    neither (spans, lengths, moments, several days) in ``odd`` by the place of the case. A restart that
    happened several times may stand in ``days`` by its latest day, for no earlier one can matter.
    ``granted`` are the extensions of a slot (slot → case → lengths in order): they are 延长 to the rule of
    that slot and to no other. ``asked_on`` are the days on which a flow is looked for, the next where the
    one before finds none; a case whose first is 0 has no flow.
    """

    count: int
    words: Mapping[str, Words]
    days: Mapping[str, Days]
    asked_on: tuple[Days, ...]
    odd: Mapping[int, Facts] = field(default_factory=dict)
    granted: Mapping[str, Mapping[int, tuple[Duration, ...]]] = field(default_factory=dict)

    def facts(self, case: int, names: frozenset[str], slot: str = "") -> dict[str, Fact]:
        """The facts of one case among ``names``, as the domain reads them for the rule of ``slot``."""
        found: dict[str, Fact] = {}
        for name in names:
            words = self.words.get(name)
            if words is not None and words.codes[case] >= 0:
                found[name] = words.values[words.codes[case]]
            days = self.days.get(name)
            if days is not None and days[case]:
                found[name] = date.fromordinal(int(days[case]))
        found.update({name: fact for name, fact in self.odd.get(case, {}).items() if name in names})
        lengths = self.granted.get(slot, {}).get(case)
        if lengths and GRANTED in names:
            found[GRANTED] = lengths
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """What happened, in any order. ``kind`` is a place in ``kinds``, ``case`` a place among the cases.

    ``moment`` is None where no hour is known at all; ``zone`` is the court's, in which the days are civil
    days, and None where moments carry no zone.
    """

    kinds: tuple[str, ...]
    case: NDArray[np.int32]
    kind: NDArray[np.int16]
    day: Days
    moment: Moments | None = None
    zone: tzinfo | None = None
