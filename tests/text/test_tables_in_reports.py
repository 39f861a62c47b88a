"""Tables pasted as text: totals against their rows, and a column against the rule its other rows follow."""

from __future__ import annotations

import pytest

from mingjing.text.checking import check_report
from mingjing.text.findings import Finding

HEAD = "法院\t旧存\t新收\t受理\t结案\t结案率"
ROWS = ("甲县法院\t10\t90\t100\t80\t80.00%", "乙县法院\t20\t180\t200\t150\t75.00%",
        "丙县法院\t30\t270\t300\t240\t80.00%")  # fmt: skip
TOTAL = "合计\t60\t540\t600\t470\t78.33%"


def accused(*lines: str) -> tuple[Finding, ...]:
    return check_report("\n".join(lines)).accusations


def test_a_right_table_is_left_in_peace() -> None:
    assert accused(HEAD, *ROWS, TOTAL) == ()


def test_a_total_that_is_not_the_sum_of_its_rows_is_told() -> None:
    found = accused(HEAD, *ROWS, TOTAL.replace("540", "550"))
    assert any("各行相加是 540" in one.message for one in found)


def test_a_rate_that_breaks_the_rule_of_its_column_is_told() -> None:
    (found,) = accused(HEAD, ROWS[0], ROWS[1].replace("75.00%", "57.00%"), ROWS[2], TOTAL)
    assert "应为 75.00%" in found.message
    assert found.arithmetic == ("150 ÷ 200 = 75.0000",)


def test_a_sum_inside_a_row_that_breaks_the_rule_is_told() -> None:
    found = accused(HEAD, ROWS[0], ROWS[1].replace("\t200\t", "\t210\t"), ROWS[2], TOTAL)
    assert any("20 + 180 = 200" in line for one in found for line in one.arithmetic)


@pytest.mark.parametrize("mark", ["", "-", "—", "/"])
def test_an_empty_cell_moves_no_column_and_accuses_nobody(mark: str) -> None:
    assert accused(HEAD, ROWS[0], f"丁县法院\t{mark}\t5\t5\t5\t100.00%", *ROWS[1:]) == ()


def test_spaces_part_cells_as_well_as_tabs() -> None:
    spaced = [line.replace("\t", "  ") for line in (HEAD, *ROWS, TOTAL.replace("600", "610"))]
    assert any("各行相加是 600" in one.message for one in accused(*spaced))


def test_averages_and_ranks_are_not_added() -> None:
    head, rows = "部门\t人均结案\t排名", ("甲庭\t30\t1", "乙庭\t20\t2", "丙庭\t10\t3", "合计\t21\t4")
    assert accused(head, *rows) == ()


def test_a_whole_that_has_more_than_its_rows_is_no_sum() -> None:
    lines = ("法院\t新收\t结案", "甲法院\t30\t20", "乙法院\t40\t30", "全市\t900\t800")
    assert accused(*lines) == ()
