"""The steps of a case flow as a drawing: stages, steps down a line, the ladder of each at the right.

Numbers in, coordinates out; the template draws them, so that the page prints and needs no script.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.definitions.shapes.rungs import rung_text
from mingjing.domain.caseflow.rules import Caseflow, Node
from mingjing.domain.ladders.rungs import Rung

WIDTH, ROW, TOP = 800, 44, 8
SPINE, ARCS = 168, 56
COLOURS = {"蓝": "blue", "黄": "yellow", "红": "red"}
RUNGS, STEP = 425, 95


@dataclass(frozen=True, slots=True)
class Mark:
    """A rung: its lamp, and beside it in words when it speaks and to whom."""

    x: int
    colour: str
    when: str
    tell: str
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    """A node at its height: what it is, what it follows and within what, who is told."""

    y: int
    label: str
    rule: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A stage: its name at the height of its first step, and the hairline above it."""

    y: int
    line: int
    label: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """Everything the drawing needs. ``arcs`` are SVG paths from a step to the one that follows it."""

    width: int
    height: int
    spine: int
    first: int
    last: int
    bands: tuple[Band, ...]
    steps: tuple[Step, ...]
    arcs: tuple[str, ...]


def diagram(flow: Caseflow) -> Diagram:
    """The drawing of a flow; nodes stand in the order of their stages, then as the file lists them."""
    order = {stage.label: place for place, stage in enumerate(flow.stages)}
    nodes = sorted(flow.nodes, key=lambda node: order.get(node.stage, len(order)))
    height_of = {node.label: TOP + ROW * place + ROW // 2 for place, node in enumerate(nodes)}
    bands: list[Band] = []
    for place, node in enumerate(nodes):
        if not bands or bands[-1].label != (node.stage or "其他"):
            bands.append(Band(height_of[node.label], TOP + ROW * place, node.stage or "其他"))
    return Diagram(
        width=WIDTH,
        height=TOP + ROW * len(nodes) + 12,
        spine=SPINE,
        first=height_of[nodes[0].label] if nodes else TOP,
        last=height_of[nodes[-1].label] if nodes else TOP,
        bands=tuple(bands),
        steps=tuple(_step(node, height_of[node.label]) for node in nodes),
        arcs=tuple(_arcs(nodes, height_of)),
    )


def _step(node: Node, y: int) -> Step:
    every = "每次" if node.each.value == "每次" else ""
    limit = f" {node.within}内" if node.within else f"，按“{node.clock}”"
    marks = tuple(
        Mark(RUNGS + STEP * place, COLOURS[rung.colour.value], _when(rung), rung.tell, rung_text(rung))
        for place, rung in enumerate(node.rungs[:4])
    )
    return Step(y, node.label, f"{every}{node.follows}后{limit}", marks)


def _when(rung: Rung) -> str:
    """``蓝 前30天``."""
    offset = str(rung.offset).replace(" ", "").replace("个工作日", "工作日")
    day = "当日" if offset == "0天" else f"{'前' if rung.before else '后'}{offset}"
    return f"{rung.colour.value} {day}"


def _arcs(nodes: list[Node], height_of: dict[str, int]) -> list[str]:
    """From the step that does what another follows: the further apart, the wider the arc."""
    done_by = {kind: node for node in reversed(nodes) for kind in node.done}
    found = []
    for node in nodes:
        source = done_by.get(node.follows)
        if source is None or source is node:
            continue
        start, end = height_of[source.label], height_of[node.label]
        bulge = min(ARCS, 14 + abs(end - start) // 9)
        found.append(f"M{SPINE - 5},{start} C{SPINE - bulge},{start} {SPINE - bulge},{end} {SPINE - 5},{end}")
    return found
