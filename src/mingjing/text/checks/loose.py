"""Shares in round words against the counts beside them: 占近四成, 超过三分之二, 过半, 翻一番, 的1.8倍."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.together import TOGETHER, together
from mingjing.text.checks.wholes import wholes_called
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading
from mingjing.text.roles import clean

_BEFORE = r"(?P<before>将近|接近|近|超过|超|逾|过|突破|约|大约|不到|不足|至少|刚好|刚过)?"
_AFTER = r"(?P<after>左右|以上|多|有余|出头|强|弱)?"
WORDS = re.compile(
    rf"{_BEFORE}(?:(?P<tenths>[一二两三四五六七八九]|(?<![\d.])\d\.\d(?=成))成(?!效|立|功|员|果|本|为|绩|因|年|人|交)(?P<half>半)?(?P<tenth>[一二三四五六七八九])?"
    rf"|(?P<under>[二三四五六七八九十])分之(?P<over>[一二三四五六七八九])|(?P<half_of>半数|一半|(?<=过)半))(?:的)?{_AFTER}"
)
_SAID = re.compile(r"(?:占|占比|比例|比重|相当于|达到?|仅|只有|为|用了|完成了?)[^,。;:\d]{0,14}$")
_TWICE = re.compile(
    r"翻了?(?P<many>一|两)番(?P<more>多)?|翻番|(?:增长|增加|上升)(?:了)?(?:超过|逾)?一倍(?P<over>多|以上)?"
)
SLACK = Fraction(1)
"""Percentage points a round word may be off before it is told."""
HARD = Fraction(3, 4)
"""Of that, what a word that bounds, 超过 or 不足, takes back at its bound."""
WIDE = 20
"""Percentage points left open above which only the paragraph excuses: all is 过半 of something."""
FAR = 30
"""Percentage points off which a whole was not the one meant."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a round word allows, in percent."""

    low: Fraction
    high: Fraction


def check_loose(reading: Reading) -> Iterator[Finding]:
    """All checks of this file."""
    for match in WORDS.finditer(reading.folded):
        found = _share(reading, match)
        if found is not None:
            yield found
    for sentence in reading.sentences.values():
        yield from _doubled(reading, sentence)
        for place, figure in enumerate(sentence):
            if place > 1 and figure.unit == "倍":
                yield from _times(reading, sentence, place)


def range_of(match: re.Match[str]) -> Range:
    """What 近四成 or 不足三分之一 allows."""
    if match["tenths"]:
        middle = (read_number(match["tenths"]) or Fraction(0)) * 10 + (5 if match["half"] else 0)
        width = Fraction(2 if "." in match["tenths"] else 10)
        if match["tenth"]:  # 六成五
            middle, width = middle + (read_number(match["tenth"]) or 0), Fraction(2)
    elif match["under"]:
        middle = (read_number(match["over"]) or Fraction(0)) * 100 / (read_number(match["under"]) or 1)
        width = middle / 5
    else:
        middle, width = Fraction(50), Fraction(10)
    before, after = match["before"] or "", match["after"] or ""
    if before in ("超过", "超", "过", "逾", "突破", "至少") or after == "以上":
        return Range(middle + HARD, middle + (50 if match["half_of"] else width * 3 / 2))
    if after in ("多", "有余", "出头", "强") or before == "刚过":
        return Range(middle, middle + width)
    if before in ("不到", "不足") or after == "弱":
        return Range(middle - width * 3 / 2, middle - HARD)
    if before in ("将近", "接近", "近"):
        return Range(middle - width * Fraction(3, 5), middle)
    if match["half_of"] and match["half_of"] == "半":
        return Range(middle, middle + 50)
    return Range(middle - width / 2, middle + width / 2)


def _share(reading: Reading, match: re.Match[str]) -> Finding | None:
    """The count right before the word against the wholes of its unit."""
    sentence = reading.outline.sentence_at(match.start())
    head = reading.folded[sentence[0] : match.start()]
    before = [one for one in reading.sentences.get(sentence, []) if one.end <= match.start()]
    before = [one for one in before if not one.is_rate and reading.movement(one) is None]
    clause = re.split(r"[,。;:]", head)[-1]
    asked = range_of(match)
    if len(before) > 1 and re.fullmatch(r"[^,。;:\d]{0,6}的", reading.folded[before[-1].end : match.start()]):
        part, whole = before[-2:]
        of_it = re.search("占|相当于|完成", reading.between(part, whole))
        plain = (
            of_it and part.unit == whole.unit and part.exact and whole.exact and 0 < part.value <= whole.value
        )
        return _told(match, part, whole, asked) if plain and not _within(part, whole, asked) else None
    if len(before) > 1 and (bound := _among(reading, before[-2], before[-1], match)) is not None:
        return None if _within(*bound, asked) else _told(match, *bound, asked)
    if several := TOGETHER.search(clause):
        before = [one for one in before if one.end <= match.start() - len(clause)]
        return _taken_together(reading, match, before, several) if before else None
    stem = re.search(r"([一-鿿]{2})率(?:仅|高|约)?(?:达到?|为)?$", clause)
    if stem and before and stem[1] not in before[-1].subject:
        return None
    behind = bool(before) and reading.folded[before[-1].end : match.start()] == ","
    said = bool(_SAID.search(clause) or stem) or behind
    if not before or not said or not _follows(reading, before[-1], match.start()):
        return None
    part = before[-1]
    own = re.match(r"(?P<name>[一-鿿]{3,14}?)占", clause)
    owned = [one for one in before if own and clean(one.subject).endswith(clean(own["name"]))]
    part = owned[-1] if len(owned) == 1 else part
    if not part.exact or part.unit == "位":
        return None
    headed = part.subject.startswith("其中")
    wholes = [
        one for one in reading.by_paragraph[reading.paragraph(part).start]
        if one.start < match.start() and one is not part and _alike(one, part) and one.value >= part.value
        and reading.movement(one) is None and not is_earlier(reading, one) and same_time(one, part)
        and (headed or not _is_share(reading, one))
    ]  # fmt: skip
    everywhere = [
        one for one in reading.levels_near(part.unit, part.start)
        if one.value >= part.value and one.start < match.start() and not _is_share(reading, one)
    ]  # fmt: skip
    if asked.high - asked.low > WIDE:
        everywhere = wholes
    of = re.search(r"占(?P<of>全[院市省区县州])的?$", clause)
    if of and not any(one.sentence == part.sentence for one in wholes):
        wholes = wholes_called(reading, part, part, of["of"]) or wholes
    if not wholes and (said_of := re.search(r"占(?P<of>[^,。;:\d]{3,12}?)的?$", clause)):
        wholes = wholes_called(reading, part, part, said_of["of"])
    if not wholes or any(_within(part, one, asked) for one in everywhere if one is not part):
        return None
    near = [one for one in wholes if one.sentence == part.sentence] or wholes[-1:]
    meant = _meant(near, part, clause, asked)
    return _told(match, part, meant, asked) if meant and meant.exact else None


def _meant(near: list[Figure], part: Figure, clause: str, asked: Range) -> Figure | None:
    """The one whole the clause names; else the only one, or the only one whose share is not far off."""
    named = re.search(r"(?:占|相当于)(?P<of>[一-鿿]{2,8}?)(?:人次|人数|件数|总数|总量|数|的)*$", clause)
    called = [one for one in near if named and named["of"] in one.subject]
    called = called or [one for one in near if named and len(one.subject) > 1 and one.subject in named["of"]]
    if len(called) == 1:
        return called[0]
    if len({one.value for one in near}) > 1:
        near = [one for one in near if abs(_percent(part, one) - asked.low) <= FAR]
    return near[0] if len({one.value for one in near}) == 1 else None


def _among(
    reading: Reading, whole: Figure, part: Figure, match: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """27个法庭中有8个…，占近四成: a part said to be among its whole."""
    among = re.fullmatch(r"[^,。;:\d]{0,12}中,?(?:共?有|仅有|已有)?", reading.between(whole, part))
    plain = whole.unit == part.unit and whole.exact and part.exact and 0 < part.value <= whole.value
    said = re.match(r"[^,。;:]{0,24},占", reading.folded[part.end : match.start()])
    return (part, whole) if among and plain and said else None


def _alike(one: Figure, other: Figure) -> bool:
    """人次 are counted of 人 and people say one of the other."""
    return one.unit == other.unit or {one.unit, other.unit} == {"人", "人次"}


def _is_share(reading: Reading, one: Figure) -> bool:
    """1033名，占80.5%: itself a part, and no whole of its neighbours."""
    behind = reading.folded[one.end : one.end + 20]
    exact = re.match(r",?占[^,。;\d]{0,8}[\d.]+%", behind)
    return bool(exact or re.match(rf",?占[^,。;\d]{{0,8}}?(?:{WORDS.pattern})", behind))


def _taken_together(
    reading: Reading, match: re.Match[str], before: list[Figure], several: re.Match[str]
) -> Finding | None:
    """前五类合计占收案总数的八成以上: the counts of the list, of the whole that is named."""
    part = together(reading, before, several["many"] or "")
    head = reading.folded[before[-1].end : match.start()]
    of = re.sub("的$", "", head.rsplit("占", 1)[-1])
    wholes = wholes_called(reading, part, part, of) if part.exact else []
    everywhere = [one for one in reading.levels_near(part.unit, part.start) if one.value >= part.value]
    asked = range_of(match)
    if len({one.value for one in wholes}) != 1 or any(_within(part, one, asked) for one in everywhere):
        return None
    return _told(match, part, wholes[0], asked)


def _follows(reading: Reading, part: Figure, start: int) -> bool:
    """Whether few words and at most one comma part the count from the word."""
    return bool(re.fullmatch(r"[^。;:]{0,30}", reading.folded[part.end : start]))


def _percent(part: Figure, whole: Figure) -> Fraction:
    return part.value * 100 / whole.value


def _within(part: Figure, whole: Figure, asked: Range) -> bool:
    return bool(whole.value) and asked.low - SLACK <= _percent(part, whole) <= asked.high + SLACK


def _told(match: re.Match[str], part: Figure, whole: Figure, asked: Range) -> Finding | None:
    share = _percent(part, whole)
    if min(abs(share - asked.low), abs(share - asked.high)) > FAR:
        return None
    shown = f"{printed(rounded(share, 1), 1)}%"
    return Finding(
        "share", Verdict.MISMATCH, match.start(), match.end(), f"写作“{match.group()}”，按文中的数是 {shown}",
        (f"{part.text} ÷ {whole.text} = {shown}",), (f"改为 {shown}，或换一个相称的说法", "或核对两个数"),
        ((part.start, part.end), (whole.start, whole.end)),
    )  # fmt: skip


def _doubled(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """264场，同比翻了一番多（去年同期128场）: twice as many, or nearly."""
    start, end = sentence[0].sentence
    for match in _TWICE.finditer(reading.folded, start, end):
        now = [one for one in sentence if one.end <= match.start() and reading.movement(one) is None]
        then = [one for one in sentence if is_earlier(reading, one) or _told_then(reading, one)]
        if not now or len(then) != 1 or then[0].unit != now[-1].unit or not then[0].value:
            continue
        if now[-1] is then[0]:
            now = [one for one in now if one is not then[0] and one.unit == then[0].unit]
        if not now or not (now[-1].exact and then[0].exact):
            continue
        times = 4 if match.groupdict()["many"] == "两" else 2
        ratio = now[-1].value / then[0].value
        more = match["more"] or match["over"]
        low = Fraction(times) if more else Fraction(times) * Fraction(19, 20)
        if low <= ratio <= times * Fraction(5, 4):
            continue
        yield Finding(
            "growth", Verdict.MISMATCH, match.start(), match.end(),
            f"写作“{match.group()}”，按文中的数是原来的 {printed(rounded(ratio, 2), 2)} 倍",
            (f"{now[-1].text} ÷ {then[0].text} = {printed(ratio, 2)}",),
            (f"改为增长 {printed(rounded((ratio - 1) * 100, 1), 1)}%", "或核对两个数"),
            ((now[-1].start, now[-1].end), (then[0].start, then[0].end)),
        )  # fmt: skip


def _told_then(reading: Reading, one: Figure) -> bool:
    head = reading.folded[max(one.sentence[0], one.start - 14) : one.start]
    return bool(re.search(r"(?:上年|去年|同期|前年|上月|20\d\d年)[^,。;]{0,8}$", head))


def _times(reading: Reading, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """391次，是去年同期217次的1.8倍: the first of the second."""
    moved = sentence[place]
    now, then = sentence[place - 2], sentence[place - 1]
    if re.search("前者(?:是|为|约为|相当于)后者的(?:约|近)?$", moved.subject) and now.exact and then.exact:
        ratio = now.value / then.value if then.value and now.unit == then.unit else moved.value
        if abs(ratio - moved.value) >= moved.step and moved.exact:
            shown = f"{printed(rounded(ratio, max(moved.decimals, 1)), max(moved.decimals, 1))}倍"
            yield Finding(
                "growth", Verdict.MISMATCH, moved.start, moved.end, f"写作{moved.text}，按文中的数是 {shown}",
                (f"{now.text} ÷ {then.text} = {shown}",), (f"改为 {shown}", "或核对两个数"),
                ((now.start, now.end), (then.start, then.end)),
            )  # fmt: skip
        return
    between = reading.between(now, then)
    if (
        now.unit != then.unit
        or not then.value
        or not re.fullmatch(r"\)?的(?:约|近|超过?)?", reading.between(then, moved))
    ):
        return
    if not re.search(
        r"(?:^|[,;])[^,。;]{0,6}(?:是|为|相当于|达到?)(?:20\d\d年)?[^,。;\d]{0,16}\(?$", between
    ):
        return
    if not (now.exact and then.exact):
        return
    ratio = now.value / then.value
    line = f"{now.text} ÷ {then.text} = {printed(ratio, moved.decimals + 2)}"
    beside = ((now.start, now.end), (then.start, then.end))
    more = reading.folded[moved.end : moved.end + 1] == "多"
    low, high = moved.span.low * Fraction(19, 20), moved.span.high * Fraction(21, 20)
    if not moved.exact and low <= ratio <= high:
        return
    within = moved.value <= ratio < moved.value + 1 if more else abs(ratio - moved.value) < moved.step
    right = moved.exact and within
    if right:
        yield Finding("growth", Verdict.OK, moved.start, moved.end, "与两个数相符", (line,), (), beside)
        return
    shown = f"{printed(rounded(ratio, max(moved.decimals, 1)), max(moved.decimals, 1))}倍"
    yield Finding(
        "growth", Verdict.MISMATCH, moved.start, moved.end,
        f"写作{moved.text}，按文中的数是 {shown}", (line,), (f"改为 {shown}", "或核对两个数"), beside,
    )  # fmt: skip
