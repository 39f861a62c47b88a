"""Statuses: their sum, the labels printed below, one matter under two of them, completion without proof.

N-032 to N-035, N-038, N-044.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text.checks.parts import weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.periods import find_days
from mingjing.text.reading import Reading

_STATUS = re.compile(
    r"^(?:其中|现|目前|[^,。;:、()\d]{0,10}中)?(?P<label>(?:已|基本|正在|尚未|未|全部|部分|阶段性|持续|长期)[^,。;:、()\d]{0,3}"
    r"(?:完成|整改|销号|办结|推进|坚持|解决|启动|化解)[^,。;:、()\d]{0,10})$"
)
_FIRST = re.compile(r"(?:已|全部)(?:经|全部)?完成")
"""已完成整改19个，基本完成2个: itself a status, and no total of those behind it."""
_LABEL = re.compile(
    r"^\s*[^:\n]{0,10}(?:进度|状态|完成情况|整改情况|结果)[^:\n]{0,2}:(?P<label>[^\n,。;:]{2,16})[。]?\s*$",
    re.M,
)
_ITEM = re.compile(r"\((?P<number>\d{1,2})\)")
_DONE = re.compile(r"完成|坚持|销号|办结|解决")
_HALF_DONE = re.compile(r"基本|部分|阶段|正在|未|推进")
_OPEN = re.compile(
    r"拟(?:采购|购置|购买|建设|安排|开展|出台|提交|制定出台|招聘|聘请|更换|改造)[^,。;]{0,16}"
    r"|待[^,。;]{2,16}(?:批准|批复|审批|审定|研究|到位|验收|通过)后?[^,。;]{0,14}"
    r"|(?:正在|仍在|尚在)(?:按程序|走程序|报批|审批|办理|招标|采购|协调|申请|推进|施工)[^,。;]{0,8}"
    r"|尚未(?:完成|到位|批复|批准|解决|落实|办结|整改)[^,。;]{0,8}"
)
_PROBLEM = re.compile(r"违规|违纪|违法|问题|现象|不|未|超")
_HAN = re.compile(r"[一-鿿]+")
LONG = 10
"""So many characters in common make one matter of two descriptions, when they name a problem."""


@dataclass(frozen=True, slots=True)
class Block:
    """What stands under one printed status: from the label to the next heading of the same height."""

    label: str
    at: tuple[int, int]
    start: int
    end: int
    items: int


def check_statuses(reading: Reading) -> Iterator[Finding]:
    """The summary sentence, the labels of the body, and what the body says under each label."""
    blocks = blocks_of(reading)
    for sentence in reading.sentences.values():
        yield from _summary(sentence, blocks)
    if len(blocks) < 2:
        return
    yield from _hierarchy(reading, blocks)
    yield from _one_matter_twice(reading, blocks)
    for block in blocks:
        yield from _not_done(reading, block)
    yield from _used_twice(reading, blocks)
    yield from _early(reading, blocks)


def blocks_of(reading: Reading) -> list[Block]:
    """Every line that prints a status, with the text it covers and how many numbered items that has."""
    folded = reading.folded
    labels = [match for match in _LABEL.finditer(folded) if _DONE.search(match["label"])]
    found: list[Block] = []
    for index, match in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(folded)
        for paragraph in reading.outline.paragraphs:
            if match.end() < paragraph.start < end and 1 <= paragraph.level <= 3:
                end = paragraph.start
                break
        numbers = [int(item["number"]) for item in _ITEM.finditer(folded, match.end(), end)]
        count = 0
        for number in numbers:
            count += number == count + 1
        found.append(Block(match["label"].strip(), match.span("label"), match.end(), end, max(count, 1)))
    return found


def _statuses(sentence: list[Figure]) -> tuple[Figure | None, list[tuple[str, Figure]]]:
    listed: list[tuple[str, Figure]] = []
    whole: Figure | None = None
    for figure in sentence:
        named = _STATUS.match(figure.subject)
        if named and whole is not None and figure.unit == whole.unit and figure.exact:
            listed.append((named["label"], figure))
        elif listed:
            break
        elif not figure.is_rate and not (named and _FIRST.match(named["label"])):
            whole = figure
    return whole, listed


def _summary(sentence: list[Figure], blocks: list[Block]) -> Iterator[Finding]:
    whole, listed = _statuses(sentence)
    if whole is None or len(listed) < 2:
        return
    parts = [figure for _, figure in listed]
    found = weighed(whole, parts, True, "status")
    if found is not None:
        yield found
    labels = {block.label for block in blocks}
    if len(blocks) < 3 or not labels & {label for label, _ in listed}:
        return
    yield _against_labels(whole, listed, blocks)


def _against_labels(whole: Figure, listed: list[tuple[str, Figure]], blocks: list[Block]) -> Finding:
    """The stated counts against the labels, counted by numbered items or, failing that, by problems."""
    items: Counter[str] = Counter()
    for block in blocks:
        items[block.label] += block.items
    problems = Counter(block.label for block in blocks)
    names = [label for label, _ in listed]
    stated = tuple(int(figure.value) for _, figure in listed)
    last = listed[-1][1]
    place = (listed[0][1].start - len(listed[0][1].subject), last.end)
    by_item = tuple(items[name] for name in names)
    by_problem = tuple(problems[name] for name in names)
    lines = (
        "文中写：" + "、".join(f"{name} {count}" for name, count in zip(names, stated, strict=True)),
        f"按正文标注数（逐项，共 {items.total()} 项）："
        + "、".join(f"{name} {items[name]}" for name in names),
        f"按正文标注数（逐题，共 {problems.total()} 题）："
        + "、".join(f"{name} {problems[name]}" for name in names),
    )
    beside = tuple(block.at for block in blocks)
    if stated in (by_item, by_problem):
        return Finding("status", Verdict.OK, *place, "各档个数与正文的标注相符", lines, (), beside)
    counted = by_item if items.total() == whole.value else by_problem
    if sum(counted) != whole.value:
        return Finding(
            "status",
            Verdict.TENSION,
            *place,
            f"总数{whole.text}，正文标注的有 {items.total()} 项（{problems.total()} 题），各档个数无从对上",
            lines,
            ("由每项的状态数出来，不要手写",),
            beside,
        )
    return Finding(
        "status",
        Verdict.MISMATCH,
        *place,
        f"文中写 {'/'.join(map(str, stated))}，正文的标注数出来是 {'/'.join(map(str, counted))}",
        lines,
        (f"总述改为 {'/'.join(map(str, counted))}", "或逐项改正正文的标注", "由每项的状态数出来，不要手写"),
        beside,
    )


def _hierarchy(reading: Reading, blocks: list[Block]) -> Iterator[Finding]:
    """N个方面M个问题…K项具体问题 against the headings and numbered items of the body (N-030, N-031)."""
    outline = reading.outline
    aspects = {outline.paragraph_at(block.at[0]).above for block in blocks}
    upper = {above[-2] if len(above) > 1 else -1 for above in aspects}
    counted = {
        "方面": len(upper - {-1}),
        "问题": len(blocks),
        "具体问题": sum(block.items for block in blocks),
    }
    for figure in reading.figures:
        if figure.start > blocks[0].at[0] or figure.unit not in ("个", "项", "方面") or not figure.exact:
            continue
        noun = (
            "方面"
            if figure.unit == "方面"
            else next((one for one in counted if figure.after.startswith(one)), "")
        )
        if (
            not noun
            or (noun == "方面" and not counted["方面"])
            or not re.search(r"反馈|巡[察视]|分解|整改", figure.subject + figure.after)
        ) and not (noun == "问题" and re.search(r"方面$", reading.folded[figure.start - 2 : figure.start])):
            continue
        right = int(figure.value) in (counted[noun], counted["具体问题"] if noun == "问题" else counted[noun])
        line = (
            f"正文里有 {counted['方面']} 个方面、{counted['问题']} 个问题、{counted['具体问题']} 项具体问题"
        )
        if right:
            yield Finding(
                "list",
                Verdict.OK,
                figure.start,
                figure.end,
                f"{figure.text}{noun}与正文的标题数相符",
                (line,),
            )
        else:
            yield Finding(
                "list",
                Verdict.TENSION,
                figure.start,
                figure.end,
                f"写作{figure.text}{noun}，正文数出来是 {counted[noun]}",
                (line,),
                ("核对个数，或补齐正文",),
            )


def _one_matter_twice(reading: Reading, blocks: list[Block]) -> Iterator[Finding]:
    for place, one in enumerate(blocks):
        for other in blocks[place + 1 :]:
            if one.label == other.label:
                continue
            for words in _shared(
                reading.folded[one.start : one.end], reading.folded[other.start : other.end]
            ):
                first = reading.folded.index(words, one.start)
                second = reading.folded.index(words, other.start)
                yield Finding(
                    "matter",
                    Verdict.TENSION,
                    second,
                    second + len(words),
                    f"“{words}”列在“{one.label}”下，又列在“{other.label}”下：一件事只能有一种状态",
                    (),
                    ("合为一项，或写明两处各指什么",),
                    ((first, first + len(words)), one.at, other.at),
                )


def _shared(one: str, other: str) -> list[str]:
    """Stretches of Chinese characters, long enough and naming a problem, that both contain."""
    known = {other[place : place + LONG] for place in range(len(other) - LONG + 1)}
    found: list[str] = []
    for run in _HAN.finditer(one):
        words, place = run.group(), 0
        while place + LONG <= len(words):
            if words[place : place + LONG] not in known:
                place += 1
                continue
            end = place + LONG
            while end < len(words) and words[place : end + 1] in other:
                end += 1
            if _PROBLEM.search(words[place:end]) and "法院" not in words[place:end]:
                found.append(words[place:end])
            place = end
    return found


def _not_done(reading: Reading, block: Block) -> Iterator[Finding]:
    if not _DONE.search(block.label) or _HALF_DONE.search(block.label.replace("长期坚持", "")):
        return
    for match in _OPEN.finditer(reading.folded, block.start, block.end):
        yield Finding(
            "evidence",
            Verdict.TENSION,
            match.start(),
            match.end(),
            f"标为“{block.label}”，文中却写“{reading.words(*match.span())}”：还没有做完，没有佐证",
            (),
            ("最多列为“基本完成”，办妥并有佐证后再改",),
            (block.at,),
        )


def _used_twice(reading: Reading, blocks: list[Block]) -> Iterator[Finding]:
    seen: dict[tuple[Fraction, str, str], tuple[Figure, int]] = {}
    for index, block in enumerate(blocks):
        for figure in reading.figures:
            if not block.start <= figure.start < block.end or len(figure.after) < 4 or figure.is_rate:
                continue
            key = (figure.value, figure.unit, figure.after[:6])
            first, where = seen.setdefault(key, (figure, index))
            if where != index:
                yield Finding(
                    "twice",
                    Verdict.TENSION,
                    figure.start,
                    figure.end,
                    f"“{figure.text}{figure.after[:6]}”在两个问题下都写了：可以佐证两处，只能计一次",
                    (),
                    (),
                    ((first.start, first.end),),
                )


def _early(reading: Reading, blocks: list[Block]) -> Iterator[Finding]:
    """Proof older than the feedback it answers: lawful, 立行立改, but it must be said (N-038)."""
    days = find_days(reading.folded)
    given = [
        day
        for day in days
        if day.day and re.match(r"[^。;]{0,16}反馈", reading.folded[day.end : day.end + 20])
    ]
    if not given or given[0].day is None:
        return
    feedback = given[0]
    assert feedback.day is not None  # filtered above
    months = [
        (match, int(match[1]), int(match[2]))
        for block in blocks
        for match in re.finditer(
            r"((?:19|20)\d{2})年(\d{1,2})月(?!\d)", reading.folded[block.start : block.end]
        )
    ]
    early = [found for found in months if (found[1], found[2]) < (feedback.day.year, feedback.day.month)]
    if early:
        labels = "、".join(dict.fromkeys(f"{year}年{month}月" for _, year, month in early))
        place = next(
            block for block in blocks if early[0][0].group() in reading.folded[block.start : block.end]
        )
        start = reading.folded.index(early[0][0].group(), place.start)
        yield Finding(
            "early",
            Verdict.TENSION,
            start,
            start + len(early[0][0].group()),
            f"{labels}的做法早于{feedback.label}的反馈：属于立行立改的，请写明",
            (),
            (),
            ((feedback.start, feedback.end),),
        )
