"""Two rules that could both answer for one case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mingjing.definitions.checking.names import FIELDS
from mingjing.definitions.kinds.kind import mapping_text
from mingjing.definitions.notes import Notes
from mingjing.definitions.precedence import Applies, goes_before
from mingjing.domain.caseflow.rules import Caseflow
from mingjing.domain.deadlines.rules import Deadline

if TYPE_CHECKING:
    from mingjing.definitions.definition import Definition
    from mingjing.definitions.shelf import Shelf


def say_overlaps(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """Note, at the later file, every earlier one that fits the same case on the same day.

    A rule that outranks another, or is narrower (fits only cases the other fits), takes its place and does
    not overlap with it. A rule that asks for a fact nobody named fits who knows what: the name is the
    mistake, and is said elsewhere.
    """
    if _misnamed(definition, shelf):
        return
    for other in shelf.definitions:
        if other is definition:
            return
        if (
            other.id != definition.id
            and other.kind == definition.kind
            and _same_slot(definition.value, other.value)
            and not _misnamed(other, shelf)
        ):
            _say(definition, other, notes)


def _misnamed(definition: Definition, shelf: Shelf) -> bool:
    """Whether ``applies`` asks for a fact that the dictionary of fields does not have."""
    value, fields = definition.value, shelf.dictionary_or_none(FIELDS)
    applies = value.applies if isinstance(value, (Deadline, Caseflow)) else {}
    return fields is not None and any(name not in fields.keys for name in applies)


def _say(definition: Definition, other: Definition, notes: Notes) -> None:
    one, two = definition.value, other.value
    if not isinstance(one, (Deadline, Caseflow)) or not isinstance(two, (Deadline, Caseflow)):
        return
    if goes_before(definition, other) or goes_before(other, definition):
        return
    shared = _both(one.applies, two.applies)
    if shared is None:
        return
    since = max(_oldest(definition), _oldest(other))
    slot = f"都计“{one.clock}”，" if isinstance(one, Deadline) else ""
    cause = (
        f"与“{other.id}”（{other.path}）重叠：{slot}{mapping_text(shared)}的案件两份都适用"
        f"（自 {since} 起），系统无法决定用哪一份。请在 applies 里加一个数据项把两份分开；"
        f"若其中一份是特别规定，在特别规定里写上 outranks: [另一份的 id]，它就优先。"
    )
    notes.say(
        definition.record.at("applies"),
        "overlap",
        cause,
        example="applies: {案件类型: 民事一审, 审理程序: 简易程序}",
    )


def _both(one: Applies, other: Applies) -> dict[str, tuple[str, ...]] | None:
    """The cases that fit both, or None when there can be none."""
    shared: dict[str, tuple[str, ...]] = {}
    for name in {**one, **other}:
        left, right = one.get(name), other.get(name)
        words = tuple(w for w in left if w in right) if left and right else left or right or ()
        if not words:
            return None
        shared[name] = words
    return shared


def _same_slot(one: object, other: object) -> bool:
    if isinstance(one, Deadline) and isinstance(other, Deadline):
        return one.clock == other.clock
    return isinstance(one, Caseflow) and isinstance(other, Caseflow)


def _oldest(definition: Definition) -> date:
    return min(definition.versions, default=date.min)
