"""Events ordered so that “the first of its kind on or after a day” is one search for all cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from mingjing.analytics.columns import NO_MOMENT, Days, Events, Moments, Places

_DAY_BITS = 22  # ordinals up to the year 9999


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """Some events by case, day and hour; those without an hour come first in their day.

    ``index`` is the place of each among the events given, -1 where no event stands behind it; ``key`` is
    case and day in one number.
    """

    case: Places
    day: Days
    moment: Moments
    index: Places

    @property
    def key(self) -> Places:
        """Case and day as one number that keeps their order."""
        return key_of(self.case, self.day)

    def taken(self, rows: Places | np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Strand:
        """Some of the rows."""
        return Strand(self.case[rows], self.day[rows], self.moment[rows], self.index[rows])

    def first_of_each_case(self) -> Strand:
        """The earliest row of every case."""
        first = np.ones(len(self.case), np.bool_)
        np.not_equal(self.case[1:], self.case[:-1], out=first[1:])
        return self.taken(first)


def key_of(case: Places, day: Days) -> Places:
    """Case and day as one number that keeps their order."""
    return (case.astype(np.int64) << _DAY_BITS) | day


def joined(strands: Sequence[Strand]) -> Strand:
    """Rows of several strands one after the other."""
    return Strand(
        np.concatenate([one.case for one in strands]),
        np.concatenate([one.day for one in strands]),
        np.concatenate([one.moment for one in strands]),
        np.concatenate([one.index for one in strands]),
    )


def strand_of(case: Places, day: Days, moment: Moments | None = None) -> Strand:
    """Rows behind which no event stands: starts known only as a fact."""
    moments = np.full(len(case), NO_MOMENT, np.int64) if moment is None else moment
    return Strand(case, day, moments, np.full(len(case), -1, np.int64))


class Timeline:
    """The events that have happened by ``as_of``, strand by strand. ``zone`` is that of their moments."""

    def __init__(self, events: Events, as_of: date) -> None:
        self.zone = events.zone
        self.hours_known = events.moment is not None and bool((events.moment != NO_MOMENT).any())
        happened = np.flatnonzero(events.day <= as_of.toordinal())
        order = happened[_order(events, happened)]
        kind = events.kind[order]
        self._strands: dict[str, Strand] = {}
        begins = np.searchsorted(kind, np.arange(len(events.kinds) + 1))
        for place, name in enumerate(events.kinds):
            rows = order[begins[place] : begins[place + 1]]
            if len(rows):
                case, day = events.case[rows].astype(np.int64), events.day[rows]
                moment = strand_of(case, day).moment if events.moment is None else events.moment[rows]
                self._strands[name] = Strand(case, day, moment, rows)
        self._keys = {name: strand.key for name, strand in self._strands.items()}

    def of(self, kind: str) -> Strand | None:
        """Every event of a kind, None where there is none."""
        return self._strands.get(kind)

    def ends(self, starts: Strand, kinds: Sequence[str]) -> tuple[Days, Moments]:
        """Day and moment of the first event of any of ``kinds`` on or after each start; 0 where none came.

        The start does not end itself, nor does an event of the same day known to lie before its hour.
        """
        done = np.zeros(len(starts.case), np.int32)
        at = np.full(len(starts.case), NO_MOMENT, np.int64)
        wanted = starts.key
        for kind in kinds:
            strand = self._strands.get(kind)
            if strand is None:
                continue
            place = np.searchsorted(self._keys[kind], wanted)
            self._pass_over(strand, place, starts)
            inside = np.minimum(place, len(strand.case) - 1)
            there = (place < len(strand.case)) & (strand.case[inside] == starts.case)
            day, moment = strand.day[inside], strand.moment[inside]
            sooner = there & ((done == 0) | (day < done) | ((day == done) & (moment < at)))
            done[sooner], at[sooner] = day[sooner], moment[sooner]
        return done, at

    def _pass_over(self, strand: Strand, place: Places, starts: Strand) -> None:
        """Move ``place`` on over what cannot end its start."""
        rows = np.arange(len(place))
        while len(rows):
            at = place[rows]
            rows, at = rows[at < len(strand.case)], at[at < len(strand.case)]
            same_day = (strand.case[at] == starts.case[rows]) & (strand.day[at] == starts.day[rows])
            rows, at = rows[same_day], at[same_day]
            itself = strand.index[at] == starts.index[rows]
            known = (strand.moment[at] != NO_MOMENT) & (starts.moment[rows] != NO_MOMENT)
            passed = itself | (known & (strand.moment[at] < starts.moment[rows]))
            rows = rows[passed]
            place[rows] += 1


def _order(events: Events, rows: Places) -> Places:
    """Places in ``rows`` by kind, case, day, hour, and as given within them."""
    case, kind, day = events.case[rows], events.kind[rows], events.day[rows]
    key = key_of(case.astype(np.int64), day)
    if events.moment is not None:
        by_hour = np.lexsort((events.moment[rows], key))
    elif (key[1:] >= key[:-1]).all():
        by_hour = np.arange(len(rows))
    else:
        by_hour = np.argsort(key, kind="stable")
    # Kinds are few: sixteen bits are sorted by counting.
    return by_hour[np.argsort(kind[by_hour], kind="stable")]
