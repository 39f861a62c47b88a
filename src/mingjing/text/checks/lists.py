"""A stated count against the enumeration beside it, and ordinals that skip one (N-026, N-030)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import chinese, read_number
from mingjing.text.outline import Paragraph
from mingjing.text.reading import Reading

_UNITS = ("个", "项", "类", "大类", "方面", "条", "家")
_CLASSES = re.compile(
    r"^(?:专项|工作|专门|主要|重点|关键|内设)?(?:专班|小组|工作组|环节|方面|平台|领域|部门|庭室|阶段|类别|类型|审判庭|法庭|机制|维度|中心|板块|步骤|关口|罪名|案由|专题|主题|专项|系统)"
)
_MARKS = re.compile(r"(?<![一-鿿])([一二三四五六七八九十]{1,2})是|第([一二三四五六七八九十]),")
_IS = re.compile(r"(?<![一-鿿])([一二三四五六七八九])是(?!否)")
_LIST = re.compile(
    r"((?:[^,。;:、()\d“”]{2,14}、)+[^,。;:、()\d“”]{2,14}?)(?:和|及|以及|与)([^,。;:、()\d“”]{2,14})$"
)
_BRACKET = re.compile(r"^[^,。;:()\n]{0,10}(?:“[^”]{1,12}”[^,。;:()\n]{0,4})?\((?P<inside>[^()\n]{4,120})\)")
_COLON = re.compile(r"^[^,。;:()\n]{0,10}[:](?P<inside>[^,。;:()\n]{4,120})(?:[。;\n]|$)")
_ORDINAL = re.compile(
    r"\s*(?:(?P<a>[一二三四五六七八九十]{1,3})、|\((?P<b>[一二三四五六七八九十]{1,3})\)|(?P<c>\d{1,2})[.、](?!\d)|\((?P<d>\d{1,2})\))"
)


def check_lists(reading: Reading) -> Iterator[Finding]:
    """Counts beside their lists, before 一是…二是, before numbered sections; and the ordinals."""
    for figure in reading.figures:
        if figure.unit in _UNITS and figure.exact and 2 <= figure.value <= 20:
            found = _before(reading, figure) or _behind(reading, figure) or _sections(reading, figure)
            if found is not None:
                yield found
    yield from _idioms(reading)
    yield from _marks_skipped(reading)
    yield from _ordinals(reading)


def _told(figure: Figure, count: int, listed: str, sure: Verdict) -> Finding:
    line = f"列出的有 {count} 个：{listed}"
    if count == figure.value:
        return Finding(
            "list", Verdict.OK, figure.start, figure.end, f"{figure.text}与列举的个数相符", (line,)
        )
    return Finding(
        "list",
        sure,
        figure.start,
        figure.end,
        f"写作{figure.text}{figure.after[:6]}，列出的是 {count} 个",
        (line,),
        (f"改为 {count}，或补齐列举",),
    )


def _before(reading: Reading, figure: Figure) -> Finding | None:
    """设立甲、乙和丙3个专班."""
    if not _CLASSES.match(figure.after):
        return None
    left = reading.folded[figure.sentence[0] : figure.start]
    clause = re.split(r"[,。;:]", left)[-1]
    found = _LIST.search(clause)
    items = [*found[1].split("、"), found[2]] if found else clause.split("、")
    if not found and (len(items) < 3 or not all(2 <= len(one) <= 14 for one in items[1:])):
        return None
    if len(items) < 2 or any("等" in one for one in items):
        return None
    return _told(figure, len(items), "、".join(items), Verdict.TENSION)


def _behind(reading: Reading, figure: Figure) -> Finding | None:
    """三个环节（甲、乙、丙）; 四个方面：一是…二是…."""
    right = reading.folded[figure.end : reading.paragraph(figure).end]
    bracket = _BRACKET.match(right) or _COLON.match(right)
    if (
        bracket
        and "、" in bracket["inside"]
        and "等" not in bracket["inside"]
        and not re.search(r"\d", bracket["inside"])
    ):
        items = re.split(r"、|和(?=[^、]{2,}$)", bracket["inside"])
        if all(2 <= len(one) <= 16 for one in items):
            return _told(figure, len(items), "、".join(items), Verdict.TENSION)
    if not re.match(r"[^,。;:\n]{0,14}[:。]\s*(?:第?一是|第一,)", right):
        return None
    marks = [chinese(match[1] or match[2]) for match in _MARKS.finditer(right)]
    count = 0
    for mark in marks:
        if mark == count + 1:
            count += 1
        elif mark == 1:
            break
    if count < 2 or "等" in right[:14]:
        return None
    return _told(figure, count, "一是……" + f"第 {count} 项", Verdict.TENSION)


def _sections(reading: Reading, figure: Figure) -> Finding | None:
    """我讲三方面意见, then 一、 二、 三、 as headings."""
    paragraph = reading.paragraph(figure)
    tail = reading.folded[figure.end : paragraph.end]
    if not re.fullmatch(
        r"(?:主要|重点)?(?:工作|意见|问题|情况|内容|措施|任务|体会|做法|要求|建议)[:。]?\s*", tail
    ):
        return None
    rest = [one for one in reading.outline.paragraphs if one.start > paragraph.start]
    if not rest or rest[0].level == 0:
        return None
    level = rest[0].level
    ordinals: list[int] = []
    for one in rest:
        if one.level and one.level < level:
            break
        if one.level == level:
            number = _number(reading, one)
            if ordinals and number <= ordinals[-1]:
                break
            ordinals.append(number)
    if len(ordinals) < 2 or ordinals[0] != 1:
        return None
    return _told(figure, len(ordinals), f"下文编号到 {ordinals[-1]}", Verdict.TENSION)


def _idioms(reading: Reading) -> Iterator[Finding]:
    """“一案五剖析”（甲、乙、丙、丁、戊）: the number inside the quotation marks."""
    pattern = re.compile(r"“[^”\n]{0,6}?([二三四五六七八九十])[^”\n]{0,6}”\((?P<inside>[^()\n等]{4,120})\)")
    for match in pattern.finditer(reading.folded):
        items = match["inside"].split("、")
        stated = read_number(match[1])
        if len(items) < 2 or stated is None:
            continue
        right = stated == len(items)
        yield Finding(
            "list",
            Verdict.OK if right else Verdict.TENSION,
            *match.span(1),
            "与列举的个数相符" if right else f"写作“{match[1]}”，列出的是 {len(items)} 个",
            (match["inside"],),
        )


def _number(reading: Reading, paragraph: Paragraph) -> int:
    match = _ORDINAL.match(reading.folded, paragraph.start, paragraph.end)
    if match is None:
        return 0
    value = read_number(next(group for group in match.groups() if group))
    return int(value) if value is not None else 0


def _marks_skipped(reading: Reading) -> Iterator[Finding]:
    """一是…二是…四是 in one paragraph: a mark that leaves one out."""
    for paragraph in reading.outline.paragraphs:
        last = 0
        for match in _IS.finditer(reading.folded, paragraph.start, paragraph.end):
            number = int(chinese(match[1]) or 0)
            if last and number > last + 1:
                yield Finding(
                    "numbering", Verdict.TENSION, *match.span(),
                    f"“{match.group()}”前面是第 {last} 项，中间缺了", (), ("改正序号，或补上缺的一项",),
                )  # fmt: skip
            last = number


def _ordinals(reading: Reading) -> Iterator[Finding]:
    """Headings of one kind under one heading count up by one."""
    last: dict[tuple[int, tuple[int, ...]], int] = {}
    for paragraph in reading.outline.paragraphs:
        if paragraph.level not in (1, 2):
            continue
        number = _number(reading, paragraph)
        if not number:
            continue
        key = (paragraph.level, paragraph.above)
        before = last.get(key)
        last[key] = number
        if before is not None and number != before + 1 and number != 1:
            end = min(paragraph.end, paragraph.start + 12)
            what = "重号" if number == before else "跳号"
            yield Finding(
                "numbering",
                Verdict.TENSION,
                paragraph.start,
                end,
                f"序号{what}：上一个是第 {before}，这里是第 {number}",
                (),
                ("改正序号，或补上缺的一段",),
            )
