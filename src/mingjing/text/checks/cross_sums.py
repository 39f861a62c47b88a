"""Rows of a table that add up others: 全年 of four quarters, and the rows 其中 lists under a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, slip
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, CLOSED, FILED, PENDING, role_in
from mingjing.text.tables import Cell, Row, Table

_ACROSS = re.compile(r"(?:全年|合计|总计|累计|小计|总数|上半年|半年)$")
_TOGETHER = re.compile(r"(?:累计|合计|共|总计)[^,。;:\d]{0,8}$")
_NAMED = re.compile(r"[两二三四五六]年|[两二三四]个?季度|各[院地]")
NEAR = 600
"""Characters behind a table in which a sum of its column is told."""
LEAST = 2
"""Rows, or columns, that must add up before one that does not is told."""
MOST = 8


def check_cross_sums(reading: Reading) -> Iterator[Finding]:
    """Across each row whose table has a column for the sum, and down each block of rows."""
    for table in reading.tables:
        yield from _across(table)
        yield from _down(table)
        yield from _carried(table)
        yield from _summed(reading, table)


def _plain(cells: list[Cell]) -> bool:
    return all(one.value is not None and not one.percent and not one.decimals for one in cells)


def _across(table: Table) -> Iterator[Finding]:
    for index, head in enumerate(table.heads):
        if index < 2 or not _ACROSS.search(head):
            continue
        right: list[tuple[list[Cell], Cell]] = []
        wrong: list[tuple[list[Cell], Cell]] = []
        for row in table.rows:
            parts, total = list(row.cells[:index]), row.cells[index]
            if _plain([*parts, total]):
                (right if _added(parts) == total.value else wrong).append((parts, total))
        if len(right) >= LEAST and len(right) >= len(wrong):
            for parts, total in wrong:
                yield _told(total, parts, "本行各列")


def _down(table: Table) -> Iterator[Finding]:
    """新收13711, and under it 民事8533、刑事583、行政197、执行4398."""
    told: set[int] = set()
    for first, whole in enumerate(table.rows):
        for last in range(first + 3, min(first + MOST, len(table.rows)) + 1):
            block = table.rows[first + 1 : last]
            sums = list(_sums(table, whole, block))
            wrong = [(total, parts) for total, parts in sums if _added(parts) != total.value]
            if len(wrong) == 1 and len(sums) > LEAST and wrong[0][0].start not in told:
                told.add(wrong[0][0].start)
                yield _told(wrong[0][0], wrong[0][1], "下列各行")


def _sums(table: Table, whole: Row, block: tuple[Row, ...]) -> Iterator[tuple[Cell, list[Cell]]]:
    for index in range(len(table.heads)):
        total, parts = whole.cells[index], [row.cells[index] for row in block]
        if _plain([*parts, total]) and total.value:
            yield total, parts


def _kind(head: str) -> str:
    """What a column counts; nothing for means and rates."""
    return "" if re.search("均|率|比", head) else role_in(head).kind


def _carried(table: Table) -> Iterator[Finding]:
    """Year by year: what was pending before, and what came, less what was closed, is pending."""
    kinds = [_kind(head) for head in table.heads]
    if any(kinds.count(kind) != 1 for kind in (FILED, CLOSED, PENDING)) or CARRIED in kinds:
        return
    filed, closed, pending = (kinds.index(kind) for kind in (FILED, CLOSED, PENDING))
    years = [re.search(r"20\d\d", row.label) for row in table.rows]
    steps: list[tuple[bool, Row, Row]] = []
    for place in range(1, len(table.rows)):
        before, row = table.rows[place - 1 : place + 1]
        one, other = years[place - 1], years[place]
        cells = [before.cells[pending], *(row.cells[index] for index in (filed, closed, pending))]
        if one and other and int(other[0]) - int(one[0]) == 1 and _plain(cells):
            was, came, went, left = (cell.value or Fraction(0) for cell in cells)
            steps.append((was + came - went == left, before, row))
    wrong = [(before, row) for right, before, row in steps if not right]
    if len(wrong) != 1 or len(steps) < LEAST:
        return
    before, row = wrong[0]
    cells = [before.cells[pending], row.cells[filed], row.cells[closed]]
    value = (cells[0].value or 0) + (cells[1].value or 0) - (cells[2].value or 0)
    cell = row.cells[pending]
    right = printed(Fraction(value))
    line = f"{cells[0].text} + {cells[1].text} − {cells[2].text} = {right}"
    yield Finding(
        "table", Verdict.MISMATCH, cell.start, cell.end,
        f"{row.label}未结写作{cell.text}，按上年未结和本年收结应为 {right}", (line,),
        (f"改为 {right}", "或核对上年未结和本年收结"),
        tuple((one.start, one.end) for one in cells),
    )  # fmt: skip


def _summed(reading: Reading, table: Table) -> Iterator[Finding]:
    """三年共结案130922件, behind a table that has the years and no row of totals."""
    if any(row.is_total for row in table.rows):
        return
    last = table.rows[-1].cells[-1].end
    for figure in reading.figures:
        named = _TOGETHER.search(figure.subject) if last <= figure.start < last + NEAR else None
        kind = reading.role(figure).kind
        columns = [index for index, head in enumerate(table.heads) if kind and _kind(head) == kind]
        topic = _NAMED.sub("", reading.role(figure).topic)
        if named is None or len(columns) != 1 or not figure.exact or topic:
            continue
        parts = [row.cells[columns[0]] for row in table.rows]
        if not _plain(parts) or figure.value <= max(one.value or 0 for one in parts):
            continue
        added = _added(parts)
        if added != figure.value and slip(int(figure.value), int(added)):
            cell = Cell(figure.start, figure.end, figure.text, figure.value, 0, False)
            yield _told(cell, parts, "表中各行")


def _added(parts: list[Cell]) -> Fraction:
    return sum((one.value for one in parts if one.value is not None), start=Fraction(0))


def _told(total: Cell, parts: list[Cell], which: str) -> Finding:
    added = _added(parts)
    line = " + ".join(one.text for one in parts) + f" = {printed(added)}"
    return Finding(
        "table", Verdict.MISMATCH, total.start, total.end,
        f"{total.text}，{which}相加是 {printed(added)}", (line,),
        (f"改为 {printed(added)}", "或核对各分项"), tuple((one.start, one.end) for one in parts),
    )  # fmt: skip
