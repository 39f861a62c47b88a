"""What the permission table needs of the figures: one kept by a judge, a range of the court."""

from __future__ import annotations

from django.utils import timezone

from mingjing.domain.dates.periods import read_period
from mingjing.services.figures.following import settle
from mingjing.services.figures.keeping import keep_figure
from mingjing.services.figures.sight import part
from mingjing.storage.indicators.models import ReferenceRange
from tests.services.builders import DAY, House, acting

INDICATOR = "indicator.clearance_rate"


def of_the_figures(house: House) -> dict[str, object]:
    """A kept figure and an entered range."""
    settle()
    judge = acting(house.judge)
    period, seen = read_period("2024-03"), part(judge)
    kept = keep_figure(judge, indicator_id=INDICATOR, period=period, seen=seen)
    range_ = ReferenceRange.objects.create(
        court=house.court, indicator=INDICATOR, low=90, document="云高法〔2024〕9号", since=DAY,
        entered_by=house.manager, entered_at=timezone.now(),
    )  # fmt: skip
    return {
        "indicator_id": INDICATOR,
        "token": kept.token,
        "range_id": range_.pk,
        "kind": "day",
        "detector_id": "detector.withdraw_refile",
        "leader_id": house.leader.pk,
        "which": "own",
    }
