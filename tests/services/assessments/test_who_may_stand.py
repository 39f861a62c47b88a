"""Nominations are refused while a card or a veto stands; shares of grades are counted, never averaged."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.assessments.honours import NotEligible
from mingjing.services.reading.assessments.sheet_page import shares
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.rounds import sheet_of
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.assessments.builders import CARDS, Scoring, build_scoring, month
from tests.services.builders import House, acting, hire

MODEL, CHECK = "sheet.integrity_model", "sheet.document_check"
TOTALS = {"甲": 70, "乙": 90, "丙": 95, "丁": 98, "戊": 99}


@pytest.fixture
def court(house: House) -> Scoring:
    """Five departments and their scorers."""
    return build_scoring(house)


def nominated(court: Scoring, person: Person) -> Record:
    """Put up as an integrity model of 2024 by the party office."""
    party = hire(court.house.court, f"俞{person.pk}", "机关党委干部", None)
    jury = [court.chief.pk, court.inspector.pk, court.secretary.pk]
    values: dict[str, object] = {
        "候选人": person.pk, "所在部门": court.units["甲"].pk, "事迹": "见附件", "考核期": "2024",
        "评分人": jury,
    }  # fmt: skip
    return open_record(acting(party), MODEL, "开评", values)


def test_a_judge_of_a_department_with_a_yellow_card_is_not_put_up(court: Scoring) -> None:
    for number in range(1, 7):
        month(court, f"2024-{number:02}", date(2024, number + 1, 5), **TOTALS)
    assert nominated(court, court.house.judge).state == "待评分"
    yellow = Record.objects.get(register=CARDS, data__colour="黄牌", unit=court.units["甲"])
    Record.objects.filter(pk=yellow.pk).update(data={**yellow.data, "on": "2024-03-31"})
    do(acting(court.secretary), yellow.pk, "确认发牌", {})
    with pytest.raises(NotEligible, match=rf"林知远在 2024-04-01 不能参评：所在部门黄牌.*{yellow.number}"):
        nominated(court, court.house.judge)


def test_the_error_rate_is_documents_with_an_error_among_those_confirmed(court: Scoring) -> None:
    """R-068: per document; here one of three."""
    office = court.house.manager
    for place, off in enumerate(({}, {"日期金额": "5"}, {})):
        values: dict[str, object] = {
            "案号": f"（2024）云9821民初{place}号", "承办人": court.house.judge.pk,
            "承办部门": court.units["甲"].pk, "文书种类": "判决书", "评分人": [court.inspector.pk],
        }  # fmt: skip
        record = open_record(acting(office), CHECK, "开评", values)
        do(acting(court.inspector), record.pk, "打分", off)
        do(acting(office), record.pk, "告知", {})
        do(acting(court.house.judge), record.pk, "无异议", {})
        do(acting(office), record.pk, "确认", {})
    total, found = shares(acting(office), sheet_of(acting(office), CHECK))
    assert total == 3
    assert [(one.grade, one.count, one.percent) for one in found] == [
        ("无低级错误", 2, "66.67%"),
        ("有低级错误", 1, "33.33%"),
    ]
