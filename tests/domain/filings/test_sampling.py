"""Spot checks are drawn, not chosen."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.filings.sampling import drawn, sample_size

TENTH = Fraction(1, 10)


def test_a_tenth_is_rounded_up() -> None:
    assert [sample_size(n, TENTH) for n in (0, 1, 10, 41, 400)] == [0, 1, 1, 5, 40]


@given(st.lists(st.integers(1, 10_000), max_size=60), st.integers(1, 100), st.text(max_size=20))
def test_the_draw_follows_from_seed_and_keys_alone(keys: list[int], hundredths: int, seed: str) -> None:
    share = Fraction(hundredths, 100)
    found = drawn(keys, share, seed)
    assert found == drawn([*reversed(keys), *keys], share, seed)
    assert set(found) <= set(keys) and list(found) == sorted(set(found))
    assert len(found) - 1 < share * len(set(keys)) <= len(found)


def test_another_seed_draws_others() -> None:
    keys = range(1, 401)
    assert drawn(keys, TENTH, "甲") != drawn(keys, TENTH, "乙")


def test_everyone_has_a_like_chance() -> None:
    times = dict.fromkeys(range(1, 21), 0)
    for seed in range(2000):
        for key in drawn(times, TENTH, str(seed)):
            times[key] += 1
    assert all(150 < count < 250 for count in times.values())
