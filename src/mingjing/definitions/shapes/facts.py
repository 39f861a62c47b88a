"""Facts of a case as an example or an import writes them: days, moments, spans, 是/否, durations, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from mingjing.definitions.nodes import ListNode, MapNode, Node
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes.base import Edit, Schema, Shape, plain_text, say_glued_key
from mingjing.definitions.shapes.groups import ListOf
from mingjing.definitions.shapes.scalars import Day, Text, Word, read_day, read_days, read_length
from mingjing.definitions.shapes.tables import leave_out
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import Fact

_DAY_LIKE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{1,2}):(\d{2})")
_LENGTH_LIKE = re.compile(r"(?:\d{1,5}\s*(?:年|个月|天|个工作日|小时|分钟|个半月)|半个月|半天|半个工作日)")
EXTENDED = "延长"


def read_moment(text: str, node: Node, notes: Notes) -> date | datetime | None:
    """A day, or a day with an hour (naive: in the court's zone)."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return read_day(text, node, notes)
    day = read_day(match[1], node, notes)
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        notes.say(node, "bad-date", f"没有“{match[2]}:{match[3]}”这个时刻。", example="2024-05-01 10:00")
        return None
    return None if day is None else datetime.combine(day, time(hour, minute))


@dataclass(frozen=True)
class FactValue(Shape[Fact]):
    """One fact; a list gives several days, spans or durations."""

    def read(self, node: Node, notes: Notes) -> Fact | None:
        if isinstance(node, ListNode):
            return _several([self._one(item, notes) for item in node.items], node, notes)
        value = self._one(node, notes)
        return (value,) if isinstance(value, Span) else value

    def _one(self, node: Node, notes: Notes) -> date | bool | str | Span | Duration | None:
        text = plain_text(node, notes, example="2024-03-13")
        if text is None:
            return None
        if text in ("是", "否"):
            return text == "是"
        if text.lower() in ("true", "false", "yes", "no"):
            notes.say(node, "bad-flag", f"不能写“{text}”。", allowed=("是", "否"), example="是")
            return None
        if _DAY_LIKE.match(text):
            return read_days(text, node, notes) if "至" in text else read_moment(text, node, notes)
        if _LENGTH_LIKE.fullmatch(text):
            return read_length(text, node, notes)
        return text

    def schema(self) -> Schema:
        return {"examples": ["2024-03-13", "2024-04-01 至 2024-04-20", "是", "民事一审", "1 个月"]}


def _several(
    values: list[date | bool | str | Span | Duration | None], node: Node, notes: Notes
) -> Fact | None:
    if None in values:
        return None
    spans = tuple(value for value in values if isinstance(value, Span))
    durations = tuple(value for value in values if isinstance(value, Duration))
    days = tuple(value for value in values if isinstance(value, date))
    for group in (spans, durations, days):
        if group and len(group) == len(values):
            return group
    cause = "列表里只能都是日期、都是起止日期，或者都是时长。"
    notes.say(node, "bad-fact", cause, example="[2024-04-01 至 2024-04-20, 2024-05-01 至 2024-05-10]")
    return None


@dataclass(frozen=True)
class Facts(Shape[Mapping[str, Fact]]):
    """Named facts. ``延长`` always is a list of durations."""

    example: str = "{立案日期: 2024-03-13}"

    def read(self, node: Node, notes: Notes) -> Mapping[str, Fact] | None:
        if not isinstance(node, MapNode):
            notes.say(node, "not-a-mapping", "这里应为“名称: 内容”的形式。", example=self.example)
            return None
        found: dict[str, Fact] = {}
        for key, child in node.entries.items():
            if say_glued_key(node, key, notes):
                continue
            value = FactValue().read(child, notes)
            if key == EXTENDED and value is not None:
                value = _lengths(value, child, notes)
            if value is not None:
                found[key] = value
        for name in found:
            if name != "截至":
                notes.refer("facts", node.keys[name], "案件数据项")
        return found if len(found) == len(node.entries) else None

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": FactValue().schema()}


def _lengths(value: Fact, node: Node, notes: Notes) -> Fact | None:
    if isinstance(value, Duration):
        return (value,)
    if isinstance(value, tuple) and all(isinstance(item, Duration) for item in value):
        return value
    notes.say(
        node, "bad-duration", "“延长”应写时长，几次延长依次写成列表。", example="延长: [6 个月, 3 个月]"
    )
    return None


@dataclass(frozen=True)
class Applies(Shape[Mapping[str, tuple[str, ...]]]):
    """To which cases something applies: field → one word or a list, any of which fits."""

    example: str = "{案件类型: 民事一审, 审理程序: 简易程序}"

    def read(self, node: Node, notes: Notes) -> Mapping[str, tuple[str, ...]] | None:
        if not isinstance(node, MapNode):
            notes.say(node, "not-a-mapping", "这里应为“数据项: 内容”的形式。", example=self.example)
            return None
        found: dict[str, tuple[str, ...]] = {}
        for key, child in node.entries.items():
            if say_glued_key(node, key, notes):
                continue
            notes.refer("facts", node.keys[key], "案件数据项")
            items = child.items if isinstance(child, ListNode) else [child]
            read = [Word(f"applies:{key}", key, "民事一审").read(item, notes) for item in items]
            words = tuple(word for word in read if word is not None)
            if not items:
                notes.say(child, "empty-value", "列表至少要有一项。", example=self.example)
            elif len(words) == len(items):
                found[key] = words
        return found if len(found) == len(node.entries) else None

    def schema(self) -> Schema:
        word: Schema = {"type": "string"}
        either: Schema = {"oneOf": [word, {"type": "array", "items": word, "minItems": 1}]}
        return {"type": "object", "additionalProperties": either}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, MapNode):
            for child in node.entries.values():
                if isinstance(child, ListNode):
                    yield from ListOf(Text(), least=1).edits(child)


@dataclass(frozen=True)
class NamesWithLaw(Shape[Mapping[str, str]]):
    """Names with the article behind each: a list of names, or a mapping name → article. Read as a
    mapping; in a list the article is empty."""

    dictionary: str
    what: str
    example: str

    def read(self, node: Node, notes: Notes) -> Mapping[str, str] | None:
        word = Word(self.dictionary, self.what, self.example)
        if isinstance(node, ListNode):
            names = [word.read(item, notes) for item in node.items]
            return {name: "" for name in names if name is not None} if None not in names else None
        if isinstance(node, MapNode):
            laws = {
                name: Text(example="民诉法解释第二百四十三条").read(law, notes)
                for name, law in node.entries.items()
            }
            for key in node.entries:
                notes.refer(self.dictionary, node.keys[key], self.what)
            return (
                {name: law for name, law in laws.items() if law is not None}
                if None not in laws.values()
                else None
            )
        name = word.read(node, notes)
        return None if name is None else {name: ""}

    def schema(self) -> Schema:
        word = Word(self.dictionary, self.what, self.example).schema()
        names: Schema = {"type": "array", "items": word}
        return {"oneOf": [word, names, {"type": "object", "additionalProperties": {"type": "string"}}]}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, ListNode):
            yield from ListOf(Text()).edits(node)
        elif isinstance(node, MapNode):
            yield from (leave_out(node, key) for key in list(node.entries))


@dataclass(frozen=True)
class Expected(Shape[str]):
    """What a due date must come out as: a day, a moment, or one of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, notes: Notes) -> str | None:
        text = plain_text(node, notes, example="2024-06-13")
        if text is None or text in self.words:
            return text
        moment = read_moment(text, node, notes)
        if moment is None:
            return None
        return moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else moment.isoformat()

    def schema(self) -> Schema:
        return {"anyOf": [Day().schema(), {"enum": list(self.words)}, {"type": "string"}]}
