from __future__ import annotations

import time

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from mingjing.documents.tables import Column, Table, TableShapeError, column_widths
from tests.documents.samples import notice, opened

COLUMNS = (Column("序号", 1.2, "centre"), Column("案号", 4), Column("问题", 3))


def rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((str(i), f"（2026）云0102民初{i}号", "开庭日期早于立案日期") for i in range(1, count + 1))


def test_the_head_row_repeats_on_every_page_and_rows_do_not_break() -> None:
    table = opened(notice(body=(Table(COLUMNS, rows(3)),))).tables[0]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_cells_hold_the_values_in_order() -> None:
    table = opened(notice(body=(Table(COLUMNS, rows(2), caption="核查清单"),))).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "案号", "问题"]
    assert [cell.text for cell in table.rows[2].cells] == [
        "2",
        "（2026）云0102民初2号",
        "开庭日期早于立案日期",
    ]


@pytest.mark.parametrize("shares", [(1,), (1, 1, 1), (1.2, 4, 3, 0.7), tuple(range(1, 20))])
def test_columns_share_the_whole_width_of_the_text(shares: tuple[float, ...]) -> None:
    assert sum(column_widths([Column("列", share) for share in shares])) == round(Mm(156).twips)


def test_a_row_of_the_wrong_length_is_refused_with_its_number() -> None:
    with pytest.raises(TableShapeError, match="第 2 行有 2 格，列有 3 个"):
        Table(COLUMNS, (("1", "甲", "乙"), ("2", "甲")))


def test_ten_times_the_rows_cost_about_ten_times_the_work() -> None:
    opened(notice(body=(Table(COLUMNS, rows(20)),)))  # what is loaded at the first is not counted
    started = time.process_time()
    opened(notice(body=(Table(COLUMNS, rows(200)),)))
    small = time.process_time() - started
    started = time.process_time()
    document = opened(notice(body=(Table(COLUMNS, rows(2000)),)))
    assert time.process_time() - started < 40 * small
    assert len(document.element.body.findall(f"{qn('w:tbl')}/{qn('w:tr')}")) == 2001
