"""An answer is laid out as a sum, each line with its article."""

from __future__ import annotations

from mingjing.domain.deadlines.rules import DueState
from tests.domain.samples import answer, civil_summary, day, length, lines, spans


def test_the_sum_of_a_limit_that_was_excluded_and_rolled_over() -> None:
    found = answer(
        civil_summary(),
        {"立案日期": day("2026-06-23"), "鉴定期间": spans("2026-07-20 至 2026-07-31")},
        as_of=day("2026-09-30"),
    )
    assert [(step.amount, step.text, step.law) for step in found.steps] == [
        ("2026-06-23", "立案，当日不计入", "民事诉讼法第八十五条第二款"),
        ("+ 3 个月", "→ 2026-09-23（2022-01-01 起施行的版本）", "《民事诉讼法》（2021 修正）第一百六十四条"),
        ("+ 12 天", "鉴定 2026-07-20 至 07-31", "法释〔2000〕29号第九条（六）"),
        ("→ 2026-10-05", "国庆节假期，顺延到假后第一日", "民事诉讼法第八十五条第三款"),
        ("= 2026-10-08", "周四", ""),
    ]
    assert (found.value.gross_days, found.value.net_days, found.value.excluded_days) == (99, 87, 12)


def test_a_limit_that_ends_on_a_working_day_says_that_it_is_not_rolled_over() -> None:
    found = answer(
        civil_summary(), {"立案日期": day("2024-03-13"), "鉴定期间": spans("2024-04-01 至 2024-04-20")}
    )
    assert lines(found)[-1] == "= 2024-07-03 周三，不是休假日，不顺延"
    assert found.steps[-1].law == "民事诉讼法第八十五条第三款"


def test_a_limit_that_ends_on_a_weekend_worked_says_so() -> None:
    found = answer(civil_summary(), {"立案日期": day("2024-01-11")})
    assert lines(found)[-1] == "= 2024-04-11 周四，不是休假日，不顺延"
    worked = answer(civil_summary(), {"立案日期": day("2024-01-28")})
    assert lines(worked)[-1] == "= 2024-04-28 周日，调休上班，不顺延"


def test_a_missing_day_of_the_month_is_explained() -> None:
    found = answer(civil_summary(), {"立案日期": day("2023-11-30")})
    assert "→ 2024-02-29 2 月没有 30 日，取月末" in lines(found)
    assert found.steps[2].law == "民法典第二百零二条"


def test_an_extension_shows_who_allowed_it_and_where_it_leads() -> None:
    found = answer(civil_summary(), {"立案日期": day("2024-03-13"), "延长": length("1 个月")})
    assert lines(found)[2:] == [
        "+ 1 个月 → 2024-07-13，本院院长批准延长",
        "→ 2024-07-13 周六，顺延到假后第一日",
        "= 2024-07-15 周一",
    ]


def test_the_answer_carries_its_definition_and_its_open_questions() -> None:
    found = answer(civil_summary(), {"立案日期": day("2024-03-13")})
    assert found.definition == "deadline.civil.summary @ 2022-01-01 # 01234567"
    assert found.questions == ("审限届满遇休假日是否顺延，各地做法不一。",)
    assert found.caveats == ()
    assert found.value.state is DueState.RUNNING
