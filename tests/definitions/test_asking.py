"""A person asks a deadline directly, with facts as they would say them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from mingjing.definitions.asking import NoSuchDeadline, ask, read_pairs
from mingjing.definitions.registry import Registry
from mingjing.domain.dates.spans import Span
from mingjing.domain.reasons import NotInForce, Refusal, Unreadable

CN = Path(__file__).parents[2] / "institutions" / "cn"
SUMMARY = ["案件类型=民事一审", "审理程序=简易程序"]
ON = date(2024, 4, 1)


@pytest.fixture(scope="module")
def shelf() -> Registry:
    """The nationwide definitions."""
    return Registry.load(CN)


@pytest.mark.parametrize(
    ("facts", "last_day"),
    [
        (["立案日期=2024-03-13"], date(2024, 6, 13)),
        (["立案日期：2024年7月2日"], date(2024, 10, 8)),
        (["立案日期=二〇二三年十一月三十日"], date(2024, 2, 29)),
        (["立案日期=2024-03-13", "鉴定期间=2024-04-01至2024-04-20"], date(2024, 7, 3)),
        (
            ["立案日期=2024-03-13", "鉴定期间=2024-04-01 至 2024-04-10、2024-04-11 至 2024-04-20"],
            date(2024, 7, 3),
        ),
        (["立案日期=2024-03-13", "延长=1 个月"], date(2024, 7, 15)),
    ],
)
def test_the_slot_finds_its_rule_and_gives_the_last_day(
    shelf: Registry, facts: list[str], last_day: date
) -> None:
    answer = ask(shelf, "审理期限", read_pairs([*SUMMARY, *facts]), as_of=ON)
    assert answer.value.last_day == last_day
    assert answer.definition.startswith("deadline.civil.summary @ ")
    assert answer.steps


def test_a_rule_can_be_named_by_its_id_and_by_its_label(shelf: Registry) -> None:
    facts = read_pairs(["立案日期=2024-03-13"])
    assert ask(shelf, "deadline.civil.summary", facts, as_of=ON) == ask(
        shelf, "简易程序审理期限", facts, as_of=ON
    )


def test_a_day_no_version_covers_is_refused_not_guessed(shelf: Registry) -> None:
    with pytest.raises(NotInForce, match="没有生效的版本"):
        ask(shelf, "审理期限", read_pairs([*SUMMARY, "立案日期=2014-12-31"]), as_of=ON)


def test_a_rule_for_other_cases_is_refused(shelf: Registry) -> None:
    with pytest.raises(Refusal, match="不适用"):
        ask(
            shelf,
            "deadline.civil.summary",
            read_pairs(["审理程序=普通程序", "立案日期=2024-03-13"]),
            as_of=ON,
        )


@pytest.mark.parametrize("name", ["一审审限", "", "deadline.no.such"])
def test_a_name_nobody_knows_is_refused_with_names_there_are(shelf: Registry, name: str) -> None:
    with pytest.raises(NoSuchDeadline):
        ask(shelf, name, read_pairs([*SUMMARY, "立案日期=2024-03-13"]), as_of=ON)


def test_a_name_almost_right_is_answered_with_the_nearest(shelf: Registry) -> None:
    with pytest.raises(NoSuchDeadline) as slip:
        ask(shelf, "deadline.civil.appeal-judgment", read_pairs([]), as_of=ON)
    assert slip.value.allowed[0] == "deadline.civil.appeal_judgment"


def test_facts_too_few_to_choose_a_rule_say_which_to_add(shelf: Registry) -> None:
    with pytest.raises(NoSuchDeadline, match=r"请补充：.*审理程序"):
        ask(shelf, "审理期限", read_pairs(["立案日期=2024-03-13"]), as_of=ON)


def test_values_are_read_as_what_they_are() -> None:
    facts = read_pairs(
        ["在押=是", "收到时刻=2024-05-01 10:00", "鉴定期间=2024-04-01 至 今", "案由=民间借贷纠纷", ""]
    )
    assert facts == {
        "在押": True,
        "收到时刻": datetime(2024, 5, 1, 10),  # noqa: DTZ001 — a wall time at the court
        "鉴定期间": (Span(date(2024, 4, 1), None),),
        "案由": "民间借贷纠纷",
    }


@pytest.mark.parametrize(
    "line",
    ["立案日期", "立案日期=2024-02-30", "=2024-03-13", "收到时刻=2024-05-01 25:00", "补充=2024-01-01、三个"],
)
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(Unreadable):
        read_pairs([line])


@pytest.mark.parametrize(
    ("facts", "told", "allowed"),
    [
        (["案件类型=民事一审", "审理程序=小额诉讼"], "审理程序为“小额诉讼”", "小额诉讼程序"),
        (["案件类型=执行"], "案件类型为“执行”", "首次执行"),
        (["案件类型=民事二审"], "请补充", "上诉对象=裁定"),
        (["案件类型=刑事一审", "审理程序=速裁程序"], "请补充", "可能判处一年以上=否"),
        (["案件类型=行政一审", "审理程序=速裁程序"], "审理程序为“速裁程序”", "简易程序"),
    ],
)
def test_facts_no_rule_fits_are_told_which_of_them_or_what_is_missing(
    shelf: Registry, facts: list[str], told: str, allowed: str
) -> None:
    with pytest.raises(NoSuchDeadline, match=told) as slip:
        ask(shelf, "审理期限", read_pairs([*facts, "立案日期=2024-03-13"]), as_of=ON)
    assert allowed in slip.value.allowed


def test_a_fact_given_twice_with_two_values_is_refused_and_the_same_one_again_is_not() -> None:
    with pytest.raises(Unreadable, match="“立案日期”写了两次，内容不同"):
        read_pairs(["立案日期=2024-03-13", "立案日期=2024-03-14"])
    assert read_pairs(["立案日期=2024-03-13", "立案日期=2024年3月13日"]) == {"立案日期": date(2024, 3, 13)}


def test_a_misspelt_fact_is_not_passed_over_in_silence(shelf: Registry) -> None:
    facts = [*SUMMARY, "立案日期=2024-03-13", "鉴定期限=2024-04-01 至 2024-04-20"]
    with pytest.raises(Unreadable, match="没有“鉴定期限”这个数据项。您是不是想写“鉴定期间”"):
        ask(shelf, "审理期限", read_pairs(facts), as_of=ON)
