"""One's own alerts: seen, put off for a reason, never when red and late."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.alerts_seen import mark_seen, snooze_alert
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.supervision.models import Alert, Clock
from tests.services.builders import DAY, House, acting, file_case
from tests.services.conftest import Logged, Refused


@pytest.fixture
def alert(house: House) -> Alert:
    """A blue alert of the handling judge."""
    case = file_case(house, on=DAY)
    found = Alert.objects.filter(case=case, person=house.judge, settled="").first()
    assert found is not None
    return found


def test_seeing_is_logged_once_and_only_for_ones_own(alert: Alert, house: House, one_entry: Logged) -> None:
    with one_entry() as found:
        assert mark_seen(acting(house.judge), alert_ids=[alert.pk]) == 1
        assert mark_seen(acting(house.judge), alert_ids=[alert.pk]) == 0
        assert mark_seen(acting(house.head), alert_ids=[alert.pk]) == 0
    assert found[0].verb == "看过预警"
    alert.refresh_from_db()
    assert alert.seen_at is not None


def test_an_alert_is_put_off_for_a_reason_for_at_most_a_week(
    alert: Alert, house: House, one_entry: Logged
) -> None:
    with one_entry() as found:
        snooze_alert(acting(house.judge), alert_id=alert.pk, until=date(2024, 4, 8), reason="已约定开庭")
    alert.refresh_from_db()
    assert (alert.snoozed_until, alert.snooze_reason) == (date(2024, 4, 8), "已约定开庭")
    assert (found[0].verb, found[0].why) == ("暂缓预警", "已约定开庭")


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [
        (date(2024, 4, 9), "已约定开庭", ("超过了 7 天", "2024-04-02 至 2024-04-08")),
        (DAY, "已约定开庭", ("已经过去",)),
        (date(2024, 4, 5), " ", ("“暂缓理由”没有填写",)),
    ],
)
def test_longer_or_without_a_reason_it_is_refused(
    alert: Alert, house: House, refused: Refused, until: date, reason: str, words: tuple[str, ...]
) -> None:
    with refused(*words):
        snooze_alert(acting(house.judge), alert_id=alert.pk, until=until, reason=reason)


def test_a_red_alert_past_its_day_cannot_be_put_off(alert: Alert, house: House, refused: Refused) -> None:
    Alert.objects.filter(pk=alert.pk).update(colour=3, due_on=date(2024, 3, 31))
    with refused("已于 2024-03-31 届满", "不能暂缓"):
        snooze_alert(acting(house.judge), alert_id=alert.pk, until=date(2024, 4, 5), reason="忙")


def test_a_settled_alert_is_not_put_off(alert: Alert, house: House, refused: Refused) -> None:
    Alert.objects.filter(pk=alert.pk).update(settled=Alert.Settled.DONE, settled_on=DAY)
    with refused("已于 2024-04-01 了结：已办结"):
        snooze_alert(acting(house.judge), alert_id=alert.pk, until=date(2024, 4, 5), reason="忙")


def test_anothers_alert_is_not_there_and_who_may_not_is_told(
    alert: Alert, house: House, refused: Refused
) -> None:
    with refused(of=NotVisible):
        snooze_alert(acting(house.head), alert_id=alert.pk, until=date(2024, 4, 5), reason="忙")
    Alert.objects.filter(pk=alert.pk).update(person=house.president)
    with refused("不能“暂缓提醒”", of=NotAllowed):
        snooze_alert(acting(house.president), alert_id=alert.pk, until=date(2024, 4, 5), reason="忙")


def test_putting_off_leaves_the_clock_alone(alert: Alert, house: House) -> None:
    before = Clock.objects.get(pk=alert.clock_id)
    snooze_alert(acting(house.judge), alert_id=alert.pk, until=date(2024, 4, 5), reason="已约定开庭")
    after = Clock.objects.get(pk=alert.clock_id)
    assert (before.due_on, before.next_on, before.state) == (after.due_on, after.next_on, after.state)
