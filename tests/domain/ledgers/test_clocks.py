"""The clocks of a record: when they start, by when, how late, who is told; equal to walking day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.durations import read_duration
from mingjing.domain.ledgers.clocks import ClockRun, Done, clock_runs, speaking
from mingjing.domain.ledgers.register import RecordClock, Register
from mingjing.domain.reasons import Refusal
from tests.domain.ledgers.sample_registers import RECTIFICATION, registers
from tests.domain.samples import calendar, day, moment

CALENDAR = calendar()


def done(*acts: str) -> list[Done]:
    """``2024-03-06 认领 期限=2024-04-01`` as history; the state after comes from the register."""
    found = []
    for turn, text in enumerate(acts, start=1):
        on, act, *entries = text.split()
        after = next(after for _, after in RECTIFICATION.act(act).moves)
        values = dict(one.split("=") for one in entries)
        found.append(Done(turn, act, day(on), after, values))
    return found


def runs(*acts: str, on: str) -> dict[str, list[ClockRun]]:
    found: dict[str, list[ClockRun]] = {}
    for run in clock_runs(RECTIFICATION, done(*acts), CALENDAR, as_of=day(on)):
        found.setdefault(run.clock.label, []).append(run)
    return found


def test_working_days_leave_out_the_weekend() -> None:
    (run,) = runs("2024-03-01 登记", on="2024-03-04")["认领时限"]
    assert (run.started, run.last_day, run.late_days) == (day("2024-03-01"), day("2024-03-06"), 0)


def test_days_are_not_moved_off_a_holiday() -> None:
    (run,) = runs("2024-03-01 登记", "2024-03-07 认领", "2024-04-07 报验", on="2024-04-07")["整改时限"]
    assert (run.last_day, run.late_days) == (day("2024-04-06"), 1)


def test_an_act_on_the_last_day_is_in_time() -> None:
    (run,) = runs("2024-03-01 登记", "2024-03-06 认领", on="2024-06-01")["认领时限"]
    assert (run.done, run.late_days) == (day("2024-03-06"), 0)


def test_a_clock_that_nobody_stops_is_later_every_day() -> None:
    late = [runs("2024-03-01 登记", on=f"2024-03-{dom:02}")["认领时限"][0].late_days for dom in (6, 7, 8)]
    assert late == [0, 1, 2]


def test_sending_back_starts_the_clock_anew() -> None:
    history = ("2024-03-01 登记", "2024-03-04 认领", "2024-03-20 报验", "2024-03-21 退回")
    first, second = runs(*history, on="2024-03-25")["整改时限"]
    assert (first.done, first.turn) == (day("2024-03-20"), 2)
    assert (second.done, second.turn, second.last_day) == (None, 4, day("2024-04-20"))


def test_a_record_that_is_over_stops_every_clock() -> None:
    clock = RecordClock("看护", ("登记",), ("说明",), read_duration("2 天"))
    register = replace(RECTIFICATION, clocks=(clock,))
    history = done("2024-03-01 登记", "2024-03-04 认领", "2024-03-04 报验", "2024-03-05 销号")
    (run,) = clock_runs(register, history, CALENDAR, as_of=day("2024-06-01"))
    assert (run.done, run.late_days) == (day("2024-03-05"), 2)


def test_a_clock_that_the_last_act_starts_runs_on_after_it() -> None:
    clock = RecordClock("回头看", ("销号",), ("说明",), read_duration("6 个月"))
    history = done("2024-03-01 登记", "2024-03-04 认领", "2024-03-04 报验", "2024-03-05 销号")
    register = replace(RECTIFICATION, clocks=(clock,))
    (run,) = clock_runs(register, history, CALENDAR, as_of=day("2024-09-07"))
    assert (run.done, run.last_day, run.late_days) == (None, day("2024-09-05"), 2)


def test_a_day_in_a_field_is_the_last_day_and_may_be_moved_while_it_runs() -> None:
    (run,) = runs("2024-03-01 登记", "2024-03-04 认领 期限=2024-03-29", on="2024-03-30")["约定期限"]
    assert (run.last_day, run.late_days) == (day("2024-03-29"), 1)
    moved = [
        *done("2024-03-01 登记", "2024-03-04 认领 期限=2024-03-29"),
        _remark(3, "2024-03-10", "2024-04-10"),
    ]
    found = clock_runs(RECTIFICATION, moved, CALENDAR, as_of=day("2024-03-30"))
    assert [one.last_day for one in found if one.clock.label == "约定期限"] == [day("2024-04-10")]


def test_the_act_that_ends_a_run_does_not_move_the_day_it_missed() -> None:
    history = [
        *done("2024-03-01 登记", "2024-03-04 认领 期限=2024-03-29"),
        Done(3, "认领", day("2024-03-30"), "整改中", {"期限": "2024-04-30"}),
    ]
    found = clock_runs(RECTIFICATION, history, CALENDAR, as_of=day("2024-03-30"))
    agreed = [run for run in found if run.clock.label == "约定期限"]
    assert [(run.last_day, run.late_days) for run in agreed] == [
        (day("2024-03-29"), 1),
        (day("2024-04-30"), 0),
    ]


def _remark(turn: int, on: str, until: str) -> Done:
    return Done(turn, "说明", day(on), "整改中", {"期限": until})


def test_a_clock_without_its_day_says_which_field_is_empty() -> None:
    (run,) = runs("2024-03-01 登记", "2024-03-04 认领", on="2024-03-30")["约定期限"]
    assert isinstance(run.due, Refusal)
    assert "还没有填“期限”" in run.due.message
    assert run.late_days == 0


def test_a_year_without_a_calendar_is_a_refusal_and_no_guess() -> None:
    (run,) = clock_runs(
        RECTIFICATION, [Done(1, "登记", date(2050, 1, 3), "待认领")], CALENDAR, as_of=date(2050, 2, 1)
    )
    assert isinstance(run.due, Refusal)
    assert run.last_day is None


def test_hours_are_counted_from_the_hour_and_missed_by_a_minute() -> None:
    clock = RecordClock("接收", ("登记",), ("认领",), read_duration("24 小时"))
    register = replace(RECTIFICATION, clocks=(clock,))
    first = Done(1, "登记", day("2024-03-01"), "待认领", moment=moment("2024-03-01 09:00"))
    in_time = Done(2, "认领", day("2024-03-02"), "整改中", moment=moment("2024-03-02 10:00"))
    too_late = replace(in_time, moment=moment("2024-03-02 10:01"))
    assert [
        run.late_days
        for last in (in_time, too_late)
        for run in clock_runs(register, [first, last], CALENDAR, as_of=day("2024-03-02"))
    ] == [0, 1]


def test_the_sum_names_the_act_the_length_and_the_article() -> None:
    (run,) = runs("2024-03-01 登记", "2024-03-07 认领", on="2024-03-08")["整改时限"]
    assert not isinstance(run.due, Refusal)
    said = [(step.amount, step.text, step.law) for step in run.due.steps]
    assert said[0][0] == "2024-03-07"
    assert ("+ 30 天", "→ 2024-04-06", "办法第八条") in said
    assert said[-1][0] == "= 2024-04-06"


def test_rungs_speak_on_their_days_until_the_act_is_done() -> None:
    history = ("2024-03-01 登记", "2024-03-07 认领", "2024-04-08 报验")
    (run,) = runs(*history, on="2024-06-01")["整改时限"]
    spoken = speaking(run, day("2024-06-01"))
    assert [(rung.on, rung.tell) for rung in spoken] == [
        (day("2024-04-03"), "责任人"),
        (day("2024-04-07"), "督察员"),
    ]
    (early,) = runs(*history[:2], on="2024-04-05")["整改时限"]
    assert [rung.tell for rung in speaking(early, day("2024-04-05"))] == ["责任人"]


def test_an_act_of_tomorrow_has_not_happened() -> None:
    (run,) = runs("2024-03-01 登记", "2024-03-05 认领", on="2024-03-04")["认领时限"]
    assert run.done is None


@st.composite
def histories(draw: st.DrawFn) -> tuple[Register, list[Done]]:
    register = draw(registers())
    on = date(2024, 3, 1)
    found: list[Done] = []
    for turn in range(1, draw(st.integers(0, 8)) + 1):
        act = draw(st.sampled_from(register.acts))
        after = act.moves[0][1] or act.moves[0][0][0]
        found.append(Done(turn, act.label, on, after))
        on += timedelta(days=draw(st.integers(0, 15)))
    return register, found


def walked(register: Register, clock: RecordClock, history: list[Done], as_of: date) -> list[tuple[int, int]]:
    """(turn, days late) of each run, found by living through every day and counting."""
    assert clock.within is not None
    found: list[tuple[int, int]] = []
    running: tuple[int, date] | None = None
    late, was_over = 0, False
    on = date(2024, 3, 1)
    while on <= as_of:
        if running and on > running[1]:
            late += 1
        for one in (one for one in history if one.on == on):
            over = register.is_final(one.after)
            if running and (one.act in (*clock.starts, *clock.stops) or (over and not was_over)):
                found.append((running[0], late))
                running, late = None, 0
            if one.act in clock.starts:
                running, late = (one.turn, on + timedelta(days=clock.within.days)), 0
            was_over = over
        on += timedelta(days=1)
    return [*found, (running[0], late)] if running else found


@given(histories(), st.integers(0, 90))
def test_every_clock_says_what_a_walk_through_the_days_says(
    story: tuple[Register, list[Done]], later: int
) -> None:
    register, history = story
    as_of = date(2024, 3, 1) + timedelta(days=later)
    found = clock_runs(register, history, CALENDAR, as_of=as_of)
    for clock in register.clocks:
        said = [(run.turn, run.late_days) for run in found if run.clock is clock]
        assert said == walked(register, clock, history, as_of)


@given(histories(), st.integers(0, 90))
def test_no_rung_speaks_after_a_run_is_done(story: tuple[Register, list[Done]], later: int) -> None:
    register, history = story
    as_of = date(2024, 3, 1) + timedelta(days=later)
    told = tuple(replace(clock, rungs=RECTIFICATION.clocks[1].rungs) for clock in register.clocks)
    for run in clock_runs(replace(register, clocks=told), history, CALENDAR, as_of=as_of):
        assert all(rung.on <= (run.done or as_of) for rung in speaking(run, as_of))
