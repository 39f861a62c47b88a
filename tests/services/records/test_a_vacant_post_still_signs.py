"""A payment two posts must sign: nobody holds one of them, and the record says so until somebody does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.domain.approvals.refusals import PostVacant
from mingjing.services.reading.records.approvals import chain_view
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.reviewing import review
from mingjing.storage.people.models import Posting
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting, hire
from tests.services.conftest import SetMoment
from tests.services.records.builders import Bench, fresh
from tests.services.records.random_people import in_force, own_folder

PAYMENT = """# 付款申请：督察室主任和督察员都签，才算批准。

id: approval.payment
label: 付款申请
owner: 综合办公室
from: 2024-01-01
basis: 本院规定（示例）
fields:
  what: {label: 用途, type: 文本}
by: 任何人
steps:
  - {label: 会签, by: [督察室主任, 督察员], mode: 会签}
examples:
  - name: 两人都签
    people: {甲: [书记员], 乙: [督察室主任], 丙: [督察员]}
    steps: [2024-03-01 甲 提交 用途=印刷, 2024-03-01 乙 同意, 2024-03-01 丙 同意]
    ends: 已同意
"""
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def court(bench: Bench, tmp_path: Path, settings: Settings) -> Iterator[Bench]:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=own_folder(tmp_path))
    with in_force(bench.house.court, tmp_path, [PAYMENT]):
        yield bench


def asked(bench: Bench) -> Record:
    return open_record(acting(bench.house.clerk), "approval.payment", "提交", {"用途": "印刷"})


def leave(bench: Bench) -> None:
    """The inspector leaves the post at the end of the day."""
    Posting.objects.filter(person=bench.inspector).update(until=DAY)


def trouble(record: Record) -> str:
    view = chain_view(fresh(record))
    assert view is not None
    return view.steps[0].trouble


def test_the_record_waits_says_for_what_and_asks_whoever_comes(court: Bench, moment: SetMoment) -> None:
    record = asked(court)
    do(acting(court.chief), record.pk, "同意", {})
    leave(court)
    moment(f"{NEXT}T09:00:00")
    assert review(NEXT) == 1
    assert fresh(record).state == "审批中"
    assert trouble(record).startswith("还要督察员会签，现在没有人担任。请政治部任命")
    assert review(NEXT) == 0, "said once"
    comer = hire(court.house.court, "后来", "督察员", court.house.office)
    assert review(NEXT) == 1
    assert trouble(record) == ""
    assert do(acting(comer, NEXT), record.pk, "同意", {}).state == "已同意"


def test_it_is_not_begun_while_nobody_holds_the_post(court: Bench) -> None:
    Posting.objects.filter(person=court.inspector).delete()
    with pytest.raises(PostVacant, match="“会签”由督察室主任、督察员会签，现在没有人担任督察员"):
        asked(court)
