"""Recording what happened in a case."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.record_event import record_event
from mingjing.storage.cases.models import Case, CaseEvent
from tests.services.builders import DAY, FILED, House, acting, file_case
from tests.services.conftest import Logged, Refused, SetMoment


def test_a_recorded_event_keeps_both_its_times_and_makes_one_entry(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry() as found:
        event = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 3, 28))
    assert event.happened == date(2024, 3, 28)
    assert event.recorded_at == datetime(2024, 4, 1, 1, tzinfo=UTC)
    assert event.recorded_by == house.judge
    assert (found[0].verb, found[0].subject_id, found[0].actor_name) == ("录入事项", str(case.pk), "林知远")
    assert found[0].definition.startswith("dictionary.events # ")


def test_the_first_of_a_kind_is_the_milestone_whatever_the_order_of_recording(house: House) -> None:
    case = file_case(house)
    for day in (date(2024, 3, 28), date(2024, 3, 20)):
        record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=day)
    assert Case.objects.get(pk=case.pk).milestones["开庭"] == "2024-03-20"


def test_recording_the_filing_starts_the_limit(house: House) -> None:
    case = Case.objects.create(
        court=house.court,
        number="（2024）云9821民初7号",
        kind="民事一审",
        procedure="简易程序",
        handler=house.judge,
        department=house.first_civil,
    )
    record_event(acting(house.judge), case_id=case.pk, kind="立案", happened=FILED)
    case.refresh_from_db()
    assert (case.filed_on, case.original_filed_on, case.known_since) == (FILED, FILED, DAY)
    assert case.due_on == date(2024, 6, 13)


def test_a_form_sent_twice_records_once(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry():
        first = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY, note="第一次")
        again = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY, note="第一次")
    assert first.pk == again.pk
    assert CaseEvent.objects.filter(case=case, kind="开庭").count() == 1


def test_the_same_event_recorded_by_another_is_refused_with_the_name(house: House, refused: Refused) -> None:
    case = file_case(house)
    record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY)
    with refused("已经由 林知远 记录过", "2024-04-01"):
        record_event(acting(house.head), case_id=case.pk, kind="开庭", happened=DAY)


def test_two_hearings_on_one_day_are_told_apart_by_their_moments(house: House) -> None:
    case = file_case(house)
    for hour in (1, 6):
        moment = datetime(2024, 4, 1, hour, tzinfo=UTC)
        record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY, moment=moment)
    assert CaseEvent.objects.filter(case=case, kind="开庭").count() == 2


def test_a_moment_on_another_day_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    moment = datetime(2024, 4, 1, 20, tzinfo=UTC)  # 2 April, four in the morning, at the court
    with refused("不在 2024-04-01 这一天"):
        record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY, moment=moment)


def test_what_has_not_happened_yet_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("还没有发生", "2024-03-13 至 2024-04-01"):
        record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 4, 2))


def test_what_lies_before_the_filing_is_refused_with_the_range(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("在立案之前", "2024-03-13 至 2024-04-01"):
        record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 3, 12))


def test_a_receipt_may_lie_before_the_filing(house: House) -> None:
    case = file_case(house)
    day = date(2024, 3, 8)
    event = record_event(acting(house.judge), case_id=case.pk, kind="收到起诉状", happened=day)
    assert event.happened == day


def test_an_unknown_kind_is_refused_with_the_nearest_names(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("没有“开挺”", "开庭"):
        record_event(acting(house.judge), case_id=case.pk, kind="开挺", happened=DAY)


def test_an_end_before_the_beginning_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("结束日期", "在发生日期之前"):
        record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=DAY, until=date(2024, 3, 31))


def test_a_second_filing_day_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("已于 2024-03-13 立案", "先作废"):
        record_event(acting(house.judge), case_id=case.pk, kind="立案", happened=DAY)


@pytest.mark.parametrize(
    ("kind", "by"),
    [("结案", "结案审批"), ("批准结案", "结案审批"), ("批准延长审限", "审限变更"), ("逮捕", "强制措施变更")],
)
def test_what_follows_from_an_act_is_not_recorded_by_hand(
    house: House, refused: Refused, kind: str, by: str
) -> None:
    case = file_case(house)
    with refused(f"“{kind}”不能直接记录", by):
        record_event(acting(house.judge), case_id=case.pk, kind=kind, happened=DAY)


def test_a_judge_of_another_division_does_not_even_learn_that_the_case_exists(
    house: House, refused: Refused
) -> None:
    case = file_case(house)
    with refused(of=NotVisible):
        record_event(acting(house.stranger), case_id=case.pk, kind="开庭", happened=DAY)
    with refused(of=NotVisible):
        record_event(acting(house.stranger), case_id=case.pk + 1000, kind="开庭", happened=DAY)


def test_who_may_only_look_may_not_record(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("您（上级法院审管办）不能“录入事项”", of=NotAllowed):
        record_event(acting(house.higher_manager), case_id=case.pk, kind="开庭", happened=DAY)


def test_the_day_of_recording_is_the_courts_own(house: House, moment: SetMoment) -> None:
    moment("2024-04-02T00:30:00")
    case = file_case(house)
    event = record_event(
        acting(house.judge, date(2024, 4, 2)), case_id=case.pk, kind="开庭", happened=date(2024, 4, 2)
    )
    assert event.recorded_at == datetime(2024, 4, 1, 16, 30, tzinfo=UTC)
