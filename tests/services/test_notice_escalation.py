"""A late notice climbs one level, once per cause, with its true day."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.notice_chain import CLIMBED, current_level, escalate_notices
from mingjing.services.notices import issue_notices, reply_notice
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Notice, NoticeStep
from tests.services.builders import House, acting, entries, file_case

REPLY_BY, CLOSE_BY = date(2024, 4, 10), date(2024, 5, 31)
AFTER_REPLY, AFTER_CLOSE = date(2024, 4, 11), date(2024, 6, 1)


@pytest.fixture
def notice(house: House) -> Notice:
    """Issued on 1 April at the level of the division head."""
    return issue_notices(
        acting(house.manager),
        case_ids=[file_case(house).pk],
        reason="长期未结",
        reply_by=REPLY_BY,
        close_by=CLOSE_BY,
    )[0]


def _climbs(notice: Notice) -> list[tuple[str, str, date]]:
    rows = NoticeStep.objects.filter(notice=notice, kind=CLIMBED).order_by("pk")
    return [(step.cause, step.tell, step.on) for step in rows]


def _reply(house: House, notice: Notice, on: date) -> None:
    reply_notice(acting(house.judge, on), notice_id=notice.pk, reason="待鉴定", planned_close=CLOSE_BY)


def test_on_the_last_day_nothing_happens_and_a_day_later_it_climbs_once(notice: Notice, house: House) -> None:
    assert escalate_notices(REPLY_BY) == 0
    assert escalate_notices(AFTER_REPLY) == 1
    assert escalate_notices(AFTER_REPLY) == 0
    assert _climbs(notice) == [("逾期未回复", "分管院领导", AFTER_REPLY)]
    assert NoticeStep.objects.get(kind=CLIMBED).person == house.leader
    assert [entry.actor_name for entry in entries("督办升级")] == ["时钟"]


def test_after_a_downtime_the_step_bears_its_true_day(notice: Notice) -> None:
    assert escalate_notices(date(2024, 4, 30)) == 1
    assert _climbs(notice) == [("逾期未回复", "分管院领导", AFTER_REPLY)]


def test_a_reply_in_time_does_not_climb(notice: Notice, house: House) -> None:
    _reply(house, notice, REPLY_BY)
    assert escalate_notices(CLOSE_BY) == 0


def test_a_reply_a_day_late_climbs_even_if_the_clock_comes_later(notice: Notice, house: House) -> None:
    _reply(house, notice, AFTER_REPLY)
    assert escalate_notices(date(2024, 4, 30)) == 1
    assert _climbs(notice) == [("逾期未回复", "分管院领导", AFTER_REPLY)]


def test_past_the_closing_day_it_climbs_again_one_level_further(notice: Notice) -> None:
    assert escalate_notices(AFTER_CLOSE) == 2
    assert _climbs(notice) == [
        ("逾期未回复", "分管院领导", AFTER_REPLY),
        ("逾期未结案", "院长", AFTER_CLOSE),
    ]
    assert current_level(notice) == "院长"
    assert escalate_notices(date(2024, 12, 31)) == 0


def test_a_case_closed_elsewhere_in_time_ends_its_notice_without_a_climb(notice: Notice) -> None:
    Case.objects.filter(pk=notice.case_id).update(closed_on=date(2024, 4, 9))
    assert escalate_notices(date(2024, 7, 1)) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.closed_on) == (Notice.State.CLOSED, date(2024, 4, 9))


def test_a_case_closed_late_still_climbs(notice: Notice, house: House) -> None:
    _reply(house, notice, REPLY_BY)
    Case.objects.filter(pk=notice.case_id).update(closed_on=AFTER_CLOSE)
    assert escalate_notices(date(2024, 7, 1)) == 1
    assert _climbs(notice) == [("逾期未结案", "分管院领导", AFTER_CLOSE)]


def test_a_pass_that_dies_leaves_nothing_half_done_and_the_next_one_does_it(
    notice: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(entries())

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("mingjing.services.acts._Act._write", dies)
        with pytest.raises(KeyboardInterrupt):
            escalate_notices(AFTER_REPLY)
    assert (_climbs(notice), len(entries())) == ([], before)
    assert escalate_notices(AFTER_REPLY) == 1
    assert len(_climbs(notice)) == 1
