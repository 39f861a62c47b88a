"""Examples of the card machine: months with who got how many marks, and the cards that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.nodes import Node
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Day, Edit, ListOf, Shape, Text
from mingjing.definitions.shapes import Field as Key
from mingjing.definitions.shapes.base import Schema, plain_text
from mingjing.domain.assessments.cards import (
    CardColour,
    CardEvent,
    CardRules,
    Declined,
    Month,
    Past,
    month_of,
    timeline,
)

_LINE = re.compile(r"(\d{4})-(\d{2})(?:\s*至\s*(\d{4})-(\d{2}))?\s+(\S.*)")
_SAMPLE = "2026-01 至 2026-02 甲庭 60 乙庭 70 丙庭 80"


@dataclass(frozen=True, slots=True)
class Months:
    """Months with the same totals: the first, the last, department → total."""

    first: Month
    last: Month
    totals: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class MonthsText(Shape[Months]):
    """``2026-01 甲庭 60 乙庭 70``, or ``2026-01 至 2026-06 …``."""

    def read(self, node: Node, notes: Notes) -> Months | None:
        text = plain_text(node, notes, example=_SAMPLE)
        if text is None:
            return None
        match = _LINE.fullmatch(text.strip())
        words = match[5].split() if match else []
        good = match is not None and len(words) % 2 == 0
        if not good or not all(re.fullmatch(r"\d{1,3}(\.\d{1,4})?", one) for one in words[1::2]):
            notes.say(node, "bad-ranking", f"“{text}”不是一个月的得分。", example=_SAMPLE)
            return None
        assert match is not None
        first = month_of(f"{match[1]}-{match[2]}")
        last = month_of(f"{match[3]}-{match[4]}") if match[3] else first
        pairs = zip(words[::2], words[1::2], strict=True)
        return Months(first, last, tuple((name, Fraction(mark)) for name, mark in pairs))

    def schema(self) -> Schema:
        return {"type": "string", "examples": [_SAMPLE]}

    def edits(self, node: Node) -> Iterator[Edit]:
        yield from ()


MACHINE = (
    Key("ranking", ListOf(MonthsText(), least=1), "依次各月各部门的得分"),
    Key("unit", Text(example="甲庭"), "看哪个部门"),
    Key("verified", ListOf(Day(), least=1), "哪几天核实了整改"),
    Key("declined", ListOf(Text(example="2026-02 蓝牌"), least=1), "哪个月的哪张牌没有确认"),
    Key("cards", ListOf(Text(example="2026-02-28 蓝牌发牌")), "得到、续发、结束的牌，依次写"),
)


def run_machine(rules: CardRules, example: Example) -> Outcome:
    """Play the months and compare the cards of one department."""
    record = example.record
    keys: dict[str, int] = {}
    months: dict[Month, dict[int, Fraction]] = {}
    for line in record.get("ranking", tuple) or ():
        assert isinstance(line, Months)
        month = line.first
        while month <= line.last:
            months[month] = {keys.setdefault(name, len(keys) + 1): mark for name, mark in line.totals}
            month = month.next
    unit = keys.get(record.text("unit"), 0)
    days = [one for one in record.get("verified", tuple) or () if isinstance(one, date)]
    declined = [_declined(one) for one in record.texts("declined")]
    walk = timeline(rules, months, Past({unit: declined}, {unit: days})).get(unit)
    wanted = list(record.texts("cards"))
    got = [said(one) for one in walk.events] if walk else []
    return Outcome(wanted == got, "、".join(wanted) or "没有牌", "、".join(got) or "没有牌")


def said(event: CardEvent) -> str:
    """``2026-02-28 蓝牌发牌``."""
    return f"{event.on} {event.colour.value}{event.what.value}"


def _declined(text: str) -> Declined:
    code, _, colour = text.partition(" ")
    return Declined(CardColour(colour), month_of(code))
