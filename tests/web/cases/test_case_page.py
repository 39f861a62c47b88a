"""One case: its due day with the working, who is told next, and the acts its reader may do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.storage.cases.models import CaseEvent
from tests.services.builders import FILED, House, file_case, happen
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_the_due_day_stands_there_as_a_sum_with_its_articles(house: House) -> None:
    case = file_case(house)
    page = text_of(signed_in(house.judge), f"/cases/{case.pk}")
    assert "为什么是六月十三日" in page
    assert "+ 3 个月" in page
    assert "第一百六十四条" in page
    assert "deadline.civil.summary" in page


def test_a_case_of_somebody_else_looks_as_if_it_did_not_exist(house: House) -> None:
    case = file_case(house)
    hidden = text_of(signed_in(house.stranger), f"/cases/{case.pk}", status=404)
    unknown = text_of(signed_in(house.stranger), "/cases/999999", status=404)
    assert case.number not in hidden
    assert "没有这一页" in hidden
    assert "没有这一页" in unknown


@pytest.mark.parametrize(
    ("act", "offered", "of_others"),
    [
        ("closing", "准许撤诉", "宣告无罪"),
        ("closing", "判决", "终结本次执行程序"),
        ("exclusion", "鉴定期间", "检察院阅卷期间"),
        ("procedure", "小额诉讼程序", "速裁程序"),
    ],
)
def test_a_form_offers_only_what_cases_like_this_may_have(
    house: House, act: str, offered: str, of_others: str
) -> None:
    case = file_case(house)
    page = signed_in(house.judge).get(f"/cases/{case.pk}/{act}").content.decode()
    assert f'<option value="{offered}">' in page
    assert f'<option value="{of_others}">' not in page


def test_recording_an_appraisal_moves_the_date_and_says_so(house: House) -> None:
    case = file_case(house)
    client = signed_in(house.judge)
    answer = client.post(
        f"/cases/{case.pk}/exclusion",
        {
            "word": "鉴定期间",
            "first": "2024-03-20",
            "last": "2024-03-31",
            "start_document": "鉴定委托书〔2024〕3号",
            "end_document": "鉴定意见〔2024〕3号",
        },
        follow=True,
    )
    page = answer.content.decode()
    assert "已登记“鉴定期间”" in page
    assert "+ 12 天" in page
    assert "为什么是六月二十五日" in page


def test_a_span_the_limit_does_not_leave_out_is_said_to_change_nothing(house: House) -> None:
    """Cases that need an appraisal are no small claims (民事诉讼法第一百六十六条)."""
    case = file_case(house, procedure="小额诉讼程序")
    page = signed_in(house.judge).post(
        f"/cases/{case.pk}/exclusion",
        {
            "word": "鉴定期间",
            "first": "2024-03-20",
            "last": "2024-03-31",
            "start_document": "鉴定委托书〔2024〕3号",
            "end_document": "鉴定意见〔2024〕3号",
        },
        follow=True,
    )
    assert "不扣除这种期间，届满日不变" in page.content.decode()


def test_a_refused_act_keeps_what_was_typed_and_says_what_is_allowed(house: House) -> None:
    case = file_case(house)
    client = signed_in(house.judge)
    answer = client.post(
        f"/cases/{case.pk}/event", {"word": "开庭", "happened": "2024-03-01", "note": "第一次开庭"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第一次开庭" in page
    assert "2024-03-13" in page
    assert not CaseEvent.objects.filter(kind="开庭").exists()


def test_a_date_is_read_in_the_ways_people_write_it(house: House) -> None:
    case = file_case(house)
    client = signed_in(house.judge)
    client.post(f"/cases/{case.pk}/event", {"word": "移送审判庭", "happened": "二〇二四年三月十五日"})
    assert CaseEvent.objects.get(kind="移送审判庭").happened == date(2024, 3, 15)


def test_an_unreadable_date_is_refused_with_an_example(house: House) -> None:
    case = file_case(house)
    page = (
        signed_in(house.judge)
        .post(f"/cases/{case.pk}/event", {"word": "开庭", "happened": "三月某日"})
        .content.decode()
    )
    assert "三月某日" in page
    assert "2024-03-" in page


def test_an_extension_is_taken_in_time_and_refused_inside_the_window(house: House, moment) -> None:  # type: ignore[no-untyped-def]
    case = file_case(house)
    client = signed_in(house.judge)
    form = {"length": "1 个月", "reason": "等待鉴定意见补充说明"}
    moment("2024-05-30T09:00:00")
    late = client.post(f"/cases/{case.pk}/extension", form)
    assert late.status_code == 422
    assert "2024-05-29" in late.content.decode()
    moment("2024-05-28T09:00:00")
    taken = client.post(f"/cases/{case.pk}/extension", form, follow=True)
    assert "已申请延长 1 个月" in taken.content.decode()


def test_a_late_entry_is_marked_on_the_timeline(house: House, moment) -> None:  # type: ignore[no-untyped-def]
    case = file_case(house)
    moment("2024-04-01T09:00:00")
    happen(case, "移送审判庭", date(2024, 3, 15), on=date(2024, 4, 1))
    page = text_of(signed_in(house.judge), f"/cases/{case.pk}")
    assert "晚 17 天" in page


def test_only_acts_the_reader_may_do_are_offered(house: House) -> None:
    case = file_case(house)
    judge = text_of(signed_in(house.judge), f"/cases/{case.pk}")
    president = text_of(signed_in(house.president), f"/cases/{case.pk}")
    assert "申请结案" in judge
    assert "发督办通知" not in judge
    assert "发督办通知" in president
    assert "登记扣除" not in president


def test_a_proof_is_offered_once_the_log_says_something_about_the_case(house: House) -> None:
    case = file_case(house)
    assert "出具证明" not in text_of(signed_in(house.judge), f"/cases/{case.pk}")
    signed_in(house.head).post(f"/cases/{case.pk}/note", {"text": "请尽快排期开庭。"})
    assert f"/cases/{case.pk}/proof" in text_of(signed_in(house.judge), f"/cases/{case.pk}")


def test_a_note_of_supervision_is_visible_to_the_judge(house: House) -> None:
    case = file_case(house)
    signed_in(house.head).post(f"/cases/{case.pk}/note", {"text": "请尽快排期开庭。"})
    page = text_of(signed_in(house.judge), f"/cases/{case.pk}")
    assert "请尽快排期开庭。" in page
    assert "周岚" in page


def test_a_long_history_takes_no_more_statements(house: House) -> None:
    case = file_case(house)
    client = signed_in(house.judge)
    counts = []
    for more in (10, 30):
        for number in range(more):
            happen(case, "开庭", FILED + timedelta(days=number))
        with CaptureQueriesContext(connection) as asked:
            text_of(client, f"/cases/{case.pk}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
