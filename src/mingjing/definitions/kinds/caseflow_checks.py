"""What makes a case flow impossible: cycles, steps that never begin, ladders that climb down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition
from mingjing.definitions.nodes import MapNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.definitions.shapes.rungs import say_unclimbed
from mingjing.domain.caseflow.rules import Caseflow, Each, Node
from mingjing.domain.ladders.rungs import Rung

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf


def ladders_climb(record: Record, notes: Notes) -> None:
    """Rungs stand in the order of time, and colours only get graver; every ladder named is written."""
    ladders: Mapping[str, tuple[Rung, ...]] = record.get("ladders", dict) or {}
    written = record.node.entries.get("ladders")
    known = tuple(written.entries) if isinstance(written, MapNode) else ()
    for name, rungs in ladders.items():
        if isinstance(written, MapNode):
            say_unclimbed(rungs, written.entries[name], notes)
    stages = [item.text("label") for item in record.records("stages")]
    seen: dict[str, int] = {}
    for item in record.records("nodes"):
        say_unclimbed(item.get("rungs", tuple) or (), item.at("rungs"), notes)
        if (ladder := item.text("ladder")) and ladder not in known:
            cause = f"没有“{ladder}”这一组预警档。{nearest(ladder, known)}"
            notes.say(item.at("ladder"), "no-ladder", cause, allowed=known)
        if (stage := item.text("stage")) and stage not in stages:
            cause = f"没有“{stage}”这个阶段。{nearest(stage, stages)}"
            notes.say(item.at("stage"), "unknown-name", cause, allowed=tuple(stages))
        label = item.text("label")
        if label in seen:
            notes.say(
                item.at("label"),
                "duplicate-row",
                f"节点“{label}”已经写在第 {seen[label]} 行。节点名称不能重复。",
            )
        seen.setdefault(label, item.at("label").line)


def check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """What only the other files or the whole flow can tell."""
    flow = definition.value
    if not isinstance(flow, Caseflow):
        return
    nodes = list(zip(flow.nodes, definition.record.records("nodes"), strict=True))
    if not flow.basis and not all(node.law for node in flow.nodes):
        bare = next(item for node, item in nodes if not node.law)
        notes.say(bare.node, "no-law", "流程没有写依据（basis），这个节点也没有写依据（law）。请至少写一处。")
    clocks = shelf.clocks()
    for node, item in nodes:
        if node.clock and clocks and node.clock not in clocks and not shelf.may_be_broken("deadline"):
            cause = f"没有哪一份期限计“{node.clock}”。{nearest(node.clock, clocks)}"
            notes.say(item.at("clock"), "unknown-name", cause, allowed=clocks if len(clocks) <= 20 else ())
        if contradiction := _contradicts(node.applies, flow.applies):
            cause = f"节点“{node.label}”永远不会开始：它只适用于{contradiction}，而本流程不含这样的案件。"
            notes.say(item.at("applies"), "unreachable-node", cause)
    _say_cycles(nodes, notes)
    _say_dead_stages(flow, definition.record, notes)
    if not shelf.calendar_years(flow.calendar) and not shelf.may_be_broken(flow.calendar):
        at = definition.record.at("calendar")
        notes.say(at, "unknown-definition", f"没有工作日历“{flow.calendar}”。", allowed=shelf.ids("calendar"))


def _contradicts(narrow: Mapping[str, tuple[str, ...]], wide: Mapping[str, tuple[str, ...]]) -> str:
    for name, words in narrow.items():
        if name in wide and not set(words) & set(wide[name]):
            return f"{name}为{'、'.join(words)}的案件"
    return ""


def _say_cycles(nodes: list[tuple[Node, Record]], notes: Notes) -> None:
    """A ring of nodes is impossible when each waits for the first event of the one before it.

    A ring with a node that answers 每次 may turn, but only if something outside the ring sets it going.
    """
    for ring in _rings([node for node, _ in nodes]):
        labels = [node.label for node in ring]
        started_outside = {event for node, _ in nodes if node not in ring for event in node.done}
        turns = any(node.each is Each.EVERY for node in ring)
        if turns and (len(ring) > 1 or any(node.follows in started_outside for node in ring)):
            continue
        item = next(item for node, item in nodes if node is ring[0])
        path = " → ".join([*labels, labels[0]])
        cause = f"节点首尾相接成环，谁也等不到谁：{path}。请改其中一个节点的 follows。"
        notes.say(item.at("follows"), "node-cycle", cause)


def _rings(nodes: list[Node]) -> list[list[Node]]:
    """Groups of nodes each of which can be reached from each other one, by first node."""
    after = {
        i: [j for j, other in enumerate(nodes) if other.follows in node.done] for i, node in enumerate(nodes)
    }
    reach = {i: _reachable(i, after) for i in after}
    rings: list[list[Node]] = []
    seen: set[int] = set()
    for i in after:
        ring = sorted(j for j in reach[i] if i in reach[j])
        if i in reach[i] and i not in seen:
            seen.update(ring)
            rings.append(_walked(nodes, ring))
    return rings


def _reachable(start: int, after: Mapping[int, list[int]]) -> set[int]:
    found: set[int] = set()
    waiting = list(after[start])
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(after[here])
    return found


def _walked(nodes: list[Node], ring: list[int]) -> list[Node]:
    """The ring in the order in which each node follows the one before it, as far as one path shows it."""
    path, rest = [ring[0]], ring[1:]
    while rest:
        step = next((j for j in rest if nodes[j].follows in nodes[path[-1]].done), rest[0])
        path.append(step)
        rest.remove(step)
    return [nodes[i] for i in path]


def _say_dead_stages(flow: Caseflow, record: Record, notes: Notes) -> None:
    """A stage whose every beginning already begins an earlier stage is never entered on its own."""
    begun: dict[str, str] = {}
    for stage, item in zip(flow.stages, record.records("stages"), strict=True):
        taken = {event: begun[event] for event in stage.begins if event in begun}
        if len(taken) == len(stage.begins):
            event, earlier = next(iter(taken.items()))
            cause = f"阶段“{stage.label}”永远不会单独进入：“{event}”已经用来进入“{earlier}”了。"
            notes.say(item.at("begins"), "unreachable-stage", cause)
        for event in stage.begins:
            begun.setdefault(event, stage.label)
