"""What the words behind a table say of one of its cells: C区占全市的28.3%, B县同比下降1.6%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mingjing.text.checks.dividing import agrees, slipped_share, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.tables import Cell, Table

_ALL = re.compile(r"合计|总计|全市|总数|受理数?$|总量")
NEAR = 900
"""Characters behind a table in which words speak of it."""


def check_table_claims(reading: Reading) -> Iterator[Finding]:
    """Every figure behind a table whose clause names a row or a column of it."""
    for table in reading.tables:
        last = table.rows[-1].cells[-1].end
        for sentence in reading.sentences.values():
            if last <= sentence[0].start < last + NEAR:
                for place, figure in enumerate(sentence):
                    if figure.unit == "%" and figure.exact:
                        yield from _moved(reading, table, figure)
                        yield from _shares(reading, table, sentence, place)


def _clauses(reading: Reading, figure: Figure, count: int) -> str:
    return ",".join(re.split(r"[,。;:]", reading.folded[figure.sentence[0] : figure.start])[-count:])


def _moved(reading: Reading, table: Table, figure: Figure) -> Iterator[Finding]:
    """A row said to have risen that fell, or with another growth than its own by a slip of the sign."""
    move = reading.movement(figure)
    columns = [index for index, head in enumerate(table.heads) if "同比" in head]
    rows = [row for row in table.rows if row.label and figure.subject.startswith(row.label)]
    if move is None or len(columns) != 1 or len(rows) != 1 or "同比" not in figure.subject:
        return
    cell = rows[0].cells[columns[0]]
    if cell.value is not None and cell.value == -figure.value * move.sign and cell.value:
        yield Finding(
            "movement", Verdict.MISMATCH, figure.start, figure.end,
            f"{figure.subject}{figure.text}，表中{rows[0].label}是 {cell.text}",
            (f"表中 {cell.text}，文中 {'+' if move.sign > 0 else '−'}{figure.text}",),
            ("改正升降的用词，或核对表中的数",), ((cell.start, cell.end),),
        )  # fmt: skip


def _shares(reading: Reading, table: Table, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """The shares from ``place`` on, of as many heads or rows as the two clauses before them name."""
    first = sentence[place]
    said = re.search(r"占[^,。;:\d]{0,10}$", first.subject)
    if not said or reading.movement(first):
        return
    rates = [first]
    for one in sentence[place + 1 :]:
        if one.unit != "%" or not re.fullmatch("、|和|及", reading.between(rates[-1], one)):
            break
        rates.append(one)
    words = _clauses(reading, first, 2)
    pairs = [_cells(table, words, by_row, len(rates)) for by_row in (False, True)]
    for parts, whole in (pair for pair in pairs if pair is not None):
        for part, rate in zip(parts, rates, strict=True):
            one, all_ = (_as_figure(rate, cell) for cell in (part, whole))
            if not agrees(rate, one, all_) and slipped_share(rate, one, all_):
                yield wrong_share(rate, one, all_, "share", "占比")


def _cells(table: Table, words: str, by_row: bool, count: int) -> tuple[list[Cell], Cell] | None:
    """The cells the words name, in their order, and the cell of all of them."""
    totals = [row for row in table.rows if row.is_total]
    every = [index for index, head in enumerate(table.heads) if _ALL.search(head) and "率" not in head]
    if len(totals) != 1 or len(every) != 1:
        return None
    whole = totals[0].cells[every[0]]
    names: dict[str, Cell] = {}
    if by_row:
        names = {row.label: row.cells[every[0]] for row in table.rows if row is not totals[0]}
    else:
        names = {
            head: cell for index, (head, cell) in enumerate(zip(table.heads, totals[0].cells, strict=True))
            if index != every[0] and len(head) > 1
        }  # fmt: skip
    found = sorted((words.index(name), name) for name in names if name in words)
    chosen = [names[name] for _, name in found]
    if len(chosen) != count or whole.value is None or any(not _counted(cell) for cell in (*chosen, whole)):
        return None
    return chosen, whole


def _counted(cell: Cell) -> bool:
    return cell.value is not None and not cell.percent and not cell.decimals and cell.value > 0


def _as_figure(like: Figure, cell: Cell) -> Figure:
    assert cell.value is not None  # asked before
    return replace(
        like, start=cell.start, end=cell.end, text=cell.text, value=cell.value, unit="件", printed_unit="件",
        decimals=0, step=like.step / like.step, qualifier="",
    )  # fmt: skip
