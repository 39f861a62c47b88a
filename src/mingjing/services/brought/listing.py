"""What was counted over brought files as rows: for a terminal, a text table, a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from mingjing.documents.csv_cells import inert
from mingjing.domain.indicators.counts import Indicator, MeasureKind
from mingjing.domain.indicators.figures import Figure, figure
from mingjing.domain.indicators.grains import buckets
from mingjing.domain.indicators.tallying import Slot, Tallied, Tally
from mingjing.imports.sheets import Styles, new_book, put
from mingjing.services.brought.answering import Answered, order_of

NOBODY = "未登记"
BOM = "\ufeff"
"""So that a spreadsheet program reads the Chinese of a text table."""


def header(answered: Answered) -> list[str]:
    """The columns of the rows."""
    return [*answered.cut.by, "期间", "指标", "编号", "数值", "单位", "计数", "缺数据"]


def rows(answered: Answered) -> Iterator[list[str]]:
    """A row for every group, period and indicator, groups in order, who is in none of them last.

    The value is a plain number (empty: 无数据), the counts are ``结案=42；审限内结案=21``.
    """
    for slot in _slots(answered):
        counted = answered.tallies.get(slot, {})
        for one in answered.indicators:
            nothing = Tallied({part.label: Tally() for part in one.parts}, slot.period)
            tallied = counted.get(one.id, nothing)
            found = figure(one, tallied).value
            groups = [NOBODY if key is None else key for key in slot.keys]
            value = "" if found.value is None else format(found.value, "f")
            yield [
                *groups,
                slot.period.label,
                one.label,
                one.id,
                value,
                one.unit,
                _counts(one, tallied, found),
                str(found.missing),
            ]


def _slots(answered: Answered) -> list[Slot]:
    """Those something was counted in; without groups, every period."""
    if answered.cut.by:
        return sorted(answered.tallies, key=order_of)
    return [Slot((), period) for period in buckets(answered.cut.every, answered.cut.within)]


def _counts(indicator: Indicator, tallied: Tallied, found: Figure) -> str:
    parts = []
    for part in indicator.parts:
        amount = found.parts[part.label]
        shown = "无数据" if amount is None else _plain(amount)
        rows_ = "" if part.measure.kind is MeasureKind.ROWS else f"（{tallied.counts[part.label].rows} 行）"
        parts.append(f"{part.label}={shown}{rows_}")
    return "；".join(parts)


def _plain(amount: Fraction) -> str:
    text = format(Decimal(amount.numerator) / Decimal(amount.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def write(answered: Answered, target: Path) -> int:
    """Write the rows as ``.csv`` or ``.xlsx``; how many."""
    if target.suffix.lower() == ".xlsx":
        return _write_book(answered, target)
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        writer = csv.writer(file)
        writer.writerow(header(answered))
        listed = list(rows(answered))
        writer.writerows([inert(cell) for cell in row] for row in listed)
    return len(listed)


def _write_book(answered: Answered, target: Path) -> int:
    number = 0
    with target.open("wb") as file:
        book = new_book(file)
        styles, sheet = Styles(book), book.add_worksheet("指标")
        _put_row(sheet, 0, header(answered), styles)
        at = len(answered.cut.by) + 3
        for number, row in enumerate(rows(answered), 1):
            _put_row(sheet, number, row, styles)
            if row[at]:
                put(sheet, number, at, Decimal(row[at]), styles)
        book.close()
    return number


def _put_row(sheet: object, number: int, row: Sequence[str], styles: Styles) -> None:
    for column, cell in enumerate(row):
        put(sheet, number, column, cell, styles)
