"""The drawing of a register: a column for each state, a row for each act, an arrow where it leads."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from mingjing.domain.ledgers.register import NEW, Act, Register, State
from mingjing.web.institutions.register_diagram import HEAD, register_diagram
from tests.services.builders import House
from tests.web.signing_in import signed_in, text_of

PAGE = "/institutions/ledger.rectification"


def register(*acts: Act, states: int = 3) -> Register:
    labels = ["待认领", "整改中", "已完成并长期坚持", *(f"状态{place}" for place in range(20))][:states]
    places = tuple(State(f"s{place}", label, place == 2) for place, label in enumerate(labels))
    return Register("ledger.any", "台账", "督察室", date(2024, 1, 1), "{年}{序号}", (), places, acts)


def act(*moves: tuple[tuple[str, ...], str], by: str = "督察员", barred: str = "") -> Act:
    return Act("act", "办理", (by,), moves, never_by=(barred,) if barred else ())


def test_states_stand_side_by_side_in_the_order_of_the_file() -> None:
    drawn = register_diagram(register(act(((NEW,), "待认领"))))
    assert [box.label for box in drawn.boxes] == ["待认领", "整改中", "已完成并长期坚持"]
    assert [box.x for box in drawn.boxes] == sorted(box.x for box in drawn.boxes)
    assert [box.final for box in drawn.boxes] == [False, False, True]


def test_a_long_name_is_set_in_two_lines() -> None:
    assert [text for _, text in register_diagram(register()).boxes[2].lines] == ["已完成并", "长期坚持"]


def test_an_act_is_an_arrow_from_its_state_to_the_one_after() -> None:
    drawn = register_diagram(register(act((("待认领",), "整改中"))))
    (row,) = drawn.rows
    (arrow,) = row.arrows
    assert row.dots == (drawn.boxes[0].x,)
    assert (arrow.start, arrow.end) == (drawn.boxes[0].x, drawn.boxes[1].x - HEAD)


def test_a_new_record_begins_left_of_every_state() -> None:
    drawn = register_diagram(register(act(((NEW,), "待认领"))))
    assert drawn.rows[0].arrows[0].start == drawn.start < drawn.boxes[0].left


def test_states_on_both_sides_give_two_arrows_and_one_going_back_points_left() -> None:
    drawn = register_diagram(register(act((("待认领", "已完成并长期坚持"), "整改中"))))
    ends = [arrow.end - drawn.boxes[1].x for arrow in drawn.rows[0].arrows]
    assert ends == [-HEAD, HEAD]


def test_an_act_that_keeps_the_state_is_a_ring() -> None:
    drawn = register_diagram(register(act((("整改中",), ""))))
    assert drawn.rows[0].rings == (drawn.boxes[1].x,)
    assert drawn.rows[0].arrows == ()


def test_who_may_and_who_may_not_stand_under_the_act() -> None:
    drawn = register_diagram(register(act((("整改中",), ""), barred="责任人")))
    assert drawn.rows[0].who == "督察员（责任人不得）"


def test_a_long_list_of_people_is_cut_before_who_may_not() -> None:
    many = Act("act", "办理", ("综合办", "督察", "工作专班"), ((("整改中",), ""),), never_by=("责任人",))
    (row,) = register_diagram(register(many)).rows
    assert row.who == "综合办等（责任人不得）"
    assert row.says == "办理：综合办、督察、工作专班（责任人不得）；整改中 → 不变"


def test_many_states_make_the_drawing_wider_and_nothing_overlaps() -> None:
    drawn = register_diagram(register(states=14))
    lefts = [box.left for box in drawn.boxes]
    assert all(right - left > drawn.box for left, right in pairwise(lefts))
    assert drawn.width > lefts[-1] + drawn.box


@pytest.mark.django_db
def test_the_page_of_a_ledger_draws_it_and_writes_it_out(house: House) -> None:
    page = text_of(signed_in(house.manager), PAGE)
    for words in (
        "谁在什么状态下办什么",
        "状态和办理图：7 个状态",
        "认领时限",
        "责任人不得",
        "佐证数不少于 1",
    ):
        assert words in page, words
