"""Who is first and who is last, and how far apart, against the table or the list that prints them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.tables import Cell, Row, Table

_MOST, _LEAST = ("最高", "最多", "最大", "最长", "最好", "居首"), ("最低", "最少", "最小", "最短", "末位")
_ENDS = "|".join((*_MOST, *_LEAST))
_IS = re.compile(
    rf"(?P<what>[^,。;:\n]{{0,14}}?)(?P<end>{_ENDS})的?(?:是|为|系)(?P<who>[^,。;:()\n]{{2,12}})"
)
_LAST = re.compile(rf"(?P<words>[^,。;:()\d\n]{{4,20}}?)(?:为|是)?(?P<end>{_ENDS})(?=[,。;(])")
_APART = re.compile(
    r"(?P<what>[^,。;:\n]{2,10}?)(?P<end>最高|最多|最大)的(?P<who>[^,。;:\d比与和]{2,10})(?:比|与|和)(?:最低|最少|最小)的"
    r"(?P<last>[^,。;:\d]{2,10}?)(?:高|多|相差|差|高出|多出)(?P<number>\d[\d,]*(?:\.\d+)?)"
)


def check_extremes(reading: Reading) -> Iterator[Finding]:
    """Sentences behind a table, or before it, that name the ends of one of its columns."""
    tables = reading.tables
    before: tuple[str, int] = ("", -1)
    for match in _IS.finditer(reading.folded):
        sentence = reading.outline.sentence_at(match.start())[0]
        carried = before[0] if sentence == before[1] and not match["what"].strip() else match["what"]
        before = (carried, sentence)
        for table in tables:
            yield from _named(match, table, carried)
    for match in _LAST.finditer(reading.folded):
        for table in tables:
            yield from _said_first(match, table)
    for match in _APART.finditer(reading.folded):
        for table in tables:
            yield from _far(match, table)


def _said_first(match: re.Match[str], table: Table) -> Iterator[Finding]:
    """其中民二庭结收比最低: the row, the head of the column and the end, one after another."""
    words = match["words"]
    for index, head in enumerate(table.heads):
        if not head or not words.endswith(head):
            continue
        valued = _valued(table, index)
        rest = words.removesuffix(head).removesuffix("的")
        rows = [row for row, _ in valued if row.label and rest.endswith(row.label)]
        if len(rows) == 1 and len(valued) > 2:
            yield from _held(match, table, index, rows[0], match.span("words"))


def _column(table: Table, what: str) -> int | None:
    """The column whose head the words end with; None where none or several do."""
    found = [
        index for index, head in enumerate(table.heads)
        if head and (what.endswith((head, head + "数", head + "案件")) or (len(head) > 2 and head in what))
    ]  # fmt: skip
    longest = [
        index for index in found if len(table.heads[index]) == max(len(table.heads[one]) for one in found)
    ]
    return longest[0] if len(longest) == 1 else None


def _row(rows: list[Row], who: str) -> Row | None:
    found = [row for row in rows if row.label and (who.startswith(row.label) or row.label.startswith(who))]
    return found[0] if len(found) == 1 else None


def _valued(table: Table, index: int) -> list[tuple[Row, Fraction]]:
    rows = [row for row in table.rows if not row.is_total]
    return [(row, value) for row in rows if (value := row.cells[index].value) is not None]


def _named(match: re.Match[str], table: Table, what: str) -> Iterator[Finding]:
    """``what`` the words before the end, of the clause before where this one has none."""
    index = _column(table, what)
    if index is None:
        return
    valued = _valued(table, index)
    row = _row([one for one, _ in valued], match["who"].strip())
    if row is not None and len(valued) > 2:
        yield from _held(match, table, index, row, match.span("who"))


def _held(
    match: re.Match[str], table: Table, index: int, row: Row, place: tuple[int, int]
) -> Iterator[Finding]:
    """A row said to be at one end of a column."""
    valued = _valued(table, index)
    value = row.cells[index].value
    best = (max if match["end"] in _MOST else min)(value for _, value in valued)
    trying = [each for one, each in valued if not re.search("执行|立案", one.label)]
    if value == best or (trying and value == (max if match["end"] in _MOST else min)(trying)):
        return  # of the divisions that try cases, where nothing else is said
    cells = [one.cells[index] for one, each in valued if each == best]
    who = "、".join(one.label for one, each in valued if each == best)
    yield Finding(
        "table", Verdict.MISMATCH, *place,
        f"{table.heads[index]}{match['end']}写作{row.label}（{row.cells[index].text}），表中是{who}（{cells[0].text}）",
        (f"{who} {cells[0].text}，{row.label} {row.cells[index].text}",), (f"改为{who}", "或核对表中的数"),
        tuple((one.start, one.end) for one in (row.cells[index], *cells)),
    )  # fmt: skip


def _far(match: re.Match[str], table: Table) -> Iterator[Finding]:
    index = _column(table, match["what"])
    if index is None:
        return
    rows = [row for row, _ in _valued(table, index)]
    first, last = _row(rows, match["who"].strip()), _row(rows, match["last"].strip())
    if first is None or last is None:
        return
    one, other = first.cells[index], last.cells[index]
    assert one.value is not None and other.value is not None  # chosen above
    apart = abs(one.value - other.value)
    stated = Fraction(match["number"].replace(",", ""))
    if apart != stated:
        yield _wrong(match, (one, other), apart)


def _wrong(match: re.Match[str], cells: tuple[Cell, Cell], apart: Fraction) -> Finding:
    one, other = cells
    return Finding(
        "table", Verdict.MISMATCH, match.start("number"), match.end("number"),
        f"相差写作{match['number']}，按表中的数应为 {printed(apart)}",
        (f"{one.text} − {other.text} = {printed(apart)}",), (f"改为 {printed(apart)}", "或核对表中的数"),
        tuple((each.start, each.end) for each in cells),
    )  # fmt: skip
