"""今日 tells a person what waits, what is due and what slipped."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.services.clocks import recheck
from mingjing.services.reading.counts import Waiting
from mingjing.services.reading.today import Today
from mingjing.storage.supervision.models import Notice, Proposal
from mingjing.web.today import parts, unlisted
from tests.services.builders import House, acting, file_case
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_with_nothing_to_do_the_page_says_so(house: House) -> None:
    assert "今天没有等您办的事" in text_of(signed_in(house.judge), "/")


def test_a_slipped_limit_waits_for_the_judge_and_for_those_above(house: House, moment) -> None:  # type: ignore[no-untyped-def]
    case = file_case(house)
    moment("2024-07-05T09:00:00")
    recheck(case, on=acting(house.judge).on.replace(month=7, day=5))
    for person in (house.judge, house.head, house.leader, house.president):
        page = text_of(signed_in(person), "/")
        assert case.number in page
        assert "逾期" in page
    assert case.number not in text_of(signed_in(house.stranger), "/")


def test_the_page_takes_eight_statements_whoever_asks(house: House, moment) -> None:  # type: ignore[no-untyped-def]
    late = file_case(house)
    moment("2024-07-05T09:00:00")
    recheck(late, on=acting(house.judge).on.replace(month=7, day=5))
    for person in (house.judge, house.head, house.leader, house.president, house.manager):
        browser = signed_in(person)
        text_of(browser, "/")
        with CaptureQueriesContext(connection) as caught:
            text_of(browser, "/")
        assert 5 <= len(caught) <= 8, [one["sql"] for one in caught]


def test_whoever_is_not_logged_in_is_sent_to_the_log_in_page(house: House, client) -> None:  # type: ignore[no-untyped-def]
    answer = client.get("/cases")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login")


def test_the_sentence_says_what_waits_and_a_line_what_the_rows_leave_out() -> None:
    counted = Waiting(
        alerts=4, due_today=1, late=1, notices=1, findings=27, requests=0, climbed=0, proposals=7, records=2
    )
    found = Today([], 0, [Notice()], [], [Proposal()] * 5, 27, 1, 1, [], [], counted)
    assert [(part.number, part.words) for part in parts(found)] == [
        (1, "条提醒今天到期"),
        (1, "条提醒已经逾期"),
        (2, "条提醒还没到期"),
        (1, "份录入核查清单待改"),
        (1, "份督办通知等您回复"),
        (7, "件认定建议待确认"),
        (2, "条台账记录"),
    ]
    assert sum(part.number for part in parts(found)) == counted.total
    assert [(part.number, part.words) for part in unlisted(found)] == [(2, "件认定建议")]
