"""What is wrong within the rules of one body, and what only other files can tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition
from mingjing.definitions.kinds.meeting_examples import with_targets
from mingjing.definitions.kinds.registers.links import capacities, check_register
from mingjing.definitions.kinds.registers.saying import places, say_unknown
from mingjing.definitions.nodes import MapNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.domain.meetings.holding import CARRIED, SUBJECT
from mingjing.domain.meetings.rules import Meeting, Preparation

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

CARRIED_OVER = (*CARRIED, SUBJECT, "会议")
"""What a resolution takes along: the fields the ledger of resolutions must have."""


def say_classes(record: Record, notes: Notes) -> None:
    """The first item is a class of topics; whoever a class tells is described; a period has its number."""
    classes: Mapping[str, Record] = record.get("matters", dict) or {}
    first = record.get("first_item", Record)
    if first is not None and "matters" in record and first.text("label") not in classes:
        say_unknown(notes, first.at("label"), first.text("label"), "议题类别", classes)
    told = [one.text("who") for one in record.records("told")]
    for item in classes.values():
        for at in places(item, "told"):
            if at.text not in told:
                cause = f"没有写怎样向“{at.text}”报送。请在 told 里加一条。"
                example = f"told: [{{who: {at.text}, before: 半个工作日}}]"
                notes.say(at, "unknown-name", cause, allowed=tuple(told), example=example)
        if "decides" in item and not item.flag("decides") and "votes" in item:
            cause = "只学习、听取的议题不表决，请删去 votes。"
            notes.say(item.node.keys["votes"], "conflicting-keys", cause)
    for key in ("times", "head_chairs"):
        if key in record and "every" not in record:
            cause = f"写了“{key}”，还要写 every，说明是每个什么期间。"
            notes.say(record.node.keys[key], "conflicting-keys", cause, example="every: 季")


def check_meeting(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """Note every capacity, register and field the rules of a body name that no file knows."""
    meeting, record = definition.value, definition.record
    if not isinstance(meeting, Meeting):
        return
    check_register(with_targets(meeting.register), record, shelf, notes)
    known = capacities(meeting.register, shelf)
    if known is not None:
        for at in _capacity_places(record):
            if at.text not in known:
                cause = f"“{at.text}”不是谁的身份。{nearest(at.text, known)}可以写角色或职务。"
                notes.say(at, "unknown-capacity", cause, example="members: [党组成员]")
    _say_resolutions(meeting, record, shelf, notes)
    for label, item in (record.get("matters", dict) or {}).items():
        _say_proofs(label, item, shelf, notes)


def _capacity_places(record: Record) -> Iterable[ScalarNode]:
    for key in ("members", "chair", "head", "observers"):
        yield from places(record, key)
    for item in record.records("told"):
        yield from places(item, "who")


def _say_resolutions(meeting: Meeting, record: Record, shelf: Shelf, notes: Notes) -> None:
    if not meeting.resolutions:
        return
    ledger = shelf.newest_register(meeting.resolutions)
    at = record.at("resolutions")
    if ledger is None:
        _say_absent(meeting.resolutions, at, shelf, notes)
        return
    labels = {one.label for one in ledger.fields}
    missing = [label for label in CARRIED_OVER if label not in labels]
    if missing:
        cause = f"“{ledger.label}”没有这些字段，决议带不过去：{'、'.join(missing)}。"
        notes.say(at, "unknown-name", cause, allowed=tuple(sorted(labels)), example="ledger.resolutions")


def _say_proofs(label: str, item: Record, shelf: Shelf, notes: Notes) -> None:
    needs = [one for one in item.get("needs", tuple) or () if isinstance(one, Preparation) and one.of]
    for one in needs:
        if one.of not in shelf.register_ids():
            _say_absent(one.of, _place(item, one), shelf, notes)


def _place(item: Record, need: Preparation) -> Node:
    written = item.at("needs")
    for node in getattr(written, "items", ()):
        if (
            isinstance(node, MapNode)
            and "of" in node.entries
            and str(getattr(node.entries["of"], "text", "")) == need.of
        ):
            return node.entries["of"]
    return written


def _say_absent(id_: str, at: Node, shelf: Shelf, notes: Notes) -> None:
    if not shelf.may_be_broken(id_):
        known = shelf.register_ids()
        cause = f"没有“{id_}”。{nearest(id_, known)}"
        notes.say(at, "unknown-definition", cause, allowed=known if len(known) <= 20 else ())
