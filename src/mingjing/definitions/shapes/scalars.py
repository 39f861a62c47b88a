"""Single values: words, days, spans, durations, numbers, choices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes.base import Edit, Schema, Shape, plain_text, rewrite
from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.filings.rates import NO_DATA
from mingjing.domain.reasons import Unreadable

V = TypeVar("V")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_EXAMPLE = "2024-03-01"


_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Text(Shape[str]):
    """Any text that is not empty, optionally of a given form."""

    example: str = "简易程序审理期限"
    pattern: str = ""
    code: str = "not-text"
    cause: str = ""

    def read(self, node: Node, notes: Notes) -> str | None:
        text = plain_text(node, notes, example=self.example)
        if text is not None and self.pattern and re.fullmatch(self.pattern, text) is None:
            notes.say(node, self.code, self.cause.replace("{}", text), example=self.example)
            return None
        return text

    def schema(self) -> Schema:
        found: Schema = {"type": ["string", "number"]}
        if self.pattern:
            kinds = ["string", "number"] if _NUMBER.fullmatch(self.example) else "string"
            found = {"type": kinds, "pattern": f"^(?:{self.pattern})$"}
        return found | {"examples": [self.example]}


def share_text(example: str) -> Text:
    """A share as the product writes it, ``99.8%``: a bare 0.998 would never agree with what is computed."""
    cause = f"“{{}}”不是比率的写法。请写成百分数，用半角的 %，最多一位小数；没有可数的写“{NO_DATA}”。"
    pattern = rf"(?:100|[0-9]{{1,2}}(?:\.[1-9])?)%|{NO_DATA}"
    return Text(example, pattern=pattern, code="bad-share", cause=cause)


@dataclass(frozen=True)
class Word(Shape[str]):
    """A word that must be a key of ``dictionary``; looked up after all files are read."""

    dictionary: str
    what: str
    example: str

    def read(self, node: Node, notes: Notes) -> str | None:
        text = plain_text(node, notes, example=self.example)
        if text is not None and isinstance(node, ScalarNode):
            notes.refer(self.dictionary, node, self.what)
        return text

    def schema(self) -> Schema:
        return {
            "type": "string",
            "description": f"{self.what}，取自 {self.dictionary}",
            "examples": [self.example],
        }


@dataclass(frozen=True)
class Choice(Shape[V], Generic[V]):
    """One of a few words, each standing for a value."""

    words: Mapping[str, V]
    code: str = "bad-choice"

    def read(self, node: Node, notes: Notes) -> V | None:
        first = next(iter(self.words))
        text = plain_text(node, notes, example=first)
        if text is None:
            return None
        if text not in self.words:
            cause = f"不能写“{text}”。{nearest(text, self.words)}"
            notes.say(node, self.code, cause, allowed=tuple(self.words), example=first)
            return None
        return self.words[text]

    def schema(self) -> Schema:
        # To the parser of an editor ``true`` is no word.
        return {"enum": [*self.words, *(_TRUTH[word] for word in self.words if word in _TRUTH)]}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, ScalarNode):
            yield from (rewrite(node, word) for word in self.words if word != node.text)


FLAG = Choice({"是": True, "否": False}, code="bad-flag")


@dataclass(frozen=True)
class Number(Shape[int]):
    """A whole number between two bounds, both allowed."""

    least: int
    most: int
    example: str

    def read(self, node: Node, notes: Notes) -> int | None:
        text = plain_text(node, notes, example=self.example)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            cause = f"“{text}”不是 {self.least} 至 {self.most} 之间的整数。"
            notes.say(node, "bad-number", cause, example=self.example)
            return None
        return int(text)

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, ScalarNode) and node.text.isdecimal():
            yield from (rewrite(node, str(int(node.text) + step)) for step in (-1, 1))


def read_day(text: str, node: Node, notes: Notes) -> date | None:
    """An ISO day, or None after noting why the text is not one."""
    match = _ISO.fullmatch(text)
    if match is None:
        meant = _meant_day(text)
        hint = f"您是不是想写“{meant}”？" if meant else ""
        cause = f"“{text}”不是日期。写作“年-月-日”，月和日各两位。{hint}"
        notes.say(node, "bad-date", cause, example=meant or _DAY_EXAMPLE)
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        notes.say(node, "bad-date", f"没有“{text}”这一天，请核对月份和日子。", example=_DAY_EXAMPLE)
        return None


def _meant_day(text: str) -> str:
    """The day that ``2026/9/1``, ``2026年9月1日`` or ``20260901`` was meant to be, or nothing."""
    found = re.fullmatch(r"(\d{4})[-/.．年](\d{1,2})[-/.．月](\d{1,2})日?", text)
    found = found or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class Day(Shape[date]):
    """One civil day, ISO only."""

    def read(self, node: Node, notes: Notes) -> date | None:
        text = plain_text(node, notes, example=_DAY_EXAMPLE)
        return None if text is None else read_day(text, node, notes)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": [_DAY_EXAMPLE]}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, ScalarNode) and (day := _day_or_none(node.text)):
            yield from (rewrite(node, (day + timedelta(days=step)).isoformat()) for step in (-1, 1))


def _day_or_none(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(1900, 1, 1) < day < date(2999, 12, 31) else None


def read_days(text: str, node: Node, notes: Notes) -> Span | None:
    """``2024-02-10 至 2024-02-17``, ``2024-02-10 至 今`` or one day; None after noting what is wrong."""
    example = "2024-02-10 至 2024-02-17"
    first_text, to, last_text = (part.strip() for part in text.partition("至"))
    first = read_day(first_text, node, notes)
    if first is None:
        return None
    if not to:
        return Span(first, first)
    if last_text == "今":
        return Span(first, None)
    last = read_day(last_text, node, notes)
    if last is None:
        return None
    if last < first:
        cause = f"“{text}”的结束日早于开始日。"
        notes.say(node, "bad-span", cause, example=example)
        return None
    return Span(first, last)


@dataclass(frozen=True)
class DaySpan(Shape[Span]):
    """A closed span of days, both ends counted; one day alone is a span of one day."""

    def read(self, node: Node, notes: Notes) -> Span | None:
        example = "2024-02-10 至 2024-02-17"
        text = plain_text(node, notes, example=example)
        span = None if text is None else read_days(text, node, notes)
        if span is not None and span.last is None:
            notes.say(node, "bad-span", "这里要写明结束的日子，不能写“至 今”。", example=example)
            return None
        return span

    def schema(self) -> Schema:
        day = r"\d{4}-\d{2}-\d{2}"
        return {"type": "string", "pattern": f"^{day}( 至 {day})?$", "examples": ["2024-02-10 至 2024-02-17"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        if not isinstance(node, ScalarNode):
            return
        first, to, last = node.text.partition(" 至 ")
        last_day = _day_or_none(last if to else first)
        first_day = _day_or_none(first)
        if first_day is None or last_day is None:
            return
        for start, end in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            low, high = first_day + timedelta(days=start), last_day + timedelta(days=end)
            if low <= high:
                yield rewrite(
                    node, low.isoformat() if low == high else f"{low.isoformat()} 至 {high.isoformat()}"
                )


@dataclass(frozen=True)
class Length(Shape[Duration]):
    """A duration as written in statutes."""

    example: str = "3 个月"

    def read(self, node: Node, notes: Notes) -> Duration | None:
        text = plain_text(node, notes, example=self.example)
        return None if text is None else read_length(text, node, notes)

    def schema(self) -> Schema:
        return {"type": "string", "examples": [self.example, "7 个工作日", "48 小时", "1 个半月"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, ScalarNode):
            yield from (rewrite(node, text) for text in bent_lengths(node.text))


def read_length(text: str, node: Node, notes: Notes) -> Duration | None:
    """A duration, or None after noting why the text is not one."""
    try:
        return read_duration(text)
    except Unreadable as refusal:
        notes.say(node, "bad-duration", refusal.message, example=refusal.example)
        return None


def bent_lengths(text: str) -> Iterator[str]:
    """The same duration with its number one less and one more (never below 1)."""
    match = re.fullmatch(r"(\d{1,4})(\s*\D.*)", text)
    if match is not None:
        for step in (-1, 1):
            if int(match[1]) + step > 0:
                yield f"{int(match[1]) + step}{match[2]}"
