"""The deadlines of one case by the clock they fill. Stands apart from the columns: no page needs those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingjing.definitions.shelf import Shelf
from mingjing.domain.deadlines.rules import Deadline, Facts
from mingjing.domain.reasons import Refusal


class SlotRules(Mapping[str, Deadline]):
    """Clock slot → the deadline that fills it for one case, looked up when asked for.

    Asking for a slot that two rules fill equally well raises Ambiguous, as the shelf does.
    """

    def __init__(self, shelf: Shelf, facts: Facts) -> None:
        self._shelf, self._facts = shelf, facts
        self._found: dict[str, Deadline | None] = {}

    def __getitem__(self, slot: str) -> Deadline:
        if slot not in self._found:
            self._found[slot] = self._shelf.deadline_for(slot, self._facts)
        rule = self._found[slot]
        if rule is None:
            raise KeyError(slot)
        return rule

    def __contains__(self, slot: object) -> bool:
        try:
            return self.get(str(slot)) is not None
        except Refusal:
            return True

    def __iter__(self) -> Iterator[str]:
        return (slot for slot in self._shelf.clocks() if slot in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
