"""Rows a sentence says to be above, below, risen or fallen, against the column: 高于全市的有甲、乙两家."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading
from mingjing.text.tables import Row, Table

_SIDES = {"高于": 1, "超过": 1, "好于": 1, "低于": -1, "不足": -1, "落后于": -1}
_AGAINST = re.compile(
    rf"(?P<before>[^,。;:\n]{{0,10}}?)(?P<side>{'|'.join(_SIDES)})(?P<of>全[市院省区县州]|两级法院|合计|平均)[^,。;:\n]{{0,12}}?的"
    r"(?:法院|单位|部门|庭室?)?(?:有|是|为|:)(?P<who>[^,。;:\n]{2,60})"
)
_LIMIT = re.compile(
    r"(?P<words>[^,。;:\n\d]{0,16}?)(?P<side>高于|超过|突破|低于|不足|不到)(?P<limit>\d[\d,]*(?:\.\d+)?)(?P<unit>%|件|天|人|万元)"
    r"(?:以[上下])?的(?:法院|单位|部门|庭室?|法庭)?(?:共?有|是|为|:)(?P<who>[^,。;:\n]{2,60})"
)
_COUNT = re.compile(r"(?:等|共)?(?P<count>\d{1,2}|[一二两三四五六七八九十])(?:家|个)")
_NAMES = re.compile(r"、|和|及|以及")

NEAR = 900
"""Characters behind a table in which words speak of it."""


def check_memberships(reading: Reading) -> Iterator[Finding]:
    """Every such sentence, for each table one of whose columns it names."""
    tables = reading.tables
    for table in tables:
        yield from _limits(reading, table)
    for match in _AGAINST.finditer(reading.folded):
        for table in tables:
            yield from _held(match, table)


def _limits(reading: Reading, table: Table) -> Iterator[Finding]:
    """执行完毕率高于40%的有甲、乙，低于35%的有两家: the rows beyond a number, named or counted."""
    column, where = None, -1
    for match in _LIMIT.finditer(reading.folded, table.rows[-1].cells[-1].end):
        sentence = reading.outline.sentence_at(match.start())[0]
        heads = [(index, head.split("(")[0]) for index, head in enumerate(table.heads)]
        named = [
            index for index, head in heads if len(head) > 1 and match["words"].endswith((head, f"{head}数"))
        ]
        column = (
            named[0]
            if len(named) == 1
            else column
            if sentence == where and not match["words"].strip()
            else None
        )
        where = sentence
        if column is None or match.start() - table.rows[-1].cells[-1].end > NEAR:
            continue
        rows = [row for row in table.rows if not row.is_total and row.label]
        sign, limit = (
            (-1 if match["side"] in ("低于", "不足", "不到") else 1),
            Fraction(match["limit"].replace(",", "")),
        )
        right = [
            row
            for row in rows
            if ((value := row.cells[column].value) is not None) and (value - limit) * sign > 0
        ]
        yield from _counted(match, rows, right, column)


def _counted(match: re.Match[str], rows: list[Row], right: list[Row], column: int) -> Iterator[Finding]:
    who = re.split(r",|\(", match["who"])[0]
    said = _COUNT.search(who)
    listed = [row for name in _NAMES.split(_COUNT.split(who)[0]) if (row := _row(rows, name)) is not None]
    named = [name for name in _NAMES.split(_COUNT.split(who)[0]) if name]
    count = int(read_number(said["count"]) or 0) if said else len(listed)
    if len(listed) != len(named) or (not said and not named):
        return
    if count == len(right) and all(row in right for row in listed):
        return
    where = "、".join(f"{row.label}（{row.cells[column].text}）" for row in right) or "没有"
    cells = [row.cells[column] for row in (*listed, *right)]
    yield Finding(
        "table", Verdict.MISMATCH, match.start("side"), match.start("who") + len(who),
        f"{match['side']}{match['limit']}{match['unit']}的，按表中是{where}", (f"共 {len(right)} 家",),
        ("改正个数或名单，或核对表中的数",), tuple((cell.start, cell.end) for cell in cells),
    )  # fmt: skip


def _held(match: re.Match[str], table: Table) -> Iterator[Finding]:
    words = match.group()[: match.start("who") - match.start()]
    columns = [
        index for index, head in enumerate(table.heads) if len(head) > 1 and head.split("(")[0] in words
    ]
    totals = [row for row in table.rows if row.is_total]
    if len(columns) != 1 or len(totals) != 1:
        return
    index = columns[0]
    limit = totals[0].cells[index].value
    rows = [
        row for row in table.rows if not row.is_total and row.label and row.cells[index].value is not None
    ]
    listed = [
        _row(rows, name)
        for name in _NAMES.split(re.sub(r"(?:等)?[\d二两三四五六七八九十]+[家个].*$", "", match["who"]))
    ]
    if limit is None or None in listed or not listed:
        return
    sign = _SIDES[match["side"]]
    right = [row for row in rows if ((row.cells[index].value or 0) - limit) * sign > 0]
    wrong = [row for row in listed if row is not None and row not in right]
    missing = [row for row in right if row not in listed]
    if not wrong and (not missing or "等" in match["who"]):
        return
    told = [f"{row.label}是{row.cells[index].text}" for row in (*wrong, *missing)]
    yield Finding(
        "table", Verdict.MISMATCH, *match.span("who"),
        f"{match['side']}{match['of']}（{totals[0].cells[index].text}）的，按表中是"
        f"{'、'.join(row.label for row in right) or '没有'}", ("；".join(told),),
        ("改正名单，或核对表中的数",),
        tuple((row.cells[index].start, row.cells[index].end) for row in (*wrong, *missing)),
    )  # fmt: skip


def _row(rows: list[Row], name: str) -> Row | None:
    found = [
        row for row in rows if row.label == name or row.label.startswith(name) or name.startswith(row.label)
    ]
    return found[0] if len(found) == 1 else None
