"""Which cases a rule is for, and which of its versions."""

from __future__ import annotations

import pytest

from mingjing.domain.deadlines.computing import applies_to, due_within, select_version
from mingjing.domain.deadlines.rules import Fact
from mingjing.domain.reasons import MissingFact
from tests.domain.samples import LATER, calendar, civil_summary, day, length, moment


@pytest.mark.parametrize(
    ("applies", "matches"),
    [
        ({}, True),
        ({"案件类型": ("民事一审",)}, True),
        ({"案件类型": ("行政一审", "民事一审")}, True),
        ({"案件类型": ("民事一审",), "审理程序": ("小额诉讼程序",)}, False),
        ({"涉外": ("否",)}, True),
        ({"涉外": ("是",)}, False),
        ({"没有这一项": ("是", "否")}, False),
    ],
)
def test_a_rule_applies_where_every_field_has_a_listed_value(
    applies: dict[str, tuple[str, ...]], matches: bool
) -> None:
    facts: dict[str, Fact] = {"案件类型": "民事一审", "审理程序": "简易程序", "涉外": False}
    assert applies_to(applies, facts) is matches


@pytest.mark.parametrize(
    ("filed", "since"),
    [("2022-01-01", "2022-01-01"), ("2021-12-31", "2015-02-04"), ("2015-02-04", "2015-02-04")],
)
def test_the_version_in_force_on_the_day_named_is_chosen(filed: str, since: str) -> None:
    assert select_version(civil_summary(), {"立案日期": day(filed)}).since == day(since)


def test_the_day_of_a_moment_chooses_the_version() -> None:
    assert select_version(civil_summary(), {"立案日期": moment("2022-01-01 00:00")}).since == day(
        "2022-01-01"
    )


def test_without_the_day_that_chooses_the_version_nothing_is_guessed() -> None:
    with pytest.raises(MissingFact, match="缺少“立案日期”"):
        select_version(civil_summary(), {})


def test_a_plain_limit_needs_no_rule() -> None:
    found = due_within(
        length("3 天"), "立案日期", day("2024-03-01"), calendar(), stop=None, law="某规定第七条", as_of=LATER
    )
    assert found.value.last_day == day("2024-03-04")
    assert [(step.amount, step.text, step.law) for step in found.steps] == [
        ("2024-03-01", "立案，当日不计入", ""),
        ("+ 3 天", "→ 2024-03-04", "某规定第七条"),
        ("= 2024-03-04", "周一，不是休假日，不顺延", ""),
    ]
    assert found.definition == ""


def test_a_plain_limit_stops_its_gross_days_where_it_was_done() -> None:
    found = due_within(
        length("3 天"), "立案日期", day("2024-03-01"), calendar(), stop=day("2024-03-06"), law="", as_of=LATER
    )
    assert found.value.gross_days == 5
