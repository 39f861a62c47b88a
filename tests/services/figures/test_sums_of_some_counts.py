"""Who asks for one indicator reads the counts of that one, and gets what stands among those of all."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.domain.dates.periods import Period, read_period
from mingjing.services.figures.asked import Keys, indicators_on
from mingjing.services.figures.cells import Amount, Amounts, Given, Part, read_amounts
from mingjing.services.figures.following import settle
from mingjing.services.figures.summing import Place, Sums, members, sums, sums_by_court
from mingjing.services.installation import today
from mingjing.storage.indicators.models import Cell
from tests.services.builders import House
from tests.services.figures.test_cells_follow_the_cases import many

pytestmark = pytest.mark.django_db
MONTHS, DAYS = read_period("2024-Q1"), Period(date(2024, 1, 17), date(2024, 3, 9), "x", "x")


def parted(whole: Sums, keys: Keys) -> list[Amounts]:
    """The three sums with these counts alone."""
    return [
        {key: amount for key, amount in one.items() if key in asked}
        for one, asked in (
            (whole.flows, keys.flows),
            (whole.opening, keys.stocks),
            (whole.closing, keys.stocks),
        )
    ]


@pytest.mark.parametrize("share", [1, 3, 40])
@pytest.mark.parametrize("period", [MONTHS, DAYS])
def test_some_counts_are_summed_as_all_are(house: House, period: Period, share: int) -> None:
    many(house, 40)
    settle()
    place, on = Place((house.court.pk,)), today()
    [whole] = sums(place, [period], today=on)
    keys = Keys(frozenset(sorted(whole.flows)[::share]), frozenset(sorted(whole.closing)[::share]))
    assert keys.flows
    assert keys.stocks
    [some] = sums(place, [period], today=on, only=keys)
    assert [some.flows, some.opening, some.closing] == parted(whole, keys)
    for axis in (Cell.Axis.HANDLER, Cell.Axis.KIND):
        all_of, some_of = (members(place, axis, period, today=on, only=only) for only in (None, keys))
        for member, one in all_of.items():
            assert [some_of[member].flows, some_of[member].opening, some_of[member].closing] == parted(
                one, keys
            )


def test_counts_of_what_flows_alone_read_no_month_before_the_first_period(house: House) -> None:
    many(house, 40)
    settle()
    place, on = Place((house.court.pk,)), today()
    [whole] = sums(place, [MONTHS], today=on)
    flows = Keys(frozenset(whole.flows), frozenset())
    with CaptureQueriesContext(connection) as caught:
        [some] = sums(place, [MONTHS], today=on, only=flows)
    assert [some.flows, some.opening, some.closing] == [whole.flows, {}, {}]
    assert f"\"first\" >= '{MONTHS.first}'" in caught[0]["sql"].replace("::date", "")


@pytest.mark.parametrize("period", [MONTHS, DAYS])
def test_courts_are_summed_together_as_each_alone(house: House, period: Period) -> None:
    many(house, 40)
    settle()
    courts, on = (house.higher.pk, house.court.pk), today()
    keys = Keys.of(indicators_on(house.court, on))
    with CaptureQueriesContext(connection) as caught:
        found = sums_by_court(courts, [period, MONTHS], today=on, only=keys)
    assert len(caught) <= 2
    for court in courts:
        assert found[court] == sums(Place((court,)), [period, MONTHS], today=on, only=keys)
    assert found[house.court.pk] != found[house.higher.pk]


def test_a_value_that_looks_like_a_key_is_not_taken_for_it() -> None:
    text = '{"aaaaaaaaaaaa":[3,0,0,{"123456789012":3}],"123456789012":[7]}'
    found: Amounts = {}
    read_amounts(text, found, ("123456789012", "bbbbbbbbbbbb"))
    assert found == {"123456789012": Amount(7)}


def test_a_share_is_read_for_the_counts_asked_for() -> None:
    parts = (Part("甲", date(2024, 1, 2), False, 1, 0), Part("乙", date(2024, 1, 3), True, 1, 0))
    given = Given(("", "7"), parts)
    assert Given.load_of(given.dump(), ("乙",)) == Given(("", "7"), parts[1:])
    assert Given.load(given.dump()) == given


def test_members_of_a_division_come_from_its_own_cells(house: House) -> None:
    many(house, 12)
    settle()
    axis, on = Cell.Axis.DEPARTMENT, today()
    whole = members(Place((house.court.pk,)), axis, MONTHS, today=on)
    for key in (str(house.first_civil.pk), str(house.second_civil.pk)):
        with CaptureQueriesContext(connection) as caught:
            own = members(Place((house.court.pk,), axis, (key,)), axis, MONTHS, today=on)
        assert own == {member: one for member, one in whole.items() if member == key}
        assert not any("indicators_share" in one["sql"] for one in caught.captured_queries)
