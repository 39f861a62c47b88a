"""What the record knows is held against the report, for whoever sees the whole court and for nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.actors import Actor
from mingjing.services.reports.confirming import Held, confirm
from mingjing.storage.cases.models import Case
from mingjing.text.checking import check_report
from tests.services.builders import House, acting, file_case, happen

pytestmark = pytest.mark.django_db
AFTER = date(2024, 4, 15)


@pytest.fixture
def court(house: House) -> House:
    """March 2024: one case carried over and closed, one filed and closed, one filed and pending."""
    for serial, filed, closed in (
        (1, date(2024, 1, 10), date(2024, 3, 5)),
        (2, date(2024, 3, 2), date(2024, 3, 31)),
        (3, date(2024, 3, 31), None),
    ):
        case = file_case(house, serial=serial, filed_on=filed)
        if closed:
            happen(case, "结案", closed)
            Case.objects.filter(pk=case.pk).update(closed_on=closed)
    return house


def held(actor: Actor, text: str) -> list[Held]:
    return confirm(actor, check_report(text))


def test_each_count_of_a_written_period_is_answered(court: House) -> None:
    found = held(
        acting(court.manager, AFTER),
        "2024年3月，我院共受理各类案件3件，其中新收2件，旧存1件，审结3件，结案率66.67%，未结1件。",
    )
    assert [(one.counted, one.shown, one.agrees) for one in found] == [
        ("受理", "3件", True),
        ("新收", "2件", True),
        ("旧存", "1件", True),
        ("结案", "2件", False),
        ("率", "66.67%", True),
        ("未结", "1件", True),
    ]


def test_the_kind_of_case_is_looked_at(court: House) -> None:
    found = held(
        acting(court.manager, AFTER), "2024年3月，我院受理民事案件3件。2024年3月，我院受理刑事案件9件。"
    )
    assert [(one.kind, one.shown) for one in found] == [("民事一审", "3件")]


@pytest.mark.parametrize(
    "text",
    [
        "我院共受理各类案件3件。",  # no period
        "2024年3月，全市法院共受理各类案件3件。",  # more courts than this
        "2024年3月，全市法院受理各类案件9件。其中新收2件。",  # the paragraph speaks of more
        "云山县人民法院报告\n2024年3月，全院共受理各类案件3件。",  # another court's report
        "2024年3月，柳林法庭共受理各类案件3件。",  # less than this court
        "2024年3月，我院共受理各类案件近3件。",  # loosened
        "2024年，我院共受理各类案件3件。",  # not over yet
        "2024年3月，我院共受理各类案件同比增加3件。",  # a movement
    ],
)
def test_what_the_record_cannot_answer_is_left_in_peace(court: House, text: str) -> None:
    assert held(acting(court.manager, AFTER), text) == []


def test_whoever_sees_a_part_confirms_nothing(court: House) -> None:
    text = "2024年3月，我院共受理各类案件3件。"
    assert held(acting(court.judge, AFTER), text) == []
    assert len(held(acting(court.manager, AFTER), text)) == 1


def test_the_day_up_to_which_cases_are_pending_is_read(court: House) -> None:
    found = held(
        acting(court.manager, AFTER),
        "截至2024年3月10日，我院未结案件1件。截至2024年3月4日，我院未结案件3件。",
    )
    assert [(one.shown, one.agrees) for one in found] == [("1件", True), ("2件", False)]


def test_growth_is_counted_against_the_same_days_a_year_before(court: House) -> None:
    file_case(court, serial=9, filed_on=date(2023, 3, 8))
    Case.objects.filter(filed_on=date(2023, 3, 8)).update(closed_on=date(2023, 3, 20))
    text = "2024年3月，我院新收案件2件，同比上升100%；结案2件，同比增加2件。"
    found = [one for one in held(acting(court.manager, AFTER), text) if one.moved]
    assert [(one.counted, one.shown, one.agrees) for one in found] == [
        ("新收", "100%", True),
        ("结案", "1件", False),
    ]


def test_a_movement_without_cases_a_year_before_is_left_in_peace(court: House) -> None:
    text = "2024年3月，我院新收案件2件，同比上升100%。"
    assert [one.moved for one in held(acting(court.manager, AFTER), text)] == [False]


def test_the_court_above_answers_for_each_court_below_and_for_all(court: House) -> None:
    above = acting(court.higher_manager, AFTER)
    text = (
        "2024年3月，全市法院新收案件2件。\n2024年3月，岚县法院新收案件2件，结案2件。"
        "\n2024年3月，我院新收案件2件。\n2024年3月，别处法院新收案件2件。"
    )
    found = held(above, text)
    assert [(one.court.short_name if one.court else "", one.shown, one.agrees) for one in found] == [
        ("", "2件", True),
        ("岚县法院", "2件", True),
        ("岚县法院", "2件", True),
    ]


@pytest.mark.parametrize(
    ("when", "filed"),
    [("2024年3月", 2), ("2024年第一季度", 3), ("2024年1至3月", 3), ("2024年1月", 1)],
)
def test_a_month_a_quarter_and_a_stretch_of_months_are_periods(court: House, when: str, filed: int) -> None:
    (found,) = held(acting(court.manager, AFTER), f"{when}，我院新收案件{filed}件。")
    assert found.agrees
