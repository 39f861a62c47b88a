"""预警: the list, seeing, putting off, noise."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert
from tests.services.builders import DAY, House, entries, file_case
from tests.web.signing_in import signed_in, text_of
from tests.web.supervision.counting import statements


@pytest.fixture
def case(house: House) -> Case:
    """A case with alerts of its judge and of those above."""
    return file_case(house, filed_on=date(2023, 12, 1), on=DAY)


def mine(house: House) -> Alert:
    found = Alert.objects.filter(person=house.judge, settled="").exclude(colour=3).first()
    assert found is not None
    return found


def test_the_judge_sees_their_own_alerts_and_they_count_as_seen(house: House, case: Case) -> None:
    client = signed_in(house.judge)
    page = text_of(client, "/alerts")
    assert case.number in page
    assert "提醒您的" in page
    assert not Alert.objects.filter(person=house.judge, settled="", seen_at=None).exists()
    assert [entry.verb for entry in entries("看过预警")] == ["看过预警"]
    client.get("/alerts")
    assert len(entries("看过预警")) == 1


def test_looking_at_everything_marks_nothing_as_seen(house: House, case: Case) -> None:
    page = text_of(signed_in(house.manager), "/alerts?whose=我看得到的")
    assert case.number in page
    assert not Alert.objects.exclude(seen_at=None).exists()


def test_an_office_that_is_told_nothing_begins_with_what_it_looks_after(house: House, case: Case) -> None:
    assert not Alert.objects.filter(person=house.manager).exists()
    assert case.number in text_of(signed_in(house.manager), "/alerts")
    assert case.number not in text_of(signed_in(house.manager), "/alerts?whose=告知我的")


def test_whoever_is_told_something_begins_with_that(house: House, case: Case) -> None:
    other = file_case(house, serial=2, filed_on=date(2023, 12, 1), on=DAY)
    Alert.objects.filter(case=other).update(person=house.president)
    page = text_of(signed_in(house.president), "/alerts")
    assert other.number in page
    assert ("告知我的" in page) and (case.number in page) is Alert.objects.filter(
        case=case, person=house.president
    ).exists()


@pytest.mark.parametrize(
    "query", ["colour=红", "state=全部", "tell=庭长", "state=已了结", "department=执行局"]
)
def test_every_filter_answers(house: House, case: Case, query: str) -> None:
    response = signed_in(house.manager).get(f"/alerts?whose=我看得到的&{query}")
    assert response.status_code == 200


def test_a_filter_that_does_not_exist_is_refused_with_the_words_there_are(house: House) -> None:
    response = signed_in(house.judge).get("/alerts?colour=紫")
    assert response.status_code == 422
    assert "没有这样的颜色“紫”" in response.content.decode()


@pytest.mark.parametrize("who", ["stranger", "higher_manager"])
def test_the_alerts_of_a_case_reach_only_who_sees_it(house: House, case: Case, who: str) -> None:
    page = text_of(signed_in(getattr(house, who)), "/alerts?whose=我看得到的")
    assert (case.number in page) is (who == "higher_manager")


def test_who_sees_no_cases_finds_no_page(house: House) -> None:
    client = signed_in(house.keeper)
    for path in ("/alerts", "/alerts/export", "/alerts/noise", "/alerts/1/snooze"):
        assert client.get(path).status_code == 404, path


def test_an_alert_is_put_off_from_its_page(house: House, case: Case) -> None:
    alert = mine(house)
    response = signed_in(house.judge).post(
        f"/alerts/{alert.pk}/snooze", {"until": "2024-04-05", "reason": "已约定开庭"}
    )
    assert (response.status_code, response["Location"]) == (302, "/alerts")
    alert.refresh_from_db()
    assert alert.snoozed_until == date(2024, 4, 5)


def test_a_refused_day_keeps_what_was_typed(house: House, case: Case) -> None:
    response = signed_in(house.judge).post(
        f"/alerts/{mine(house).pk}/snooze", {"until": "2024-05-05", "reason": "已约定开庭"}
    )
    assert response.status_code == 422
    assert "超过了 7 天" in response.content.decode()
    assert "已约定开庭" in response.content.decode()


def test_anothers_alert_is_not_there(house: House, case: Case) -> None:
    assert signed_in(house.head).get(f"/alerts/{mine(house).pk}/snooze").status_code == 404


def test_the_office_sees_which_rule_is_noisy_and_others_do_not(house: House, case: Case) -> None:
    Alert.objects.update(on=DAY, settled="已办结", settled_on=DAY)
    page = text_of(signed_in(house.manager), "/alerts/noise")
    assert "100%" in page
    assert signed_in(house.judge).get("/alerts/noise").status_code == 404


@pytest.mark.parametrize("who", ["judge", "head", "manager", "higher_manager"])
def test_the_list_takes_at_most_eight_statements(house: House, case: Case, who: str) -> None:
    assert statements(signed_in(getattr(house, who)), "/alerts?whose=我看得到的") <= 8
