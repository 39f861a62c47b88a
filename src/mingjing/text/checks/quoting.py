"""Figures of the sentences around a table against its cells: 行政庭结案率最高，达96.77%, 全院受理7246件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.parts import slipped_for
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import SCALES
from mingjing.text.reading import Reading
from mingjing.text.tables import Row, Table

_ALL = re.compile(
    r"(?:全[院市省区县州]|[二两三四五六七八九十]{1,2}[家个]?(?:基层)?(?:人民)?(?:法院|院|法庭|庭室|部门|县|区))(?:法院)?"
    r"(?:共|合计|总共|累计)*"
)
_THEN = re.compile(r"同比|环比|较|上年|去年|同期|前年|其中|目标|计划|高于|低于|相差|平均比|预计")
_END = re.compile(r"(?:案件|各类案件|共有?|为|达到?|高达|仅|只有|有|是|最[高低多少大小长短]|的|数|[,、:(])+$")
_SCALE = re.compile(r"\((万|亿|)元\)")
WIDE = 15
"""Percentage points off which a rate was not worked out of the row."""
FAR = Fraction(1, 4)
"""Of the cell; a number further off was not taken from it."""


def check_quoting(reading: Reading) -> Iterator[Finding]:
    """Each level whose words are those of one row and one column."""
    tables = reading.tables
    if not tables:
        return
    for figure in reading.figures:
        if not figure.exact or reading.movement(figure) or is_earlier(reading, figure) or figure.unit == "位":
            continue
        paragraph = reading.paragraph(figure)
        words = reading.folded[max(figure.sentence[0], figure.start - 40) : figure.start]
        if "\t" in reading.folded[paragraph.start : paragraph.end] or "|" in words:
            continue
        clause = re.split(r"[。;]", words)[-1]
        for table in tables:
            yield from _held(figure, clause, table)
            yield from _money(reading, figure, clause, table)
            if figure.unit == "%":
                yield from _worked_out(figure, clause, table)


def _held(figure: Figure, clause: str, table: Table) -> Iterator[Finding]:
    found = [(row, index) for row in table.rows for index in _said(row, table, clause)]
    if len(found) != 1:
        return
    row, index = found[0]
    cell = row.cells[index]
    if cell.value is None or cell.percent != figure.is_rate or not cell.value:
        return
    if cell.value == figure.value or figure.step > 1 or figure.decimals > cell.decimals:
        return
    near = abs(cell.value - figure.value) <= abs(cell.value) * FAR or slipped_for(figure, cell.value)
    if figure.decimals < cell.decimals or not near:
        return
    yield Finding(
        "repeated", Verdict.MISMATCH, figure.start, figure.end,
        f"表中{row.label}的{table.heads[index]}是 {cell.text}，这里写{figure.text}",
        (f"相差 {printed(abs(cell.value - figure.value))}",), (f"统一为 {cell.text} 或 {figure.text}",),
        ((cell.start, cell.end),),
    )  # fmt: skip


def _money(reading: Reading, figure: Figure, clause: str, table: Table) -> Iterator[Finding]:
    """到位金额71.50亿元 of a column headed 到位金额（万元）: the total, or the row named, in one unit."""
    if figure.unit != units.MONEY or figure.start < table.rows[-1].cells[-1].end:
        return
    before = reading.folded[figure.sentence[0] : figure.start]
    labels = [row for row in table.rows if not row.is_total and len(row.label) > 1 and row.label in before]
    totals = [row for row in table.rows if row.is_total]
    own = labels if len(labels) == 1 and labels[0].label in clause else totals if not labels else []
    for index, head in enumerate(table.heads):
        scale = _SCALE.search(head)
        name = re.sub(r"\(.*\)|数$", "", head)
        if scale is None or len(own) != 1 or len(name) < 2 or _THEN.search(clause):
            continue
        cell = own[0].cells[index]
        if not _END.sub("", clause).endswith(name) or not cell.value or not (labels or _ALL.search(before)):
            continue
        right = cell.value * SCALES[scale[1] or ""]
        if abs(right - figure.value) <= figure.step:
            continue
        shifted = figure.value in (right * 10, right * 100, right / 10, right / 100)
        if shifted or abs(right - figure.value) <= right * FAR:
            yield Finding(
                "repeated", Verdict.MISMATCH, figure.start, figure.end,
                f"表中{own[0].label}的{head}是 {cell.text}，合 {figure.worded(right)}，这里写{figure.text}",
                (f"{cell.text}{scale[1]}元 = {figure.worded(right)}",),
                (f"改为 {figure.worded(right)}", "或核对表中的数"),
                ((cell.start, cell.end),),
            )  # fmt: skip


def _worked_out(figure: Figure, clause: str, table: Table) -> Iterator[Finding]:
    """婚姻家庭案件调解撤诉率53.9%: the columns the name is made of, of the row's total."""
    named = re.split(r"[,、:]", clause)[-1]
    found = re.search(r"([一-鿿]{2,10})率(?:达到|达|为|是)?$", named)
    listed = re.findall(r"[一-鿿]{2,12}率[^,。;]{0,14}(?:依次为|分别为|为|:)", clause)
    if found is None and listed and any(figure.subject == row.label for row in table.rows):
        named = figure.subject + re.sub("率.*", "率", listed[-1])  # 各法院改发率依次为：甲4.11%、乙4.03%
        found = re.search(r"([一-鿿]{2,20})率$", named)
    rows = [row for row in table.rows if not row.is_total and len(row.label) > 1 and row.label in named]
    if found is None or len(rows) != 1 or _THEN.search(named):
        return
    row, name = rows[0], named.split(rows[0].label)[-1]
    headed = list(zip(table.heads, row.cells, strict=True))
    parts = [cell for head, cell in headed if len(head) > 1 and head in name]
    wholes = [
        cell for head, cell in headed
        if re.search("合计|总计|总数|结案数?$|审结数?$|受理数?$", head) and cell not in parts
    ]  # fmt: skip
    if not parts or len(wholes) != 1 or not wholes[0].value:
        return
    if any(one.value is None or one.percent for one in parts):
        return
    added = sum((one.value for one in parts if one.value is not None), start=Fraction(0))
    share = rounded(added * 100 / wholes[0].value, figure.decimals)
    if share == figure.value or abs(share - figure.value) > WIDE:
        return
    shown = f"{printed(share, figure.decimals)}%"
    sums = " + ".join(one.text for one in parts)
    yield Finding(
        "rate", Verdict.MISMATCH, figure.start, figure.end,
        f"写作{figure.text}，按表中{row.label}的数应为 {shown}", (f"({sums}) ÷ {wholes[0].text} = {shown}",),
        (f"改为 {shown}", "或核对表中的数"),
        tuple((one.start, one.end) for one in (*parts, wholes[0])),
    )  # fmt: skip


def _said(row: Row, table: Table, clause: str) -> Iterator[int]:
    """The columns of a row that the words before a figure end with, the row named in them."""
    for index, head in enumerate(table.heads):
        head = re.sub(r"合计|总数|总计|案件|数$|\(.*\)", "", head)
        if len(head) < 2:
            continue
        bare = _END.sub("", clause)
        if not bare.endswith(head):
            continue
        rest = re.split(r"[,、:]", bare.removesuffix(head))
        named = rest[-1] or (rest[-2] if len(rest) > 1 else "")
        if _THEN.search(named) or not named:
            continue
        own = len(row.label) > 1 and named.endswith((row.label, f"{row.label}的", f"{row.label}共"))
        whole = _ALL.search(named) if row.is_total else None
        if own or (whole and named.endswith(whole.group())):
            yield index
