"""A limit has run out: the clock does what the definition says, once, on the day after, with an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.domain.ledgers.matters import WrongPerson
from mingjing.services.records.acting import do
from mingjing.services.records.expiring import expire
from mingjing.services.records.opening import open_record
from mingjing.services.records.ticking import tell
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Record, RecordAlert
from tests.services.builders import DAY, acting
from tests.services.conftest import SetMoment
from tests.services.records.builders import Bench, fresh
from tests.services.records.random_people import in_force, own_folder

PUBLIC = """# 公示：公示期满没有异议的，自己生效。

id: ledger.public
label: 公示登记
owner: 综合办公室
from: 2024-01-01
basis: 本院规定（示例）
seen_by: [审判员, 督察员]
fields:
  what:    {label: 公示事项, type: 文本}
  against: {label: 异议情况, type: 文本}
  pending: {label: 未处理异议, type: 整数}
states:
  shown:  {label: 公示中}
  valid:  {label: 已生效, final: true}
actions:
  show:    {label: 公示, by: 任何人, moves: 新建 → 公示中, fill: [公示事项, 未处理异议]}
  object:  {label: 提出异议, by: 任何人, moves: 公示中 → 不变, fill: [异议情况, 未处理异议]}
  take_effect:
    label: 生效
    by: 系统
    moves: 公示中 → 已生效
    expires: 公示期
    needs: [{when: 未处理异议 == 0, reason: 还有异议没有处理}]
clocks:
  - {label: 公示期, starts: 公示, stops: 生效, within: 5 天, late: 提醒 登记人}
examples:
  - {name: 期满生效, steps: [2024-03-01 甲 公示 未处理异议=0, 2024-03-07 系统 生效], ends: 已生效, late: []}
"""
LAST = DAY + timedelta(days=5)


@pytest.fixture
def shown(bench: Bench, tmp_path: Path, settings: Settings) -> Iterator[Record]:
    """A notice shown on DAY for five days."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=own_folder(tmp_path))
    with in_force(bench.house.court, tmp_path, [PUBLIC]):
        yield notice(bench)


def notice(bench: Bench) -> Record:
    return open_record(
        acting(bench.inspector), "ledger.public", "公示", {"公示事项": "晋级", "未处理异议": 0}
    )


def passes(moment: SetMoment, day: date) -> int:
    """The clock's pass of a day: what was done."""
    moment(f"{day}T06:00:00")
    done = expire(day)
    tell(day)
    return done


def test_on_the_last_day_nothing_happens_and_on_the_next_it_is_done_once(
    shown: Record, moment: SetMoment
) -> None:
    before = Act.objects.count()
    assert passes(moment, LAST) == 0
    assert fresh(shown).state == "公示中"
    assert passes(moment, LAST + timedelta(days=1)) == 1
    assert (fresh(shown).state, fresh(shown).over) == ("已生效", True)
    entry = Act.objects.latest("seq")
    assert (entry.verb, entry.actor_name, entry.why) == ("生效", "时钟", "“公示期”已满")
    assert Act.objects.count() == before + 1
    assert passes(moment, LAST + timedelta(days=2)) == 0
    assert Act.objects.count() == before + 1


def test_nobody_is_late_or_warned_for_what_time_itself_does(shown: Record, moment: SetMoment) -> None:
    passes(moment, LAST + timedelta(days=1))
    (clock,) = shown.clocks.all()
    assert clock.done_on == clock.due_on == LAST
    assert not RecordAlert.objects.filter(record=shown).exists()


def test_a_condition_that_does_not_hold_keeps_it_open_and_warns(
    bench: Bench, shown: Record, moment: SetMoment
) -> None:
    somebody = acting(bench.house.judge)
    do(somebody, shown.pk, "提出异议", {"异议情况": "材料不实", "未处理异议": 1})
    assert passes(moment, LAST + timedelta(days=1)) == 0
    assert fresh(shown).state == "公示中"
    assert RecordAlert.objects.filter(record=shown, person=bench.inspector).exists()
    later = LAST + timedelta(days=3)
    do(acting(bench.house.judge, later), shown.pk, "提出异议", {"异议情况": "已查清", "未处理异议": 0})
    assert passes(moment, later) == 1


def test_a_clock_that_stood_still_does_what_it_missed(bench: Bench, shown: Record, moment: SetMoment) -> None:
    other = notice(bench)
    assert passes(moment, LAST + timedelta(days=40)) == 2
    assert {fresh(shown).state, fresh(other).state} == {"已生效"}


def test_nobody_does_it_by_hand(bench: Bench, shown: Record) -> None:
    with pytest.raises(WrongPerson):
        do(acting(bench.inspector), shown.pk, "生效", {})
