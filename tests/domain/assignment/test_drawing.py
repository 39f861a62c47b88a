"""A draw gives everyone their share, can be done again by anyone, and cannot be steered by a late word."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.assignment.drawing import (
    Contribution,
    FalseReveal,
    TooFewContributions,
    commit,
    draw,
    seed_of,
)
from mingjing.domain.assignment.pools import BadPool, Candidate, Excluded, NobodyLeft, Pool

DAY = "2026-03-02"


def pool_of(*weights: int, case: str = "（2026）云9821民初1号", seats: int = 1) -> Pool:
    """Judges J01, J02, … with these weights."""
    people = tuple(Candidate(f"J{place:02}", weight) for place, weight in enumerate(weights, start=1))
    return Pool(case, "assignment.civil @ 2026-01-01 # 12345678", DAY, people, seats=seats)


def contribution(by: str, number: int) -> Contribution:
    value = number.to_bytes(32, "big")
    return Contribution(by, commit(by, value), value)


def test_the_same_pool_and_seed_draw_the_same_judge_forever() -> None:
    seed = seed_of([pool_of(1, 1, 1).digest()], [contribution("立案庭", 1), contribution("督察室", 2)])
    assert seed.hex() == "4348447ef008e6c948448e3ec6c0043b31abeed17df15b9560899e514561fb89"
    assert draw(pool_of(1, 1, 1), seed).people == ("J01",)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.binary(min_size=32, max_size=32), st.data())
def test_a_panel_has_as_many_as_seats_and_nobody_twice(
    weights: list[int], seed: bytes, data: st.DataObject
) -> None:
    seats = data.draw(st.integers(1, len(weights)))
    drawn = draw(pool_of(*weights, seats=seats), seed)
    assert len(set(drawn.people)) == seats == len(drawn.steps)
    assert bool(drawn.flags) == (seats == len(weights))


def test_weights_are_honoured_within_four_spreads() -> None:
    weights = (100, 100, 50, 25)
    times = 20_000
    found = Counter(
        draw(pool_of(*weights, case=f"第{number}号"), bytes(32)).people[0] for number in range(times)
    )
    for place, weight in enumerate(weights, start=1):
        probability = weight / sum(weights)
        spread = (times * probability * (1 - probability)) ** 0.5
        assert abs(found[f"J{place:02}"] - times * probability) < 4 * spread


def test_the_order_of_arrival_decides_nothing() -> None:
    hands = [contribution("立案庭", 7), contribution("督察室", 8), contribution("审管办", 9)]
    assert seed_of(["aa", "bb"], hands) == seed_of(["bb", "aa"], hands[::-1])


def test_one_department_alone_does_not_own_the_seed() -> None:
    silent = Contribution("督察室", commit("督察室", bytes(32)))
    with pytest.raises(TooFewContributions, match="只有 1 个部门"):
        seed_of(["aa"], [contribution("立案庭", 1), silent])
    with pytest.raises(TooFewContributions):
        seed_of(["aa"], [contribution("立案庭", 1), contribution("立案庭", 2)])


def test_who_does_not_reveal_stands_in_the_seed_and_cannot_choose_it() -> None:
    both = [contribution("立案庭", 1), contribution("督察室", 2)]
    silent = Contribution("审管办", commit("审管办", bytes(32)))
    other = Contribution("审管办", commit("审管办", bytes(31) + b"\x01"))
    assert (
        len({seed_of(["aa"], both), seed_of(["aa"], [*both, silent]), seed_of(["aa"], [*both, other])}) == 3
    )


def test_a_liar_is_refused_by_name() -> None:
    with pytest.raises(FalseReveal, match="督察室"):
        Contribution("督察室", commit("督察室", bytes(32)), b"\x01" * 32)
    with pytest.raises(FalseReveal):  # another's value under one's own name
        Contribution("督察室", commit("立案庭", bytes(32)), bytes(32))


def test_a_pool_edited_after_its_commitment_has_another_digest() -> None:
    before = pool_of(1, 1, 1)
    assert before.digest() != pool_of(1, 1, 2).digest()
    left_out = Pool(before.case, before.rule, DAY, before.candidates[:2], (Excluded("J03", "请假"),))
    assert before.digest() != left_out.digest()


def test_nobody_left_is_refused_with_the_reasons() -> None:
    with pytest.raises(NobodyLeft, match="J01：回避"):
        Pool("案", "规则", DAY, (), (Excluded("J01", "回避"),))
    with pytest.raises(BadPool, match="两次"):
        Pool("案", "规则", DAY, (Candidate("J01"), Candidate("J01")))
    with pytest.raises(BadPool, match="权重 0"):
        pool_of(0)
