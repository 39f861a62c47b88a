"""Which of two rules answers where both fit a case."""

from __future__ import annotations

from collections.abc import Mapping

from mingjing.definitions.definition import Definition
from mingjing.domain.caseflow.rules import Caseflow
from mingjing.domain.deadlines.rules import Deadline

Applies = Mapping[str, tuple[str, ...]]


def goes_before(one: Definition, other: Definition) -> bool:
    """Whether ``one`` answers where both fit: it says so (``outranks``), or it is narrower and ``other``
    does not say the contrary."""
    left, right = one.value, other.value
    if not isinstance(left, (Deadline, Caseflow)) or not isinstance(right, (Deadline, Caseflow)):
        return False
    if other.id in one.record.texts("outranks"):
        return True
    return is_narrower(left.applies, right.applies) and one.id not in other.record.texts("outranks")


def is_narrower(one: Applies, other: Applies) -> bool:
    """Whether every case that fits ``one`` also fits ``other``, but not the other way round."""
    return _within(one, other) and not _within(other, one)


def _within(one: Applies, other: Applies) -> bool:
    return all(name in one and set(one[name]) <= set(words) for name, words in other.items())
