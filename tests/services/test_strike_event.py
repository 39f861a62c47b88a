"""Striking out what was recorded wrongly."""

from __future__ import annotations

from datetime import date

from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.record_event import record_event
from mingjing.services.strike_event import strike_event
from mingjing.storage.cases.models import Case, CaseEvent
from tests.services.builders import DAY, FILED, House, acting, file_case, happen
from tests.services.conftest import Logged, Refused


def _event(case: Case, kind: str) -> CaseEvent:
    return CaseEvent.objects.get(case=case, kind=kind, struck_at=None)


def test_the_row_stays_with_its_reason_and_the_milestone_goes_back(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    happen(case, "开庭", date(2024, 3, 20))
    wrong = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 3, 18))
    with one_entry() as found:
        strike_event(acting(house.judge), event_id=wrong.pk, reason="日期写错")
    wrong.refresh_from_db()
    assert (wrong.struck_at is not None, wrong.struck_reason) == (True, "日期写错")
    assert Case.objects.get(pk=case.pk).milestones["开庭"] == "2024-03-20"
    assert (found[0].verb, found[0].why) == ("作废事项", "日期写错")


def test_a_struck_event_may_be_recorded_anew(house: House) -> None:
    case = file_case(house)
    first = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY)
    strike_event(acting(house.judge), event_id=first.pk, reason="案号选错")
    again = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY)
    assert again.pk != first.pk


def test_striking_the_filing_takes_the_limit_away_until_it_is_recorded_rightly(house: House) -> None:
    case = file_case(house)
    strike_event(acting(house.judge), event_id=_event(case, "立案").pk, reason="立案日期写错")
    case.refresh_from_db()
    assert [case.filed_on, case.original_filed_on, case.due_on] == [None, None, None]
    record_event(acting(house.judge), case_id=case.pk, kind="立案", happened=date(2024, 3, 14))
    case.refresh_from_db()
    assert (case.original_filed_on, case.due_on) == (date(2024, 3, 14), date(2024, 6, 14))


def test_striking_a_closing_needs_the_right_to_decide_closings_and_reopens_the_case(
    house: House, refused: Refused
) -> None:
    case = file_case(house)
    case.outcome, case.closing_approved_on = "判决", DAY
    happen(case, "结案", DAY)
    case.save()
    event = _event(case, "结案")
    with refused("不能“审批结案”", of=NotAllowed):
        strike_event(acting(house.judge), event_id=event.pk, reason="结案日期写错")
    strike_event(acting(house.head), event_id=event.pk, reason="结案日期写错")
    case.refresh_from_db()
    assert [case.closed_on, case.closing_approved_on, case.outcome] == [None, None, ""]
    assert (case.due_on, case.filed_on) == (date(2024, 6, 13), FILED)


def test_striking_twice_is_refused_with_the_day_and_the_reason(house: House, refused: Refused) -> None:
    case = file_case(house)
    event = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY)
    strike_event(acting(house.judge), event_id=event.pk, reason="案号选错")
    with refused("已于 2024-04-01 作废", "案号选错"):
        strike_event(acting(house.head), event_id=event.pk, reason="重复")


def test_striking_without_a_reason_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("“作废理由”没有填写", "例如"):
        strike_event(acting(house.judge), event_id=_event(case, "立案").pk, reason="  ")


def test_an_event_of_a_case_one_does_not_see_looks_as_if_it_were_not_there(
    house: House, refused: Refused
) -> None:
    event = _event(file_case(house), "立案")
    for number in (event.pk, event.pk + 1000):
        with refused(of=NotVisible):
            strike_event(acting(house.stranger), event_id=number, reason="看看")
