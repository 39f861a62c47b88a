"""Rungs of a ladder of warnings as files write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from mingjing.definitions.nodes import ListNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes.base import Edit, Schema, Shape, plain_text, rewrite
from mingjing.definitions.shapes.scalars import bent_lengths, read_length
from mingjing.domain.dates.durations import Duration
from mingjing.domain.ladders.rungs import Colour, Rung

_SEVERITY = {Colour.BLUE: 0, Colour.YELLOW: 1, Colour.RED: 2}
_RUNG = re.compile(
    r"(?:(?P<side>届满前|届满后)\s*(?P<length>\S.*?)|届满日)\s+(?P<colour>\S+)\s+(?P<tell>\S+)"
)
_SAMPLE = "届满前 30 天 蓝 承办人"


@dataclass(frozen=True)
class RungText(Shape[Rung]):
    """``届满前|届满后 时长 颜色 角色`` or ``届满日 颜色 角色``. Whom it tells is looked up in ``tell`` once
    all files are read, unless that is empty."""

    tell: str = "tell"

    def read(self, node: Node, notes: Notes) -> Rung | None:
        text = plain_text(node, notes, example=_SAMPLE)
        if text is None:
            return None
        match = _RUNG.fullmatch(text)
        if match is None:
            cause = (
                f"“{text}”不是预警档。写作“届满前 时长 颜色 角色”“届满后 时长 颜色 角色”"
                "或者“届满日 颜色 角色”。"
            )
            notes.say(node, "bad-rung", cause, example=_SAMPLE)
            return None
        colours = {colour.value: colour for colour in Colour}
        length = read_length(match["length"], node, notes) if match["side"] else Duration(text="0 天")
        if match["colour"] not in colours:
            notes.say(
                node,
                "bad-rung",
                f"没有“{match['colour']}”这种颜色。",
                allowed=tuple(colours),
                example=_SAMPLE,
            )
            return None
        if length is None:
            return None
        if self.tell and isinstance(node, ScalarNode):
            notes.refer(self.tell, ScalarNode(match["tell"], node.line, node.column), "预警对象")
        return Rung(colours[match["colour"]], match["tell"], length, match["side"] != "届满后")

    def schema(self) -> Schema:
        return {"type": "string", "examples": [_SAMPLE, "届满日 黄 庭长", "届满后 1 个工作日 红 院长"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        match = _RUNG.fullmatch(node.text.strip()) if isinstance(node, ScalarNode) else None
        if match is None or not isinstance(node, ScalarNode):
            return
        if match["side"]:
            for bent in bent_lengths(match["length"]):
                yield rewrite(node, f"{match['side']} {bent} {match['colour']} {match['tell']}")
        others = [colour.value for colour in Colour if colour.value != match["colour"]]
        yield rewrite(
            node,
            f"{match['side'] or '届满日'} {match['length'] or ''} {others[0]} {match['tell']}".replace(
                "  ", " "
            ),
        )


def rung_text(rung: Rung) -> str:
    """A rung as the file writes it."""
    when = (
        "届满日" if str(rung.offset) == "0 天" else f"{'届满前' if rung.before else '届满后'} {rung.offset}"
    )
    return f"{when} {rung.colour.value} {rung.tell}"


def say_unclimbed(rungs: Iterable[object], at: Node, notes: Notes) -> None:
    """Note every rung that is not later than, or milder than, the one before it."""
    items = at.items if isinstance(at, ListNode) else []
    good = [rung for rung in rungs if isinstance(rung, Rung)]
    for (above, below), node in zip(pairwise(good), items[1:], strict=False):
        if _offset(below) <= _offset(above):
            cause = "这一档不晚于上一档。预警档按时间先后排列：届满前的由远到近，届满后的由近到远。"
            notes.say(
                node, "rungs-out-of-order", cause, example="[届满前 10 天 黄 庭长, 届满后 1 天 红 院长]"
            )
        elif _SEVERITY[below.colour] < _SEVERITY[above.colour]:
            graver, milder = above.colour.value, below.colour.value
            cause = f"上一档已是{graver}色，这一档不能退回{milder}色。颜色只能由蓝到黄、由黄到红。"
            notes.say(
                node, "rungs-out-of-order", cause, example="[届满前 10 天 黄 庭长, 届满后 1 天 红 院长]"
            )


def _offset(rung: Rung) -> timedelta:
    """Roughly when a rung speaks: enough to order rungs of different units (a working day is 1.4 days)."""
    length = rung.offset
    days = length.months * 30.5 + length.days + length.half_workdays * 0.7 + length.minutes / 1440
    return timedelta(days=-days if rung.before else days)
