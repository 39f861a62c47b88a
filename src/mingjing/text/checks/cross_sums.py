"""Rows of a table that add up others: 全年 of four quarters, and the rows 其中 lists under a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.tables import Cell, Row, Table, find_tables

_ACROSS = re.compile(r"(?:全年|合计|总计|累计|小计|总数|上半年|半年)$")
LEAST = 2
"""Rows, or columns, that must add up before one that does not is told."""
MOST = 8


def check_cross_sums(reading: Reading) -> Iterator[Finding]:
    """Across each row whose table has a column for the sum, and down each block of rows."""
    for table in find_tables(reading.outline):
        yield from _across(table)
        yield from _down(table)


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
