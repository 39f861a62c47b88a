"""A small flow of a civil case, for the tests of clocks, rungs and stages."""

from __future__ import annotations

from datetime import date

from mingjing.domain.caseflow.clocks import clocks
from mingjing.domain.caseflow.rules import Caseflow, Each, Event, Node, NodeClock, Stage
from mingjing.domain.deadlines.rules import Fact
from mingjing.domain.ladders.rungs import Colour, Rung
from tests.domain.samples import calendar, civil_summary, day, length, moment

LADDER = (
    Rung(Colour.BLUE, "承办人", length("30 天"), before=True),
    Rung(Colour.YELLOW, "庭长", length("10 天"), before=True),
    Rung(Colour.RED, "分管院领导", length("1 天"), before=False),
    Rung(Colour.RED, "院长", length("15 天"), before=False),
)
SHORT_LADDER = (
    Rung(Colour.BLUE, "承办人", length("1 天"), before=True),
    Rung(Colour.YELLOW, "庭长", length("0 天"), before=False),
    Rung(Colour.RED, "分管院领导", length("1 个工作日"), before=False),
)
TRANSFER = Node(
    "移送审判庭", "立案", ("移送审判庭",), within=length("3 天"), rungs=SHORT_LADDER, law="第七条"
)
CLOSING = Node("审结", "立案", ("结案",), clock="审理期限", rungs=LADDER)
SERVICE = Node("送达笔录", "开庭", ("送达笔录",), within=length("2 个工作日"), each=Each.EVERY)
FLOW = Caseflow(
    id="caseflow.civil",
    label="民事一审",
    owner="审判管理办公室",
    since=date(2020, 1, 1),
    applies={"案件类型": ("民事一审",)},
    stages=(Stage("立案", ("立案",)), Stage("审理", ("移送审判庭", "开庭")), Stage("结案", ("结案",))),
    nodes=(TRANSFER, CLOSING, SERVICE),
)
FACTS: dict[str, Fact] = {"案件类型": "民事一审", "立案日期": day("2024-03-13")}


def event(text: str, *, id: str = "") -> Event:
    """``2024-03-13 立案`` or ``2024-03-13 10:20 立案``."""
    *when, kind = text.split()
    at = moment(" ".join(when)) if len(when) == 2 else None
    return Event(kind, day(when[0]), moment=at, id=id or text)


def run(
    *events: str, as_of: str, facts: dict[str, Fact] | None = None, flow: Caseflow = FLOW
) -> list[NodeClock]:
    """The clocks of the sample flow on a day."""
    known = FACTS if facts is None else facts
    slots = {"审理期限": civil_summary()}
    happened = [event(one) for one in events]
    return list(clocks(flow, known, happened, slots, calendar(), as_of=day(as_of)))


def of(found: list[NodeClock], label: str) -> list[NodeClock]:
    """The clocks of one node."""
    return [one for one in found if one.node.label == label]


def one_node(node: Node) -> Caseflow:
    """A flow of this node alone."""
    return Caseflow("caseflow.one", "一", "审判管理办公室", date(2020, 1, 1), {}, (), (node,))
