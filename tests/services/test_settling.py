"""One event settles what computing the whole case would come to, and reads no more for a long history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from mingjing.domain.dates.spans import Span
from mingjing.services import clocks, settling
from mingjing.services.clocks import recheck
from mingjing.services.record_event import Happening, write_event
from mingjing.services.settling import settle_event
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion, GrantedExtension
from mingjing.storage.supervision.models import Alert, Clock
from tests.analytics.worlds import SPANS, Story, World, worlds
from tests.domain.samples import ZONE
from tests.services.builders import House, file_case

Rows = list[tuple[Any, ...]]


def rows_of(case: Case) -> tuple[Rows, Rows, tuple[Any, ...] | None]:
    """Clocks, alerts and summary of a case. A clock that no longer applies says only that."""
    names = [field.attname for field in Clock._meta.concrete_fields]
    found = [row[:5] if "不再适用" in row else row for row in case.clocks.order_by("pk").values_list(*names)]
    alerts = case.alerts.order_by("pk").values_list(
        "pk", "clock", "due_on", "rung", "on", "settled", "settled_on"
    )
    summary = Case.objects.filter(pk=case.pk).values_list(
        "stage", "due_on", "due_state", "next_due_on", "colour"
    )
    return found, list(alerts), summary.first()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def case_of(house: House, story: Story) -> Case:
    """A stored case with the facts of a drawn one, as far as columns hold them."""
    facts = story.facts
    case = Case.objects.create(
        court=house.court,
        number="（2025）云9821民初1号",
        kind=str(facts.get("案件类型", "")),
        procedure=str(facts.get("审理程序", "")),
        in_custody=facts.get("在押") is True,
        filed_on=story.filed,
        handler=house.judge,
        department=house.first_civil,
        facts={name: facts[name] for name in ("案情复杂",) if name in facts},
    )
    for name in SPANS:
        spans = facts.get(name, ())
        for span in spans if isinstance(spans, tuple) else ():
            if isinstance(span, Span):
                Exclusion.objects.create(case=case, kind=name, first=span.first, last=span.last)
    for slot, lengths in story.granted.items():
        for length in lengths:
            GrantedExtension.objects.create(
                case=case, clock=slot, length=str(length), approved_on=date(2025, 10, 1), approver="院长"
            )
    return case


@hypothesis_settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_an_event_settles_what_a_recheck_would(
    house: House, monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    with monkeypatch.context() as patch, undone():
        for module in (clocks, settling):
            patch.setattr(module, "registry", lambda _court=None: world.shelf)
        story = next((one for one in world.stories if one.filed and one.events), world.stories[0])
        case = case_of(house, story)
        recheck(case, on=world.as_of)
        for event in story.events:
            happening = Happening(event.kind, event.happened, event.moment)
            settle_event(case, write_event(case, happening, by=None), on=world.as_of)
            settled = rows_of(case)
            assert recheck(case, on=world.as_of) == 0, "the event left a rung unspoken"
            for fresh, was in zip(rows_of(case), settled, strict=True):
                assert fresh == was


def test_hours_of_the_same_day_decide_in_the_zone_of_the_court(house: House) -> None:
    case = file_case(house, filed_on=date(2024, 3, 4))
    early, late = datetime(2024, 3, 5, 7, tzinfo=ZONE), datetime(2024, 3, 5, 9, tzinfo=ZONE)
    for kind, moment in (("分案", early), ("移送审判庭", late)):
        event = write_event(case, Happening(kind, moment.date(), moment), by=None)
        settle_event(case, event, on=date(2024, 3, 6))
    clock = case.clocks.get(label="确定承办人")
    assert clock.done_on is None, "the case was assigned before it was handed over"
    event = write_event(case, Happening("分案", late.date(), late + timedelta(hours=1)), by=None)
    settle_event(case, event, on=date(2024, 3, 6))
    assert case.clocks.get(label="确定承办人").done_on == late.date()


def lengthened(case: Case, count: int) -> None:
    """A long history: hearing after hearing, adjourned and held again, every clock of them over."""
    first = date(2021, 1, 4)
    events, over = [], []
    for number in range(count):
        day = first + timedelta(days=number % 1000)
        kind = ("延期开庭", "再次开庭")[number % 2]
        key = f"历史{number}"
        events.append(CaseEvent(case=case, kind=kind, happened=day, source_key=key))
        case.milestones[kind] = min(case.milestones.get(kind, "9999"), day.isoformat())
        if number % 2 == 0:
            over.append(
                Clock(
                    case=case, flow="caseflow.civil_first", definition="", label="再次开庭", occurrence=key,
                    started=day, due_on=day + timedelta(30), done_on=day + timedelta(1), state="已完成",
                )
            )  # fmt: skip
    CaseEvent.objects.bulk_create(events)
    Clock.objects.bulk_create(over)
    case.save()


@pytest.mark.parametrize(("kind", "most"), [("合议", 18), ("再次开庭", 18), ("延期开庭", 18), ("结案", 30)])
def test_what_is_asked_of_the_database_does_not_grow_with_the_history(
    house: House, kind: str, most: int
) -> None:
    counts = []
    for serial, length in enumerate((20, 2000), start=1):
        case = file_case(house, serial=serial)
        lengthened(case, length)
        recheck(case, on=date(2024, 3, 25))
        event = write_event(case, Happening(kind, date(2024, 3, 25)), by=None)
        with CaptureQueriesContext(connection) as queries:
            settle_event(case, event, on=date(2024, 3, 25))
        counts.append(len(queries))
        rows = sum(len(case.clocks.filter(state__in=states)) for states in (["计算中"], ["已完成"]))
        assert rows >= length // 2
    assert counts[0] == counts[1] <= most


def test_an_earlier_day_written_down_later_moves_the_clock_and_its_alerts(house: House) -> None:
    case = file_case(house)
    first = write_event(case, Happening("移送审判庭", date(2024, 3, 20)), by=None)
    settle_event(case, first, on=date(2024, 4, 1))
    assert case.clocks.get(label="确定承办人").started == date(2024, 3, 20)
    told = Alert.objects.filter(case=case, label="确定承办人", settled="").count()
    assert told
    second = write_event(case, Happening("移送审判庭", date(2024, 3, 14)), by=None)
    settle_event(case, second, on=date(2024, 4, 1))
    assert case.clocks.get(label="确定承办人").started == date(2024, 3, 14)
    moved = Alert.objects.filter(case=case, label="确定承办人", settled=Alert.Settled.MOVED)
    assert moved.count() == told
    assert case.clocks.get(label="移送审判庭").done_on == date(2024, 3, 14)
