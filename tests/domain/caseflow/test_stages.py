"""The stage a case is in."""

from __future__ import annotations

import pytest

from mingjing.domain.caseflow.clocks import stage_of
from tests.domain.caseflow.flows import FLOW, event


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ([], ""),
        (["2024-03-13 阅卷"], ""),
        (["2024-03-13 立案"], "立案"),
        (["2024-03-20 开庭", "2024-03-13 立案"], "审理"),
        (["2024-03-13 立案", "2024-03-20 开庭", "2024-03-21 阅卷"], "审理"),
        (["2024-03-13 立案", "2024-03-13 移送审判庭"], "审理"),
        (["2024-06-13 结案", "2024-03-13 立案"], "结案"),
        (["2024-06-13 结案", "2024-08-01 立案"], "立案"),
    ],
)
def test_the_latest_event_that_begins_a_stage_decides(events: list[str], stage: str) -> None:
    assert stage_of(FLOW, [event(one) for one in events]) == stage
