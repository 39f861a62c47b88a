"""Procedure, custody and handler change, with what hangs on them."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.change_procedure import change_custody, change_handler, change_procedure
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.supervision.models import Alert
from tests.services.builders import DAY, House, acting, file_case, happen, hire
from tests.services.conftest import Logged, Refused

WHY = "案情复杂，不宜适用简易程序"


def test_the_ordinary_limit_runs_on_from_the_original_filing(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry() as found:
        change_procedure(
            acting(house.judge), case_id=case.pk, procedure="普通程序", decided_on=DAY, reason=WHY
        )
    case.refresh_from_db()
    assert (case.procedure, case.due_on) == ("普通程序", date(2024, 9, 13))
    assert case.milestones["转为普通程序"] == "2024-04-01"
    assert (found[0].verb, found[0].why) == ("变更程序", WHY)


def test_after_the_summary_limit_has_run_out_it_is_too_late(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("已于 2024-06-13 届满", "民诉解释第二百五十八条"):
        change_procedure(
            acting(house.judge, date(2024, 6, 14)),
            case_id=case.pk,
            procedure="普通程序",
            decided_on=date(2024, 6, 14),
            reason=WHY,
        )
    on_the_last_day = acting(house.judge, date(2024, 6, 13))
    change_procedure(
        on_the_last_day, case_id=case.pk, procedure="普通程序", decided_on=date(2024, 6, 13), reason=WHY
    )
    assert Case.objects.get(pk=case.pk).procedure == "普通程序"


def test_after_a_hearing_there_is_no_way_back_to_the_summary_procedure(
    house: House, refused: Refused
) -> None:
    case = file_case(house, procedure="普通程序")
    happen(case, "开庭", date(2024, 3, 28))
    with refused("已于 2024-03-28", "民诉解释第二百六十条"):
        change_procedure(
            acting(house.judge), case_id=case.pk, procedure="简易程序", decided_on=DAY, reason=WHY
        )


@pytest.mark.parametrize("procedure", ["速裁程序", "执行程序", "破产程序"])
def test_a_case_is_not_taken_out_of_its_limit_by_a_procedure_of_other_cases(
    house: House, refused: Refused, procedure: str
) -> None:
    """Under the procedure of enforcement a civil case would have no limit at all."""
    case = file_case(house)
    with refused(f"“{procedure}”不用于民事一审案件", "小额诉讼程序"):
        change_procedure(
            acting(house.judge), case_id=case.pk, procedure=procedure, decided_on=DAY, reason=WHY
        )
    assert Case.objects.get(pk=case.pk).procedure == "简易程序"


def test_unknown_same_and_future_procedures_are_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    judge = acting(house.judge)
    with refused("没有“普通程续”", "普通程序"):
        change_procedure(judge, case_id=case.pk, procedure="普通程续", decided_on=DAY, reason=WHY)
    with refused("现在就是简易程序"):
        change_procedure(judge, case_id=case.pk, procedure="简易程序", decided_on=DAY, reason=WHY)
    with refused("2024-03-13 至 2024-04-01"):
        change_procedure(
            judge, case_id=case.pk, procedure="普通程序", decided_on=date(2024, 4, 2), reason=WHY
        )
    with refused("“理由”没有填写"):
        change_procedure(judge, case_id=case.pk, procedure="普通程序", decided_on=DAY, reason="")


def test_an_arrest_puts_the_defendant_in_custody_and_bail_ends_it(house: House, one_entry: Logged) -> None:
    case = file_case(house, kind="刑事一审", procedure="普通程序")
    with one_entry():
        change_custody(
            acting(house.judge), case_id=case.pk, measure="逮捕", decided_on=DAY, document="逮捕决定书"
        )
    case.refresh_from_db()
    assert (case.in_custody, case.facts["羁押日期"]) == (True, "2024-04-01")
    change_custody(
        acting(house.judge), case_id=case.pk, measure="取保候审", decided_on=DAY, document="取保候审决定书"
    )
    case.refresh_from_db()
    assert case.in_custody is False


def test_custody_belongs_to_criminal_cases_and_happens_once(house: House, refused: Refused) -> None:
    civil = file_case(house)
    paper = "逮捕决定书"
    with refused("只用于刑事案件"):
        change_custody(acting(house.judge), case_id=civil.pk, measure="逮捕", decided_on=DAY, document=paper)
    case = file_case(house, serial=2, kind="刑事一审", procedure="普通程序")
    judge = acting(house.judge)
    with refused("没有“关押”"):
        change_custody(judge, case_id=case.pk, measure="关押", decided_on=DAY, document=paper)
    change_custody(judge, case_id=case.pk, measure="逮捕", decided_on=DAY, document=paper)
    with refused("自 2024-04-01 起已经在押"):
        change_custody(judge, case_id=case.pk, measure="逮捕", decided_on=DAY, document=paper)


def test_the_new_handler_gets_what_waits_for_the_former(house: House, one_entry: Logged) -> None:
    case = file_case(house, on=DAY)
    waiting = Alert.objects.filter(case=case, person=house.judge, settled="")
    assert waiting.exists()
    with one_entry() as found:
        change_handler(
            acting(house.head), case_id=case.pk, handler_id=house.stranger.pk, reason="原承办人调离"
        )
    case.refresh_from_db()
    assert (case.handler, case.handler_name, case.department) == (house.stranger, "何叙", house.second_civil)
    assert not waiting.exists()
    assert Alert.objects.filter(case=case, person=house.stranger, settled="").exists()
    assert CaseEvent.objects.filter(case=case, kind="变更承办人").count() == 1
    assert "林知远" in found[0].payload


def test_what_was_told_to_the_former_division_is_told_to_the_new_one(house: House) -> None:
    late = date(2024, 5, 20)
    case = file_case(house, on=late)
    new_head = hire(house.court, "叶青", "庭长", house.second_civil)
    assert Alert.objects.filter(case=case, person=house.head, settled="").exists()
    change_handler(acting(house.head, late), case_id=case.pk, handler_id=house.stranger.pk, reason="调离")
    assert not Alert.objects.filter(case=case, person=house.head, settled="").exists()
    assert Alert.objects.filter(case=case, person=new_head, settled="").exists()


def test_a_handler_must_work_at_the_court_and_be_somebody_else(house: House, refused: Refused) -> None:
    case = file_case(house)
    head = acting(house.head)
    with refused("在岚县人民法院没有职务"):
        change_handler(head, case_id=case.pk, handler_id=house.higher_manager.pk, reason="调整")
    with refused("现在就由林知远承办"):
        change_handler(head, case_id=case.pk, handler_id=house.judge.pk, reason="调整")
    with refused("“理由”没有填写"):
        change_handler(head, case_id=case.pk, handler_id=house.stranger.pk, reason="")


def test_a_judge_gives_away_no_case_and_a_stranger_sees_none(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("不能“变更承办人”", of=NotAllowed):
        change_handler(acting(house.judge), case_id=case.pk, handler_id=house.stranger.pk, reason="太忙")
    with refused(of=NotVisible):
        change_procedure(
            acting(house.stranger), case_id=case.pk, procedure="普通程序", decided_on=DAY, reason=WHY
        )


def test_a_closed_case_changes_no_more(house: House, refused: Refused) -> None:
    case = file_case(house)
    happen(case, "结案", DAY)
    with refused("已于 2024-04-01 结案"):
        change_procedure(
            acting(house.judge), case_id=case.pk, procedure="普通程序", decided_on=DAY, reason=WHY
        )
