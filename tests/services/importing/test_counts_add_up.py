"""added + updated + unchanged + refused = rows, and the same file again changes nothing (G1)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from mingjing.imports.workbook_words import COUNTS_SHEET
from mingjing.services.actors import Actor
from mingjing.services.importing.returning import error_workbook
from mingjing.storage.auditlog.models import Act
from mingjing.storage.batches.models import Batch
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.people.models import Court, Department, Person
from mingjing.storage.supervision.models import Clock
from tests.services.builders import House
from tests.services.importing.files import (
    HEADER,
    checked,
    counts,
    csv,
    imported,
    reasons,
    row,
    shipped,
)

REAL = [
    ("receipt.xes.gz", "xes-receipt", "Europe/Amsterdam", 1_434, 0),
    ("BPIC15_1.xes.gz", "xes-permit", "Europe/Amsterdam", 1_199, 0),
    ("BPIC15_2.xes.gz", "xes-permit", "Europe/Amsterdam", 832, 0),
    ("tjac_004.json.gz", "datajud", "America/Rio_Branco", 400, 0),
    ("tjac_012.json.gz", "datajud", "America/Rio_Branco", 235, 0),
    ("tjsc_family.csv", "tjsc", "America/Sao_Paulo", 508, 90),
    ("us_dockets_open.jsonl.gz", "us-docket", "America/New_York", 135, 1),
    ("roadtraffic100traces.csv", "csv-log", "Europe/Rome", 100, 0),
]


def test_a_file_with_good_bad_and_total_rows_adds_up(office: Actor, house: House) -> None:
    bad = row(3, 立案日期="2024-13-05")
    total = ("合计", "", "", "", "", "", "", "", "3")
    batch = imported(office, csv([row(1), row(2), bad, total]))
    assert counts(batch) == (3, 2, 0, 0, 1)
    assert batch.skipped == 1
    assert [(line, column) for line, column, _ in reasons(batch)] == [(4, "立案日期")]
    assert Case.objects.filter(court=house.court).count() == 2


def test_the_error_workbook_tells_total_rows_and_notes_apart(office: Actor, house: House) -> None:
    bad = row(3, 立案日期="2024-13-05")
    total, note = ("合计", *[""] * 7, "3"), ("填表人：某某", *[""] * 8)
    batch = imported(office, csv([row(1), bad, total, note]))
    sheet = load_workbook(BytesIO(error_workbook(batch)))[COUNTS_SHEET]
    said = {line[0].value: line[1].value for line in sheet.iter_rows()}
    kinds = ("跳过的合计行", "跳过的空白行", "跳过的说明、重复表头")
    assert [said[kind] for kind in kinds] == [1, 0, 1]
    assert batch.skipped == 2


def test_the_same_file_again_changes_nothing(office: Actor) -> None:
    data = csv([row(1), row(2, 结案日期="2024-03-20", 结案方式="判决")], encoding="gb18030")
    assert counts(imported(office, data)) == (2, 2, 0, 0, 0)
    before = (CaseEvent.objects.count(), Person.objects.count(), Clock.objects.count())
    assert counts(imported(office, data)) == (2, 0, 0, 2, 0)
    assert (CaseEvent.objects.count(), Person.objects.count(), Clock.objects.count()) == before


def test_only_what_differs_is_updated(office: Actor) -> None:
    imported(office, csv([row(1), row(2)]))
    batch = checked(office, csv([row(1, 案由="买卖合同纠纷"), row(2), row(3)]))
    assert counts(batch) == (3, 1, 1, 1, 0)
    change = batch.preview_rows.get(effect="更新").changes
    assert change == [{"field": "案由", "before": "民间借贷纠纷", "after": "买卖合同纠纷"}]


def test_a_blank_cell_changes_nothing(office: Actor) -> None:
    imported(office, csv([row(1)]))
    assert counts(imported(office, csv([row(1, 案由="", 承办人="")]))) == (1, 0, 0, 1, 0)
    assert Case.objects.get().cause == "民间借贷纠纷"


def test_events_of_known_and_unknown_cases(office: Actor) -> None:
    imported(office, csv([row(1)]))
    header = ("案号", "事项", "发生日期")
    number, other = "（2024）云9821民初1号", "（2024）云9821民初9号"
    rows = [
        (number, "分案", "2024-03-04"),
        (number, "开庭", "2024-03-25"),
        (other, "开庭", "2024-03-25"),
        (number, "散步", "2024-03-26"),
    ]
    batch = imported(office, csv(rows, header))
    assert counts(batch) == (4, 2, 0, 0, 2)
    assert {(line, column) for line, column, _ in reasons(batch)} == {(4, "案号"), (5, "事项")}
    assert counts(imported(office, csv(rows, header))) == (4, 0, 0, 2, 2)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4),
            st.sampled_from(["2024-03-01", "2024.3.8", "三月", "", "20240301"]),
            st.sampled_from(["林知远", "何叙", "新来的人", ""]),
            st.sampled_from(["民事一审", "刑事一审", "没有这类", ""]),
        ),
        max_size=8,
    )
)
def test_whatever_the_rows_they_add_up_and_settle(
    office: Actor, lines: list[tuple[int, str, str, str]]
) -> None:
    Batch.objects.all().delete()
    rows = [row(n, 立案日期=day, 承办人=judge, 案件类型=kind) for n, day, judge, kind in lines]
    data = csv([*rows, row(99)])
    first = imported(office, data)
    assert first.rows == len(lines) + 1
    again = imported(office, data)
    assert (again.added, again.updated) == (0, 0)
    assert again.refused == first.refused


@pytest.mark.parametrize(("file", "mapping", "zone", "rows", "refused"), REAL)
def test_a_public_file_goes_in_and_then_changes_nothing(
    testdata: Path, office: Actor, file: str, mapping: str, zone: str, rows: int, refused: int
) -> None:
    court = Court.objects.create(
        code="外院", name="外院", short_name="外院", level="基层", time_zone=zone, number_grammar="自由"
    )
    actor = _at(office, court)
    data = (testdata / "flow" / file).read_bytes()
    first = imported(actor, data, name=file, mapping=shipped(mapping), court=court)
    assert counts(first) == (rows, rows - refused, 0, 0, refused)
    assert Case.objects.filter(court=court).count() == rows - refused
    stored = CaseEvent.objects.filter(case__court=court).count()
    again = imported(actor, data, name=file, mapping=shipped(mapping), court=court)
    assert counts(again) == (rows, 0, 0, rows - refused, refused)
    assert CaseEvent.objects.filter(case__court=court).count() == stored
    assert again.lateness == first.lateness
    repeated = CaseEvent.objects.values("case", "source_key").annotate(n=Count("pk")).filter(n__gt=1)
    assert not repeated.exists()


def _at(actor: Actor, court: Court) -> Actor:
    return Actor(
        person=actor.person,
        court=court,
        on=date(2024, 4, 1),
        posts=actor.posts,
        roles=actor.roles,
        acts=actor.acts,
        scope=actor.scope,
        departments=(),
        courts=(court,),
    )


def test_every_step_is_one_entry_in_the_log(office: Actor) -> None:
    before = Act.objects.count()
    imported(office, csv([row(1)]))
    verbs = list(Act.objects.order_by("seq").values_list("verb", flat=True))[before:]
    assert verbs == ["上传文件", "选定列对应", "确认导入", "写入导入"]


def test_departments_and_people_are_created_only_when_confirmed(office: Actor, house: House) -> None:
    data = csv([row(1, 承办部门="家事审判庭", 承办人="钱多")])
    batch = checked(office, data)
    assert not Department.objects.filter(name="家事审判庭").exists()
    assert any("将新建部门 1 个：家事审判庭" in note for note in batch.notes)
    assert any("将新建人员 1 个：钱多" in note for note in batch.notes)
    done = imported(office, data)
    assert "已新建部门 1 个：家事审判庭" in done.notes and "已新建人员 1 个：钱多" in done.notes
    assert not any("将新建" in note for note in done.notes)
    assert Person.objects.get(name="钱多").postings.get().department == Department.objects.get(
        name="家事审判庭", court=house.court
    )


def test_nobody_is_created_for_a_refused_row(office: Actor) -> None:
    header = (*HEADER, "承办人工号")
    data = csv([(*row(1, 案件类型="刑事一审", 承办部门="新庭", 承办人="新人"), "X1")], header)
    batch = imported(office, data)
    assert counts(batch) == (1, 0, 0, 0, 1)
    assert not Department.objects.filter(name="新庭").exists()
    assert not Person.objects.filter(name="新人").exists()
