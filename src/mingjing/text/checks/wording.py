"""Words against figures: headings, periods, ranks, definitions, frequencies, names, dates (N-004 …)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.flows import groups_of
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.periods import find_days
from mingjing.text.reading import Reading
from mingjing.text.roles import CLOSED, GOOD_DOWN, GOOD_UP, RECEIVED

_RISING = re.compile(r"提升|上升|提高|向好|好转|增强|改善|优化|跃升|攀升|双升|稳步|走高|新成效|明显成效")
_QUALITY = re.compile(r"质效|效率|结案|办案|审判|执行|指标|率|质量|工作")
_COMPARES = re.compile(r"(?:比|较|与|同|以|从|自|由|于|至|到|—|-|\(|超|低|高)[^,。;]{0,2}$")
_CAMPAIGN = re.compile(
    r"(?:经过|历时|通过|开展)(?:为期)?(?P<count>\d{1,2}|[一二三四五六七八九十两]{1,2})个月的?[^,。;\n]{0,14}(?:整顿|整治|行动|活动|攻坚|专项|会战)"
)
_RANK_MOVE = re.compile(r"^[^。;\d]{0,6}?(?P<way>上升|提升|跃升|前进|升|下降|下滑|后退|退|降)(?:至|到|为)")
_FREQUENCY = re.compile(r"每(?P<every>半年|年|季度|月|周|两月|两年)(?:至少|不少于)?")
_EVERY_VERB = re.compile(r"讨论|召开|检查|研究|听取|报告|通报|培训|考核|督查|巡查|分析")
_PAPERS = re.compile(r"[一-鿿]{2,8}?(?:承诺书|责任书|倡议书|责任状|告知书|清单)")
_PRAISE, _BLAME = (
    re.compile(r"授予|表彰|奖励|优先|流动红旗|标兵"),
    re.compile(r"宽松软|薄弱|问题|不足|形势依然严峻|依然存在"),
)
BESIDE = 200
"""Characters within which lines that begin with a year are one series."""
_ZERO = re.compile(r"“?零(?P<what>查处|问责|违纪|违规|投诉|发案|立案|处分)”?")


def check_wording(reading: Reading) -> Iterator[Finding]:
    """All checks of this file."""
    yield from _headings(reading)
    yield from _campaigns(reading)
    yield from _years(reading)
    yield from _ranks(reading)
    yield from _definitions(reading)
    yield from _frequencies(reading)
    yield from _names(reading)
    yield from _zeros(reading)
    for day in find_days(reading.folded):
        if day.day is None:
            yield Finding(
                "date",
                Verdict.MISMATCH,
                day.start,
                day.end,
                f"历法上没有{day.label}这一天",
                (),
                ("核对日期",),
            )


def _title_over(reading: Reading, figure: Figure) -> tuple[str, int] | None:
    for title, start in reading.outline.titles(reading.paragraph(figure)):
        if _RISING.search(title) and _QUALITY.search(title) and not re.search(r"\d", title[:-1]):
            return title, start
    return None


def _headings(reading: Reading) -> Iterator[Finding]:
    """A heading that says better over a rate that got worse (N-004)."""
    for sentence in reading.sentences.values():
        over = _title_over(reading, sentence[0])
        said = _said_better(reading, sentence)
        for number, figure in enumerate(sentence):
            title, start = said if said and said[1] < figure.start else over or ("", 0)
            worse = _worse(reading, sentence, number)
            if title and worse:
                yield Finding(
                    "heading",
                    Verdict.TENSION,
                    start,
                    start + len(title),
                    f"写着“{title}”，下面的“{worse}”却是变差",
                    (),
                    ("改写法，或在文中说明原因",),
                    ((figure.start, figure.end),),
                )
        if over is None:
            continue
        title, start = over
        place = (start, start + len(title))
        yield from _implied(reading, sentence, title, place)


def _said_better(reading: Reading, sentence: list[Figure]) -> tuple[str, int] | None:
    """A clause before the first figure of the sentence that says something got better."""
    start = sentence[0].sentence[0]
    words = reading.folded[start : sentence[0].start]
    found = re.search(
        r"(?:[^,。;:]{0,8}(?:质效|效率|质量)[^,。;:]{0,4}(?:提升|提高|向好|改善))[^,。;:]{0,4}(?=,)", words
    )
    return (found.group().strip(), start + found.start()) if found else None


def _worse(reading: Reading, sentence: list[Figure], number: int) -> str:
    """The words of a movement for the worse that ends with this figure; empty where it is none."""
    figure = sentence[number]
    move = reading.movement(figure)
    if move is not None and (figure.unit in ("个百分点", "%") or GOOD_DOWN.search(figure.subject)):
        good = 1 if GOOD_UP.search(figure.subject) else -1 if GOOD_DOWN.search(figure.subject) else 0
        return f"{figure.subject}{figure.text}" if good and good != move.sign else ""
    if number and GOOD_DOWN.search(sentence[number - 1].subject):
        between = reading.between(sentence[number - 1], figure)
        if (
            re.match(r"(?:延长|上升|增加|提高|增|升)(?:至|到|为)", between)
            and figure.value > sentence[number - 1].value
        ):
            first = sentence[number - 1]
            return f"{first.subject}{first.text}{between}{figure.text}"
    return ""


def _implied(
    reading: Reading, sentence: list[Figure], title: str, place: tuple[int, int]
) -> Iterator[Finding]:
    for group in groups_of(reading, sentence):
        received, closed = group.kinds.get(RECEIVED), group.kinds.get(CLOSED)
        if received is None or closed is None:
            continue
        taken, done = _growth_behind(reading, sentence, received), _growth_behind(reading, sentence, closed)
        if taken is None or done is None or min(taken, done) <= -100:
            continue
        received_before = received.value * 100 / (100 + taken)
        closed_before = closed.value * 100 / (100 + done)
        before = closed_before * 100 / received_before
        now = closed.value * 100 / received.value
        apart = now - before
        lines = (
            f"今年 {closed.text} ÷ {received.text} = {printed(rounded(now, 2))}%",
            f"上年推得 {printed(rounded(closed_before, 0))} ÷ {printed(rounded(received_before, 0))}"
            f" = {printed(rounded(before, 2))}%",
            f"变化约 {printed(rounded(apart, 2))} 个百分点",
        )
        beside = ((received.start, received.end), (closed.start, closed.end))
        if apart < 0:
            yield Finding(
                "heading",
                Verdict.TENSION,
                *place,
                f"标题写“{title}”，结案率却比上年同期下降约 {printed(rounded(-apart, 2))} 个百分点",
                lines,
                ("同时写出结案率的同比变化，或改标题",),
                beside,
            )


def _growth_behind(reading: Reading, sentence: list[Figure], figure: Figure) -> Fraction | None:
    place = sentence.index(figure)
    for one in sentence[place + 1 : place + 2]:
        move = reading.movement(one)
        if move is not None and one.unit == "%" and one.exact:
            return one.value * move.sign
    return None


def _campaigns(reading: Reading) -> Iterator[Finding]:
    """经过4个月的整顿, then figures of six months (N-014)."""
    for match in _CAMPAIGN.finditer(reading.folded):
        months = read_number(match["count"])
        for figure in reading.figures:
            if figure.start < match.end() or figure.start > match.end() + 600 or figure.period is None:
                continue
            if figure.period.months is None or figure.period.since or figure.period.start < match.start():
                continue
            first, last = figure.period.months
            if last - first + 1 != months:
                yield Finding(
                    "period",
                    Verdict.TENSION,
                    figure.period.start,
                    figure.period.end,
                    f"前面说“{reading.words(*match.span())}”，"
                    f"这里是{figure.period.label}（{last - first + 1} 个月）的数："
                    "活动的成果要用活动期间的数",
                    (),
                    ("写明活动的起止，或另取同期间的数",),
                    (match.span(),),
                )
            break


def _years(reading: Reading) -> Iterator[Finding]:
    """Whole years of different numbers in parallel paragraphs, with nothing that compares them (N-077)."""
    first: Figure | None = None
    for figure in reading.figures:
        period = figure.period
        if (
            period is None
            or period.year is None
            or not figure.own_period
            or period.since
            or figure.unit == "位"
            or _COMPARES.search(reading.folded[max(period.start - 6, 0) : period.start])
        ):
            continue
        if not re.fullmatch(r"(?:19|20)\d{2}年度?", period.label) or _is_series(reading, figure):
            continue
        if first is None or first.period is None:
            first = figure
        elif first.period.year != period.year:
            yield Finding(
                "period",
                Verdict.TENSION,
                period.start,
                period.end,
                f"前面用{first.period.label}的数，这里用{period.label}的数：期间不一，请逐个写明或统一",
                (),
                (),
                ((first.period.start, first.period.end),),
            )
            return


def _is_series(reading: Reading, figure: Figure) -> bool:
    """A sentence that names two years compares them; one about what is planned reports nothing."""
    words = reading.folded[figure.sentence[0] : figure.sentence[1]]
    lines = [one for one in reading.outline.paragraphs if abs(one.start - figure.start) < BESIDE]
    begun = [re.match(r"\s*(?:20\d\d)年", reading.folded[one.start : one.end]) for one in lines]
    if len({found.group() for found in begun if found}) > 1:
        return True  # 2023年…；\n2024年…；\n2025年…: year by year, line by line
    return len(set(re.findall(r"(?:19|20)\d{2}年", words))) > 1 or bool(
        re.search(r"同比|去年|上年|计划|力争|将|年鉴|提高|增幅|降幅|比例提|占比", words)
    )


def _ranks(reading: Reading) -> Iterator[Finding]:
    """A smaller number is a better rank (N-085); a rank rests on its figure (N-013)."""
    for sentence in reading.sentences.values():
        ranks = [figure for figure in sentence if figure.unit == "位"]
        for one, other in itertools.pairwise(ranks):
            between = reading.between(one, other)
            way = _RANK_MOVE.match(between) or _RANK_MOVE.match(re.sub(r"^.*,|\d{4}年", "", between))
            if not way or one.value == other.value:
                continue
            up = way["way"] in ("上升", "提升", "跃升", "前进", "升")
            better = other.value < one.value
            moved = f"{'前进' if better else '后退'} {abs(one.value - other.value)} 位"
            line = f"第 {one.value} → 第 {other.value}，名次{moved}"
            yield Finding(
                "rank",
                Verdict.OK if up == better else Verdict.MISMATCH,
                other.start,
                other.end,
                "名次的升降与用词相符"
                if up == better
                else f"从{one.text}到{other.text}是名次{'前进' if better else '后退'}，文中写“{way['way']}”",
                (line,),
                () if up == better else ("改正用词，或核对名次",),
                ((one.start, one.end),),
            )
        if len(ranks) == 1:
            yield Finding(
                "rank",
                Verdict.UNCHECKED,
                ranks[0].start,
                ranks[0].end,
                "名次要靠其他法院的数，文中没有；所依据的数有疑问时，名次也有疑问",
            )


def _definitions(reading: Reading) -> Iterator[Finding]:
    """制定出台264项；其中制定出台、修订完善60项: the part follows a wider rule (N-023)."""
    for sentence in reading.sentences.values():
        for whole, part in itertools.pairwise(sentence):
            between = reading.between(whole, part)
            head = reading.folded[whole.sentence[0] : whole.start]
            if whole.unit != part.unit or "其中" not in between or "修订" not in between:
                continue
            if re.search("制定|出台", head) and not re.search("修订|修改|完善", head):
                yield Finding(
                    "definition",
                    Verdict.TENSION,
                    part.start,
                    part.end,
                    f"{whole.text}只数制定出台的，{part.text}连修订完善的也数在内：口径不同，不能相减",
                    (),
                    ("统一口径后再比较",),
                    ((whole.start, whole.end),),
                )


def _frequencies(reading: Reading) -> Iterator[Finding]:
    """每半年讨论 and, later in the paragraph, 每年 … 讨论 of the same thing (N-045)."""
    for paragraph in reading.outline.paragraphs:
        found = list(_FREQUENCY.finditer(reading.folded, paragraph.start, paragraph.end))
        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                if one["every"] == other["every"]:
                    continue
                first, second = (_clause(reading, match.start()) for match in (one, other))
                if first == second:
                    first, second = (_words_from(reading, match) for match in (one, other))
                verbs = set(_EVERY_VERB.findall(first)) & set(_EVERY_VERB.findall(second))
                words = _long_common(first, second)
                if verbs and words:
                    yield Finding(
                        "frequency",
                        Verdict.TENSION,
                        *other.span(),
                        f"“{words}”前面写每{one['every']}、这里写每{other['every']}：以较严的为准，或改成一致",
                        (),
                        (),
                        (one.span(),),
                    )


def _clause(reading: Reading, position: int) -> str:
    return reading.folded[slice(*reading.outline.segment_at(position))]


def _words_from(reading: Reading, match: re.Match[str]) -> str:
    """Of two frequencies in one clause, what each is said of: the words behind it."""
    return re.split(r"[,。;、]", reading.folded[match.end() : match.end() + 30])[0]


def _long_common(one: str, other: str, least: int = 4) -> str:
    for size in range(min(len(one), 10), least - 1, -1):
        for place in range(len(one) - size + 1):
            words = one[place : place + size]
            if (
                words in other
                and re.fullmatch("[一-鿿]+", words)
                and not _EVERY_VERB.search(words)
                and "每" not in words
            ):
                return words
    return ""


def _names(reading: Reading) -> Iterator[Finding]:
    """家庭助廉承诺书 and 家属助廉承诺书 in one paragraph (N-088)."""
    for paragraph in reading.outline.paragraphs:
        seen: dict[str, tuple[int, int]] = {}
        for match in _PAPERS.finditer(reading.folded, paragraph.start, paragraph.end):
            name = match.group()[-7:] if match.group().endswith("书") else match.group()
            for other, place in seen.items():
                apart = sum(1 for a, b in zip(name, other, strict=False) if a != b)
                if len(name) == len(other) >= 7 and apart == 1 and name[0] == other[0]:
                    yield Finding(
                        "name",
                        Verdict.TENSION,
                        match.end() - len(name),
                        match.end(),
                        f"“{other}”和“{name}”只差一个字：同一份文书请用一个名称",
                        (),
                        (),
                        (place,),
                    )
            seen.setdefault(name, (match.end() - len(name), match.end()))


def _zeros(reading: Reading) -> Iterator[Finding]:
    """零查处 blamed and 零违纪 rewarded: the same zero read two ways (N-064)."""
    blamed = praised = None
    for match in _ZERO.finditer(reading.folded):
        words = reading.folded[slice(*reading.outline.sentence_at(match.start()))]
        if _PRAISE.search(words):
            praised = praised or match
        elif _BLAME.search(words):
            blamed = blamed or match
    if blamed and praised:
        yield Finding(
            "zero",
            Verdict.TENSION,
            *praised.span(),
            f"“零{blamed['what']}”当作问题，“零{praised['what']}”却受奖：同一个零有两种读法，奖励要有做过监督工作的证明",
            (),
            (),
            (blamed.span(),),
        )
