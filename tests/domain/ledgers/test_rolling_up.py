"""What stands under a record: done, total, overdue, level by level."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.ledgers.rollup import Level, Piece, open_below, roll_up

TODAY = date(2024, 3, 10)
EARLY, LATE = date(2024, 3, 9), date(2024, 3, 10)


def test_each_level_counts_its_own() -> None:
    pieces = [
        Piece(1, None, "专题", over=False),
        Piece(2, 1, "措施", over=True, due_on=EARLY),
        Piece(3, 1, "措施", over=False, due_on=EARLY),
        Piece(4, 3, "任务", over=False, due_on=LATE),
        Piece(5, 9, "任务", over=False),
    ]
    assert roll_up(pieces, 1, TODAY) == (Level(1, "措施", 2, 1, 1), Level(2, "任务", 1, 0, 0))
    assert open_below(pieces, 1) == 2


def test_registers_of_one_level_are_counted_apart() -> None:
    pieces = [Piece(2, 1, "措施", over=True), Piece(3, 1, "任务", over=True)]
    assert [(level.register, level.done) for level in roll_up(pieces, 1, TODAY)] == [("措施", 1), ("任务", 1)]


def test_a_record_that_stands_above_itself_is_counted_once() -> None:
    pieces = [Piece(1, 2, "甲", over=False), Piece(2, 1, "甲", over=False)]
    assert roll_up(pieces, 1, TODAY) == (Level(1, "甲", 1, 0, 0),)


@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=12))
def test_no_record_is_counted_twice_whatever_the_tree(shape: list[tuple[int, bool]]) -> None:
    pieces = [Piece(key, above, "甲", over) for key, (above, over) in enumerate(shape, start=1)]
    levels = roll_up(pieces, 0, TODAY)
    assert sum(level.total for level in levels) <= len(pieces)
    assert sum(level.total - level.done for level in levels) == open_below(pieces, 0)
