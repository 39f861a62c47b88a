"""录入核查: found once, put to the right person, settled when mended (R-061, S-170)."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.entry_checks import (
    check_entries,
    check_my_court,
    explain_finding,
    findings_by_person,
    findings_of,
    iso_week,
)
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.record_event import record_event
from mingjing.services.record_exclusion import close_exclusion
from mingjing.services.strike_event import strike_event
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion, PanelMember
from mingjing.storage.supervision.models import Finding
from tests.services.builders import DAY, FILED, House, acting, entries, file_case
from tests.services.conftest import Logged, Refused, SetMoment


def _found(rule: str) -> list[Finding]:
    return list(Finding.objects.filter(rule=rule))


def _clean_case(house: House, moment: SetMoment) -> Case:
    moment("2024-03-13T10:00:00")
    case = file_case(house)
    moment("2024-04-01T09:00:00")
    return case


def test_an_event_recorded_more_than_three_working_days_late_is_the_recorders(
    house: House, moment: SetMoment
) -> None:
    case = _clean_case(house, moment)
    PanelMember.objects.create(case=case, person=house.clerk, role="书记员")
    late, in_time = date(2024, 3, 26), date(2024, 3, 27)  # four and three working days before 1 April
    for day in (late, in_time):
        record_event(acting(house.clerk), case_id=case.pk, kind="开庭", happened=day)
    check_entries(DAY)
    (finding,) = _found("录入太迟")
    assert (finding.fault, finding.person, finding.week) == ("迟录", house.clerk, "2024-W14")
    assert "2024-03-26" in finding.detail and "4 个工作日" in finding.detail


def test_a_finding_is_found_once(house: House, moment: SetMoment) -> None:
    case = _clean_case(house, moment)
    record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 3, 20))
    assert check_entries(DAY) == 1
    assert check_entries(DAY) == 0
    assert check_entries(date(2024, 4, 8)) == 0
    assert len(_found("录入太迟")) == 1
    assert len(entries("录入核查")) == 1


def test_striking_the_entry_mends_the_finding(house: House, moment: SetMoment) -> None:
    case = _clean_case(house, moment)
    event = record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 3, 20))
    check_entries(DAY)
    strike_event(acting(house.judge), event_id=event.pk, reason="日期写错")
    check_entries(date(2024, 4, 8))
    (finding,) = _found("录入太迟")
    assert (finding.state, finding.settled_on) == ("已改", date(2024, 4, 8))


def test_what_is_wrong_again_after_it_was_mended_opens_again(house: House, moment: SetMoment) -> None:
    case = _clean_case(house, moment)
    for cause, state in (("", "待改"), ("民间借贷纠纷", "已改"), ("", "待改")):
        Case.objects.filter(pk=case.pk).update(cause=cause)
        check_entries(DAY)
        assert [finding.state for finding in _found("没有案由")] == [state]


def test_missing_entries_are_the_handlers(house: House, moment: SetMoment) -> None:
    case = _clean_case(house, moment)
    Case.objects.filter(pk=case.pk).update(cause="")
    check_entries(DAY)
    (finding,) = _found("没有案由")
    assert (finding.fault, finding.person, finding.subject) == ("漏录", house.judge, "案件")


def test_a_year_that_does_not_fit_and_a_closing_without_approval_are_found(
    house: House, moment: SetMoment
) -> None:
    case = _clean_case(house, moment)
    Case.objects.filter(pk=case.pk).update(number_year=2023, closed_on=date(2024, 3, 29), outcome="判决")
    check_entries(DAY)
    assert len(_found("案号年份不符")) == len(_found("未经批准结案")) == 1


def test_an_exclusion_without_document_or_open_too_long_is_found_until_it_is_mended(
    house: House, moment: SetMoment
) -> None:
    case = _clean_case(house, moment)
    span = Exclusion.objects.create(case=case, kind="鉴定期间", first=FILED)
    check_entries(DAY)
    assert len(_found("没有起始文书")) == 1
    assert _found("久未结束") == []
    check_entries(date(2024, 6, 11))  # the ninety-first day
    assert len(_found("久未结束")) == 1
    later = acting(house.judge, date(2024, 6, 12))
    close_exclusion(later, exclusion_id=span.pk, last=date(2024, 6, 12), end_document="签收单")
    check_entries(date(2024, 6, 13))
    assert [finding.state for finding in _found("久未结束")] == ["已改"]


def test_an_imported_event_without_a_time_of_recording_is_not_called_late(
    house: House, moment: SetMoment
) -> None:
    case = _clean_case(house, moment)
    CaseEvent.objects.create(case=case, kind="开庭", happened=date(2024, 3, 14), source_key="外部:1")
    check_entries(DAY)
    assert _found("录入太迟") == []


def test_many_cases_are_read_in_chunks(
    house: House, moment: SetMoment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for serial in range(1, 8):
        _clean_case_numbered(house, moment, serial)
    monkeypatch.setattr("mingjing.services.entry_checks.CHUNK", 3)
    Case.objects.update(cause="")
    check_entries(DAY)
    assert len(_found("没有案由")) == 7


def _clean_case_numbered(house: House, moment: SetMoment, serial: int) -> Case:
    moment("2024-03-13T10:00:00")
    case = file_case(house, serial=serial)
    moment("2024-04-01T09:00:00")
    return case


def test_the_office_may_check_at_any_time_and_a_judge_may_not(
    house: House, moment: SetMoment, one_entry: Logged, refused: Refused
) -> None:
    case = _clean_case(house, moment)
    Case.objects.filter(pk=case.pk).update(cause="")
    with refused("不能“核查录入”", of=NotAllowed):
        check_my_court(acting(house.judge))
    with one_entry() as found:
        assert check_my_court(acting(house.manager)) == 1
    assert (found[0].verb, found[0].actor_name) == ("录入核查", "罗清")


def test_a_finding_is_explained_once_by_whom_it_concerns(
    house: House, moment: SetMoment, one_entry: Logged, refused: Refused
) -> None:
    case = _clean_case(house, moment)
    record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 3, 20))
    check_entries(DAY)
    (finding,) = _found("录入太迟")
    with refused("“说明”没有填写"):
        explain_finding(acting(house.judge), finding_id=finding.pk, explanation="")
    with refused("由 林知远 改正或者说明", of=NotAllowed):
        explain_finding(acting(house.head), finding_id=finding.pk, explanation="节前太忙")
    with refused(of=NotVisible):
        explain_finding(acting(house.stranger), finding_id=finding.pk, explanation="节前太忙")
    with one_entry() as found:
        explain_finding(acting(house.judge), finding_id=finding.pk, explanation="系统停机")
    assert (found[0].verb, found[0].why) == ("说明录入", "系统停机")
    with refused("已于 2024-04-01 了结：已说明"):
        explain_finding(acting(house.judge), finding_id=finding.pk, explanation="又说")
    check_entries(date(2024, 4, 8))
    assert [one.state for one in _found("录入太迟")] == ["已说明"]


def test_each_person_and_each_court_gets_their_own_list(house: House, moment: SetMoment) -> None:
    one = _clean_case(house, moment)
    two = file_case(house, serial=2, handler=house.stranger)
    Case.objects.filter(pk__in=[one.pk, two.pk]).update(cause="")
    check_entries(DAY)
    assert [
        finding.case for finding in findings_of(house.judge, "2024-W14") if finding.rule == "没有案由"
    ] == [one]
    assert not findings_of(house.judge, "2024-W13").exists()
    office = findings_by_person(acting(house.manager), "2024-W14")
    assert {person.name for person in office if person} == {"林知远", "何叙"}
    assert {person.name for person in findings_by_person(acting(house.stranger), "2024-W14") if person} == {
        "何叙"
    }


def test_a_week_is_written_with_its_iso_year() -> None:
    assert [iso_week(day) for day in (date(2024, 12, 30), date(2024, 1, 1), date(2021, 1, 3))] == [
        "2025-W01",
        "2024-W01",
        "2020-W53",
    ]
