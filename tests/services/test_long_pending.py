"""Tiers by the age of the dispute, and the prevention list (R-058, S-174, S-176)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.services.long_pending import (
    about_to_enter,
    enters_on,
    latest_filing,
    long_pending,
    tier_of,
    tiers,
)
from mingjing.storage.cases.models import Case
from tests.services.builders import DAY, House, acting, file_case, happen
from tests.services.conftest import Refused


@given(on=st.dates(date(2008, 1, 1), date(2030, 12, 31)), months=st.sampled_from([1, 12, 18, 24, 36]))
def test_the_latest_filing_day_is_older_and_the_next_one_is_not(on: date, months: int) -> None:
    rule = MonthRule.MONTH_END_IF_MISSING
    latest = latest_filing(on, months)
    assert add_months(latest, months, rule) < on
    assert add_months(latest + timedelta(days=1), months, rule) >= on


@pytest.mark.parametrize(
    ("filed_on", "label", "tell"),
    [
        (date(2023, 4, 1), None, None),  # exactly twelve months are not more than twelve
        (date(2023, 3, 31), "超12个月", "庭长"),
        (date(2023, 3, 1), "超12个月", "庭长"),
        (date(2022, 3, 1), "超24个月", "院长"),
        (date(2022, 9, 30), "超18个月", "分管院领导"),
    ],
)
def test_the_tier_follows_the_months(
    house: House, filed_on: date, label: str | None, tell: str | None
) -> None:
    case = file_case(house, filed_on=filed_on, procedure="普通程序")
    tier = tier_of(case, DAY)
    assert (tier.label if tier else None, tier.tell if tier else None) == (label, tell)
    listed = set(long_pending(acting(house.manager)).values_list("pk", flat=True))
    assert (case.pk in listed) is (label is not None)
    if label:
        assert [c.pk for c in long_pending(acting(house.manager), label)] == [case.pk]


def test_the_age_counts_from_the_original_filing(house: House) -> None:
    case = file_case(house, filed_on=date(2024, 1, 8))
    Case.objects.filter(pk=case.pk).update(original_filed_on=date(2022, 5, 9))
    case.refresh_from_db()
    tier = tier_of(case, DAY)
    assert tier is not None and tier.label == "超18个月"


def test_a_closed_case_is_in_no_tier(house: House) -> None:
    case = file_case(house, filed_on=date(2022, 5, 9), procedure="普通程序")
    happen(case, "结案", DAY)
    assert tier_of(case, DAY) is None
    assert not long_pending(acting(house.manager)).exists()


def test_the_prevention_list_holds_those_about_to_enter(house: House) -> None:
    tier = tiers(house.court)[0]
    days = (date(2023, 3, 31), date(2023, 4, 1), date(2023, 4, 30), date(2023, 5, 1))
    cases = [file_case(house, serial=n, filed_on=day, procedure="普通程序") for n, day in enumerate(days, 1)]
    assert enters_on(date(2023, 4, 30), tier) == date(2024, 5, 1)
    assert [c.pk for c in about_to_enter(acting(house.manager), "超12个月")] == [c.pk for c in cases[1:3]]
    assert [c.pk for c in about_to_enter(acting(house.manager), "超12个月", 31)] == [c.pk for c in cases[1:]]
    assert [c.pk for c in about_to_enter(acting(house.manager), "超12个月", 0)] == []


def test_everybody_sees_their_own_part(house: House) -> None:
    file_case(house, filed_on=date(2022, 5, 9), procedure="普通程序")
    seen = {
        p.name: long_pending(acting(p)).count() for p in (house.judge, house.stranger, house.higher_manager)
    }
    assert seen == {"林知远": 1, "何叙": 0, "白朔": 1}


def test_an_unknown_tier_is_refused_with_the_tiers_there_are(house: House, refused: Refused) -> None:
    with refused("没有“超6个月”", "超12个月"):
        long_pending(acting(house.manager), "超6个月")
