"""Asking for more time: the windows, the steps, the bounds."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.deadlines.extensions import ExtensionWindow, check_extension
from mingjing.domain.deadlines.granting import ExtensionRefused
from mingjing.domain.deadlines.rules import Deadline, Extension, Fact, Version
from mingjing.domain.reasons import MissingFact
from tests.domain.samples import calendar, civil_summary, day, last_day, length, rule, spans

FILED = day("2024-01-13")


def with_steps(*steps: Extension, limit: str = "6 个月") -> Deadline:
    """A limit with a ladder of extensions."""
    version = Version(date(2000, 1, 1), length(limit), extensions=steps, basis="民事诉讼法第一百五十二条")
    return rule(limit, versions=(version,), excludes=("鉴定期间",), suspends=("中止诉讼期间",))


def president(**more: object) -> Extension:
    """The first step: six months by the president of the court, asked 15 and decided 5 days before."""
    given: dict[str, object] = {
        "approver": "本院院长",
        "at_most": length("6 个月"),
        "apply_before": length("15 天"),
        "decide_before": length("5 天"),
    }
    return Extension(**{**given, **more})  # type: ignore[arg-type]


HIGHER = Extension("上级人民法院", at_most=length("3 个月"), repeatable=True)
ORDINARY = with_steps(president(), HIGHER)


def window(on: str, facts: dict[str, Fact] | None = None, *, asked: str = "6 个月") -> ExtensionWindow:
    """The window of the ordinary procedure for a case filed on 2024-01-13 (ends 2024-07-15, a Monday)."""
    known = {"立案日期": FILED, **(facts or {})}
    return check_extension(ORDINARY, known, calendar(), asked=length(asked), applied_on=day(on)).value


def test_the_windows_are_counted_back_from_the_day_the_limit_really_ends() -> None:
    assert window("2024-06-30") == ExtensionWindow(
        approver="本院院长",
        expires_on=day("2024-07-15"),  # 13 July is a Saturday
        apply_by=day("2024-06-30"),
        decide_by=day("2024-07-10"),
        new_last_day=day("2025-01-13"),
    )


def test_an_exclusion_moves_the_window_with_the_last_day() -> None:
    found = window("2024-07-10", {"鉴定期间": spans("2024-04-01 至 2024-04-20")})
    assert (found.expires_on, found.apply_by) == (day("2024-08-02"), day("2024-07-18"))


def test_a_day_too_late_is_refused_with_the_window() -> None:
    with pytest.raises(ExtensionRefused) as refused:
        window("2024-07-01")
    assert str(refused.value) == (
        "应于 2024-06-30 前申请（届满 15 日前），2024-07-01 已过。期限于 2024-07-15 届满。"
    )


def test_the_window_named_by_the_refusal_is_the_one_of_the_day_that_is_not_rolled_over() -> None:
    facts: dict[str, Fact] = {"立案日期": day("2024-04-12")}
    one = with_steps(president(), limit="3 个月")
    assert last_day(one, facts) == day("2024-07-12")
    with pytest.raises(ExtensionRefused, match="应于 2024-06-27 前申请（届满 15 日前），2024-06-30 已过"):
        check_extension(one, facts, calendar(), asked=length("1 个月"), applied_on=day("2024-06-30"))


def test_where_no_window_is_set_the_last_day_itself_is_in_time_and_the_next_is_not() -> None:
    facts: dict[str, Fact] = {"立案日期": day("2024-03-13")}
    one = civil_summary()
    found = check_extension(
        one, facts, calendar(), asked=length("1 个月"), applied_on=day("2024-06-13")
    ).value
    assert (found.apply_by, found.decide_by, found.new_last_day) == (
        day("2024-06-13"),
        day("2024-06-13"),
        day("2024-07-15"),
    )
    with pytest.raises(ExtensionRefused, match="应于 2024-06-13 届满前申请，2024-06-14 已过"):
        check_extension(one, facts, calendar(), asked=length("1 个月"), applied_on=day("2024-06-14"))


def test_a_window_in_working_days_is_counted_in_working_days() -> None:
    one = with_steps(president(apply_before=length("5 个工作日")))
    found = check_extension(
        one, {"立案日期": FILED}, calendar(), asked=length("1 个月"), applied_on=day("2024-07-01")
    )
    assert found.value.apply_by == day("2024-07-08")


def test_the_second_extension_is_asked_of_the_next_step() -> None:
    found = window("2024-12-01", {"延长": length("6 个月")}, asked="3 个月")
    assert found.approver == "上级人民法院"
    assert (found.expires_on, found.new_last_day) == (day("2025-01-13"), day("2025-04-14"))


def test_a_repeatable_step_may_be_used_again() -> None:
    granted = (length("6 个月"), length("3 个月"), length("3 个月"))
    assert window("2025-06-01", {"延长": granted}, asked="2 个月").approver == "上级人民法院"


def test_more_than_the_step_allows_is_refused() -> None:
    with pytest.raises(ExtensionRefused, match="本院院长批准，最多延长 6 个月，申请的是 7 个月"):
        window("2024-06-01", asked="7 个月")


@pytest.mark.parametrize("asked", ["0 天", "0 个月", "1 天", "1 小时"])
def test_an_extension_that_lengthens_nothing_is_refused(asked: str) -> None:
    """The limit ends on Saturday, 13 July, and rolls over to the 15th: a day more is none."""
    with pytest.raises(ExtensionRefused, match=r"期限仍于 2024-07-15 届满|按日计算"):
        window("2024-06-01", asked=asked)


def test_days_are_compared_with_months_by_the_day_they_lead_to() -> None:
    one = civil_summary()
    facts: dict[str, Fact] = {"立案日期": day("2024-03-13")}
    assert last_day(one, {**facts, "延长": length("30 天")}) == day("2024-07-15")
    with pytest.raises(ExtensionRefused, match="最多延长 1 个月，申请的是 31 天"):
        last_day(one, {**facts, "延长": length("31 天")})


def test_what_all_extensions_may_come_to_bounds_each_of_them() -> None:
    step = president(at_most=None, in_total=length("9 个月"), repeatable=True)
    one = with_steps(step)
    facts: dict[str, Fact] = {"立案日期": FILED, "延长": (length("2 个月"), length("1 个月"))}
    assert last_day(one, facts) == day("2024-10-14")
    with pytest.raises(ExtensionRefused, match="累计最多 9 个月"):
        last_day(one, {**facts, "延长": (length("2 个月"), length("2 个月"))})


def test_a_used_up_ladder_is_refused() -> None:
    with pytest.raises(ExtensionRefused, match="已经延长 1 次"):
        last_day(civil_summary(), {"立案日期": day("2024-03-13"), "延长": (length("15 天"), length("15 天"))})


def test_a_limit_without_extension_is_refused() -> None:
    with pytest.raises(ExtensionRefused, match="没有规定延长"):
        last_day(rule("3 天"), {"立案日期": FILED, "延长": length("1 天")})


def test_a_condition_nobody_recorded_is_missing_and_not_refused() -> None:
    with pytest.raises(MissingFact, match="延长须双方当事人同意，还没有记录这一项"):
        last_day(civil_summary(), {"立案日期": day("2021-10-15"), "延长": length("1 个月")})


def test_a_limit_that_stands_still_cannot_be_extended() -> None:
    with pytest.raises(ExtensionRefused, match="正在停止计算"):
        window("2024-06-01", {"中止诉讼期间": spans("2024-05-01 至 今")})


@pytest.mark.parametrize(
    ("version", "cause"),
    [
        (Version(date(2000, 1, 1), no_limit=True), "没有期限，不需要延长"),
        (Version(date(2000, 1, 1), due="审限届满日期"), "由来源系统给出"),
    ],
)
def test_what_has_no_limit_of_its_own_cannot_be_extended(version: Version, cause: str) -> None:
    one = rule("1 天", versions=(version,))
    facts: dict[str, Fact] = {"立案日期": FILED, "审限届满日期": day("2024-07-13")}
    with pytest.raises(ExtensionRefused, match=cause):
        check_extension(one, facts, calendar(), asked=length("1 天"), applied_on=FILED)


def test_the_answer_shows_how_the_windows_come_about() -> None:
    found = check_extension(
        ORDINARY, {"立案日期": FILED}, calendar(), asked=length("6 个月"), applied_on=day("2024-06-01")
    )
    assert [f"{step.amount} {step.text}" for step in found.steps[-3:]] == [
        "- 15 天 → 2024-06-30，至迟这一天申请",
        "- 5 天 → 2024-07-10，至迟这一天决定",
        "+ 6 个月 → 2025-01-13，本院院长批准后的最后一日",
    ]
