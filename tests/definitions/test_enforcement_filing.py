"""Enforcement needs no proof that the judgment took effect (R-076), and its money moves on (R-074)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from mingjing.definitions.registry import Registry
from mingjing.domain.caseflow.clocks import clocks
from mingjing.domain.caseflow.rules import Caseflow, Event, NodeClock
from mingjing.domain.deadlines.rules import Facts

CN = Path(__file__).parents[2] / "institutions" / "cn"
FACTS: Facts = {"案件类型": "首次执行", "审理程序": "执行程序", "立案日期": date(2024, 3, 11)}


@cache
def nationwide() -> Registry:
    return Registry.load_strict(CN)


def flow() -> Caseflow:
    found = nationwide().caseflow_for(FACTS, date(2024, 3, 11))
    assert found is not None
    return found


def clock(label: str, *events: Event, as_of: date) -> NodeClock:
    known = nationwide()
    found = clocks(flow(), FACTS, events, known.deadlines_for(FACTS), known.calendar(), as_of=as_of)
    return next(one for one in found if one.node.label == label)


def test_an_application_without_proof_of_effect_is_filed_in_time() -> None:
    asked, filed = Event("收到执行申请", date(2024, 3, 5)), Event("立案", date(2024, 3, 11))
    found = clock("立案审查", asked, filed, as_of=date(2024, 3, 20))
    assert (found.done, found.late_days) == (date(2024, 3, 11), 0)
    assert any("不要求当事人提交生效证明" in tip for tip in found.node.tips)


def test_no_data_item_asks_the_applicant_for_such_a_proof() -> None:
    items = nationwide().dictionary("dictionary.case_fields").keys
    assert [item for item in items if "生效证明" in item] == []


def test_every_receipt_is_paid_out_within_thirty_days_or_escalates() -> None:
    came = date(2024, 5, 6)
    late = clock("发放案款", Event("案款到账", came), as_of=came + timedelta(days=31))
    assert (late.last_day, late.late_days) == (date(2024, 6, 5), 1)
    assert [rung.tell for rung in late.rungs] == ["承办人", "庭长", "分管院领导", "院长"]
    paid = clock("发放案款", Event("案款到账", came), Event("案款发放", came), as_of=date(2024, 7, 1))
    assert paid.late_days == 0
