"""Words that bind figures elsewhere: 抚养权纠纷占民事案件的四成五, 翻了两番, 连续三年超过60%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.changes import is_pair
from mingjing.text.checks.loose import SLACK, WORDS, range_of
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, is_level
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_OF = re.compile(r"(?:^|[,。;:、\n])(?:其中)?(?P<part>[一-鿿]{2,8}?)占(?P<whole>[一-鿿]{2,8}?)的?$")
_DOUBLED = re.compile(r"^[^。;\d]{0,4},(?:实现)?翻(?:了)?(?P<many>一|两)?番")
_ALL = re.compile(
    r"(?:连续(?P<count>[两二三四五六])年|均|都|全部)(?:超过|突破|高于|达到|保持在|稳定在)(?P<bound>\d+(?:\.\d+)?)(?P<unit>%|件|万元)(?:以上)?[,:(]"
)
_TREND = re.compile(
    r"(?:呈|保持|出现)?(?:稳步|持续|逐年|逐季|逐月|连年)(?P<way>上升|增长|攀升|增加|提升|下降|减少|回落|降低)(?:的?(?:态势|趋势|势头))?[,:]"
)
FAR = 30
_TIMES = re.compile(r"(?<=[,;。(])(?P<one>[一-鿿]{2,8})是(?P<other>[一-鿿]{2,8})的(?P<many>\d+(?:\.\d+)?)倍")


def check_leftover_words(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """All checks of this file."""
    for match in WORDS.finditer(reading.folded):
        yield from _share(reading, match)
    for sentence in reading.sentences.values():
        for one, other in itertools.pairwise(sentence):
            yield from _surpassed(reading, one, other)
            if is_pair(reading, one, other) and one.exact and other.exact and one.value > 0:
                yield from _doubled(reading, one, other)
    for match in _TIMES.finditer(reading.folded):
        yield from _times(reading, match)
    for match in _ALL.finditer(reading.folded):
        yield from _bounded(reading, match)
    for match in _TREND.finditer(reading.folded):
        yield from _run(reading, match)


def _share(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """抚养权纠纷占民事案件的四成五: both by their names, in the sentences before."""
    start = reading.outline.sentence_at(match.start())[0]
    named = _OF.search(reading.folded[max(start - 1, 0) : match.start()])
    if named is None:
        return
    paragraphs = reading.outline.paragraphs
    place = paragraphs.index(reading.outline.paragraph_at(match.start()))
    begin = paragraphs[max(place - 4, 0)].start
    near = [one for one in reading.figures if begin <= one.start < match.start() and is_level(reading, one)]
    near = [one for one in near if not is_prior(reading, one)]
    parts = [one for one in near if _name(one.subject) == _name(named["part"])]
    wholes = [one for one in near if _name(one.subject) == _name(named["whole"])]
    if len({one.value for one in parts}) != 1 or len({one.value for one in wholes}) != 1:
        return
    part, whole, asked = parts[-1], wholes[-1], range_of(match)
    if part.unit != whole.unit or part.value > whole.value or part.start == whole.start:
        return
    share = part.value * 100 / whole.value
    inside = asked.low - SLACK <= share <= asked.high + SLACK
    if not inside and min(abs(share - asked.low), abs(share - asked.high)) <= FAR:
        shown = f"{printed(rounded(share, 1), 1)}%"
        yield Finding(
            "share", Verdict.MISMATCH, *match.span(), f"写作“{match.group()}”，按文中的数是 {shown}",
            (f"{part.text} ÷ {whole.text} = {shown}",), (f"改为 {shown}，或换一个相称的说法", "或核对两个数"),
            ((part.start, part.end), (whole.start, whole.end)),
        )  # fmt: skip


def _name(words: str) -> str:
    return re.sub("^(?:其中|审结|受理|新收|一审)+|案件$", "", words)


def _doubled(reading: Reading, one: Figure, other: Figure) -> Iterator[Finding]:
    """由9个增加到18个，翻了两番: four times as many, or twice."""
    match = _DOUBLED.match(reading.folded[other.end : other.end + 14])
    if match is None:
        return
    times, ratio = 4 if match["many"] == "两" else 2, other.value / one.value
    if times * Fraction(9, 10) <= ratio <= times * Fraction(5, 4):
        return
    place = other.end + match.end()
    shown = printed(rounded(ratio, 2), 2)
    yield Finding(
        "growth", Verdict.MISMATCH, other.end + match.group().index("翻"), place,
        f"从{one.text}到{other.text}是原来的 {shown} 倍，不是{match.group().lstrip(',')}",
        (f"{other.text} ÷ {one.text} = {shown}",), ("改写法，或核对两个数",),
        ((one.start, one.end), (other.start, other.end)),
    )  # fmt: skip


def _surpassed(reading: Reading, one: Figure, other: Figure) -> Iterator[Finding]:
    """突破10万件，达到98760件: what is beyond a bound is not under it."""
    gap = re.fullmatch(r"(?:大关)?,(?:首次)?(?:达到|达|为)", reading.between(one, other))
    if not gap or one.unit != other.unit or not other.exact or one.qualifier not in ("余", "近"):
        return
    under = other.value < one.value
    if under != (one.qualifier == "余") or not one.value / 2 < other.value < one.value * 2:
        return
    yield Finding(
        "parts", Verdict.MISMATCH, other.start, other.end, f"写作“{one.text}”，后面的数是{other.text}",
        (f"{other.text} {'<' if under else '>'} {one.worded(one.value)}",), ("改写法，或核对这个数",),
        ((one.start, one.end),),
    )  # fmt: skip


def _times(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """自查问题214个，互查发现问题63个，自查是互查的4.4倍: both by their names, in the sentence."""
    sentence = reading.sentences.get(reading.outline.sentence_at(match.start()), [])
    levels = [one for one in sentence if one.end <= match.start() and is_level(reading, one)]
    called = [[one for one in levels if match[name] in one.subject] for name in ("one", "other")]
    if any(len(found) != 1 for found in called) or called[0][0].unit != called[1][0].unit:
        return
    (one,), (other,) = called
    said, right = Fraction(match["many"]), one.value / other.value
    places = len(match["many"].partition(".")[2])
    if one is other or abs(right - said) < Fraction(1, 10**places):
        return
    shown = f"{printed(rounded(right, places), places)}倍"
    yield Finding(
        "growth", Verdict.MISMATCH, *match.span("many"), f"写作{match['many']}倍，按文中的数是 {shown}",
        (f"{one.text} ÷ {other.text} = {shown}",), (f"改为 {shown}", "或核对两个数"),
        ((one.start, one.end), (other.start, other.end)),
    )  # fmt: skip


def _bounded(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """连续三年超过60%，2023年62.1%、2024年59.8%: each of the list is above it."""
    sentence = reading.sentences.get(reading.outline.sentence_at(match.start()), [])
    bound = Fraction(match["bound"])
    behind = [one for one in sentence if one.start >= match.end() - 1]
    run: list[Figure] = []
    for one in behind:
        first = run[0] if run else one
        gap = reading.between(run[-1], one) if run else ""
        if (
            one.unit != first.unit
            or reading.movement(one)
            or re.search("[,;]", gap.strip("、"))
            or not one.exact
        ):
            break
        run.append(one)
    count = read_number(match["count"]) if match["count"] else None
    if len(run) < 2 or run[0].printed_unit != match["unit"] or (count and len(run) != count):
        return
    for one in run:
        if one.value * (1 if one.is_rate or one.step == 1 else Fraction(1, 10**4)) < bound:
            yield Finding(
                "share", Verdict.MISMATCH, one.start, one.end,
                f"{one.text}没有到“{match.group().rstrip(',:(')}”",
                (f"{one.text} < {match['bound']}{match['unit']}",),
                ("改写法，或核对这个数",), (match.span(),),
            )  # fmt: skip


def _run(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """呈稳步上升态势：2021年214件，2022年238件，…: the list behind the words."""
    sentence = reading.sentences.get(reading.outline.sentence_at(match.start()), [])
    run: list[Figure] = []
    last = match.end()
    for one in (one for one in sentence if one.start >= match.end()):
        gap = reading.folded[last : one.start]
        dated = re.fullmatch(r"[,、]?(?:(?:20\d\d年|\d{1,2}月|第?[一二三四]季度)(?:为)?|分别为|依次为)?", gap)
        if not dated or not (is_level(reading, one) or one.is_rate) or (run and one.unit != run[0].unit):
            break
        run.append(one)
        last = one.end
    falling = match["way"][0] in "下减回降"
    if len(run) < 3:
        return
    for one, other in itertools.pairwise(run):
        if one.value != other.value and (other.value < one.value) != falling:
            yield Finding(
                "movement", Verdict.MISMATCH, other.start, other.end,
                f"写作“{match.group().rstrip(',:')}”，{one.text}之后是{other.text}",
                (f"{other.text} − {one.text} = {printed(other.value - one.value)}",),
                ("改写法，或核对各期的数",), (match.span(), (one.start, one.end)),
            )  # fmt: skip
            return
