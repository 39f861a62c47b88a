"""A draw is done again by docs/explanation/自己再抽一遍.md alone: its text is the whole algorithm."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from mingjing.domain.assignment.drawing import Contribution, commit, draw, seed_input, seed_of
from mingjing.domain.assignment.pools import Candidate, Excluded, Pool
from tests.docs.pages import DOCS, fences

PAGE = DOCS / "explanation" / "自己再抽一遍.md"
Again = Callable[[dict[str, Any]], list[str]]


def fence(rest: str) -> str:
    [found] = [one.body for one in fences(PAGE) if one.rest == rest]
    return found


@pytest.fixture(scope="module")
def again() -> Again:
    """The program of the page; it imports nothing of this product."""
    text = fence("自己再抽")
    assert "mingjing" not in text
    names: dict[str, Any] = {}
    exec(compile(text, str(PAGE), "exec"), names)
    found: Again = names["again"]
    return found


def random_draw(chance: random.Random) -> dict[str, Any]:
    """What a court publishes: one of several pools of a day, panels, silent departments, a public value."""
    pools = []
    for serial in range(chance.randint(1, 4)):
        people = [f"F{number:03}" for number in chance.sample(range(200), chance.randint(2, 30))]
        out = chance.randint(0, len(people) - 2)
        pools.append(
            Pool(
                case=f"（2024）云9821民初{serial}号",
                rule="assignment.civil@2024-01-01",
                day="2024-04-01",
                candidates=tuple(Candidate(one, chance.choice((1, 50, 100, 10**9))) for one in people[out:]),
                excluded=tuple(Excluded(one, "请假") for one in people[:out]),
                seats=chance.randint(1, min(5, len(people) - out)),
                turn=chance.randint(1, 3),
            )
        )
    values = {name: chance.randbytes(32) for name in ("立案庭", "督察室", "审判管理办公室")}
    shares = [Contribution(name, commit(name, value), value) for name, value in values.items()]
    if chance.random() < 0.3:
        shares[0] = Contribution(shares[0].by, shares[0].commitment)
    chance.shuffle(shares)
    public = chance.choice(("", "3211.35"))
    digests = [one.digest() for one in pools]
    pool = chance.choice(pools)
    file = {
        "format": "mingjing-draw-1",
        "pool": pool.plain(),
        "seed": seed_input(digests, shares, public),
        "drawn": list(draw(pool, seed_of(digests, shares, public)).people),
    }
    published: dict[str, Any] = json.loads(json.dumps(file, ensure_ascii=False, indent=1))
    return published


def test_the_example_of_the_page_comes_out_as_written(again: Again) -> None:
    file = json.loads(fence("公开文件"))
    assert again(file) == file["drawn"] == ["F02"]


def test_five_hundred_published_draws_come_out_the_same(again: Again) -> None:
    chance = random.Random(20240401)
    for _ in range(500):
        file = random_draw(chance)
        assert again(file) == file["drawn"]


def test_a_changed_pool_or_a_false_value_is_noticed_by_the_page_too(again: Again) -> None:
    file = random_draw(random.Random(1))
    file["pool"]["candidates"][0][1] += 1
    with pytest.raises(AssertionError, match="名单"):
        again(file)
    file = random_draw(random.Random(2))
    shown = next(one for one in file["seed"]["contributions"] if one[2])
    shown[2] = "00" * 32
    with pytest.raises(AssertionError):
        again(file)
