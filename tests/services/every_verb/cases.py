"""What is done to a case."""

from __future__ import annotations

from datetime import date

from mingjing.services.alerts_seen import mark_seen, snooze_alert
from mingjing.services.case_links import link_cases, unlink_cases
from mingjing.services.case_tags import confirm_tag, remove_tag, tag_case
from mingjing.services.change_procedure import change_custody, change_handler, change_procedure
from mingjing.services.closings import decide_closing, request_closing, withdraw_closing
from mingjing.services.correct_case import correct_case
from mingjing.services.limit_changes import request_exclusion, request_extension
from mingjing.services.limit_decisions import decide_limit_change, withdraw_limit_change
from mingjing.services.looking import note_reading
from mingjing.services.record_event import record_event
from mingjing.services.record_exclusion import close_exclusion, open_exclusion, strike_exclusion
from mingjing.services.strike_event import strike_event
from mingjing.services.supervision_notes import add_note
from mingjing.services.tips import acknowledge_tip
from mingjing.storage.cases.models import Case, CaseLink, CaseTag, Exclusion
from mingjing.storage.supervision.models import Alert, Request
from tests.services.builders import DAY, file_case, happen
from tests.services.every_verb.world import Verb, World, does

WHY = "当事人补充提交材料"


def alert_of(w: World) -> Alert:
    """What waits for the judge."""
    case = file_case(w.house, on=DAY)
    found = Alert.objects.filter(case=case, person=w.house.judge, settled="").first()
    assert found is not None
    return found


@does("alerts_seen.mark_seen")
def seen(w: World) -> Verb:
    alert = alert_of(w)
    return lambda: mark_seen(w.judge, alert_ids=[alert.pk])


@does("alerts_seen.snooze_alert")
def snoozed(w: World) -> Verb:
    alert = alert_of(w)
    return lambda: snooze_alert(w.judge, alert_id=alert.pk, until=date(2024, 4, 8), reason="已约定开庭")


def two_numbers(w: World) -> tuple[Case, Case]:
    """Two numbers of one dispute."""
    first = file_case(w.house, serial=1, filed_on=date(2022, 5, 9))
    return first, file_case(w.house, serial=2, filed_on=date(2023, 2, 6))


def linked(w: World) -> CaseLink:
    """The later number after the earlier."""
    one, two = two_numbers(w)
    return link_cases(w.judge, earlier_id=one.pk, later_id=two.pk, relation="发回重审")


@does("case_links.link_cases")
def link(w: World) -> Verb:
    one, two = two_numbers(w)
    return lambda: link_cases(w.judge, earlier_id=one.pk, later_id=two.pk, relation="发回重审")


@does("case_links.unlink_cases")
def unlink(w: World) -> Verb:
    made = linked(w)
    return lambda: unlink_cases(w.judge, link_id=made.pk, reason="并非同一纠纷")


def tagged(w: World) -> CaseTag:
    """A tag the judge put on."""
    return tag_case(w.judge, case_id=w.case.pk, tag="涉民企")


@does("case_tags.tag_case")
def tag(w: World) -> Verb:
    case = w.case
    return lambda: tag_case(w.judge, case_id=case.pk, tag="涉民企")


@does("case_tags.confirm_tag")
def confirm_a_tag(w: World) -> Verb:
    made = tagged(w)
    return lambda: confirm_tag(w.head, tag_id=made.pk)


@does("case_tags.remove_tag")
def take_a_tag_off(w: World) -> Verb:
    made = tagged(w)
    return lambda: remove_tag(w.judge, tag_id=made.pk, reason="并非民企")


@does("change_procedure.change_procedure")
def another_procedure(w: World) -> Verb:
    case = w.case
    return lambda: change_procedure(
        w.judge, case_id=case.pk, procedure="普通程序", decided_on=DAY, reason="案情复杂"
    )


@does("change_procedure.change_custody")
def custody(w: World) -> Verb:
    case = file_case(w.house, kind="刑事一审", procedure="普通程序")
    return lambda: change_custody(
        w.judge, case_id=case.pk, measure="逮捕", decided_on=DAY, document="逮捕决定书"
    )


@does("change_procedure.change_handler")
def another_judge(w: World) -> Verb:
    case = w.case
    return lambda: change_handler(w.head, case_id=case.pk, handler_id=w.house.stranger.pk, reason="调离")


def closing_asked(w: World) -> Request:
    """The judge asked for the closing."""
    happen(w.case, "宣判", date(2024, 3, 28))
    return request_closing(
        w.judge, case_id=w.case.pk, outcome="判决", closed_on=date(2024, 3, 29), document="民事判决书"
    )


@does("closings.request_closing")
def ask_for_closing(w: World) -> Verb:
    case = w.case
    happen(case, "宣判", date(2024, 3, 28))
    return lambda: request_closing(
        w.judge, case_id=case.pk, outcome="判决", closed_on=date(2024, 3, 29), document="民事判决书"
    )


@does("closings.decide_closing")
def approve_closing(w: World) -> Verb:
    asked = closing_asked(w)
    return lambda: decide_closing(w.head, request_id=asked.pk, approve=True, opinion="同意")


@does("closings.withdraw_closing")
def take_closing_back(w: World) -> Verb:
    asked = closing_asked(w)
    return lambda: withdraw_closing(w.judge, request_id=asked.pk, reason="文书有误")


@does("correct_case.correct_case")
def correct(w: World) -> Verb:
    case = w.case
    return lambda: correct_case(w.judge, case_id=case.pk, items={"标的额": "5"}, reason=WHY)


def extension_asked(w: World) -> Request:
    """The judge asked for a longer limit."""
    return request_extension(w.judge, case_id=w.case.pk, length="1 个月", reason="等另案裁判")


@does("limit_changes.request_extension")
def ask_for_more_time(w: World) -> Verb:
    case = w.case
    return lambda: request_extension(w.judge, case_id=case.pk, length="1 个月", reason="等另案裁判")


@does("limit_changes.request_exclusion")
def ask_for_excluded_days(w: World) -> Verb:
    case = w.case
    return lambda: request_exclusion(
        w.judge, case_id=case.pk, kind="鉴定期间", first=DAY, start_document="委托书", reason="笔迹鉴定"
    )


@does("limit_decisions.decide_limit_change")
def grant_more_time(w: World) -> Verb:
    asked = extension_asked(w)
    president = w.own(w.house.president)
    return lambda: decide_limit_change(president, request_id=asked.pk, approve=True, opinion="同意")


@does("limit_decisions.withdraw_limit_change")
def take_more_time_back(w: World) -> Verb:
    asked = extension_asked(w)
    return lambda: withdraw_limit_change(w.judge, request_id=asked.pk, reason="已调解")


@does("looking.note_reading")
def read_what_is_secret(w: World) -> Verb:
    case = w.case
    return lambda: note_reading(w.judge, "案件", case.pk, "涉个人隐私")


@does("record_event.record_event")
def event(w: World) -> Verb:
    case = w.case
    return lambda: record_event(w.judge, case_id=case.pk, kind="开庭", happened=date(2024, 3, 28))


@does("strike_event.strike_event")
def strike(w: World) -> Verb:
    made = record_event(w.judge, case_id=w.case.pk, kind="开庭", happened=DAY)
    return lambda: strike_event(w.judge, event_id=made.pk, reason="日期写错")


def span(w: World) -> Exclusion:
    """Days of an appraisal, not over yet."""
    return open_exclusion(
        w.judge, case_id=w.case.pk, kind="鉴定期间", first=date(2024, 3, 20), start_document="鉴委3号"
    )


@does("record_exclusion.open_exclusion")
def exclude(w: World) -> Verb:
    case = w.case
    return lambda: open_exclusion(
        w.judge, case_id=case.pk, kind="鉴定期间", first=date(2024, 3, 20), start_document="鉴委3号"
    )


@does("record_exclusion.close_exclusion")
def exclude_until(w: World) -> Verb:
    made = span(w)
    return lambda: close_exclusion(w.judge, exclusion_id=made.pk, last=DAY, end_document="签收单")


@does("record_exclusion.strike_exclusion")
def exclude_no_more(w: World) -> Verb:
    made = span(w)
    return lambda: strike_exclusion(w.judge, exclusion_id=made.pk, reason="重复登记")


@does("supervision_notes.add_note")
def note(w: World) -> Verb:
    case = w.case
    return lambda: add_note(w.head, case_id=case.pk, text="请提交类案检索报告")


@does("tips.acknowledge_tip")
def tip_read(w: World) -> Verb:
    case = w.case
    return lambda: acknowledge_tip(w.judge, case_id=case.pk, node="审结")
