"""Enforcement cases with property, closed within their limit (S-222): counted apart from all the others."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from mingjing.services.clocks import recheck
from mingjing.services.facts import case_facts
from mingjing.services.reading.figures import in_time
from mingjing.storage.cases.models import Case
from tests.services.builders import House, acting, file_case, happen

pytestmark = pytest.mark.django_db
FILED, LAST_DAY = date(2024, 3, 11), date(2024, 9, 11)


def _enforced(house: House, serial: int, closed: date, *, with_property: bool) -> None:
    case = file_case(house, serial=serial, filed_on=FILED, kind="首次执行", procedure="执行程序")
    Case.objects.filter(pk=case.pk).update(facts={"有财产可供执行": with_property})
    case.refresh_from_db()
    happen(case, "结案", closed)
    Case.objects.filter(pk=case.pk).update(closed_on=closed)
    case.refresh_from_db()
    recheck(case, on=closed)
    assert case_facts(case)["有财产可供执行"] is with_property


def test_only_cases_with_property_are_counted_and_the_last_day_is_in_time(house: House) -> None:
    _enforced(house, 1, LAST_DAY, with_property=True)
    _enforced(house, 2, LAST_DAY + timedelta(days=1), with_property=True)
    _enforced(house, 3, LAST_DAY + timedelta(days=1), with_property=False)
    _, found = in_time(acting(house.manager), date(2024, 9, 1), date(2024, 9, 30))
    assert (found.in_time, found.late, found.unknown) == (1, 1, 0)
    assert found.rate == Fraction(1, 2)


def test_without_any_such_case_there_is_no_data(house: House) -> None:
    _enforced(house, 1, LAST_DAY, with_property=False)
    _, found = in_time(acting(house.manager), date(2024, 9, 1), date(2024, 9, 30))
    assert found.rate is None
