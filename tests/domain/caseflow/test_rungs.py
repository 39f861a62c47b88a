"""Who is told on which day, and when a warning falls silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.caseflow.clocks import rungs_of, speaking
from mingjing.domain.ladders.rungs import Colour, Rung, RungDue
from tests.domain.caseflow.flows import CLOSING, LADDER, TRANSFER, of, one_node, run
from tests.domain.samples import calendar, day, length


def heard(as_of: str, *events: str) -> list[str]:
    """Who was told by a day, of a case filed on 2024-03-13 (due on 2024-06-13)."""
    (clock,) = of(run("2024-03-13 立案", *events, as_of=as_of), "审结")
    return [rung.tell for rung in speaking(clock, day(as_of))]


def test_the_ladder_stands_on_its_days() -> None:
    assert rungs_of(CLOSING, day("2024-06-13"), calendar()) == (
        RungDue(1, day("2024-05-14"), Colour.BLUE, "承办人"),
        RungDue(2, day("2024-06-03"), Colour.YELLOW, "庭长"),
        RungDue(3, day("2024-06-14"), Colour.RED, "分管院领导"),
        RungDue(4, day("2024-06-28"), Colour.RED, "院长"),
    )


def test_rungs_may_stand_on_the_last_day_and_count_working_days() -> None:
    found = rungs_of(TRANSFER, day("2024-09-30"), calendar())
    assert [rung.on for rung in found] == [day("2024-09-29"), day("2024-09-30"), day("2024-10-08")]


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2024-05-13", []),
        ("2024-05-14", ["承办人"]),
        ("2024-06-13", ["承办人", "庭长"]),
        ("2024-06-14", ["承办人", "庭长", "分管院领导"]),
        ("2025-01-01", ["承办人", "庭长", "分管院领导", "院长"]),
    ],
)
def test_a_rung_speaks_from_its_day_on(as_of: str, told: list[str]) -> None:
    assert heard(as_of) == told


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        ("2024-05-13", []),
        ("2024-05-14", ["承办人"]),
        ("2024-06-13", ["承办人", "庭长"]),
        ("2024-06-20", ["承办人", "庭长", "分管院领导"]),
    ],
)
def test_no_rung_speaks_after_the_node_is_done(closed: str, told: list[str]) -> None:
    assert heard("2025-01-01", f"{closed} 结案") == told


def test_a_warning_for_a_day_before_the_clock_began_is_not_given() -> None:
    short = replace(TRANSFER, rungs=LADDER)
    (clock,) = run("2024-03-13 立案", as_of="2024-03-14", flow=one_node(short))
    assert [rung.tell for rung in clock.rungs] == ["分管院领导", "院长"]
    assert [rung.order for rung in clock.rungs] == [3, 4]


def test_the_rung_on_the_last_day_is_kept_even_where_the_clock_began_that_day() -> None:
    at_once = replace(TRANSFER, within=length("0 天"))
    (clock,) = run("2024-03-13 立案", as_of="2024-03-14", flow=one_node(at_once))
    assert [rung.tell for rung in clock.rungs] == ["庭长", "分管院领导"]


RUNGS = st.lists(
    st.builds(
        Rung,
        st.sampled_from(list(Colour)),
        st.sampled_from(["承办人", "庭长", "院长"]),
        st.sampled_from([length("1 天"), length("30 天"), length("5 个工作日"), length("1 个月")]),
        st.booleans(),
    ),
    max_size=6,
)


@given(RUNGS, st.dates(date(2021, 6, 1), date(2026, 6, 1)))
def test_rungs_come_in_order_and_keep_their_place_in_the_ladder(ladder: list[Rung], last_day: date) -> None:
    found = rungs_of(replace(CLOSING, rungs=tuple(ladder)), last_day, calendar())
    assert [rung.on for rung in found] == sorted(rung.on for rung in found)
    assert sorted(rung.order for rung in found) == list(range(1, len(ladder) + 1))
    for rung in found:
        assert (rung.on < last_day) == ladder[rung.order - 1].before
