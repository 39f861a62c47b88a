"""一案双查 opens on the roster of the day of the breach; measures count by people and by measures."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.ledgers.matters import NotReady
from mingjing.services.leads import following, working
from mingjing.storage.leads.models import Lead
from mingjing.storage.people.models import Posting
from tests.services.builders import DAY, acting, hire
from tests.services.leads.conftest import Office, Reporting
from tests.services.leads.test_from_report_to_archive import verify

BREACH = date(2021, 6, 1)


def founded(office: Office, reported: Reporting) -> Lead:
    lead = reported().lead
    verify(office, lead.pk, "属实", blood=True)
    working.do(acting(office.inspector), lead.pk, "审结", {}, office.opened(office.inspector))
    return lead


def test_both_are_checked_who_were_in_post_on_that_day(office: Office, reported: Reporting) -> None:
    lead, house = founded(office, reported), office.house
    Posting.objects.filter(person=house.head).update(since=date(2022, 1, 1))
    former = hire(house.court, "严老", "庭长", house.first_civil)
    Posting.objects.filter(person=former).update(until=date(2021, 12, 31))
    following.open_checks(acting(office.chief), lead.pk, house.judge.pk, BREACH)
    lines = following.checks(lead, office.opened(office.officer))
    assert [(one.check.kind, one.about) for one in lines] == [
        ("监管责任", "严老（林知远违纪）"),
        ("领导责任", "顾临川（林知远违纪）"),
    ]


def test_the_lead_is_not_archived_while_one_is_open(office: Office, reported: Reporting) -> None:
    lead, chief = founded(office, reported), acting(office.chief)
    key = office.opened(office.chief)
    following.open_checks(chief, lead.pk, office.house.judge.pk, BREACH)
    following.conclude_check(chief, lead.pk, 1, accountable=True, finding="日常监督缺位")
    with pytest.raises(NotReady, match="双查还没有办结"):
        working.do(chief, lead.pk, "归档", {"归档号": "归档2"}, key)
    following.conclude_check(chief, lead.pk, 2, accountable=False, finding="已按规定谈话")
    assert working.do(chief, lead.pk, "归档", {"归档号": "归档2"}, key).over


def test_they_open_once_and_only_for_a_founded_lead(office: Office, reported: Reporting) -> None:
    lead, chief = founded(office, reported), acting(office.chief)
    following.open_checks(chief, lead.pk, office.house.judge.pk, BREACH)
    with pytest.raises(following.CheckedAlready):
        following.open_checks(chief, lead.pk, office.house.judge.pk, BREACH)
    other = reported().lead
    with pytest.raises(following.NotFounded):
        following.open_checks(chief, other.pk, office.house.judge.pk, BREACH)


def test_before_somebody_came_there_is_nobody_to_check(office: Office, reported: Reporting) -> None:
    lead = founded(office, reported)
    with pytest.raises(following.NoPostThen):
        following.open_checks(acting(office.chief), lead.pk, office.house.judge.pk, date(2019, 1, 1))


def test_two_measures_on_one_person_are_one_person(office: Office, reported: Reporting) -> None:
    lead, chief = founded(office, reported), acting(office.chief)
    key = office.opened(office.chief)
    for person, form, kind in (
        ("林知远", "第一种形态", "诫勉"),
        ("林 知远", "第二种形态", "党内警告"),
        ("周岚", "第一种形态", "约谈"),
    ):
        following.record_measure(chief, lead.pk, key, person=person, form=form, kind=kind, on=DAY)
    counted = following.forms_counted(chief, DAY.year)
    assert [(one.people, one.measures) for one in counted] == [(1, 2), (1, 1), (0, 0), (0, 0)]
    assert [one.people for one in following.forms_counted(acting(office.house.president), DAY.year)] == [
        0
    ] * 4
    assert [line.kind for line in following.measures(lead, key)] == ["诫勉", "党内警告", "约谈"]
