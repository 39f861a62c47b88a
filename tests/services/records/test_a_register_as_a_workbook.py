"""Template, export and import in one layout: what goes out comes in again and changes nothing."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from mingjing.imports.refusals import HeaderMissing, ImportRefused
from mingjing.services.permissions import NotAllowed
from mingjing.services.records.excel import Checked, confirm, error_workbook, export, precheck, template
from mingjing.services.records.opening import open_record
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Look, Record
from tests.services.builders import acting, hire
from tests.services.conftest import Logged, Refused
from tests.services.records.builders import CHECK, CLUE, MENDING, STEP, Bench, fresh, registered

HEAD = ["编号", "登记日期", "状态"]
Cells = list[list[Any]]


def rows_of(book: bytes, sheet: str = "数据") -> Cells:
    page = openpyxl.load_workbook(BytesIO(book))[sheet]
    return [list(row) for row in page.iter_rows(values_only=True)]


def book_of(*rows: list[Any]) -> BytesIO:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "数据"
    for row in rows:
        page.append(row)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out


def checks(*rows: list[Any]) -> BytesIO:
    fields = ["检查内容", "涉及部门", "合格率", "检查日期", "是否合格", "问题类别"]
    return book_of([*HEAD, *fields], *([None, None, None, *row] for row in rows))


GOOD = ["着装", "民事审判第一庭、执行局", 0.85, date(2024, 3, 5), "是", "作风、程序"]


def checked(bench: Bench, file: BytesIO) -> Checked:
    return precheck(acting(bench.inspector), CHECK, "登记检查", file, "检查.xlsx")


def test_the_template_has_the_layout_of_the_export(bench: Bench) -> None:
    registered(bench)
    empty = rows_of(template(acting(bench.inspector), MENDING))
    full = rows_of(export(acting(bench.inspector), MENDING))
    assert empty == [full[0]]
    assert full[0][:5] == [*HEAD, "问题描述", "问题来源"]
    assert full[1][0] == "整改-2024-0001"
    assert full[1][5] == "民事审判第一庭"


def test_every_type_of_cell_comes_in_as_its_field_holds_it(bench: Bench, one_entry: Logged) -> None:
    with one_entry() as log:
        done = confirm(acting(bench.inspector), CHECK, "登记检查", checks(GOOD), "检查.xlsx")
    assert done.counts == {"数据行": 1, "新增": 1, "未变": 0, "未通过": 0, "跳过": 0}
    record = Record.objects.get(register=CHECK)
    assert record.data == {
        "theme": "着装",
        "units": [bench.house.first_civil.pk, bench.house.enforcement.pk],
        "share": "0.85",
        "day": "2024-03-05",
        "sound": True,
        "kinds": ["作风", "程序"],
    }
    act = record.acts.get()
    assert (act.label, act.flags, act.entry) == ("登记检查", ["导入"], log[0].seq)
    assert log[0].verb == "导入台账"


def test_a_precheck_writes_nothing_and_names_every_cell(bench: Bench) -> None:
    wrong = ["", "民一庭", "很高", "2024-02-30", "也许", "作风、别的"]
    found = checked(bench, checks(GOOD, wrong))
    assert (found.rows, found.added, found.unchanged, found.refused) == (2, 1, 0, 1)
    assert not Record.objects.filter(register=CHECK).exists()
    by_column = {error.column: error for error in found.errors[0].errors}
    assert set(by_column) == {"涉及部门", "合格率", "检查日期", "是否合格", "问题类别"}
    assert "没有部门“民一庭”" in by_column["涉及部门"].sentence
    assert by_column["问题类别"].allowed
    assert found.errors[0].source_row == 3
    again = rows_of(error_workbook(found, "检查.xlsx"), "未通过的行")
    assert len(again) == 2
    assert "第 3 行" in str(again[1][-1])


def test_what_the_act_requires_is_required_of_a_row(bench: Bench) -> None:
    found = checked(bench, checks(["", *GOOD[1:]]))
    assert "检查内容" in found.errors[0].errors[0].sentence


def test_the_same_file_again_changes_nothing(bench: Bench) -> None:
    inspector = acting(bench.inspector)
    twice = [GOOD, GOOD, ["文书", *GOOD[1:]]]
    assert confirm(inspector, CHECK, "登记检查", checks(*twice), "a.xlsx").added == 3
    again = confirm(inspector, CHECK, "登记检查", checks(*twice), "b.xlsx")
    assert (again.rows, again.added, again.unchanged, again.refused) == (3, 0, 3, 0)
    assert Record.objects.filter(register=CHECK).count() == 3


def test_an_export_taken_in_again_changes_nothing(bench: Bench) -> None:
    inspector = acting(bench.inspector)
    confirm(inspector, CHECK, "登记检查", checks(GOOD, ["文书", *GOOD[1:]]), "a.xlsx")
    before = list(Record.objects.order_by("pk").values_list("pk", "revision", "data"))
    out = BytesIO(export(inspector, CHECK))
    again = confirm(inspector, CHECK, "登记检查", out, "导出.xlsx")
    assert (again.rows, again.unchanged, again.added, again.refused) == (2, 2, 0, 0)
    assert list(Record.objects.order_by("pk").values_list("pk", "revision", "data")) == before


def test_a_row_may_carry_its_day_and_a_future_one_is_refused(bench: Bench) -> None:
    file = book_of(["登记日期", "检查内容"], [date(2024, 1, 15), "甲"], [date(2024, 4, 2), "乙"])
    done = confirm(acting(bench.inspector), CHECK, "登记检查", file, "a.xlsx")
    assert (done.added, done.refused) == (1, 1)
    assert "还没有到" in done.errors[0].errors[0].sentence
    assert fresh(Record.objects.get(register=CHECK)).opened_on == date(2024, 1, 15)


def test_formulas_go_out_as_text_and_are_refused_coming_in(bench: Bench) -> None:
    registered(bench, 问题描述="=HYPERLINK(1)")
    cell = openpyxl.load_workbook(BytesIO(export(acting(bench.inspector), MENDING)))["数据"].cell(2, 4)
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1)")
    book = openpyxl.load_workbook(book_of(["检查内容"], ["x"]))
    book["数据"]["A2"].value, book["数据"]["A2"].data_type = "=1+1", "s"
    out = BytesIO()
    book.save(out)
    found = checked(bench, out)
    assert "公式" in found.errors[0].errors[0].sentence


def test_an_export_shows_what_its_reader_sees(bench: Bench) -> None:
    registered(bench, 内部意见="从严")
    place = rows_of(export(acting(bench.inspector), MENDING))[0].index("内部意见")
    assert rows_of(export(acting(bench.inspector), MENDING))[1][place] == "从严"
    assert rows_of(export(acting(bench.house.judge), MENDING))[1][place] is None
    assert len(rows_of(export(acting(bench.house.stranger), MENDING))) == 1


def test_taking_secret_records_out_counts_as_a_look_at_each(bench: Bench) -> None:
    values = {"反映内容": "x", "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk}
    record = open_record(acting(bench.inspector), CLUE, "受理", values)
    for _ in range(2):
        export(acting(bench.chief), CLUE)
    assert Look.objects.filter(record=record, person=bench.chief).count() == 1
    said = [
        (one.verb, one.actor_name, json.loads(one.payload))
        for one in Act.objects.filter(subject_kind="台账", subject_id=str(record.pk)).order_by("seq")[1:]
    ]
    looked = {"台账": "线索登记", "编号": record.number}
    assert said == [("查看保密记录", bench.chief.name, looked)], "one entry a day, as for its page"


def test_taking_plain_records_out_is_one_entry(bench: Bench) -> None:
    registered(bench)
    before = Act.objects.count()
    export(acting(bench.inspector), MENDING)
    assert Act.objects.count() == before + 1


def test_two_of_one_name_are_told_apart_by_staff_number(bench: Bench) -> None:
    double = hire(bench.house.court, "林知远", "书记员", bench.house.first_civil)
    inspector = acting(bench.inspector)
    head = ["反映内容", "被反映人", "承办督察"]
    found = precheck(inspector, CLUE, "受理", book_of(head, ["x", "林知远", "纪明"]), "a.xlsx")
    assert "请改写工号" in found.errors[0].errors[0].sentence
    file = book_of(head, ["x", double.staff_number, "纪明"])
    assert confirm(inspector, CLUE, "受理", file, "a.xlsx").added == 1
    assert Record.objects.get(register=CLUE).subject_id == double.pk


def test_files_that_are_no_such_table_are_refused_whole(bench: Bench) -> None:
    inspector = acting(bench.inspector)
    with pytest.raises(ImportRefused):
        precheck(inspector, CHECK, "登记检查", BytesIO(b"%PDF-1.7"), "a.xlsx")
    with pytest.raises(HeaderMissing, match="检查内容"):
        precheck(inspector, CHECK, "登记检查", book_of(["涉及部门", "合格率"], ["执行局", 1]), "a.xlsx")


def test_only_who_may_register_takes_in(bench: Bench, refused: Refused) -> None:
    file = book_of(["问题描述", "问题来源", "责任部门"], ["x", "信访反映", "执行局"])
    found = precheck(acting(bench.house.judge), MENDING, "登记", file, "a.xlsx")
    assert "由督察员办理" in found.errors[0].errors[0].sentence
    with refused(of=NotAllowed):
        confirm(acting(bench.house.keeper), MENDING, "登记", file, "a.xlsx")


def steps(*rows: list[Any]) -> BytesIO:
    return book_of([*HEAD, "上级编号", "措施内容", "落实人"], *([None, None, None, *row] for row in rows))


def test_records_under_others_come_in_by_the_number_of_the_one_above(bench: Bench) -> None:
    problem = registered(bench)
    inspector, name = acting(bench.inspector), bench.house.judge.name
    file = steps([problem.number, "逐卷清理", name], [problem.number, "每周通报", name])
    done = confirm(inspector, STEP, "列入", file, "措施.xlsx")
    assert (done.added, done.refused) == (2, 0)
    assert {one.above_id for one in Record.objects.filter(register=STEP)} == {problem.pk}
    again = precheck(inspector, STEP, "列入", file, "措施.xlsx")
    assert (again.added, again.unchanged) == (0, 2)
    assert rows_of(template(inspector, STEP))[0][:5] == [*HEAD, "上级编号", "措施内容"]
    out = export(inspector, STEP)
    assert rows_of(out)[1][3] == problem.number
    assert precheck(inspector, STEP, "列入", BytesIO(out), "措施.xlsx").unchanged == 2


def test_the_same_step_under_another_problem_is_another_record(bench: Bench) -> None:
    one, two = registered(bench), registered(bench)
    name = bench.house.judge.name
    file = steps([one.number, "逐卷清理", name], [two.number, "逐卷清理", name])
    assert confirm(acting(bench.inspector), STEP, "列入", file, "措施.xlsx").added == 2
    assert [two.below.count(), one.below.count()] == [1, 1]


def test_a_row_without_the_one_above_or_with_one_that_is_not_there_is_refused_in_its_cell(
    bench: Bench,
) -> None:
    clue = open_record(
        acting(bench.inspector), CLUE, "受理",
        {"反映内容": "x", "被反映人": bench.house.judge.pk, "承办督察": bench.inspector.pk},
    )  # fmt: skip
    name = bench.house.judge.name
    file = steps([None, "甲", name], ["整改-2024-9999", "乙", name], [clue.number, "丙", name])
    found = precheck(acting(bench.inspector), STEP, "列入", file, "措施.xlsx")
    told = [(row.errors[0].column, row.errors[0].sentence) for row in found.errors]
    assert [column for column, _ in told] == ["上级编号"] * 3
    assert "每条记录都要挂在上级记录下面" in told[0][1]
    assert all("没有您看得到的" in sentence for _, sentence in told[1:])


def test_nobody_puts_a_record_under_one_they_do_not_see(bench: Bench) -> None:
    problem = registered(bench, 责任部门=bench.house.enforcement.pk)
    stranger = acting(bench.house.stranger)
    found = precheck(stranger, STEP, "列入", steps([problem.number, "甲", bench.house.judge.name]), "a.xlsx")
    assert "没有您看得到的" in found.errors[0].errors[0].sentence
