"""Every figure of a report: value, unit, what loosens it, what it counts, of when, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import HALF, Span, printed
from mingjing.text.numerals import ARABIC, CHINESE, SCALES, decimals_of, read_number
from mingjing.text.outline import Outline
from mingjing.text.periods import Period, find_periods

_BEFORE = "|".join(sorted(units.BEFORE, key=len, reverse=True))
_PLAIN = "|".join(sorted(units.PLAIN, key=len, reverse=True))
_HUNDREDTH = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<kind>百|千)分之(?P<number>{CHINESE}|{ARABIC})(?P<after>以上|以下|左右)?"
)
_SHARE = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<number>{ARABIC}|{CHINESE})(?P<unit>%|‰|个百分点)(?P<after>以上|以下|左右|以内)?"
)
_COUNT = re.compile(
    rf"(?P<before>{_BEFORE})?(?:(?P<hundred_million>{ARABIC})亿零?)?(?P<number>{ARABIC})(?P<loose>余|多)?"
    rf"(?P<scale>万亿|千万|百万|亿|万|千|百)?(?P<loose2>余|多)?(?P<unit>{_PLAIN})(?P<after>余|以上|以下|左右|以内)?"
)
_HAN = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<number>{CHINESE})(?P<loose>余|多)?(?P<unit>{_PLAIN})(?P<after>余|以上|以下|左右|以内)?"
)
_RANK = re.compile(
    rf"(?:第(?P<number>{ARABIC}|{CHINESE})(?P<unit>位|名)"
    rf"|(?:位列|位居|排名|名列|排|居|列)[^,。;:\d]{{0,10}}?第(?P<bare>{ARABIC}|{CHINESE}))"
)
_BREAK = re.compile(r"[,。;:!?、()\n“”\"]")
_ITEM = re.compile(r"^\d{1,2}\.(?!\d)")
"""The number of an item of a list: 3.民一庭受理案件 counts cases of 民一庭."""
_IDIOM = re.compile(r"规定(?!动作|的?[时期])|意识|自信|维护|确立|从严|务必|文明|代表重要|不准|严禁|一律")
_AGAINST = re.compile(r"(?:(?<![占同环之])比|较)$")
_LOOSE_LEFT = re.compile(r"[每逐同另某任第其单]$")


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` in the plain unit (元, 件, %); ``start`` and ``end`` are places in the text as it was given.

    ``qualifier``: 余 近 约 以上 以下 or empty; ``decimals`` of the printed digits; ``step`` the worth of the
    last of them; ``subject`` the words before it in its clause, ``after`` those behind it; ``period`` with
    ``own_period`` False where taken over from an earlier sentence.
    """

    start: int
    end: int
    text: str
    value: Fraction
    unit: str
    printed_unit: str
    qualifier: str
    decimals: int
    step: Fraction
    subject: str
    after: str
    period: Period | None
    own_period: bool
    sentence: tuple[int, int]
    segment: tuple[int, int]

    @property
    def exact(self) -> bool:
        """Whether it can be an operand: nothing loosens it."""
        return not self.qualifier

    @property
    def is_rate(self) -> bool:
        return self.unit in (units.PERCENT, "‰")

    @property
    def span(self) -> Span:
        """What the printed digits allow: a count is exact, an amount in 亿元 was rounded."""
        half = self.step * HALF if self.is_rate or self.unit == units.POINT or self._rounded else Fraction(0)
        half = half if self.value else Fraction(0)
        low, high = self.value - half, self.value + half
        if self.qualifier == "余":
            high = self.value + max(self.step, 10 ** max(len(str(int(self.value))) - 1, 0))
        elif self.qualifier == "近":
            low = self.value * Fraction(9, 10)
        elif self.qualifier == "约":
            low, high = self.value * Fraction(9, 10), self.value * Fraction(11, 10)
        elif self.qualifier == "以上":
            high = self.value * 1000 + 1000
        elif self.qualifier == "以下":
            low = Fraction(0)
        return Span(low, high)

    @property
    def _rounded(self) -> bool:
        return self.step != 1 or self.decimals > 0

    def __str__(self) -> str:
        return self.text

    def worded(self, value: Fraction) -> str:
        """Another value in the unit this one was printed in: 2.18万元 beside 3.18万元."""
        scaled = value / (self.step * 10**self.decimals)
        digits = range(self.decimals, self.decimals + 3)
        exact = next((count for count in digits if (scaled * 10**count).denominator == 1), None)
        shown = printed(scaled, exact)
        return f"{shown}{self.printed_unit or self.unit}"

    def in_plain(self) -> str:
        """The value with its plain unit: 93,374,200元."""
        return f"{printed(self.value)}{self.unit}"


@dataclass(frozen=True, slots=True)
class _Raw:
    start: int
    end: int
    value: Fraction
    unit: str
    printed_unit: str
    qualifier: str
    decimals: int
    step: Fraction


def find_figures(outline: Outline) -> list[Figure]:
    """Every figure in order of its place; dates, numbers of articles, telephones and idioms are none."""
    folded = outline.folded
    taken: list[tuple[int, int]] = []
    raws: list[_Raw] = []
    for finder in (_ranks, _hundredths, _shares, _counts, _han):
        for raw in finder(folded):
            if not any(start < raw.end and raw.start < end for start, end in _near(taken, raw.start)):
                raws.append(raw)
        taken = sorted((raw.start, raw.end) for raw in raws)
    raws.sort(key=lambda raw: raw.start)
    periods = find_periods(folded)
    starts = [period.start for period in periods]
    ends = [0, *(raw.end for raw in raws)]
    return [_placed(raw, outline, (periods, starts), end) for raw, end in zip(raws, ends, strict=False)]


def _near(taken: list[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    place = bisect_right(taken, (start, 1 << 60))
    return taken[max(place - 1, 0) : place + 2]


def _qualifier(match: re.Match[str]) -> str:
    found = match.groupdict()
    after = found.get("loose") or found.get("loose2") or found.get("after") or ""
    return units.BEFORE.get(found.get("before") or "", "") or units.AFTER.get(after, "")


def _ranks(folded: str) -> Iterator[_Raw]:
    for match in _RANK.finditer(folded):
        written = match["number"] or match["bare"]
        value = read_number(written)
        if value is not None and 0 < value < 1000:
            start = match.start() if match["number"] else match.start("bare") - 1
            yield _Raw(start, match.end(), value, "位", match["unit"] or "", "", 0, Fraction(1))


def _hundredths(folded: str) -> Iterator[_Raw]:
    for match in _HUNDREDTH.finditer(folded):
        value = read_number(match["number"])
        if value is not None:
            unit = "%" if match["kind"] == "百" else "‰"
            places = decimals_of(match["number"])
            step = Fraction(1, 10**places)
            yield _Raw(match.start(), match.end(), value, unit, unit, _qualifier(match), places, step)


def _shares(folded: str) -> Iterator[_Raw]:
    for match in _SHARE.finditer(folded):
        value = read_number(match["number"])
        if value is not None:
            places = decimals_of(match["number"])
            unit, step = match["unit"], Fraction(1, 10**places)
            yield _Raw(match.start(), match.end(), value, unit, unit, _qualifier(match), places, step)


def _counts(folded: str) -> Iterator[_Raw]:
    for match in _COUNT.finditer(folded):
        if folded[match.start() - 1 : match.start()] == "第" or _no_count(match, folded):
            continue
        scale = SCALES[match["scale"] or ""]
        value = read_number(match["number"])
        assert value is not None  # digits always are a number
        places = decimals_of(match["number"])
        step = Fraction(scale, 10**places)
        value *= scale
        if match["hundred_million"]:
            value += (read_number(match["hundred_million"]) or 0) * SCALES["亿"]
        unit = units.base_of(match["unit"])
        shown = (match["scale"] or "") + match["unit"]
        yield _Raw(match.start(), match.end(), value, unit, shown, _qualifier(match), places, step)


def _no_count(match: re.Match[str], folded: str) -> bool:
    """A day of the month, or the beginning of a word that only looks like a unit."""
    unit, rest = match["unit"], folded[match.end() : match.end() + 1]
    if unit == "日":
        return folded[match.start() - 1 : match.start()] in "月至-—到" or "." in match["number"]
    if unit == "岁":
        return not re.search(
            "平均|年龄|[升降比]|上年|[低高小大]$", folded[max(match.start() - 12, 0) : match.start()]
        )
    if unit == "分":
        return rest not in ("", ",", "。", ";", "、", ")", "(", "\n", ":") or match["scale"] is not None
    return (unit in ("人", "个") and rest in ("民", "月")) or (unit == "期" and rest in "间内")


def _han(folded: str) -> Iterator[_Raw]:
    for match in _HAN.finditer(folded):
        before = folded[max(match.start("number") - 1, 0) : match.start("number")]
        rest = folded[match.end() : match.end() + 1]
        if before in ("“", '"', "「", "《") or _LOOSE_LEFT.search(before):
            continue
        value = read_number(match["number"])
        if value is None or value == 0 or match["unit"] not in units.WITH_HAN:
            continue
        if value == 1 or (match["unit"] in ("天", "元") and value < 10):
            continue  # 一次, 一批, 一起: hardly ever a count
        if match["unit"] in ("人", "名") and (rest == "民" or folded.startswith("合议庭", match.end())):
            continue
        if match["unit"] in ("个", "项", "条") and _IDIOM.match(folded, match.end()):
            continue  # 八项规定, 四个意识
        unit = units.base_of(match["unit"])
        yield _Raw(match.start(), match.end(), value, unit, match["unit"], _qualifier(match), 0, Fraction(1))


def _placed(raw: _Raw, outline: Outline, dated: tuple[list[Period], list[int]], last_end: int) -> Figure:
    sentence, segment = outline.sentence_at(raw.start), outline.segment_at(raw.start)
    subject, after = _words_around(raw, outline.folded, sentence, last_end)
    period = _period_of(raw, outline, *dated)
    own = period is not None and sentence[0] <= period.start
    return Figure(
        raw.start,
        raw.end,
        outline.text[raw.start : raw.end],
        raw.value,
        raw.unit,
        raw.printed_unit,
        raw.qualifier,
        raw.decimals,
        raw.step,
        subject,
        after,
        period,
        own,
        sentence,
        segment,
    )


def _words_around(raw: _Raw, folded: str, sentence: tuple[int, int], last_end: int) -> tuple[str, str]:
    left = folded[max(sentence[0], last_end) : raw.start]
    marks = [mark.end() for mark in _BREAK.finditer(left)]
    subject = left[marks[-1] :] if marks else left
    right = folded[raw.end : min(sentence[1], raw.end + 16)]
    mark = _BREAK.search(right)
    subject = _ITEM.sub("", subject.strip())
    return subject, (right[: mark.start()] if mark else right).strip()


def _period_of(raw: _Raw, outline: Outline, periods: list[Period], starts: list[int]) -> Period | None:
    """The period printed last before the figure in its paragraph."""
    place = bisect_right(starts, raw.start) - 1
    while place >= 0 and _only_compares(periods[place], raw, outline.folded):
        place -= 1
    if place < 0:
        return None
    found = periods[place]
    return found if outline.paragraph_at(raw.start).start <= found.start else None


def _only_compares(period: Period, raw: _Raw, folded: str) -> bool:
    """比上年减少3件，…, 比3月末的36件减少5件，…, （含2022年旧存88件）…: the time of no later clause."""
    between = folded[period.end : raw.start]
    if between.count(")") > between.count("("):
        return True
    earlier = period.label[0] in "上去前" and period.label[1:2] == "年"
    return bool(_BREAK.search(between)) and (
        earlier or bool(_AGAINST.search(folded[max(period.start - 2, 0) : period.start]))
    )
