"""审限变更 (R-062, journey J2): asked for within the window, decided once by somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingjing.services.approvers import decided_late
from mingjing.services.limit_changes import request_exclusion, request_extension
from mingjing.services.limit_decisions import decide_limit_change, withdraw_limit_change
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.cases.models import Case, GrantedExtension
from mingjing.storage.supervision.models import Request
from tests.services.builders import DAY, House, acting, file_case
from tests.services.conftest import Logged, Refused

# Filed on 13 March 2024, summary procedure: the limit ends on 13 June, a Thursday.
SIXTEEN_BEFORE, FIFTEEN_BEFORE, FOURTEEN_BEFORE = date(2024, 5, 28), date(2024, 5, 29), date(2024, 5, 30)
WHY = "需等待另案裁判结果"


def _asked(house: House, case: Case, on: date = SIXTEEN_BEFORE) -> Request:
    return request_extension(acting(house.judge, on), case_id=case.pk, length="1 个月", reason=WHY)


def test_sixteen_days_before_the_end_it_is_accepted_with_its_window(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry() as found:
        request = _asked(house, case)
    assert (request.apply_by, request.decide_by) == (FIFTEEN_BEFORE, date(2024, 6, 8))
    assert (request.approver_role, request.content["延长后届满日"]) == ("院长", "2024-07-15")
    assert found[0].verb == "申请延长审限"
    assert found[0].definition.startswith("deadline.civil.summary @ 2022-01-01 # ")


def test_fifteen_days_before_is_the_last_day(house: House) -> None:
    assert _asked(house, file_case(house), FIFTEEN_BEFORE).state == Request.State.OPEN


def test_fourteen_days_before_it_is_refused_with_the_dates(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("2024-05-29", "2024-05-30", "2024-06-13"):
        _asked(house, case, FOURTEEN_BEFORE)
    assert not Request.objects.exists()


def test_after_the_end_it_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("2024-06-13"):
        _asked(house, case, date(2024, 6, 14))


def test_more_than_the_law_allows_and_what_is_no_length_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    judge = acting(house.judge)
    with refused("最多延长 1 个月"):
        request_extension(judge, case_id=case.pk, length="2 个月", reason=WHY)
    with refused("不认识的时长“很久”"):
        request_extension(judge, case_id=case.pk, length="很久", reason=WHY)
    with refused("“没有的期限”没有适用于本案的规定"):
        request_extension(judge, case_id=case.pk, length="1 个月", reason=WHY, clock="没有的期限")


def test_a_second_application_waits_for_the_first(house: House, refused: Refused) -> None:
    case = file_case(house)
    _asked(house, case)
    with refused("林知远 已于 2024-05-28 申请延长", "正在等院长审批"):
        _asked(house, case)


def test_a_grant_lengthens_the_limit(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    request = _asked(house, case)
    with one_entry() as found:
        decide_limit_change(acting(house.president, date(2024, 6, 3)), request_id=request.pk, approve=True)
    case.refresh_from_db()
    granted = GrantedExtension.objects.get(case=case)
    assert (granted.length, granted.approved_on, granted.approver) == ("1 个月", date(2024, 6, 3), "沈砚")
    assert case.due_on == date(2024, 7, 15)  # 13 July is a Saturday
    assert (found[0].verb, found[0].subject_id) == ("审批审限变更", str(case.pk))
    assert "批准延长审限" in case.milestones


def test_a_refusal_needs_a_reason_and_leaves_the_limit(house: House, refused: Refused) -> None:
    case = file_case(house)
    request = _asked(house, case)
    president = acting(house.president, date(2024, 6, 3))
    with refused("“审批意见”没有填写"):
        decide_limit_change(president, request_id=request.pk, approve=False)
    decide_limit_change(president, request_id=request.pk, approve=False, opinion="另案不影响本案审理")
    case.refresh_from_db()
    assert case.due_on == date(2024, 6, 13)
    assert not GrantedExtension.objects.exists()


def test_a_decision_after_its_last_day_counts_and_is_marked(house: House) -> None:
    request = _asked(house, file_case(house))
    decide_limit_change(acting(house.president, date(2024, 6, 8)), request_id=request.pk, approve=True)
    request.refresh_from_db()
    assert (decided_late(request), request.content["逾期决定"]) == (False, False)
    later = _asked(house, file_case(house, serial=2))
    decide_limit_change(acting(house.president, date(2024, 6, 9)), request_id=later.pk, approve=True)
    later.refresh_from_db()
    assert (decided_late(later), later.content["逾期决定"]) == (True, True)


def test_whoever_decides_second_is_told_who_decided_first(house: House, refused: Refused) -> None:
    request = _asked(house, file_case(house))
    president = acting(house.president, date(2024, 6, 3))
    decide_limit_change(president, request_id=request.pk, approve=True)
    with refused("已由 沈砚 于 2024-06-03 审批：同意"):
        decide_limit_change(president, request_id=request.pk, approve=False, opinion="不同意")


def test_nobody_decides_who_is_not_the_addressed_role(house: House, refused: Refused) -> None:
    request = _asked(house, file_case(house))
    with refused("由院长审批", "您是庭长", of=NotAllowed):
        decide_limit_change(acting(house.head, SIXTEEN_BEFORE), request_id=request.pk, approve=True)
    with refused("不能“审批审限变更”", of=NotAllowed):
        decide_limit_change(acting(house.judge, SIXTEEN_BEFORE), request_id=request.pk, approve=True)
    with refused(of=NotVisible):
        decide_limit_change(
            acting(house.enforcement_head, SIXTEEN_BEFORE), request_id=request.pk, approve=True
        )


def test_an_applicant_never_decides_their_own(house: House, refused: Refused) -> None:
    case = file_case(house, handler=house.head)
    head = acting(house.head)
    request = request_exclusion(
        head, case_id=case.pk, kind="和解期间", first=DAY, start_document="和解申请", reason="双方申请和解"
    )
    assert request.approver_role == "分管院领导"
    with refused("您是申请人", of=NotAllowed):
        decide_limit_change(head, request_id=request.pk, approve=True)


def test_an_application_can_be_taken_back_by_the_applicant_only(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    request = _asked(house, file_case(house))
    with refused("只有申请人可以撤回", of=NotAllowed):
        withdraw_limit_change(acting(house.head, SIXTEEN_BEFORE), request_id=request.pk, reason="不需要")
    with one_entry():
        withdraw_limit_change(acting(house.judge, SIXTEEN_BEFORE), request_id=request.pk, reason="已调解")
    with refused("已由 林知远 于 2024-05-28 撤回"):
        decide_limit_change(acting(house.president, FIFTEEN_BEFORE), request_id=request.pk, approve=True)


def test_excluded_days_granted_move_the_limit(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry() as found:
        request = request_exclusion(
            acting(house.judge),
            case_id=case.pk,
            kind="鉴定期间",
            first=date(2024, 4, 1),
            last=date(2024, 4, 20),
            start_document="委托鉴定书",
            end_document="签收单",
            reason="申请笔迹鉴定",
        )
    assert (request.subkind, request.approver_role, found[0].verb) == ("扣除", "庭长", "申请扣除")
    decide_limit_change(acting(house.head), request_id=request.pk, approve=True)
    case.refresh_from_db()
    assert case.due_on == date(2024, 7, 3)
    assert case.exclusions.get().approver == house.head


def test_after_the_end_of_the_limit_no_days_are_excluded_any_more(house: House, refused: Refused) -> None:
    case = file_case(house)
    given: dict[str, Any] = {
        "kind": "鉴定期间",
        "first": date(2024, 6, 3),
        "start_document": "委托书",
        "reason": "鉴定",
    }
    with refused("已于 2024-06-13 届满", "不再受理"):
        request_exclusion(acting(house.judge, date(2024, 6, 14)), case_id=case.pk, **given)
    assert request_exclusion(acting(house.judge, date(2024, 6, 13)), case_id=case.pk, **given).pk


def test_a_suspension_granted_stops_the_clock(house: House) -> None:
    case = file_case(house)
    request = request_exclusion(
        acting(house.judge),
        case_id=case.pk,
        kind="中止诉讼期间",
        first=DAY,
        start_document="中止诉讼裁定",
        reason="等待继承人表明是否参加诉讼",
    )
    assert request.subkind == "中止"
    decide_limit_change(acting(house.head), request_id=request.pk, approve=True)
    case.refresh_from_db()
    assert (case.due_on, case.due_state) == (None, "停止计算")


def test_a_higher_courts_approval_is_entered_with_its_document(house: House, refused: Refused) -> None:
    case = file_case(house, kind="行政一审", procedure="普通程序")
    request = request_extension(acting(house.judge), case_id=case.pk, length="3 个月", reason=WHY)
    assert request.approver_role == "院长"
    with refused("“批准文书”没有填写"):
        decide_limit_change(acting(house.president), request_id=request.pk, approve=True)
    decide_limit_change(
        acting(house.president), request_id=request.pk, approve=True, document="（2024）云高法延字第12号"
    )
    assert GrantedExtension.objects.get(case=case).approver == "（2024）云高法延字第12号"


def test_a_stranger_cannot_ask_and_a_clerk_may_not(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused(of=NotVisible):
        request_extension(acting(house.stranger), case_id=case.pk, length="1 个月", reason=WHY)
    with refused("不能“申请审限变更”", of=NotAllowed):
        request_extension(acting(house.clerk), case_id=case.pk, length="1 个月", reason=WHY)
