"""Names said to stand in an order, and ranks that moved: 由短到长依次为刑庭、民一庭, 由第6名升至第3名."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
_ORDER = re.compile(
    r"(?:由|从)(?P<from>[长短多少高低大小快慢])(?:到|至)(?P<to>[长短多少高低大小快慢])(?:排列|排序|依次|分别|排名|的顺序)*(?:为|是)?:?"
    r"(?P<names>(?:[一-鿿A-Z]{1,12}(?:\(\d[\d.,]*[一-鿿%]{0,2}\))?[、,和]){2,}[一-鿿A-Z]{1,12}?(?:\(\d[\d.,]*[一-鿿%]{0,2}\))?)(?=[。;,])"
)
_LESS = ("短", "少", "低", "小", "快")
_VALUED = re.compile(r"(?P<name>[一-鿿A-Z]{1,12})\((?P<value>\d[\d.,]*)")
_ORDINAL = re.compile(
    rf"(?P<list>\d[\d.]*(?:、\d[\d.]*){{2,}})(?P<gap>[^。;\n]{{0,60}}?)最(?P<end>[多高大少低小])的(?:是|为)"
    rf"(?P<said>第(?P<place>{_NUMBER})(?:期|季度|轮|次|批|场|月|年|周))(?=[,。;(])"
)
_UP = "上升|提升|前进|前移|进步|提高|跃升|升|进"
_DOWN = "下降|后退|后移|退步|下滑|降|退"
_FROM_TO = re.compile(
    rf"第(?P<then>{_NUMBER})(?:名|位)?[^。;,\d第]{{0,4}}(?:升|降|退|移|滑|进)[至到]第(?P<now>{_NUMBER})(?:名|位)?,?"
    rf"(?P<way>{_UP}|{_DOWN})了?(?P<many>{_NUMBER})个?(?:位次|名次|位|名)"
)
_THAN = re.compile(
    rf"第(?P<now>{_NUMBER})(?:名|位)?,(?:比|较)(?:上一?[届年次期]|去年|前一?[届年次期])[^。;,\d第]{{0,4}}第(?P<then>{_NUMBER})(?:名|位)?,?"
    rf"(?P<way>{_UP}|{_DOWN})了?(?P<many>{_NUMBER})个?(?:位次|名次|位|名)"
)
_ROW = re.compile(
    r"^(?:\d{1,2}[.、]?)?[ \t]*(?P<name>[一-鿿]{2,10}?)[ \t:]*(?P<value>\d+(?:\.\d+)?)[一-鿿%]?[。;]?$", re.M
)
_ENDS = re.compile(
    r"最(?P<end>[高低多少])(?:的)?(?:项|者|一项|的一项|单位|部门|指标)?(?:为|是)(?P<name>[一-鿿]{2,10})(?=[,。;(])"
)
_OF_COLUMN = re.compile(
    r"(?P<column>[一-鿿]{2,8}?)(?:一项|方面|一栏|得分|项目)?[,:](?P<name>[一-鿿]{2,6}?)(?:得分|分数|数量)?最(?P<end>[高低多少])(?=[,。;(])"
)

_TIME = r"(?:\d{1,2}月|[一二三四]季度|20\d\d年)"
_PEAK = re.compile(
    rf"(?:^|(?<=[,;、。]))(?:其中)?(?P<label>{_TIME})(?:份)?最(?P<end>[高多大低少小])(?=[、,。;])"
)


def check_arranged(reading: Reading, _settled: Settled) -> Iterator[Finding]:
    """Every order, every first among ordinals, every rank that moved."""
    folded = reading.folded
    for match in _ORDER.finditer(folded):
        yield from _ordered(reading, match)
    for match in _ORDINAL.finditer(folded):
        yield from _ordinal(match)
    for pattern in (_FROM_TO, _THAN):
        for match in pattern.finditer(folded):
            yield from _moved(match)
    for match in _ENDS.finditer(folded):
        yield from _of_rows(reading, match)
    for match in _PEAK.finditer(folded):
        yield from _of_months(reading, match)
    for match in _OF_COLUMN.finditer(folded):
        yield from _of_column(reading, match)


def _ordered(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    less = match["from"] in _LESS
    if less == (match["to"] in _LESS):
        return
    valued = _VALUED.findall(match["names"])
    rows: list[tuple[str, Fraction]] | None
    if len(valued) > 2:
        rows = [(name, Fraction(value.replace(",", ""))) for name, value in valued]
    else:
        rows = _values_of(reading, re.split("[、,和]", match["names"]), match.start())
    if rows is None:
        return
    for (one, first), (other, second) in itertools.pairwise(rows):
        if first != second and (second > first) != less:
            said = f"写作由{match['from']}到{match['to']}，{one}是 {_shown(first)}"
            yield Finding(
                "rank", Verdict.MISMATCH, *match.span("names"),
                f"{said}，排在后面的{other}是 {_shown(second)}",
                (f"{one} {_shown(first)}，{other} {_shown(second)}",), ("调整次序，或核对两个数",),
            )  # fmt: skip
            return


def _shown(value: Fraction) -> str:
    return f"{float(value):g}"


def _values_of(reading: Reading, names: Sequence[str], start: int) -> list[tuple[str, Fraction]] | None:
    """The value of every name in the sentence or the one before it, all of one unit."""
    sentence = reading.outline.sentence_at(start)
    near = [*reading.sentences_before(sentence, 1), sentence]
    levels = [
        one for each in near for one in reading.sentences.get(each, [])
        if one.end <= start and one.exact and not reading.movement(one)
    ]  # fmt: skip
    rows: list[tuple[str, Figure]] = []
    for name in names:
        called = [one for one in levels if _calls(one.subject, name)]
        if len(called) != 1:
            return None
        rows.append((name, called[0]))
    alike = len({one.unit for _, one in rows}) == 1 and len({one.start for _, one in rows}) == len(rows)
    listed = [one for one in levels if rows[0][1].start <= one.start <= max(one.start for _, one in rows)]
    whole = alike and all(one.unit == rows[0][1].unit for one in levels if one in listed)
    return [(name, one.value) for name, one in rows] if whole and len(rows) > 2 else None


def _calls(subject: str, name: str) -> bool:
    words = re.sub(r"^(?:其中|分别为)|(?:平均|约|为|共|达|审结|办理)$", "", subject)
    return words in (name, f"{name}法庭", f"{name}法院", f"{name}庭")


def _ordinal(match: re.Match[str]) -> Iterator[Finding]:
    """依次为88、92、79、101，…最多的是第二期: the ordinal is a place in the list."""
    values = [Fraction(one) for one in match["list"].split("、")]
    place = int(read_number(match["place"]) or 0)
    if not 0 < place <= len(values):
        return
    best = max(values) if match["end"] in "多高大" else min(values)
    if values[place - 1] == best:
        return
    right = values.index(best) + 1
    said = f"写作{match['said']}最{match['end']}（{_shown(values[place - 1])}）"
    yield Finding(
        "rank", Verdict.MISMATCH, *match.span("said"), f"{said}，列出的是第 {right} 个（{_shown(best)}）",
        (f"{_shown(best)}，{_shown(values[place - 1])}",), (f"改为第 {right} 个", "或核对各项的数"),
        (match.span("list"),),
    )  # fmt: skip


def _moved(match: re.Match[str]) -> Iterator[Finding]:
    now, then, many = (int(read_number(match[name]) or 0) for name in ("now", "then", "many"))
    ahead = bool(re.fullmatch(_UP, match["way"]))
    if not now or not then or now == then or then - now == (many if ahead else -many):
        return
    shown = f"{'前进' if then > now else '后退'} {abs(then - now)} 位"
    yield Finding(
        "rank", Verdict.MISMATCH, *match.span("many"),
        f"写作{match['way']}{match['many']}位，按前后两个名次应为{shown}",
        (f"第 {then} → 第 {now}",), (f"改为{shown}", "或核对两个名次"),
        (match.span("then"), match.span("now")),
    )  # fmt: skip


def _of_rows(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """立案效率 94.6 and four lines more; 最低项为电话接听: the lines right before it."""
    head = reading.folded[max(match.start() - 300, 0) : match.start()]
    rows = [(row["name"], Fraction(row["value"])) for row in _ROW.finditer(head)]
    named = [value for name, value in rows if name == match["name"]]
    if len(rows) < 3 or len(named) != 1:
        return
    best = (max if match["end"] in "高多" else min)(value for _, value in rows)
    if named[0] != best:
        right = next(name for name, value in rows if value == best)
        yield _named_end(match, match["name"], named[0], right, best)


def _named_end(
    match: re.Match[str], name: str, value: Fraction, right: str, best: Fraction, group: str = "name"
) -> Finding:
    return Finding(
        "rank", Verdict.MISMATCH, *match.span(group),
        f"写作{name}最{match['end']}（{_shown(value)}），列出的是{right}（{_shown(best)}）",
        (f"{right} {_shown(best)}，{name} {_shown(value)}",), (f"改为{right}", "或核对各项的数"),
    )  # fmt: skip


def _of_months(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """1月268件次，2月221件次，3月357件次；3月最高、1月最低: each month with its count."""
    sentence = reading.sentences.get(reading.outline.sentence_at(match.start()), [])
    rows: dict[str, Figure] = {}
    for one in sentence:
        month = re.search(rf"({_TIME})份?$", one.subject)
        if month is None or one.end > match.start() or not one.exact or one.is_rate:
            continue
        if month[1] in rows or any(one.unit != each.unit for each in rows.values()):
            return
        rows[month[1]] = one
    named = rows.get(match["label"])
    if named is None or len(rows) < 3:
        return
    label, best = (max if match["end"] in "高多大" else min)(rows.items(), key=lambda row: row[1].value)
    if best.value != named.value:
        yield _named_end(match, match["label"], named.value, label, best.value, "label")


def _of_column(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    """队伍建设一项，民一庭得分最高: the column of that name in a table of the text."""
    for table in reading.tables:
        heads = [
            index
            for index, cell in enumerate(table.heads)
            if match["column"].endswith(cell) and len(cell) > 1
        ]
        if len(heads) != 1:
            continue
        rows = [(row.label, row.cells[heads[0]].value) for row in table.rows if not row.is_total]
        values = [(name, value) for name, value in rows if value is not None]
        named = [value for name, value in values if name == match["name"]]
        if len(values) < 3 or len(named) != 1:
            continue
        best = (max if match["end"] in "高多" else min)(value for _, value in values)
        if named[0] != best:
            right = next(name for name, value in values if value == best)
            yield _named_end(match, match["name"], named[0], right, best)
