"""A column of shares in a table, 占比, against the column of counts before it and its total."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled
from mingjing.text.reading import Reading
from mingjing.text.tables import Row, Table

_SHARE = re.compile(r"占比|比重|比例|占全|占总")


def check_leftover_columns(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every table with one row of totals: most of a column of shares agree, and tell what it means."""
    for table in reading.tables:
        totals = [row for row in table.rows if row.is_total]
        for index, head in enumerate(table.heads):
            if index and _SHARE.search(head) and len(totals) == 1:
                yield from _held(settled, table, totals[0], index)


def _held(settled: Settled, table: Table, total: Row, index: int) -> Iterator[Finding]:
    whole = total.cells[index - 1]
    rows = [row for row in table.rows if row is not total]
    pairs = [(row.label, row.cells[index - 1], row.cells[index]) for row in rows]
    if not whole.value or whole.percent:
        return
    if any(part.value is None or part.percent for _, part, _ in pairs):
        return
    if any(share.value is None or not share.percent for _, _, share in pairs):
        return
    wrong = []
    for label, part, share in pairs:
        assert part.value is not None and share.value is not None and whole.value  # asked above
        right = rounded(part.value * 100 / whole.value, share.decimals)
        if right != share.value:
            wrong.append((label, part, share, right))
    if len(wrong) * 3 > len(pairs):
        return
    for label, part, share, right in wrong:
        shown = f"{printed(right, share.decimals)}%"
        if share.start not in settled.wrong and part.start not in settled.wrong:
            yield Finding(
                "table", Verdict.MISMATCH, share.start, share.end,
                f"{label}占比写作{share.text}，按本行和合计应为 {shown}",
                (f"{part.text} ÷ {whole.text} = {shown}",), (f"改为 {shown}", "或核对两个数"),
                ((part.start, part.end), (whole.start, whole.end)),
            )  # fmt: skip
