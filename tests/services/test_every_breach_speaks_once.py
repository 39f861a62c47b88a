"""G5: whatever the downtimes and wherever a pass is killed, every breach has one alert per rung, on its day.

What must have been said is worked out by the domain alone, from the facts and events the scenario itself
keeps; what was said is read from the table of alerts.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from mingjing.definitions.registry import Registry
from mingjing.domain.caseflow.clocks import clocks, speaking
from mingjing.domain.caseflow.rules import Each, Event
from mingjing.domain.deadlines.rules import Fact
from mingjing.services import sweeping, tick
from mingjing.services.installation import registry
from mingjing.services.record_event import Happening, write_event
from mingjing.services.settling import settle_event
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert
from tests.domain.samples import ZONE
from tests.house.tree import ROOT
from tests.services.builders import House, file_case
from tests.services.conftest import SetMoment

FIRST, LAST = date(2023, 1, 3), date(2026, 1, 5)
STEPS = (
    "移送审判庭", "分案", "告知审判人员", "送达起诉状副本", "答辩期满", "排期", "开庭", "延期开庭",
    "再次开庭", "合议", "签发裁判文书", "宣判", "送达裁判文书", "报请结案", "退回结案申请", "报请结案",
    "批准结案", "结案", "裁判生效", "归档",
)  # fmt: skip
DOWNTIMES = (
    timedelta(minutes=1), timedelta(hours=1), timedelta(hours=9), timedelta(days=1), timedelta(days=1),
    timedelta(days=2), timedelta(days=5), timedelta(days=12), timedelta(days=30),
)  # fmt: skip
Told = tuple[str, str, str, date, int, date]
"""Case, node, occurrence, due day, rung, day: one thing that must be said."""


REGISTERS = (
    "activities", "approvals", "assignments", "cards", "filings", "indicators", "ledgers", "meetings",
    "sheets", "*_bulletin.yaml",
)  # fmt: skip
"""Folders and files that are about registers, or count them."""


@pytest.fixture(autouse=True)
def rules_of_cases(tmp_path: Path, settings: Settings) -> None:
    """Only what measures cases: a pass that also opens every filing has thousands of writes to be killed at.

    Records have the same promise, held by ``tests/services/records/test_clocks_speak_once.py``.
    """
    copied = tmp_path / "institutions"
    shutil.copytree(ROOT / "institutions" / "cn", copied / "cn", ignore=shutil.ignore_patterns(*REGISTERS))
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=copied)


class Killed(BaseException):
    """The process is gone, in the middle of whatever it was doing."""


@contextmanager
def killed_at(write: int) -> Iterator[list[int]]:
    """Within it the ``write``-th statement that would change a row kills the process before it is sent."""
    seen = [0]

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen[0] += 1
            if seen[0] == write:
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield seen


@dataclass
class Life:
    """A case as the scenario knows it: when it is filed and everything that has happened to it since."""

    house: House
    moment: SetMoment
    serial: int
    filed: date
    procedure: str
    events: list[Event] = field(default_factory=list)

    def happen(self, kind: str, day: date) -> None:
        """Somebody records that something happened, on the day, at noon."""
        self.moment(f"{day}T12:00:00")
        if kind == "立案":
            case = file_case(self.house, serial=self.serial, filed_on=day, procedure=self.procedure)
            self.events.append(Event(kind, day, id=case.events.get().source_key))
            return
        with transaction.atomic():
            case = Case.objects.select_related("court", "department", "handler").get(number=self.number)
            event = write_event(case, Happening(kind, day), by=None)
            settle_event(case, event, on=day)
        self.events.append(Event(kind, day, id=event.source_key))

    @property
    def number(self) -> str:
        """The number ``file_case`` gives."""
        return f"（{self.filed.year}）云9821民初{self.serial}号"

    def must_be_told(self, definitions: Registry, on: date) -> Iterator[Told]:
        """What the domain says must have been said by ``on``."""
        facts: dict[str, Fact] = {
            "案件类型": "民事一审",
            "审理程序": self.procedure,
            "在押": False,
            "原始立案日期": self.filed,
        }
        for event in sorted(self.events, key=lambda one: one.happened, reverse=True):
            facts[f"{event.kind}日期"] = event.happened
        flow = definitions.caseflow_for(facts, self.filed)
        assert flow is not None
        deadlines, calendar = definitions.deadlines_for(facts), definitions.calendar(flow.calendar)
        for clock in clocks(flow, facts, self.events, deadlines, calendar, as_of=on):
            occurrence = clock.occurrence if clock.node.each is Each.EVERY else ""
            for rung in speaking(clock, on):
                assert clock.last_day is not None
                yield (
                    self.number, clock.node.label, occurrence, clock.last_day, rung.order, rung.on
                )  # fmt: skip


def lives(house: House, moment: SetMoment, count: int, dice: random.Random) -> list[Life]:
    """Cases to be filed, on any day of the first two years."""
    return [
        Life(
            house,
            moment,
            serial,
            FIRST + timedelta(days=dice.randrange(0, 700)),
            dice.choice(["简易程序", "普通程序"]),
        )
        for serial in range(1, count + 1)
    ]


def plan(every: list[Life], dice: random.Random) -> list[tuple[date, int, str]]:
    """When which case takes its next step, at a pace from in time to hopelessly late; some never do."""
    found = []
    for place, life in enumerate(every):
        found.append((life.filed, place, "立案"))
        day, pace = life.filed, dice.choice([1, 4, 12, 30])
        for kind in STEPS[: dice.choice([3, 8, 14, len(STEPS), len(STEPS)])]:
            day += timedelta(days=dice.randrange(0, 2 * pace + 1))
            if day <= LAST and dice.random() < 0.85:
                found.append((day, place, kind))
    # Sorted by day alone: what one case does on one day stays in its order.
    return sorted(found, key=lambda step: step[0])


def said() -> Counter[Told]:
    columns = ("case__number", "label", "clock__occurrence", "due_on", "rung", "on")
    return Counter(Alert.objects.values_list(*columns))


def check(every: list[Life], house: House, on: date) -> int:
    """Everything that must be said was, once, in order; the rest was said before something moved."""
    definitions = registry(house.court)
    wanted = {told for life in every for told in life.must_be_told(definitions, on)}
    found = said()
    assert set(found.values()) <= {1}, "an alert came twice"
    assert not wanted - found.keys(), "an alert was lost"
    over = (Alert.Settled.MOVED, Alert.Settled.VOID)
    for alert in Alert.objects.filter(settled__in=over).select_related("case", "clock"):
        found.pop(
            (alert.case.number, alert.label, alert.clock.occurrence, alert.due_on, alert.rung, alert.on)
        )
    assert found.keys() == wanted, "something was said that no rule says"
    order: dict[tuple[int, date], date] = {}
    for clock, due_on, day in Alert.objects.order_by("pk").values_list("clock", "due_on", "on"):
        assert order.get((clock, due_on), date.min) <= day, "a later rung spoke before an earlier one"
        order[clock, due_on] = day
    return len(wanted)


def test_three_years_of_downtimes_and_kills_lose_nothing_and_say_nothing_twice(
    house: House, moment: SetMoment, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(20260930)
    now = datetime(FIRST.year, FIRST.month, FIRST.day, 8, tzinfo=ZONE)
    monkeypatch.setattr(tick, "fingerprint", lambda: f"{now.year} 第 {now.month // 4} 版")
    every = lives(house, moment, 26, dice)
    steps = plan(every, dice)
    kills = swept = 0
    while now.date() < LAST:
        while steps and steps[0][0] <= now.date():
            day, place, kind = steps.pop(0)
            every[place].happen(kind, day)
        try:
            moment(now.isoformat())
            with killed_at(dice.choice([0, 0, 1, 2, 3, 5, 8, 13, 21])):
                swept += tick.run(now.date()).recomputed
        except Killed:
            kills += 1
        now += dice.choice(DOWNTIMES)
    for day, place, kind in steps:
        every[place].happen(kind, day)
    tick.run(LAST)
    assert check(every, house, LAST) > 400
    assert kills > 60
    assert swept > 5


@pytest.mark.parametrize("definitions_changed", [False, True])
def test_a_kill_at_any_write_is_made_good_by_the_next_pass(
    house: House, moment: SetMoment, monkeypatch: pytest.MonkeyPatch, definitions_changed: bool
) -> None:
    every = lives(house, moment, 9, random.Random(5))
    for life in every:
        life.happen("立案", life.filed)
        life.happen("移送审判庭", life.filed + timedelta(days=2))
    start = max(life.filed for life in every) + timedelta(days=2)
    tick.run(start)
    if definitions_changed:
        monkeypatch.setattr(tick, "fingerprint", lambda: "新版")
        monkeypatch.setattr(sweeping, "PAGE", 2)
    later = start + timedelta(days=45)
    moment(f"{later}T08:00:00")
    with undone(), killed_at(0) as seen:
        tick.run(later)
        expected, writes = said(), seen[0]
    for write in range(1, writes + 1):
        with undone():
            with pytest.raises(Killed), killed_at(write):
                tick.run(later)
            tick.run(later + timedelta(days=write % 3))
            tick.run(later + timedelta(days=2))
            check(every, house, later + timedelta(days=2))
            assert not expected - said()
    assert writes > 15


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
