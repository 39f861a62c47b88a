"""A node entered without the paper that must be on file before it warns, and the case goes on saying so."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from mingjing.services.case_tags import tag_case
from mingjing.services.node_papers import lacking
from mingjing.services.reading.node_papers import DueFilter, papers_due, papers_today
from mingjing.services.reading.today import today
from mingjing.services.record_event import record_event
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Proposal
from tests.services.builders import DAY, House, acting, entries, file_case
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
ALL = DueFilter()


def watched(house: House) -> Case:
    """A case under the eyes of the public."""
    case = file_case(house)
    tag_case(acting(house.manager), case_id=case.pk, tag="舆情关注")
    return case


def sheet(house: House, case: Case) -> None:
    """The sheet of the risk, filed by the judge."""
    values = {
        "案件": case.pk, "案件名称": case.number, "填报人": house.judge.pk, "风险节点": "开庭",
        "风险节点日期": "2024-04-08", "风险点": "当事人多次发帖", "风险等级": "高",
    }  # fmt: skip
    open_record(acting(house.judge), "filing.opinion_risk", "填报", values)


def said(case: Case, node: str = "") -> list[str]:
    """The labels of what is missing."""
    case.refresh_from_db()
    return [one.label for one in lacking(case, node)]


def test_a_hearing_notice_without_the_sheet_warns_and_the_log_keeps_it(house: House) -> None:
    case = watched(house)
    record_event(acting(house.judge), case_id=case.pk, kind="开庭公告", happened=DAY)
    assert said(case, "开庭公告") == ["舆情风险评估表"]
    assert "舆情风险评估表" in entries("录入事项")[-1].payload
    [one] = lacking(Case.objects.get(pk=case.pk))
    assert one.passed == (("开庭公告", DAY),)
    assert "还没有“舆情风险评估表”" in one.sentence


def test_with_the_sheet_on_file_nothing_is_said(house: House) -> None:
    case = watched(house)
    sheet(house, case)
    record_event(acting(house.judge), case_id=case.pk, kind="开庭公告", happened=DAY)
    assert said(case) == []
    assert "缺材料" not in entries("录入事项")[-1].payload


def test_a_case_nobody_marked_needs_no_sheet(house: House) -> None:
    assert said(file_case(house), "开庭公告") == []


def test_another_node_asks_for_nothing(house: House) -> None:
    assert said(watched(house), "证据交换") == []


def test_a_major_case_needs_its_three_plans(house: House) -> None:
    case = file_case(house)
    values = {
        "案号": case.number, "风险节点": "宣判", "节点日期": "2024-05-01", "承办部门": house.first_civil.pk,
        "承办人": house.judge.pk,
    }  # fmt: skip
    record = open_record(acting(house.head), "ledger.three_sync", "列入", values)
    assert said(case, "宣判") == ["三份方案"]
    assert [one.case for one in papers_due(acting(house.manager), ALL)] == [case]
    assert [one.case for one in papers_today(today(acting(house.judge)).owed)[0]] == [case]
    do(acting(house.leader), record.pk, "取消", {"落实情况": "案件已撤诉"})
    assert said(case, "宣判") == []


def test_a_case_of_the_four_kinds_needs_its_search_before_deliberation(house: House) -> None:
    case = file_case(house)
    Proposal.objects.create(
        court=house.court, case=case, marks="四类案件", category="群体性纠纷", reason="十二人",
        proposed_on=DAY, state=Proposal.State.CONFIRMED,
    )  # fmt: skip
    assert said(case, "合议") == ["类案检索报告"]
    assert said(file_case(house, serial=2), "合议") == []


def test_the_list_holds_what_is_missing_with_those_past_their_node_first(house: House) -> None:
    early, late = watched(house), file_case(house, serial=2)
    tag_case(acting(house.manager), case_id=late.pk, tag="舆情关注")
    record_event(acting(house.judge), case_id=late.pk, kind="排期", happened=date(2024, 3, 20))
    found = papers_due(acting(house.judge), ALL)
    assert [(one.case, bool(one.lacks.passed)) for one in found] == [(late, True), (early, False)]
    assert [one.case for one in papers_due(acting(house.judge), DueFilter(state="节点已过"))] == [late]
    assert papers_due(acting(house.stranger), ALL) == []


def test_what_a_case_lacks_stands_under_today_of_its_judge_alone(house: House) -> None:
    case = watched(house)
    (one,), more = papers_today(today(acting(house.judge)).owed)
    assert (one.case.pk, one.lacks.label, more) == (case.pk, "舆情风险评估表", 0)
    for other in (house.stranger, house.head, house.manager, house.keeper):
        assert papers_today(today(acting(other)).owed) == ([], 0)
    page = text_of(signed_in(house.judge), "/")
    assert "节点材料还没有备好" in page
    assert "缺舆情风险评估表" in page
    assert "节点材料还没有备好" not in text_of(signed_in(house.head), "/")
    sheet(house, case)
    assert papers_today(today(acting(house.judge)).owed) == ([], 0)


def test_a_node_that_has_passed_comes_first_under_today(house: House) -> None:
    watched(house)
    late = file_case(house, serial=2, filed_on=date(2024, 3, 1))
    tag_case(acting(house.manager), case_id=late.pk, tag="舆情关注")
    record_event(acting(house.judge), case_id=late.pk, kind="开庭公告", happened=DAY)
    found, _ = papers_today(today(acting(house.judge)).owed)
    assert found[0].case.pk == late.pk
    assert [bool(one.lacks.passed) for one in found] == [True, False]


def test_many_cases_are_asked_in_as_many_statements_as_one(
    house: House, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for serial in range(101, 113):
        tag_case(acting(house.manager), case_id=file_case(house, serial=serial).pk, tag="舆情关注")
    actor = acting(house.judge)
    with django_assert_max_num_queries(10):
        found, further = papers_today(today(actor).owed)
    assert (len(found), further) == (8, 4)
