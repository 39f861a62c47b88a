"""A limit that begins again, stands still, has no end, or is set by another system."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.deadlines.rules import DueState, Fact, RollRule, Version
from mingjing.domain.reasons import MissingFact
from tests.domain.samples import answer, counted, day, last_day, length, lines, moment, rule, spans

RESTARTED = rule(
    "2 个月",
    restarts=("补充侦查完毕", "改变管辖"),
    excludes=("鉴定期间",),
    suspends=("中止审理期间",),
    excludes_law={"补充侦查完毕": "刑事诉讼法第二百零八条"},
)
FILED = day("2024-01-10")


def test_a_limit_runs_anew_from_the_latest_restart() -> None:
    again = (day("2024-02-20"), day("2024-04-01"))
    found = answer(RESTARTED, {"立案日期": FILED, "补充侦查完毕": again, "改变管辖": day("2024-03-01")})
    assert found.value.last_day == day("2024-06-03")  # 1 June is a Saturday
    assert lines(found)[:2] == ["2024-01-10 立案", "2024-04-01 补充侦查完毕，重新计算，当日不计入"]
    assert found.steps[1].law == "刑事诉讼法第二百零八条"


def test_gross_days_keep_the_original_start_through_a_restart() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "补充侦查完毕": (day("2024-04-01"),)}
    found = answer(RESTARTED, facts, as_of=day("2024-04-11")).value
    assert (found.started, found.gross_days) == (FILED, 92)


def test_a_restart_before_the_start_is_not_one() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "补充侦查完毕": (day("2023-12-01"),)}
    assert last_day(RESTARTED, facts) == day("2024-03-11")


def test_days_excluded_before_a_restart_do_not_lengthen_the_new_limit() -> None:
    facts: dict[str, Fact] = {
        "立案日期": FILED,
        "鉴定期间": spans("2024-02-01 至 2024-02-20"),
        "补充侦查完毕": (day("2024-04-01"),),
    }
    found = answer(RESTARTED, facts, as_of=day("2024-04-11")).value
    assert found.last_day == day("2024-06-03")
    assert (found.gross_days, found.net_days, found.excluded_days) == (92, 72, 0)


def test_an_open_suspension_stops_the_clock_and_says_what_if_it_ended_today() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "中止审理期间": spans("2024-02-01 至 今")}
    found = answer(RESTARTED, facts, as_of=day("2024-02-20"))
    assert found.value.state is DueState.SUSPENDED
    assert (found.value.last_day, found.value.moment) == (None, None)
    assert (found.value.gross_days, found.value.net_days) == (41, 21)
    assert lines(found)[-2:] == [
        "+ 20 天 中止审理 2024-02-01 起，尚未结束",
        "停止计算 自 2024-02-01 中止审理起停止计算；若到 2024-02-20 为止，最后一日是 2024-04-01",
    ]


def test_an_open_exclusion_stops_the_clock_too() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "鉴定期间": spans("2024-02-01 至 今")}
    assert answer(RESTARTED, facts, as_of=day("2024-02-20")).value.state is DueState.SUSPENDED


def test_when_it_is_resumed_the_limit_runs_on() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "中止审理期间": spans("2024-02-01 至 2024-02-20")}
    assert last_day(RESTARTED, facts) == day("2024-04-01")


def test_an_open_suspension_that_began_after_the_limit_ended_does_not_undo_the_breach() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "中止审理期间": spans("2024-03-20 至 今")}
    found = answer(RESTARTED, facts, as_of=day("2024-04-20")).value
    assert (found.state, found.last_day) == (DueState.RUNNING, day("2024-03-11"))


def test_an_open_suspension_that_has_not_begun_yet_is_not_seen() -> None:
    facts: dict[str, Fact] = {"立案日期": FILED, "中止审理期间": spans("2024-02-01 至 今")}
    assert answer(RESTARTED, facts, as_of=day("2024-01-31")).value.state is DueState.RUNNING


def test_a_span_nobody_closed_ends_when_the_case_does() -> None:
    one = rule("10 天", suspends=("中止审理期间",), counting=counted(stops="结案日期"))
    facts: dict[str, Fact] = {"立案日期": day("2024-03-01"), "中止审理期间": spans("2024-03-05 至 今")}
    closed: dict[str, Fact] = {**facts, "结案日期": day("2024-03-14")}
    assert answer(one, closed, as_of=day("2024-03-13")).value.state is DueState.SUSPENDED
    found = answer(one, closed, as_of=day("2024-05-01")).value
    assert (found.state, found.last_day) == (DueState.RUNNING, day("2024-03-21"))
    assert (found.gross_days, found.net_days) == (13, 3)


def test_standing_still_is_said_even_where_custody_is_not_known() -> None:
    criminal = rule(
        "10 天", suspends=("中止审理期间",), counting=counted(last_day=RollRule.ROLL_UNLESS_CUSTODY)
    )
    facts: dict[str, Fact] = {"立案日期": day("2024-03-01"), "中止审理期间": spans("2024-03-05 至 今")}
    assert answer(criminal, facts, as_of=day("2024-03-09")).value.state is DueState.SUSPENDED


def test_a_case_without_a_limit_has_an_age_but_no_last_day() -> None:
    unlimited = rule(
        "1 天", versions=(Version(date(2000, 1, 1), no_limit=True, basis="民事诉讼法第二百八十七条"),)
    )
    found = answer(unlimited, {"立案日期": FILED}, as_of=day("2024-02-10"))
    assert (found.value.state, found.value.last_day) == (DueState.NO_LIMIT, None)
    assert found.value.gross_days == 31
    assert lines(found)[-1] == "没有期限 2000-01-01 起施行的版本不设期限"


def test_a_due_date_set_by_another_system_is_taken_as_it_is() -> None:
    imported = rule("1 天", versions=(Version(date(2000, 1, 1), due="审限届满日期"),), version_by="导入日期")
    facts: dict[str, Fact] = {"导入日期": FILED, "审限届满日期": day("2024-06-01")}
    found = answer(imported, facts)
    assert (found.value.state, found.value.last_day) == (DueState.RUNNING, day("2024-06-01"))
    assert lines(found) == ["= 2024-06-01 审限届满日期由来源系统给出，不再推算"]
    assert answer(imported, {**facts, "审限届满日期": moment("2024-06-01 10:00")}).value.moment == moment(
        "2024-06-01 10:00"
    )
    with pytest.raises(MissingFact, match="缺少“审限届满日期”"):
        answer(imported, {"导入日期": FILED})


def test_a_version_says_exactly_one_thing() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Version(date(2000, 1, 1))
    with pytest.raises(ValueError, match="exactly one"):
        Version(date(2000, 1, 1), length("1 天"), no_limit=True)
