"""Tables: the row of totals against the rows above it, and a column against the rule its other rows follow.

The rule of a column is not read from its head but learnt from the rows: where all rows but one of a table
are the share of the same two columns, or the sum of the same two, the one that is not stands out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.tables import Cell, Row, Table

_NO_SUM = re.compile(r"率|比|平均|人均|天数|周期|时长|用时|排名|名次|位次|序号|%|度$|得分|分值")
_MEAN = re.compile(r"均")
LEAST = 3
"""A rule must hold in at least so many rows before one that breaks it is told."""

Values = Sequence[Fraction]
Rule = Callable[[Values], Fraction | None]


def check_tables(reading: Reading) -> Iterator[Finding]:
    """Every table of the text."""
    for table in reading.tables:
        told: set[int] = set()
        for finding in (*_totals(table), *_rules(table)):
            if finding.start not in told:
                told.add(finding.start)
                yield finding


def _totals(table: Table) -> Iterator[Finding]:
    """合计 under the rows it adds up; 小计 those since the last one."""
    rows = [row for row in table.rows if not row.is_total]
    for index, row in enumerate(table.rows):
        if not row.is_total:
            continue
        if row.label.endswith("小计"):
            parts = list(itertools.takewhile(lambda one: not one.is_total, reversed(table.rows[:index])))
        else:
            parts = rows
        if len(parts) >= 2:
            yield from _total(table, row, parts)


def _total(table: Table, total: Row, parts: list[Row]) -> Iterator[Finding]:
    right: list[tuple[Cell, list[Cell], Fraction]] = []
    wrong: list[tuple[Cell, list[Cell], Fraction]] = []
    for index, cell in enumerate(total.cells):
        column = [row.cells[index] for row in parts]
        if cell.value is None or cell.percent or any(one.value is None or one.percent for one in column):
            continue
        if _NO_SUM.search(table.heads[index]):
            continue
        added = Fraction(sum(one.value for one in column if one.value is not None))
        (right if added == cell.value else wrong).append((cell, column, added))
    for cell, column, added in right:
        yield Finding("table", Verdict.OK, cell.start, cell.end, f"各行相加等于{cell.text}",
                      (_sum(column, added),))  # fmt: skip
    for cell, column, added in wrong:
        assert cell.value is not None  # chosen above
        near = bool(right) or abs(added - cell.value) * 20 <= abs(added)
        slipped = added.denominator == cell.value.denominator == 1 and slip(int(cell.value), int(added))
        if not near or (len(right) < len(wrong) and len(right) + len(wrong) > 1 and not slipped):
            continue
        rest = cell.value - added
        repairs = [f"合计改为 {printed(added)}"]
        for row, one in zip(parts, column, strict=True):
            value = one.value or Fraction(0)
            if value.denominator == 1 and rest.denominator == 1 and value + rest >= 0:
                how = slip(int(value), int(value + rest))
                if how:
                    repairs.append(f"或{row.label}{one.text}应为 {printed(value + rest)}（{how}，像是笔误）")
        yield Finding(
            "table", Verdict.MISMATCH, cell.start, cell.end,
            f"合计{cell.text}，各行相加是 {printed(added)}，差 {printed(abs(rest))}",
            (_sum(column, added),), tuple(repairs[:4]), tuple((one.start, one.end) for one in column),
        )  # fmt: skip


def _sum(column: list[Cell], added: Fraction) -> str:
    return " + ".join(one.text for one in column) + f" = {printed(added)}"


def _share(values: Values) -> Fraction | None:
    return values[0] * 100 / values[1] if values[1] else None


def _share_of_sum(values: Values) -> Fraction | None:
    return values[0] * 100 / (values[0] + values[1]) if values[0] + values[1] else None


def _share_of_two(values: Values) -> Fraction | None:
    return values[0] * 100 / (values[1] + values[2]) if values[1] + values[2] else None


def _ratio(values: Values) -> Fraction | None:
    return values[0] / values[1] if values[1] else None


def _growth(values: Values) -> Fraction | None:
    return (values[0] - values[1]) * 100 / values[1] if values[1] else None


def _difference(values: Values) -> Fraction | None:
    return values[0] - values[1]


def _addition(values: Values) -> Fraction | None:
    return values[0] + values[1]


_SHARES: tuple[tuple[str, int, Rule], ...] = (
    ("{} ÷ {}", 2, _share), ("{0} ÷ ({0} + {1})", 2, _share_of_sum), ("{} ÷ ({} + {})", 3, _share_of_two),
    ("({0} − {1}) ÷ {1}", 2, _growth),
)  # fmt: skip
_MEANS: tuple[tuple[str, int, Rule], ...] = (("{} ÷ {}", 2, _ratio),)
_SUMS: tuple[tuple[str, int, Rule], ...] = (("{} + {}", 2, _addition), ("{} − {}", 2, _difference))

_LONG_SUMS: tuple[tuple[str, int, Rule], ...] = (
    ("{} + {} + {}", 3, lambda values: Fraction(sum(values))),
    ("{} + {} + {} + {}", 4, lambda values: Fraction(sum(values))),
)
_SUMMED = re.compile(r"总分|合计|小计|总计|总数|总量")


def _rules(table: Table) -> Iterator[Finding]:
    plain = [
        index for index in range(len(table.heads))
        if all(one.value is not None and not one.percent for one in table.column(index))
    ]  # fmt: skip
    for index in range(len(table.heads)):
        column = table.column(index)
        rate = all(one.percent or one.value is None for one in column) or (
            _NO_SUM.search(table.heads[index]) is not None and any(one.decimals for one in column)
        )
        if rate:
            percent = any(one.percent for one in column) or not _MEAN.search(table.heads[index])
            yield from _learnt(table, index, plain, _SHARES if percent else _MEANS)
        elif index in plain:
            long = _LONG_SUMS if _SUMMED.search(table.heads[index]) and len(plain) < 7 else ()
            yield from _learnt(table, index, plain, (*_SUMS, *long))


def _learnt(
    table: Table, index: int, plain: list[int], shapes: Sequence[tuple[str, int, Rule]]
) -> Iterator[Finding]:
    """The rule that most rows follow, then each row held against it."""
    best: tuple[int, str, tuple[int, ...], Rule] | None = None
    others = [one for one in plain if one != index]
    for words, count, rule in shapes:
        for chosen in itertools.permutations(others, count):
            fits = sum(1 for row in table.rows if _fits(row, index, chosen, rule))
            if fits >= LEAST and (best is None or fits > best[0]):
                best = (fits, words, chosen, rule)
    if best is None:
        return
    fits, words, chosen, rule = best
    known = [row for row in table.rows if row.cells[index].value is not None]
    ordinary = [row for row in known if not row.is_total]
    broken = sum(1 for row in ordinary if not _fits(row, index, chosen, rule))
    if broken > max(1, len(ordinary) // 5) or len(known) - fits > max(2, len(known) // 5):
        return
    for row in known:
        value = rule([row.cells[one].value or Fraction(0) for one in chosen])
        if value is not None:
            yield _told(row, index, chosen, (words, value), _fits(row, index, chosen, rule))


def _fits(row: Row, index: int, chosen: tuple[int, ...], rule: Rule) -> bool:
    cell = row.cells[index]
    value = rule([row.cells[one].value or Fraction(0) for one in chosen])
    return cell.value is not None and value is not None and rounded(value, cell.decimals) == cell.value


def _told(row: Row, index: int, chosen: tuple[int, ...], work: tuple[str, Fraction], right: bool) -> Finding:
    cell = row.cells[index]
    words, value = work
    line = f"{words.format(*(row.cells[one].text for one in chosen))} = {printed(value, cell.decimals + 2)}"
    beside = tuple((row.cells[one].start, row.cells[one].end) for one in chosen)
    if right:
        return Finding("table", Verdict.OK, cell.start, cell.end, f"{row.label}{cell.text}与本行的数相符",
                       (line,), (), beside)  # fmt: skip
    shown = printed(rounded(value, cell.decimals), cell.decimals) + ("%" if cell.percent else "")
    return Finding(
        "table", Verdict.MISMATCH, cell.start, cell.end,
        f"{row.label}写作{cell.text}，按其他各行的算法应为 {shown}", (line,),
        (f"改为 {shown}", "或核对本行的其他数"), beside,
    )  # fmt: skip
