"""A judgment in its parts: head with the parties, body, order, foot with the bench and the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mingjing.text.folding import fold
from mingjing.text.numerals import chinese

ROLES = (
    "被上诉人", "上诉人", "再审申请人", "申请再审人", "被申请执行人", "申请执行人", "被执行人", "被申请人",
    "申请人", "附带民事诉讼原告人", "附带民事诉讼被告人", "自诉人", "公诉机关", "被告人", "反诉原告",
    "反诉被告", "原告", "被告", "第三人",
)  # fmt: skip
_ROLE = "|".join(ROLES)
_SAYS = "诉称|辩称|述称|诉讼|提出|主张|为证明|提交|申请|答辩|认为|未作|经本院|指控|对"
_PARTY = re.compile(
    rf"^\s*(?P<role>{_ROLE})(?:\([^()]{{1,30}}\))?\s*:?\s*(?!{_SAYS})(?P<name>[^\s,，。;:()]{{2,40}})"
)
_BENCH = re.compile(
    r"^\s*(?P<role>审\s*判\s*长|代理审判员|人民陪审员|审\s*判\s*员|法\s*官\s*助\s*理|书\s*记\s*员|执\s*行\s*员)"
    r"[\s:]+(?P<name>\S(?:\s{0,4}\S){1,5})\s*$"
)
_TITLE = re.compile(
    r"(?:刑事附带民事|刑事|民事|行政赔偿|行政|执行|国家赔偿)?(?:判决书|裁定书|调解书|决定书)$"
)
_NUMBER = re.compile(r"\((?:19|20)\d{2}\)[^\s()]{1,12}\d+号(?:之[一二三四五六七八九十]+)?")
_ORDER = re.compile(r"(判决|裁定|决定)如下\s*:")
_DAY = re.compile(
    r"(?P<y>[零○一二三四五六七八九]{4}|(?:19|20)\d{2})年(?P<m>[一二三四五六七八九十]{1,2}|\d{1,2})月"
    r"(?P<d>[一二三四五六七八九十]{1,3}|\d{1,2})日"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A capacity and a name as printed; the place is that of the name."""

    role: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Day:
    """A printed day; ``day`` is None where the calendar has none. ``figures``: in Arabic figures."""

    start: int
    end: int
    day: date | None
    figures: bool


@dataclass(frozen=True)
class Paper:
    """The document as text; ``folded`` has the same length, so places in one are places in the other."""

    text: str

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """First and last place of each line that is not blank."""
        found, start = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                found.append((start, start + len(line)))
            start += len(line) + 1
        return tuple(found)

    @cached_property
    def title(self) -> tuple[int, int] | None:
        """Where 民事判决书 stands, among the first lines."""
        for start, end in self.lines[:6]:
            plain = re.sub(r"\s", "", self.folded[start:end])
            if _TITLE.fullmatch(plain):
                return start, end
        return None

    @property
    def kind(self) -> str:
        """``民事判决书``, or nothing."""
        return re.sub(r"\s", "", self.text[slice(*self.title)]) if self.title else ""

    @cached_property
    def number(self) -> tuple[int, int] | None:
        """The document's own number: the first one in its head."""
        limit = self.parties[0].start if self.parties else min(len(self.text), 300)
        found = _NUMBER.search(self.folded, 0, limit)
        return found.span() if found else None

    @cached_property
    def parties(self) -> tuple[Named, ...]:
        """The parties as the head lists them, before the sentence 一案."""
        found: list[Named] = []
        for start, end in self.lines:
            line = self.folded[start:end]
            if found and ("一案" in line or "本院" in line):
                break
            match = _PARTY.match(line)
            if match and "一案" not in line:
                found.append(
                    Named(
                        match["role"], match["name"], start + match.start("name"), start + match.end("name")
                    )
                )
        return tuple(found)

    @cached_property
    def bench(self) -> tuple[Named, ...]:
        """Who signed, from the last lines; spaces inside a name are none of it."""
        found = []
        for start, end in self.lines[-12:]:
            match = _BENCH.match(self.folded[start:end])
            if match:
                role, name = (re.sub(r"\s", "", match[one]) for one in ("role", "name"))
                found.append(Named(role, name, start + match.start("name"), start + match.end("name")))
        return tuple(found)

    @cached_property
    def lead(self) -> tuple[int, int] | None:
        """The sentence that says what the case is and how it was tried (……一案，本院……)."""
        for start, end in self.lines:
            if "一案" in self.folded[start:end]:
                return start, end
        return None

    @cached_property
    def order(self) -> tuple[int, int] | None:
        """From 判决如下 to the foot."""
        if self.order_words is None:
            return None
        return self.order_words[1], self.bench[0].start if self.bench else len(self.text)

    @cached_property
    def order_words(self) -> tuple[int, int, str] | None:
        """Where 判决如下 stands, and its verb."""
        found = list(_ORDER.finditer(self.folded))
        return (found[-1].start(), found[-1].end(), found[-1][1]) if found else None

    @cached_property
    def citing(self) -> tuple[int, int] | None:
        """The sentence with the articles the order rests on (依照……判决如下)."""
        if self.order_words is None:
            return None
        start = max(self.folded.rfind(sign, 0, self.order_words[0]) for sign in "。\n") + 1
        begin = re.compile("依照|依据|根据").search(self.folded, start, self.order_words[0])
        return (begin.start(), self.order_words[0]) if begin else None

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Every full day of the text."""
        return tuple(_day(match) for match in _DAY.finditer(self.folded))

    @cached_property
    def signed(self) -> Day | None:
        """The day of the foot: alone on a line near the end."""
        spans = {self.folded[start:end].strip(): start for start, end in self.lines[-12:]}
        for one in self.days:
            if (
                self.folded[one.start : one.end] in spans
                and one.start >= spans[self.folded[one.start : one.end]]
            ):
                return one
        return None


def _day(match: re.Match[str]) -> Day:
    year, month, day = (_value(match[part]) for part in "ymd")
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    return Day(match.start(), match.end(), found, match["y"][0].isdigit() and match["y"].isascii())


def _value(text: str) -> int:
    if text.isascii():
        return int(text)
    return int(chinese(text.replace("○", "零")) or 0)
