"""A range is entered with its document, struck with a reason, and none is there before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingjing.services.demands import WrongEntry
from mingjing.services.figures.asked import UnknownIndicator
from mingjing.services.figures.ranges import WrongRange, enter_range, ranges_on, strike_range
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.indicators.models import ReferenceRange
from tests.services.builders import DAY, House, acting

WITHIN = "indicator.within_limit"


def entered(house: House, **given: object) -> ReferenceRange:
    """A range for 审限内结案率, as the office enters it."""
    asked: dict[str, object] = {
        "indicator": WITHIN, "low": Decimal(90), "high": None, "document": "法〔2024〕9号", "since": DAY,
    }  # fmt: skip
    return enter_range(acting(house.manager), **{**asked, **given})  # type: ignore[arg-type]


def test_none_is_shipped(house: House) -> None:
    assert ranges_on(house.court, DAY) == {}


def test_it_holds_from_its_first_day_to_its_last(house: House) -> None:
    made = entered(house, until=date(2024, 12, 31))
    assert ranges_on(house.court, date(2024, 3, 31)) == {}
    assert ranges_on(house.court, DAY) == {WITHIN: made}
    assert ranges_on(house.court, date(2024, 12, 31)) == {WITHIN: made}
    assert ranges_on(house.court, date(2025, 1, 1)) == {}


def test_the_newer_goes_before_the_older_and_the_struck_one_is_gone(house: House) -> None:
    older, newer = entered(house), entered(house, since=date(2024, 6, 1), low=Decimal(92))
    assert ranges_on(house.court, date(2024, 7, 1)) == {WITHIN: newer}
    strike_range(acting(house.manager), range_id=newer.pk, reason="文号写错")
    assert ranges_on(house.court, date(2024, 7, 1)) == {WITHIN: older}


def test_the_court_below_reads_the_range_of_the_court_above(house: House) -> None:
    made = enter_range(
        acting(house.higher_manager),
        indicator=WITHIN,
        low=None,
        high=Decimal(98),
        document="云法1号",
        since=DAY,
    )
    assert ranges_on(house.court, DAY) == {WITHIN: made}
    own = entered(house)
    assert ranges_on(house.court, DAY) == {WITHIN: own}


@pytest.mark.parametrize(
    ("given", "refusal", "words"),
    [
        ({"low": None}, WrongRange, "至少写一个"),
        ({"high": Decimal(80)}, WrongRange, "大于上限"),
        ({"until": date(2024, 3, 1)}, WrongRange, "早于生效日期"),
        ({"document": " "}, WrongEntry, "文号"),
        ({"indicator": "indicator.none"}, UnknownIndicator, "没有指标"),
    ],
)
def test_what_cannot_be_is_refused(
    house: House, given: dict[str, object], refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        entered(house, **given)
    assert not ReferenceRange.objects.exists()


def test_only_the_office_enters_and_another_court_strikes_nothing(house: House) -> None:
    with pytest.raises(NotAllowed):
        enter_range(
            acting(house.president), indicator=WITHIN, low=Decimal(1), high=None, document="x", since=DAY
        )
    made = entered(house)
    with pytest.raises(NotVisible):
        strike_range(acting(house.higher_manager), range_id=made.pk, reason="不是本院的")
