"""What is said of a list whose rows are lines, or parted by semicolons: who is first, and how far apart.

（1）甲县法院：员额法官29人，结案4906件，人均169.2件；（2）乙县法院：… and behind it 人均结案最多的是甲县法院.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_MARK = re.compile(r"\s*(?:\(?[一二三四五六七八九十\d]{1,2}[).、．]\)?\s*|[①-⑳●■◆·-]\s*)")
_ROW = re.compile(r"\s*(?:其中:?|以及|和)?(?P<name>[一-鿿A-Z]{2,14})(?P<head>[:,][一-鿿]{0,10})?(?=\d)")
_PARTING = re.compile(r"[;\n。]|(?<=[\d件人%名次个元])、")
_LED = re.compile(r".*(?:依次|分别)(?:为|是)?:?|.*:(?=[^:]{2,14}\d)")
_MOST, _LEAST = "最多|最高|最大|居首|第一", "最少|最低|最小|末位"
_IS = re.compile(
    rf"(?P<what>[^,。;:\n\d]{{0,12}}?)(?P<end>{_MOST}|{_LEAST})的(?:是|为|系)(?P<who>[一-鿿A-Z]{{2,12}}?)(?=[,。;(]|$)"
)
_APART = re.compile(
    rf"(?P<what>[^,。;:\n\d]{{0,10}}?)(?P<end>{_MOST})的(?P<who>[一-鿿A-Z]{{2,12}}?)(?P<than>比|较|与|和)(?:[^,。;:\n\d]{{0,4}})"
    rf"(?P<other>{_LEAST})的(?P<last>[一-鿿A-Z]{{2,12}}?)(?:高出|多出|高|多|相差)(?P<number>\d[\d,]*(?:\.\d+)?)"
)
_PLACED = re.compile(
    r"(?:^|(?<=[,。;:\n]))(?P<who>[一-鿿A-Z]{2,12}?)(?:则|紧随其后)?(?:位列|位居|排名?|排在|居|列)(?:全市|全院|全区|全县)?(?:第(?P<place>[一二三四五六七八九十\d]{1,2})(?:位|名)?)(?=[,。;(])"
)
NEAR = 400
"""Characters behind a list in which words speak of it."""
LEAST = 3


@dataclass(frozen=True)
class Roster:
    """``names`` and, of each, its figures, in the order of the text."""

    names: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]
    tail: str
    """What all names end with: 法院, or 法院结案."""

    @property
    def end(self) -> int:
        return self.rows[-1][-1].end

    def column(self, what: str) -> list[Figure] | None:
        """The figures the words mean: whose own words share most with them; the first where none do."""
        width = min(len(row) for row in self.rows)
        columns = [[row[place] for row in self.rows] for place in range(width)]
        columns = [each for each in columns if len({one.unit for one in each}) == 1]
        if not columns:
            return None
        rated = [(_shared(_head(each), what), each) for each in columns]
        best = max(score for score, _ in rated)
        found = [each for score, each in rated if score == best]
        return found[0] if best and len(found) == 1 else columns[0] if not best and width == 1 else None

    def row(self, who: str) -> int | None:
        """The only row of the name."""
        bare = [name[: len(name) - len(self.tail)] for name in self.names]
        found = [
            place for place, name in enumerate(self.names)
            if who == name or (name.startswith(who) and who.startswith(bare[place]))
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None


def _head(column: list[Figure]) -> str:
    """The words all figures of a column have before them."""
    words = [one.subject for one in column]
    end = 0
    while end < min(map(len, words)) and len({each[-end - 1] for each in words}) == 1:
        end += 1
    return words[0][len(words[0]) - end :] if end else ""


def _shared(head: str, what: str) -> int:
    """How well the words of a column are those of a claim: 人均 of 人均结案 before 结案 of it."""
    if len(head) < 2 or len(what) < 2:
        return 0
    mean = bool(re.search("均", head)), bool(re.search("均", what))
    if mean[0] != mean[1]:
        return 0
    if mean[0]:
        return 3
    rate = head.endswith("率"), what.endswith("率")
    if rate[0] != rate[1]:
        return 0
    return 2 * (head in what or what in head) + any(
        head[place : place + 2] in what for place in range(len(head) - 1)
    )


def check_rosters(reading: Reading) -> Iterator[Finding]:
    """Every claim of an end, a place or a distance behind a list that names them all."""
    rosters = list(_rosters(reading))
    if not rosters:
        return
    for match in _IS.finditer(reading.folded):
        yield from _first(reading, rosters, match)
    for match in _APART.finditer(reading.folded):
        yield from _far(rosters, match)
    for match in _PLACED.finditer(reading.folded):
        yield from _placed(rosters, match)


def _rosters(reading: Reading) -> Iterator[Roster]:
    """Stretches of at least three rows whose figures have the same units."""
    rows: list[tuple[str, tuple[Figure, ...]]] = []
    for start, end in _pieces(reading.folded):
        row = _row(reading, start, end, not rows)
        if row and rows and [one.unit for one in row[1]] == [one.unit for one in rows[-1][1]]:
            rows.append(row)
            continue
        yield from _roster(rows)
        row = row or _row(reading, start, end, True)  # 人均3.5万元。…分别为:甲842件: another list begins
        rows = [row] if row else []
    yield from _roster(rows)


def _row(reading: Reading, start: int, end: int, first: bool) -> tuple[str, tuple[Figure, ...]] | None:
    """The words before the first figure, without the number of the line; of a first row also without what
    leads the list."""
    text = reading.folded[start:end]
    mark = _MARK.match(text)
    led = _LED.match(text) if first and not mark else None
    begin = mark.end() if mark else led.end() if led else 0
    match = _ROW.match(text, begin)
    if match is None:
        return None
    figures = _exact(reading, start + begin, end)
    if not figures or figures[0].start != start + match.end():
        return None
    return match["name"], figures


def _roster(rows: list[tuple[str, tuple[Figure, ...]]]) -> Iterator[Roster]:
    if len(rows) < LEAST:
        return
    names = [name for name, _ in rows]
    tail = 0
    while tail < min(map(len, names)) - 2 and len({name[-tail - 1] for name in names}) == 1:
        tail += 1
    if len(set(names)) == len(names):
        yield Roster(tuple(names), tuple(figures for _, figures in rows), names[0][len(names[0]) - tail :])


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _PARTING.finditer(folded):
        if folded[start : mark.start()].strip():
            yield start, mark.start()
        start = mark.end()
    if folded[start:].strip():
        yield start, len(folded)


def _exact(reading: Reading, start: int, end: int) -> tuple[Figure, ...]:
    return tuple(one for one in reading.figures_in(start, end) if one.exact and reading.movement(one) is None)


def _spoken_of(rosters: list[Roster], start: int) -> list[Roster]:
    """The lists that end shortly before a claim, nearest first."""
    near = [one for one in rosters if one.end <= start < one.end + NEAR]
    return sorted(near, key=lambda one: start - one.end)


def _first(reading: Reading, rosters: list[Roster], match: re.Match[str]) -> Iterator[Finding]:
    for roster in _spoken_of(rosters, match.start()):
        column, row = roster.column(match["what"]), roster.row(match["who"])
        if column is None or row is None:
            continue
        best = _end(column, match["end"])
        if column[row].value != best.value:
            yield _other(roster, column, match.span("who"), f"{match['end']}写作{match['who']}", row, best)
        return


def _end(column: list[Figure], word: str) -> Figure:
    return (max if word in _MOST.split("|") else min)(column, key=lambda one: one.value)


def _other(
    roster: Roster, column: list[Figure], place: tuple[int, int], said: str, row: int, right: Figure
) -> Finding:
    who = roster.names[column.index(right)]
    return Finding(
        "rank", Verdict.MISMATCH, *place,
        f"{said}（{column[row].text}），列出的是{who}（{right.text}）",
        (f"{who} {right.text}，{roster.names[row]} {column[row].text}",),
        (f"改为{who}", "或核对列出的数"), ((column[row].start, column[row].end), (right.start, right.end)),
    )  # fmt: skip


def _far(rosters: list[Roster], match: re.Match[str]) -> Iterator[Finding]:
    """收案最多的甲院比最少的乙院多5540件: whether they are the ends, and how far apart."""
    for roster in _spoken_of(rosters, match.start()):
        rows = roster.row(match["who"]), roster.row(match["last"])
        column = roster.column(match["what"]) or [row[0] for row in roster.rows]
        if rows[0] is None or rows[1] is None or len({one.unit for one in column}) > 1:
            continue
        for row, end, group in ((rows[0], match["end"], "who"), (rows[1], match["other"], "last")):
            best = _end(column, end)
            if column[row].value != best.value:
                yield _other(roster, column, match.span(group), f"{end}写作{match[group]}", row, best)
                return
        one, other = column[rows[0]], column[rows[1]]
        shown = printed(one.value - other.value)
        apart, said = one.value - other.value, Fraction(match["number"].replace(",", ""))
        if one.step == other.step == 1 and apart != said:
            yield Finding(
                "rank", Verdict.MISMATCH, *match.span("number"),
                f"相差写作{match['number']}，按列出的数应为 {shown}",
                (f"{one.text} − {other.text} = {shown}",), (f"改为 {shown}", "或核对列出的数"),
                ((one.start, one.end), (other.start, other.end)),
            )  # fmt: skip
        return


def _placed(rosters: list[Roster], match: re.Match[str]) -> Iterator[Finding]:
    """丙院位列第二, behind a list of four of one figure each that falls or rises from row to row."""
    told = int(read_number(match["place"]) or 0)
    for roster in _spoken_of(rosters, match.start())[:1]:
        row, column = roster.row(match["who"]), [each[0] for each in roster.rows]
        values = [one.value for one in column]
        if row is None or told > len(values) or len({one.unit for one in column}) > 1:
            return
        falling = all(one > other for one, other in itertools.pairwise(values))
        if falling and row + 1 != told:
            yield _other(
                roster,
                column,
                match.span("who"),
                f"第{match['place']}写作{match['who']}",
                row,
                column[told - 1],
            )
