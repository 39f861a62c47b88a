"""结案审批 (R-063, R-075)."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.closings import decide_closing, request_closing, withdraw_closing
from mingjing.services.installation import registry
from mingjing.services.notices import issue_notices
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.record_exclusion import open_exclusion
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Department, Oversight, Posting
from mingjing.storage.supervision.models import Alert, Clock, Notice, Request
from tests.services.builders import DAY, FILED, SINCE, House, acting, file_case, happen, hire
from tests.services.conftest import Logged, Refused

PAPER = "（2024）云9821民初1号民事判决书"


def _ready(house: House, **given: object) -> Case:
    case = file_case(house, **given)  # type: ignore[arg-type]
    happen(case, "宣判", date(2024, 3, 28))
    return case


def _asked(house: House, case: Case, **changed: object) -> Request:
    given: dict[str, object] = {
        "outcome": "判决",
        "closed_on": date(2024, 3, 29),
        "document": PAPER,
    } | changed
    return request_closing(acting(house.judge), case_id=case.pk, **given)  # type: ignore[arg-type]


def test_an_approved_closing_closes_the_case_its_clocks_and_its_notices(
    house: House, one_entry: Logged
) -> None:
    case = _ready(house)
    issue_notices(acting(house.manager), case_ids=[case.pk], reason="催办")
    with one_entry() as asked:
        request = _asked(house, case)
    with one_entry() as decided:
        decide_closing(acting(house.head), request_id=request.pk, approve=True)
    case.refresh_from_db()
    assert (case.closed_on, case.closing_approved_on, case.outcome) == (date(2024, 3, 29), DAY, "判决")
    assert (asked[0].verb, decided[0].verb) == ("申请结案", "审批结案")
    assert Notice.objects.get(case=case).state == Notice.State.CLOSED
    assert case.clocks.get(slot="审理期限").state == Clock.State.DONE
    assert not Alert.objects.filter(case=case, settled="", clock__slot="审理期限").exists()


def test_until_it_is_approved_the_case_is_open(house: House) -> None:
    case = _ready(house)
    _asked(house, case)
    case.refresh_from_db()
    assert (case.closed_on, case.outcome) == (None, "")


def test_sent_back_with_a_reason_it_may_be_asked_for_again(house: House, refused: Refused) -> None:
    case = _ready(house)
    request = _asked(house, case)
    with refused("“审批意见”没有填写"):
        decide_closing(acting(house.head), request_id=request.pk, approve=False)
    decide_closing(acting(house.head), request_id=request.pk, approve=False, opinion="送达回证未入卷")
    assert _asked(house, case).pk != request.pk


def test_the_office_may_decide_as_well_but_whoever_comes_second_is_told(
    house: House, refused: Refused
) -> None:
    request = _asked(house, _ready(house))
    decide_closing(acting(house.manager), request_id=request.pk, approve=True)
    with refused("已由 罗清 于 2024-04-01 审批：同意"):
        decide_closing(acting(house.head), request_id=request.pk, approve=True)


def test_a_head_who_tries_the_case_does_not_approve_it(house: House, refused: Refused) -> None:
    case = _ready(house, handler=house.head)
    request = request_closing(
        acting(house.head), case_id=case.pk, outcome="判决", closed_on=DAY, document=PAPER
    )
    assert request.approver_role == "分管院领导"
    with refused("您是申请人", of=NotAllowed):
        decide_closing(acting(house.head), request_id=request.pk, approve=True)
    decide_closing(acting(house.leader), request_id=request.pk, approve=True)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"outcome": "判绝"}, ("没有“判绝”", "判决")),
        ({"outcome": "终结本次执行程序"}, ("没有“终结本次执行程序”",)),
        ({"closed_on": date(2024, 3, 27)}, ("早于宣判、送达", "2024-03-28 至 2024-04-01")),
        ({"closed_on": date(2024, 4, 2)}, ("还没有到",)),
        ({"document": ""}, ("“裁判文书”没有填写",)),
        ({"outcome": "调解"}, ("以“调解”结案", "送达调解书")),
    ],
)
def test_a_closing_that_cannot_be_proved_is_refused(
    house: House, refused: Refused, changed: dict[str, object], words: tuple[str, ...]
) -> None:
    case = _ready(house)
    with refused(*words):
        _asked(house, case, **changed)


def test_a_judgment_must_have_been_pronounced_or_served(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("以“判决”结案，要先记录", "宣判"):
        _asked(house, case)
    assert _asked(house, case, outcome="准许撤诉").pk


def test_an_open_exclusion_is_ended_first(house: House, refused: Refused) -> None:
    case = _ready(house)
    judge = acting(house.judge)
    open_exclusion(judge, case_id=case.pk, kind="和解期间", first=FILED, start_document="和解申请")
    with refused("“和解期间”自 2024-03-13 起还没有结束"):
        _asked(house, case)


def test_one_application_at_a_time_and_none_after_the_closing(house: House, refused: Refused) -> None:
    case = _ready(house)
    request = _asked(house, case)
    with refused("林知远 已于 2024-04-01 申请结案", "正在等庭长审批"):
        _asked(house, case)
    decide_closing(acting(house.head), request_id=request.pk, approve=True)
    with refused("已于 2024-03-29 结案"):
        _asked(house, case)


def test_an_application_is_withdrawn_by_its_applicant(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    request = _asked(house, _ready(house))
    with refused("只有申请人可以撤回", of=NotAllowed):
        withdraw_closing(acting(house.head), request_id=request.pk, reason="有误")
    with one_entry():
        withdraw_closing(acting(house.judge), request_id=request.pk, reason="送达日期有误")
    with refused("撤回"):
        decide_closing(acting(house.head), request_id=request.pk, approve=True)


def test_a_head_without_the_right_is_passed_over(house: House) -> None:
    filing = Department.objects.create(court=house.court, name="立案庭", order=9, since=SINCE)
    hire(house.court, "叶青", "立案庭庭长", filing)
    Oversight.objects.create(leader=house.leader, department=filing, since=SINCE)
    judge = hire(house.court, "安平", "立案法官", filing)
    case = file_case(house, handler=judge)
    request = request_closing(
        acting(judge), case_id=case.pk, outcome="准许撤诉", closed_on=DAY, document="撤诉裁定书"
    )
    assert request.approver_role == "分管院领导"


def test_without_anybody_to_decide_the_application_is_refused(house: House, refused: Refused) -> None:
    case = _ready(house, handler=house.head)
    Posting.objects.exclude(person=house.head).delete()
    Oversight.objects.all().delete()
    with refused("没有人能审批", "机构人员"):
        request_closing(acting(house.head), case_id=case.pk, outcome="判决", closed_on=DAY, document=PAPER)


def _enforcement(house: House) -> Case:
    return file_case(house, kind="首次执行", procedure="执行程序", handler=house.enforcer)


def _ended(house: House, case: Case, on: date, checks: list[str]) -> Request:
    return request_closing(
        acting(house.enforcer, on),
        case_id=case.pk,
        outcome="终结本次执行程序",
        closed_on=on,
        document="（2024）云9821执1号执行裁定书",
        checks=checks,
    )


def test_an_ending_for_now_needs_every_item_of_the_list(house: House, refused: Refused) -> None:
    case = _enforcement(house)
    items = list(registry(house.court).dictionary("dictionary.termination_checks").keys)
    with refused("还有 1 项没有打勾", items[-1]):
        _ended(house, case, date(2024, 7, 1), items[:-1])
    assert _ended(house, case, date(2024, 7, 1), items).content["核对"] == sorted(items)


def test_an_ending_for_now_comes_more_than_three_months_after_the_filing(
    house: House, refused: Refused
) -> None:
    case = _enforcement(house)
    items = list(registry(house.court).dictionary("dictionary.termination_checks").keys)
    with refused("超过三个月才能终本", "2024-06-13"):
        _ended(house, case, date(2024, 6, 13), items)
    request = _ended(house, case, date(2024, 6, 14), items)
    assert request.approver_role == "执行局"
    decide_closing(acting(house.enforcement_head, date(2024, 6, 17)), request_id=request.pk, approve=True)
    assert Case.objects.get(pk=case.pk).closed_on == date(2024, 6, 14)


def test_a_stranger_neither_asks_nor_decides(house: House, refused: Refused) -> None:
    case = _ready(house)
    request = _asked(house, case)
    with refused(of=NotVisible):
        request_closing(
            acting(house.stranger), case_id=case.pk, outcome="判决", closed_on=DAY, document=PAPER
        )
    with refused("不能“审批结案”", of=NotAllowed):
        decide_closing(acting(house.stranger), request_id=request.pk, approve=True)
    with refused(of=NotVisible):
        decide_closing(acting(house.enforcement_head), request_id=request.pk, approve=True)
