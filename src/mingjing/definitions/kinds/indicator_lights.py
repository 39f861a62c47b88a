"""How the lights of an indicator are written: ``lights: {amber: 低于 100, red: 低于 90}``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Choice, Edit, Field, Record, Shape, Table, plain_text
from mingjing.definitions.shapes.base import Schema, rewrite
from mingjing.domain.indicators.lights import Basis, Bound, Lights, Side

_EXAMPLE = "低于 100"
_WRITTEN = re.compile(r"(不低于|不高于|低于|高于) (0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?")
_OTHER = {Side.BELOW: Side.AT_MOST, Side.AT_MOST: Side.BELOW, Side.ABOVE: Side.AT_LEAST}
_OTHER |= {Side.AT_LEAST: Side.ABOVE}


@dataclass(frozen=True)
class BoundText(Shape[Bound]):
    """``低于 100``, ``不低于 3``."""

    def read(self, node: Node, notes: Notes) -> Bound | None:
        text = plain_text(node, notes, example=_EXAMPLE)
        if text is None:
            return None
        found = _WRITTEN.fullmatch(text)
        if found is None:
            cause = f"“{text}”读不懂。写“低于”“不高于”“高于”或者“不低于”，空一格，再写一个数。"
            allowed = tuple(f"{one.value} 3" for one in Side)
            notes.say(node, "bad-number", cause, allowed=allowed, example=_EXAMPLE)
            return None
        return Bound(Side(found[1]), Decimal(found[2] + (found[3] or "")))

    def schema(self) -> Schema:
        return {"type": "string", "examples": [_EXAMPLE, "不低于 3"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        """The end itself on the other side, twice and half the number; half of one is no count."""
        found = _WRITTEN.fullmatch(node.text) if isinstance(node, ScalarNode) else None
        if found is None or not isinstance(node, ScalarNode):
            return
        number = Decimal(found[2] + (found[3] or ""))
        yield rewrite(node, f"{_OTHER[Side(found[1])].value} {number}")
        for other in [number * 2, number / 2][: 2 if number > 1 else 1] if number else [Decimal(1)]:
            yield rewrite(node, f"{found[1]} {other.normalize():f}")


LIGHTS = Table(
    (
        Field("of", Choice({one.value: one for one in Basis}), "拿什么比；不写就是数字本身", tested=True),
        Field("amber", BoundText(), "到哪里亮黄灯", tested=True),
        Field("red", BoundText(), "到哪里亮红灯", tested=True),
    ),
    example="{amber: 低于 100, red: 低于 90}",
)


def read_lights(record: Record) -> Lights | None:
    """The lights of an indicator, None where it has none."""
    found = record.get("lights", Record)
    if found is None:
        return None
    return Lights(found.get("of", Basis) or Basis.VALUE, found.get("amber", Bound), found.get("red", Bound))


def say_lights(record: Record, notes: Notes) -> None:
    """Lights that never come on are a mistake."""
    found = record.get("lights", Record)
    if found is not None and not {"amber", "red"} & found.node.entries.keys():
        cause = "“lights”里没有写什么时候亮黄灯、什么时候亮红灯。"
        notes.say(record.node.keys["lights"], "missing-key", cause, example="amber: 低于 100")
