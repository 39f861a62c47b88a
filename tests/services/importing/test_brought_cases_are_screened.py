"""What the rules propose about a case stands there as soon as its import is written."""

from __future__ import annotations

import pytest

from mingjing.services import proposal_sweep
from mingjing.services.actors import Actor
from mingjing.services.proposals import SIMPLE_BANKRUPTCY
from mingjing.storage.supervision.models import Proposal
from tests.services.importing.files import imported

HEADER = ("案号", "案件类型", "案由", "立案日期", "承办部门", "承办人", "无财产或不足支付费用")
BROKE = ("（2024）云9821破3号", "破产", "破产清算", "2024-03-01", "民事审判第一庭", "", "是")


def sheet(*rows: tuple[str, ...]) -> bytes:
    return "\n".join(",".join(one) for one in (HEADER, *rows)).encode()


def waiting() -> list[tuple[str, str]]:
    return list(Proposal.objects.filter(marks=SIMPLE_BANKRUPTCY).values_list("case__number", "category"))


@pytest.mark.django_db
def test_a_simple_bankruptcy_is_proposed_once(office: Actor) -> None:
    imported(office, sheet(BROKE))
    assert waiting() == [("（2024）云9821破3号", "可以简化")]
    imported(office, sheet((*BROKE[:2], "破产重整", *BROKE[3:])))
    assert len(waiting()) == 1


@pytest.mark.django_db
def test_many_cases_wait_for_the_clock(office: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposal_sweep, "AT_ONCE", 0)
    imported(office, sheet(BROKE))
    assert waiting() == []
    assert proposal_sweep.screen_cases(office.on) == 1
    assert len(waiting()) == 1
