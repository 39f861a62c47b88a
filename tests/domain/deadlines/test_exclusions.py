"""Which excluded days lengthen a limit, and which do not."""

from __future__ import annotations

import pytest

from mingjing.domain.deadlines.facts import WrongFact
from mingjing.domain.deadlines.rules import Fact, RollRule
from tests.domain.samples import answer, counted, day, last_day, lines, rule, spans

TEN_DAYS = rule("10 天", excludes=("鉴定期间", "公告期间"), counting=counted(last_day=RollRule.NEVER))
FILED = day("2024-03-01")  # ten days later: 2024-03-11


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param("2024-02-01 至 2024-02-20", "2024-03-11", id="before the start"),
        pytest.param("2024-02-20 至 2024-03-01", "2024-03-11", id="up to the start"),
        pytest.param("2024-02-20 至 2024-03-02", "2024-03-12", id="one day after the start"),
        pytest.param("2024-03-11 至 2024-03-20", "2024-03-21", id="from the last day on"),
        pytest.param("2024-03-12 至 2024-03-20", "2024-03-11", id="from the day after the end"),
        pytest.param("2024-03-05 至 2024-04-30", "2024-05-07", id="far beyond the end"),
    ],
)
def test_only_days_after_the_start_and_inside_the_running_limit_count(span: str, expected: str) -> None:
    assert last_day(TEN_DAYS, {"立案日期": FILED, "鉴定期间": spans(span)}) == day(expected)


def test_a_span_that_begins_inside_the_limit_as_already_lengthened_counts() -> None:
    facts: dict[str, Fact] = {
        "立案日期": FILED,
        "鉴定期间": spans("2024-03-05 至 2024-03-09", "2024-03-15 至 2024-03-16"),
    }
    assert last_day(TEN_DAYS, facts) == day("2024-03-18")


def test_a_day_in_two_spans_is_taken_out_once_and_the_sum_says_so() -> None:
    facts: dict[str, Fact] = {
        "立案日期": FILED,
        "鉴定期间": spans("2024-03-04 至 2024-03-08"),
        "公告期间": spans("2024-03-06 至 2024-03-07", "2024-03-07 至 2024-03-10"),
    }
    found = answer(TEN_DAYS, facts)
    assert lines(found)[2:5] == [
        "+ 5 天 鉴定 2024-03-04 至 03-08",
        "+ 0 天 公告 2024-03-06 至 03-07（与前面的扣除重叠，不重复扣）",
        "+ 2 天 公告 2024-03-07 至 03-10（2024-03-09 以前的日子不重复扣）",
    ]
    assert found.value.last_day == day("2024-03-18")
    assert found.value.excluded_days == 7


def test_spans_that_do_not_count_are_shown_with_the_reason() -> None:
    facts: dict[str, Fact] = {
        "立案日期": FILED,
        "鉴定期间": spans("2024-02-01 至 2024-02-03", "2024-05-01 至 2024-05-02"),
    }
    assert lines(answer(TEN_DAYS, facts))[2:4] == [
        "+ 0 天 鉴定 2024-02-01 至 02-03（在起算以前，不扣除）",
        "+ 0 天 鉴定 2024-05-01 至 05-02（在期限届满以后，不扣除）",
    ]


def test_an_exclusion_that_begins_while_the_end_is_rolled_over_still_counts() -> None:
    rolled = rule("10 天", excludes=("鉴定期间",))
    filed = day("2024-09-26")  # the tenth day, 6 October, is rolled over to the 8th
    assert last_day(rolled, {"立案日期": filed}) == day("2024-10-08")
    facts: dict[str, Fact] = {"立案日期": filed, "鉴定期间": spans("2024-10-08 至 2024-10-09")}
    assert last_day(rolled, facts) == day("2024-10-10")
    assert "期限已顺延到 2024-10-08，自该日起扣除" in lines(answer(rolled, facts))[2]


def test_an_exclusion_within_the_rest_the_end_is_rolled_over_changes_nothing() -> None:
    rolled = rule("10 天", excludes=("鉴定期间",))
    facts: dict[str, Fact] = {"立案日期": day("2024-09-26"), "鉴定期间": spans("2024-10-07 至 2024-10-07")}
    assert last_day(rolled, facts) == day("2024-10-08")


def test_a_limit_in_working_days_is_lengthened_by_the_working_days_of_the_span() -> None:
    workdays = rule("5 个工作日", excludes=("鉴定期间",))
    facts: dict[str, Fact] = {"立案日期": day("2024-03-01"), "鉴定期间": spans("2024-03-05 至 2024-03-11")}
    found = answer(workdays, facts)
    assert found.value.last_day == day("2024-03-15")  # the 8th, and five working days more
    assert lines(found)[2] == "+ 5 个工作日 鉴定 2024-03-05 至 03-11"


def test_gross_days_run_on_and_net_days_leave_out_what_was_excluded_so_far() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "鉴定期间": spans("2024-03-04 至 2024-03-08")}
    midway = answer(TEN_DAYS, facts, as_of=day("2024-03-06")).value
    assert (midway.gross_days, midway.net_days, midway.excluded_days) == (5, 2, 5)
    before = answer(TEN_DAYS, facts, as_of=day("2024-02-01")).value
    assert (before.gross_days, before.net_days) == (0, 0)


def test_gross_days_stop_where_the_case_was_closed() -> None:
    one = rule("10 天", counting=counted(stops="结案日期"))
    found = answer(one, {"立案日期": FILED, "结案日期": day("2024-03-08")}).value
    assert (found.gross_days, found.net_days) == (7, 7)


def test_a_span_given_as_a_word_is_refused_by_name() -> None:
    with pytest.raises(WrongFact, match="“鉴定期间”应当是起止日期，收到的是“二十天”"):
        last_day(TEN_DAYS, {"立案日期": FILED, "鉴定期间": "二十天"})
