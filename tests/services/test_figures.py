"""Received = carried + filed; a rate is of sums, never an average; every number opens to its cases."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from mingjing.services.clocks import recheck
from mingjing.services.reading.case_list import CaseFilter, select
from mingjing.services.reading.figures import Flow, flows, in_time, steps, total
from mingjing.services.reading.handling import handling
from mingjing.storage.cases.models import Case
from tests.services.builders import House, acting, file_case, happen

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2024, 3, 1), date(2024, 3, 31)


def _closed(case: Case, day: date) -> None:
    happen(case, "结案", day)
    Case.objects.filter(pk=case.pk).update(closed_on=day)


def _three_cases(house: House) -> None:
    """One carried over and closed, one filed and closed, one filed and pending; one of another month."""
    _closed(file_case(house, serial=1, filed_on=date(2024, 1, 10)), date(2024, 3, 5))
    _closed(file_case(house, serial=2, filed_on=date(2024, 3, 2)), date(2024, 3, 31))
    file_case(house, serial=3, filed_on=date(2024, 3, 31))
    _closed(file_case(house, serial=4, filed_on=date(2024, 1, 2)), date(2024, 2, 29))


def test_the_period_counts_both_its_ends_and_nothing_outside(house: House) -> None:
    _three_cases(house)
    (flow,) = flows(acting(house.manager), FIRST, LAST)
    assert (flow.carried, flow.filed, flow.received, flow.closed, flow.pending) == (1, 2, 3, 2, 1)
    assert flow.rate == Fraction(2, 3)


def test_the_total_divides_sums_and_does_not_average_rates() -> None:
    found = total([Flow("民事一审", 0, 100, 50), Flow("首次执行", 0, 10, 10)])
    assert found.rate == Fraction(60, 110)


def test_the_published_enforcement_rate_is_recomputed_from_its_parts() -> None:
    assert round(float(Flow("首次执行", 0, 19343, 10042).rate or 0) * 100, 2) == 51.92


def test_nothing_received_is_no_data_and_not_nought() -> None:
    assert Flow("民事一审", 0, 0, 0).rate is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"open_on": "2024-03-01"}, 1),
        ({"filed": "2024-03-01~2024-03-31"}, 2),
        ({"closed": "2024-03-01~2024-03-31"}, 2),
        ({"open_on": "2024-04-01"}, 1),
    ],
    ids=["carried", "filed", "closed", "pending"],
)
def test_every_number_opens_to_as_many_cases(house: House, query: dict[str, str], count: int) -> None:
    _three_cases(house)
    chosen = CaseFilter.read({"status": "全部", **query})
    assert select(acting(house.manager), chosen).count() == count


def test_closed_in_time_counts_the_last_day_as_in_time_and_the_unknown_apart(house: House) -> None:
    limit = date(2024, 6, 13)
    for serial, day in ((1, limit), (2, limit + timedelta(days=1))):
        case = file_case(house, serial=serial)
        _closed(case, day)
        recheck(case, on=day)
    unknown = file_case(house, serial=3, procedure="")
    _closed(unknown, limit)
    (found, property_found) = in_time(acting(house.manager), date(2024, 6, 1), date(2024, 6, 30))
    assert (found.in_time, found.late, found.unknown) == (1, 1, 1)
    assert found.rate == Fraction(1, 2)
    assert property_found.rate is None


def test_a_step_takes_its_median_of_days(house: House) -> None:
    for serial, days in ((1, 1), (2, 2), (3, 10)):
        case = file_case(house, serial=serial)
        happen(case, "移送审判庭", case.filed_on + timedelta(days=days) if case.filed_on else FIRST)
    found = next(step for step in steps(acting(house.manager), FIRST, LAST) if step.label == "移送审判庭")
    assert (found.cases, found.median, found.ninth_decile) == (3, 2, 10)
    assert found.late == 1


def test_every_judge_of_the_court_is_listed_in_the_order_of_divisions_never_of_figures(house: House) -> None:
    file_case(house, serial=1, handler=house.stranger)
    file_case(house, serial=2, handler=house.stranger)
    file_case(house, serial=3)
    rows = handling(acting(house.judge), date(2024, 3, 13))
    names = [row.name for row in rows]
    assert names.index("林知远") < names.index("何叙")
    counted = {row.name: (row.open, row.filed_today, row.past_limit) for row in rows}
    assert counted["何叙"] == (2, 2, 0)
    assert counted["林知远"] == (1, 1, 0)
    assert counted["沈砚"] == (0, 0, 0)
