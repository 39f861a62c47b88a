"""Which clocks run, from when, until when, and how late they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mingjing.domain.caseflow.clocks import NoRule, node_clocks
from mingjing.domain.caseflow.rules import Event, Node
from mingjing.domain.reasons import CalendarMissing, MissingFact, Refusal
from tests.domain.caseflow.flows import CLOSING, FACTS, SERVICE, TRANSFER, event, of, one_node, run
from tests.domain.samples import calendar, day, length, spans


def test_nothing_runs_before_anything_happened() -> None:
    assert run(as_of="2024-03-20", facts={"案件类型": "民事一审"}) == []


def test_a_node_within_days_runs_from_the_event_it_follows() -> None:
    (clock,) = of(run("2024-03-13 立案", as_of="2024-03-14"), "移送审判庭")
    assert (clock.occurrence, clock.started, clock.last_day) == (
        "2024-03-13 立案",
        day("2024-03-13"),
        day("2024-03-18"),
    )
    assert (clock.done, clock.late_days) == (None, 0)
    assert not isinstance(clock.due, Refusal)
    assert clock.due.steps[1].law == "第七条"


@pytest.mark.parametrize(("as_of", "late"), [("2024-03-18", 0), ("2024-03-19", 1), ("2024-04-18", 31)])
def test_lateness_grows_day_by_day_until_it_is_done(as_of: str, late: int) -> None:
    (clock,) = of(run("2024-03-13 立案", as_of=as_of), "移送审判庭")
    assert clock.late_days == late


@pytest.mark.parametrize(
    ("done", "late"), [("2024-03-13", 0), ("2024-03-18", 0), ("2024-03-19", 1), ("2024-03-25", 7)]
)
def test_lateness_stands_still_once_it_is_done(done: str, late: int) -> None:
    found = of(run("2024-03-13 立案", f"{done} 移送审判庭", as_of="2024-12-31"), "移送审判庭")
    assert [(clock.done, clock.late_days) for clock in found] == [(day(done), late)]


def test_an_event_after_the_day_asked_about_has_not_happened_yet() -> None:
    (clock,) = of(run("2024-03-13 立案", "2024-03-19 移送审判庭", as_of="2024-03-18"), "移送审判庭")
    assert (clock.done, clock.late_days) == (None, 0)


def test_what_was_done_before_the_start_does_not_fulfil_the_node() -> None:
    (clock,) = of(run("2024-03-13 立案", "2024-03-12 移送审判庭", as_of="2024-03-18"), "移送审判庭")
    assert clock.done is None


def test_of_several_fulfilling_events_the_first_counts_in_whatever_order_they_come() -> None:
    found = run("2024-03-20 移送审判庭", "2024-03-15 移送审判庭", "2024-03-13 立案", as_of="2024-04-01")
    assert of(found, "移送审判庭")[0].done == day("2024-03-15")


def test_the_first_occurrence_starts_a_node_once() -> None:
    found = run("2024-04-13 立案", "2024-03-13 立案", as_of="2024-05-01")
    assert [clock.started for clock in of(found, "移送审判庭")] == [day("2024-03-13")]


def test_every_occurrence_starts_a_clock_of_its_own() -> None:
    found = of(
        run("2024-03-20 开庭", "2024-03-25 开庭", "2024-03-21 送达笔录", as_of="2024-04-01"), "送达笔录"
    )
    assert [(clock.occurrence, clock.done, clock.late_days) for clock in found] == [
        ("2024-03-20 开庭", day("2024-03-21"), 0),
        ("2024-03-25 开庭", None, 5),
    ]


def test_an_event_does_not_fulfil_the_node_it_starts() -> None:
    again = Node("再次开庭", "开庭", ("开庭",), within=length("1 个月"))
    (clock,) = run("2024-03-20 开庭", as_of="2024-04-01", flow=one_node(again))
    assert clock.done is None
    (clock,) = run("2024-03-20 开庭", "2024-03-28 开庭", as_of="2024-04-01", flow=one_node(again))
    assert clock.done == day("2024-03-28")


def test_on_one_day_the_hours_tell_what_came_first() -> None:
    earlier = run("2024-03-13 10:00 立案", "2024-03-13 09:00 移送审判庭", as_of="2024-03-14")
    assert of(earlier, "移送审判庭")[0].done is None
    later = run("2024-03-13 10:00 立案", "2024-03-13 11:00 移送审判庭", as_of="2024-03-14")
    assert of(later, "移送审判庭")[0].done == day("2024-03-13")


def test_a_node_measured_by_a_slot_takes_the_rule_chosen_for_the_case() -> None:
    (clock,) = of(run("2024-03-13 立案", as_of="2024-06-15"), "审结")
    assert (clock.last_day, clock.late_days) == (day("2024-06-13"), 2)
    assert not isinstance(clock.due, Refusal)
    assert clock.due.definition.startswith("deadline.civil.summary @ 2022-01-01")


def test_a_slot_runs_from_the_fact_its_rule_starts_from_even_without_the_event() -> None:
    (clock,) = run(as_of="2024-06-15")
    assert (clock.node.label, clock.occurrence, clock.started) == ("审结", "", day("2024-03-13"))


def test_a_slot_does_not_run_before_its_start() -> None:
    assert run(as_of="2024-03-12") == []


def test_a_suspended_clock_is_not_late_and_warns_nobody() -> None:
    facts = {**FACTS, "中止诉讼期间": spans("2024-05-01 至 今")}
    (clock,) = of(run("2024-03-13 立案", as_of="2024-12-01", facts=facts), "审结")
    assert (clock.last_day, clock.late_days, clock.rungs) == (None, 0, ())


def test_a_refusal_is_carried_by_its_own_clock_and_the_others_run_on() -> None:
    facts = {**FACTS, "立案日期": day("2014-03-13")}
    found = run("2014-03-13 立案", as_of="2024-03-20", facts=facts)
    refused, running = of(found, "审结")[0], of(found, "移送审判庭")[0]
    assert isinstance(refused.due, Refusal)
    assert "没有生效的版本" in str(refused.due)
    assert (refused.last_day, refused.late_days, refused.rungs) == (None, 0, ())
    assert running.last_day == day("2014-03-17")


def test_a_slot_nobody_fills_is_refused_by_name() -> None:
    (clock,) = node_clocks(
        CLOSING, FACTS, [event("2024-03-13 立案")], {}, calendar(), as_of=day("2024-03-20")
    )
    assert isinstance(clock.due, NoRule)
    assert "没有适用于本案的“审理期限”规则" in str(clock.due)


def test_a_missing_calendar_year_refuses_the_node_and_not_the_case() -> None:
    found = run("2028-03-13 开庭", "2028-03-13 立案", as_of="2028-03-20", facts={"案件类型": "民事一审"})
    (refused,) = of(found, "送达笔录")
    assert isinstance(refused.due, CalendarMissing)
    (running,) = of(found, "移送审判庭")
    assert running.last_day == day("2028-03-16")


def test_a_rung_that_cannot_be_placed_is_a_caveat_and_the_last_day_stands() -> None:
    (clock,) = of(run("2028-03-13 立案", as_of="2028-03-20", facts={}), "移送审判庭")
    assert not isinstance(clock.due, Refusal)
    assert clock.due.caveats[-1].startswith(
        "以工作日计的预警还排不出：日历 calendar.cn 没有 2028 年的放假安排"
    )
    assert [(rung.order, rung.on) for rung in clock.rungs] == [(1, day("2028-03-15")), (2, day("2028-03-16"))]


def test_a_node_in_hours_needs_the_hour_of_its_event() -> None:
    urgent = Node("裁定保全", "收到申请", ("裁定保全",), within=length("48 小时"))
    (clock,) = run("2024-03-13 10:20 收到申请", as_of="2024-03-14", flow=one_node(urgent))
    assert not isinstance(clock.due, Refusal)
    assert clock.due.value.moment is not None
    assert f"{clock.due.value.moment:%m-%d %H:%M}" == "03-15 11:00"
    (without,) = run("2024-03-13 收到申请", as_of="2024-03-14", flow=one_node(urgent))
    assert isinstance(without.due, MissingFact)


@pytest.mark.parametrize(
    ("done", "late"), [("2024-03-15 11:00", 0), ("2024-03-15 11:01", 1), ("2024-03-17 09:00", 2)]
)
def test_what_is_done_after_its_hour_is_late_by_a_day_at_least(done: str, late: int) -> None:
    urgent = Node("裁定保全", "收到申请", ("裁定保全",), within=length("48 小时"))
    (clock,) = run("2024-03-13 10:20 收到申请", f"{done} 裁定保全", as_of="2024-04-01", flow=one_node(urgent))
    assert clock.late_days == late


def test_a_node_does_not_apply_to_a_case_it_is_not_for() -> None:
    narrowed = replace(TRANSFER, applies={"审理程序": ("简易程序",)})
    assert run("2024-03-13 立案", as_of="2024-03-14", flow=one_node(narrowed)) == []
    facts = {**FACTS, "审理程序": "简易程序"}
    assert len(run("2024-03-13 立案", as_of="2024-03-14", flow=one_node(narrowed), facts=facts)) == 1


def test_gross_days_of_a_node_end_where_it_was_done() -> None:
    (clock,) = of(run("2024-03-13 立案", "2024-03-16 移送审判庭", as_of="2024-12-31"), "移送审判庭")
    assert not isinstance(clock.due, Refusal)
    assert clock.due.value.gross_days == 3


def test_a_long_history_costs_no_more_than_its_length() -> None:
    hearings = [Event("开庭", day("2024-01-01") + timedelta(days=i % 300), id=str(i)) for i in range(5000)]
    served = [Event("送达笔录", one.happened, id=f"s{one.id}") for one in hearings]
    found = node_clocks(SERVICE, FACTS, [*hearings, *served], {}, calendar(), as_of=day("2024-12-31"))
    assert len(found) == 5000
    assert all(clock.done == clock.started for clock in found)


def test_clocks_come_in_the_order_of_the_nodes() -> None:
    found = run("2024-03-13 立案", "2024-03-20 开庭", as_of="2024-04-01")
    assert [clock.node.label for clock in found] == ["移送审判庭", "审结", "送达笔录"]
