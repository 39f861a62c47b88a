"""What is wrong within the steps of an approval, and what only other files can tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition
from mingjing.definitions.kinds.approval_examples import with_aims
from mingjing.definitions.kinds.registers.comparing import say_compared
from mingjing.definitions.kinds.registers.containing import say_contained
from mingjing.definitions.kinds.registers.links import capacities, check_register
from mingjing.definitions.kinds.registers.saying import places, say_condition, say_unknown, tables
from mingjing.definitions.nodes import ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.definitions.shapes.rungs import say_unclimbed
from mingjing.domain.approvals.approval import BUILT_IN_ACTS, Approval, Back
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ladders.rungs import Rung

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

APPLICANT = "登记人"


def say_steps(record: Record, notes: Notes) -> None:
    """Steps have different names, fill fields there are, ask for what is known; own acts are not built in."""
    if "steps" not in record or ("fields" in record.node.entries and "fields" not in record):
        return
    fields = [item.text("label") for item in tables(record, "fields").values()]
    seen: dict[str, int] = {}
    for item in record.records("steps"):
        label, at = item.text("label"), item.at("label")
        if label in seen:
            notes.say(at, "duplicate-row", f"步骤“{label}”已经写在第 {seen[label]} 行。步骤名称不能重复。")
        seen.setdefault(label, at.line)
        _say_fields(item, fields, notes)
        for one in (item, *item.records("needs")):
            when = one.get("when", Expression)
            if when is not None:
                say_condition(when, one.at("when"), fields, notes)
                say_contained(when, one.at("when"), record, notes)
                say_compared(when, one.at("when"), record, notes)
        if "within" not in item and ("rungs" in item or "late" in item):
            at = item.at("rungs" if "rungs" in item else "late")
            notes.say(
                at, "conflicting-keys", "写了提醒，还要写 within（多久以内）。", example="within: 2 个工作日"
            )
        say_unclimbed(item.get("rungs", tuple) or (), item.at("rungs"), notes)
        for at in places(item, "by"):
            if at.text == APPLICANT:
                cause = "申请人不能审批自己的申请，不能写“登记人”。"
                notes.say(at, "nobody-may", cause, example="by: 本部门负责人")
    _say_fields(record, fields, notes)
    for need in record.records("needs"):
        if (when := need.get("when", Expression)) is not None:
            say_condition(when, need.at("when"), fields, notes)
            say_contained(when, need.at("when"), record, notes)
            say_compared(when, need.at("when"), record, notes)
    for item in tables(record, "actions").values():
        if item.text("label") in BUILT_IN_ACTS:
            cause = f"“{item.text('label')}”是审批自带的办理，不用写，也不能另写。请换一个名称。"
            notes.say(item.at("label"), "reserved-name", cause)
    back = record.get("returns_to", tuple)
    if "resumes" in record and back == (Back.END,):
        notes.say(record.at("resumes"), "conflicting-keys", "驳回只有“终止”，不会再办，请删去 resumes。")


def _say_fields(item: Record, fields: list[str], notes: Notes) -> None:
    for key in ("fill", "may_fill"):
        for at in places(item, key):
            if at.text not in fields:
                say_unknown(notes, at, at.text, "字段", fields)
            elif key == "may_fill" and at.text in item.texts("fill"):
                notes.say(at, "duplicate-row", f"“{at.text}”已经写在 fill 里，是必填的。")


def check_approval(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """Note every capacity that no file knows."""
    approval, record = definition.value, definition.record
    if not isinstance(approval, Approval):
        return
    check_register(with_aims(approval.register), record, shelf, notes)
    known = capacities(approval.register, shelf)
    if known is None:
        return
    for at in _capacity_places(record):
        if at.text not in known:
            cause = (
                f"“{at.text}”不是谁的身份。{nearest(at.text, known)}"
                "可以写人员或部门字段的名称、“本部门负责人”、角色或职务。"
            )
            notes.say(at, "unknown-capacity", cause, example="by: 综合办主任")


def _capacity_places(record: Record) -> Iterator[ScalarNode]:
    yield from places(record, "copies_to")
    for item in record.records("steps"):
        yield from (*places(item, "by"), *places(item, "instead"))
        for key in ("rungs", "late"):
            nodes = places(item, key)
            rungs = [one for one in item.get(key, tuple) or () if isinstance(one, Rung)]
            for place, rung in enumerate(rungs):
                at = nodes[min(place, len(nodes) - 1)] if nodes else item.at(key)
                yield ScalarNode(rung.tell, at.line, at.column)
