"""Honest draws look like chance; a steered one does not; the tails agree with published tables."""

from __future__ import annotations

import hashlib

import pytest

from mingjing.domain.assignment.drawing import draw
from mingjing.domain.assignment.expectation import chance
from mingjing.domain.assignment.fairness import (
    chi_square_tail,
    counts_test,
    kolmogorov_tail,
    places_test,
    runs_test,
)
from mingjing.domain.assignment.pools import Candidate, Pool

WEIGHTS = {"甲": 100, "乙": 100, "丙": 80, "丁": 50, "戊": 30, "己": 5}
DRAWS = 20_000


@pytest.fixture(scope="module")
def many() -> tuple[list[str], list[float]]:
    """Who was drawn, and where the numbers fell, over many draws by the product's own function."""
    people, places = [], []
    pool = Pool("", "", "", tuple(Candidate(*one) for one in WEIGHTS.items()))
    for at in range(DRAWS):
        found = draw(pool, hashlib.sha256(at.to_bytes(8, "big")).digest())
        people.append(found.people[0])
        places.append(found.places[0])
    return people, places


def expected() -> list[float]:
    pool = Pool("", "", "", tuple(Candidate(*one) for one in WEIGHTS.items()))
    return [DRAWS * chance(pool, name) for name in WEIGHTS]


def test_honest_draws_pass_all_three_tests(many: tuple[list[str], list[float]]) -> None:
    people, places = many
    tests = (
        counts_test([people.count(name) for name in WEIGHTS], expected()),
        places_test(places),
        runs_test(places),
    )
    assert [one.label for one in tests if one.conspicuous] == []


def test_one_case_in_twenty_steered_away_is_conspicuous(many: tuple[list[str], list[float]]) -> None:
    people = ["乙" if name == "甲" and at % 20 == 0 else name for at, name in enumerate(many[0])]
    assert counts_test([people.count(name) for name in WEIGHTS], expected()).conspicuous


def test_numbers_that_avoid_the_upper_end_are_conspicuous(many: tuple[list[str], list[float]]) -> None:
    assert places_test([place * 0.95 for place in many[1]]).conspicuous


def test_numbers_that_take_turns_are_conspicuous() -> None:
    assert runs_test([0.2, 0.8] * 100).conspicuous
    assert runs_test([0.2] * 100).conspicuous


@pytest.mark.parametrize(
    ("value", "degrees", "tail"),
    [(3.841459, 1, 0.05), (6.634897, 1, 0.01), (18.307038, 10, 0.05), (124.342113, 100, 0.05)],
)
def test_the_chi_square_tail_is_that_of_the_tables(value: float, degrees: int, tail: float) -> None:
    assert chi_square_tail(value, degrees) == pytest.approx(tail, abs=1e-7)


@pytest.mark.parametrize(("value", "tail"), [(1.3581, 0.05), (1.6276, 0.01), (1.2238, 0.10)])
def test_the_kolmogorov_tail_is_that_of_the_tables(value: float, tail: float) -> None:
    assert kolmogorov_tail(value) == pytest.approx(tail, abs=1e-4)
