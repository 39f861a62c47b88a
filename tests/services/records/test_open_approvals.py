"""Nothing is finished while an approval it is linked to is open."""

from __future__ import annotations

import pytest

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.surroundings import OpenApproval
from mingjing.storage.records.models import Record, RecordLink
from tests.services.builders import DAY, acting
from tests.services.records.builders import Bench, accepted, fresh, registered, submitted


def waiting(bench: Bench) -> tuple[Record, Record]:
    """A problem handed in, with an appointment to be approved: the paper is still with somebody."""
    record = submitted(bench, accepted(bench, registered(bench)))
    given = {"申请事项": "调整职务", "份数": 1}
    approval = open_record(acting(bench.house.judge), "approval.sealing", "提交", given)
    RecordLink.objects.create(source=record, target=approval, label="整改所需", made_on=DAY)
    return record, approval


def close(bench: Bench, record: Record) -> Record:
    return do(acting(bench.inspector), record.pk, "销号", {})


def test_a_problem_is_not_closed_while_its_approval_is_open(bench: Bench) -> None:
    record, _ = waiting(bench)
    with pytest.raises(OpenApproval, match="还有 1 件审批没有办结，不能到“已销号”"):
        close(bench, record)
    assert fresh(record).state == "待验收"


def test_nor_while_it_was_only_sent_back(bench: Bench) -> None:
    record, approval = waiting(bench)
    do(acting(bench.house.head), approval.pk, "驳回", {}, target={"退回到": "发起人"}, why="材料不全")
    with pytest.raises(OpenApproval):
        close(bench, record)


def test_it_is_closed_once_everybody_has_agreed(bench: Bench) -> None:
    record, approval = waiting(bench)
    for person in (bench.house.head, bench.house.leader):
        do(acting(person), approval.pk, "同意", {})
    assert close(bench, record).state == "已销号"


def test_or_once_the_application_was_withdrawn(bench: Bench) -> None:
    record, approval = waiting(bench)
    do(acting(bench.house.judge), approval.pk, "撤回", {})
    assert close(bench, record).state == "已销号"
