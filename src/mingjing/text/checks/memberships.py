"""Rows a sentence says to be above, below, risen or fallen, against the column: 高于全市的有甲、乙两家."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.tables import Row, Table

_SIDES = {"高于": 1, "超过": 1, "好于": 1, "低于": -1, "不足": -1, "落后于": -1}
_AGAINST = re.compile(
    rf"(?P<before>[^,。;:\n]{{0,10}}?)(?P<side>{'|'.join(_SIDES)})(?P<of>全[市院省区县州]|两级法院|合计|平均)[^,。;:\n]{{0,12}}?的"
    r"(?:法院|单位|部门|庭室?)?(?:有|是|为|:)(?P<who>[^,。;:\n]{2,60})"
)
_NAMES = re.compile(r"、|和|及|以及")


def check_memberships(reading: Reading) -> Iterator[Finding]:
    """Every such sentence, for each table one of whose columns it names."""
    tables = reading.tables
    for match in _AGAINST.finditer(reading.folded):
        for table in tables:
            yield from _held(match, table)


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
