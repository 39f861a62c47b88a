"""Parts added up at once come to what adding them one by one comes to, however large the sums."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.services.figures.adding import added_up
from mingjing.services.figures.cells import AXES, Changes, Given, Part
from mingjing.storage.indicators.models import Cell
from tests.services.builders import House

KEYS, CELLS = 3, 5
NUMBERS = st.integers(-3, 3)
TOTALS = st.one_of(NUMBERS, st.sampled_from([10**22, -(10**22), 2**61, 1]))


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    reached=st.lists(st.sets(st.integers(0, CELLS - 1)).map(tuple), min_size=1, max_size=4),
    data=st.data(),
)
def test_all_at_once_is_one_by_one(reached: list[tuple[int, ...]], data: st.DataObject) -> None:
    part = st.tuples(st.integers(0, len(reached) - 1), st.integers(0, KEYS - 1), NUMBERS, NUMBERS, TOTALS)
    parts = data.draw(st.lists(part, max_size=20))
    plain: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, key, *amounts in parts:
        for cell in reached[at]:
            plain[cell, key] = [one + more for one, more in zip(plain[cell, key], amounts, strict=True)]
    found = {
        (cell, key): [n, missing, total] for cell, key, n, missing, total in added_up(parts, reached, KEYS)
    }
    assert found == dict(plain)
    assert all(type(number) is int for row in found.values() for number in row)


def test_nothing_comes_to_nothing() -> None:
    assert list(added_up([], [], 0)) == []


def test_what_cancels_writes_no_cell_and_what_is_measured_is_counted(house: House) -> None:
    places = tuple("" for _ in AXES)
    day = date(2024, 3, 5)
    some = Given(places, (Part("k", day, False, 1, 0, 10**22, "7"), Part("s", day, True, 1, 0)))
    changes = Changes(house.court.pk)
    changes.replace(None, some)
    changes.replace(some, Given(places, ()))
    assert changes.write() == 0
    changes = Changes(house.court.pk)
    changes.replace(None, some)
    changes.write()
    changes = Changes(house.court.pk)
    changes.replace(None, some)
    changes.write()
    cell = Cell.objects.get(court=house.court, axis=Cell.Axis.COURT, grain=Cell.Grain.DAY, first=day)
    assert json.loads(cell.flows) == {"k": [2, 0, 2 * 10**22, {"7": 2}]}
    assert json.loads(cell.stocks) == {"s": [2]}
