"""Who asks for one indicator reads the counts of that one, and gets what stands among those of all."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.dates.periods import Period, read_period
from mingjing.services.figures.cells import Amounts, Given, Part
from mingjing.services.figures.following import settle
from mingjing.services.figures.summing import Place, Sums, members, sums
from mingjing.services.installation import today
from mingjing.storage.indicators.models import Cell
from tests.services.builders import House
from tests.services.figures.test_cells_follow_the_cases import many

pytestmark = pytest.mark.django_db
MONTHS, DAYS = read_period("2024-Q1"), Period(date(2024, 1, 17), date(2024, 3, 9), "x", "x")


def parted(whole: Sums, keys: set[str]) -> list[Amounts]:
    """The three sums with these counts alone."""
    return [
        {key: amount for key, amount in one.items() if key in keys}
        for one in (whole.flows, whole.opening, whole.closing)
    ]


@pytest.mark.parametrize("period", [MONTHS, DAYS])
def test_some_counts_are_summed_as_all_are(house: House, period: Period) -> None:
    many(house, 40)
    settle()
    place, on = Place((house.court.pk,)), today()
    [whole] = sums(place, [period], today=on)
    keys = set(sorted(whole.flows)[::3]) | set(sorted(whole.closing)[::2])
    assert keys
    [some] = sums(place, [period], today=on, only=keys)
    assert [some.flows, some.opening, some.closing] == parted(whole, keys)
    for axis in (Cell.Axis.HANDLER, Cell.Axis.KIND):
        all_of, some_of = (members(place, axis, period, today=on, only=only) for only in (None, keys))
        for member, one in all_of.items():
            assert [some_of[member].flows, some_of[member].opening, some_of[member].closing] == parted(
                one, keys
            )


def test_a_share_is_read_for_the_counts_asked_for() -> None:
    parts = (Part("甲", date(2024, 1, 2), False, 1, 0), Part("乙", date(2024, 1, 3), True, 1, 0))
    given = Given(("", "7"), parts)
    assert Given.load_of(given.dump(), ("乙",)) == Given(("", "7"), parts[1:])
    assert Given.load(given.dump()) == given
