"""How many things a log itself shows to be late: done on a later day than the due date it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mingjing.imports.logs import Record, Trace, day_of, of_case, of_event
from mingjing.imports.mapping import Due
from mingjing.imports.values import Reading


@dataclass(frozen=True, slots=True)
class Lateness:
    """``with_both``: cases or events that carry both days; ``late``: done on a day after the due day.

    Done on the due day itself is in time, whatever the hour. ``longest`` is the greatest delay in days.
    """

    label: str
    level: str
    with_both: int
    late: int
    longest: int


def lateness(traces: Iterable[Trace], dues: Iterable[Due], reading: Reading) -> tuple[Lateness, ...]:
    """One result per pair of ``dues``; days are civil days in the reading's zone.

    A pair of level ``event`` is looked up in every event (``^.`` paths in its case), one of level
    ``case`` once per case. Values that are missing or are not dates are not counted.
    """
    pairs = tuple(dues)
    both, late, longest = [0] * len(pairs), [0] * len(pairs), [0] * len(pairs)
    for trace in traces:
        for index, pair in enumerate(pairs):
            locate = of_case if pair.level == "case" else of_event
            for record in _records(trace, pair):
                due = day_of(locate(pair.due)(record), reading)
                done = day_of(locate(pair.done)(record), reading)
                if due is None or done is None:
                    continue
                both[index] += 1
                late[index] += done > due
                longest[index] = max(longest[index], (done - due).days)
    return tuple(
        Lateness(pair.label, pair.level, both[index], late[index], longest[index])
        for index, pair in enumerate(pairs)
    )


def _records(trace: Trace, pair: Due) -> Iterator[Record]:
    if pair.level == "case":
        nothing: dict[str, Any] = {}
        yield nothing, trace.attributes
        return
    for event in trace.events:
        yield event.attributes, trace.attributes
