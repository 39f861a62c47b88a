"""Many cases at once come to what one case after the other comes to, row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.services.clocks import recheck
from mingjing.services.demo.build import make
from mingjing.services.recipients import Rosters, recipient
from mingjing.services.recomputing import Told, recompute
from mingjing.services.sweeping import sweep
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion, GrantedExtension
from mingjing.storage.people.models import Court, Posting
from mingjing.storage.supervision.models import Alert, Clock
from tests.services.builders import House, file_case, happen, hire
from tests.services.conftest import SetMoment

ON = date(2026, 9, 30)
SMALL = {"云98": 25, "云9801": 60, "云9821": 40, "云9822": 25}
SUMMARY = ("pk", "stage", "due_on", "due_state", "next_due_on", "colour")
Rows = set[tuple[Any, ...]]
Compute = Callable[[date], None]


def clock_rows() -> Rows:
    names = [field.attname for field in Clock._meta.concrete_fields if field.name != "id"]
    return set(Clock.objects.values_list(*names))


def alert_rows() -> Rows:
    """Alerts by what they are about; the keys of their clocks differ from run to run."""
    kept = {"id", "clock_id", "seen_at", "snoozed_until", "snooze_reason"}
    names = [field.attname for field in Alert._meta.concrete_fields if field.attname not in kept]
    return set(Alert.objects.values_list("clock__flow", "clock__label", "clock__occurrence", *names))


def everything() -> tuple[Rows, Rows, Rows]:
    return clock_rows(), alert_rows(), set(Case.objects.values_list(*SUMMARY))


def one_by_one(on: date) -> None:
    for case in Case.objects.select_related("court", "department", "handler").order_by("pk"):
        recheck(case, on=on)


def all_at_once(on: date) -> None:
    for court in Court.objects.order_by("pk"):
        ids = Case.objects.filter(court=court).order_by("pk").values_list("pk", flat=True)
        recompute(court, list(ids), on=on)


def forget() -> None:
    """As if no clock had ever been computed."""
    Clock.objects.all().delete()
    Case.objects.update(stage="", due_on=None, due_state="", next_due_on=None, colour=0)


@pytest.fixture
def demo(db: None, moment: SetMoment) -> None:
    """The demonstration in small, with hours, suspended cases, extensions and twice-begun steps added."""
    moment("2026-09-30T09:00:00")
    make(ON, report=lambda _: None, sizes=SMALL)
    some = list(Case.objects.filter(closed_on=None, filed_on__isnull=False).order_by("pk"))
    for place, case in enumerate(some):
        filed = case.filed_on or ON
        if place % 5 == 0:
            Exclusion.objects.create(case=case, kind="鉴定期间", first=filed + timedelta(20))
        if place % 7 == 0:
            GrantedExtension.objects.create(
                case=case,
                clock="审理期限",
                length="3 个月",
                approved_on=filed + timedelta(60),
                approver="院长",
            )
        if place % 3 == 0:
            for again in (30, 30, 60):
                _add(case, "延期开庭", filed + timedelta(again))


def _add(case: Case, kind: str, day: date) -> None:
    key = f"{kind}{CaseEvent.objects.filter(case=case).count()}"
    CaseEvent.objects.create(case=case, kind=kind, happened=day, source_key=key)
    case.milestones.setdefault(kind, day.isoformat())
    case.save(update_fields=["milestones"])


def test_the_demonstration_comes_out_the_same_both_ways_on_two_days_running(demo: None) -> None:
    found = []
    for compute in (one_by_one, all_at_once):
        forget()
        compute(ON - timedelta(40))
        compute(ON)
        found.append(everything())
    assert found[0] == found[1]
    assert len(found[0][0]) > 1000
    assert set(Clock.objects.values_list("state", flat=True)) >= {"计算中", "停止计算", "已完成"}
    assert Clock.objects.exclude(occurrence="").exists()
    assert Alert.objects.filter(settled="").exists()
    assert Alert.objects.filter(settled=Alert.Settled.DONE).exists()


def test_a_second_time_writes_nothing(demo: None, django_assert_max_num_queries: Any) -> None:
    all_at_once(ON)
    before = everything()
    with django_assert_max_num_queries(11 * Court.objects.count()) as queries:
        all_at_once(ON)
    assert everything() == before
    written = [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    # the figures are told that somebody recomputed these cases; they find by themselves that nothing changed
    assert [sql for sql in written if "indicators_stalecase" not in sql] == []


def test_a_sweep_comes_to_the_same_and_leaves_one_entry_a_page(demo: None) -> None:
    forget()
    one_by_one(ON)
    expected = everything()
    forget()
    steps: list[int] = []
    entries = Act.objects.count()
    swept = sweep(ON, step=steps.append)
    assert everything() == expected
    assert (swept.cases, swept.clocks) == (Case.objects.count(), Clock.objects.count())
    assert steps[-1] == swept.cases
    assert Act.objects.count() - entries == len(steps) == Court.objects.count()
    assert set(Act.objects.order_by("-seq")[: len(steps)].values_list("verb", flat=True)) == {"全部重算"}


def test_a_clock_that_no_longer_applies_becomes_void_and_its_alerts_are_settled(house: House) -> None:
    case = file_case(house)
    happen(case, "移送审判庭", date(2024, 3, 14), on=date(2024, 3, 14))
    recompute(house.court, [case.pk], on=date(2024, 4, 1))
    assert Alert.objects.filter(case=case, settled="").exists()
    Case.objects.filter(pk=case.pk).update(kind="诉前调解")
    recompute(house.court, [case.pk], on=date(2024, 4, 2))
    assert set(case.clocks.values_list("state", flat=True)) == {Clock.State.VOID.value}
    assert set(case.alerts.exclude(settled=Alert.Settled.DONE).values_list("settled", "settled_on")) == {
        (Alert.Settled.VOID.value, date(2024, 4, 2))
    }


def test_what_is_undone_asks_again(house: House) -> None:
    case = file_case(house)
    recompute(house.court, [case.pk], on=date(2024, 3, 20))
    open_ = set(case.alerts.filter(label="移送审判庭", settled="").values_list("rung", flat=True))
    happen(case, "移送审判庭", date(2024, 3, 21))
    assert not case.alerts.filter(label="移送审判庭", settled="").exists()
    CaseEvent.objects.filter(case=case, kind="移送审判庭").delete()
    case.milestones.pop("移送审判庭")
    case.save()
    recompute(house.court, [case.pk], on=date(2024, 3, 21))
    asked = case.alerts.filter(label="移送审判庭", settled="", settled_on=None)
    assert open_
    assert open_ <= set(asked.values_list("rung", flat=True))


def test_what_is_read_does_not_grow_with_the_page(house: House) -> None:
    ids = [file_case(house, serial=serial).pk for serial in range(1, 31)]
    with CaptureQueriesContext(connection) as few:
        recompute(house.court, ids[:3], on=date(2024, 6, 20))
    with CaptureQueriesContext(connection) as many:
        recompute(house.court, ids[3:], on=date(2024, 6, 20))
    assert len(selects(many)) == len(selects(few)) <= 12
    assert Alert.objects.filter(on__gt=date(2024, 3, 13)).count() > 60


def selects(queries: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in queries.captured_queries if one["sql"].startswith("SELECT")]


def test_whom_a_rung_means_is_the_same_asked_once_for_many_or_for_each(house: House) -> None:
    Posting.objects.filter(person=house.head).update(until=date(2024, 3, 31))
    hire(house.court, "叶青", "庭长", house.first_civil, since=date(2024, 4, 2))
    cases = [
        file_case(house, serial=serial, handler=judge)
        for serial, judge in enumerate([house.judge, house.judge, house.stranger, house.leader], 1)
    ]
    told = Told(Rosters())
    labels = ("庭长", "分管院领导", "院领导", "院长", "审管办", "上级法院审管办", "没有这个职务")
    for on in (date(2024, 3, 31), date(2024, 4, 1), date(2024, 4, 2), date(2024, 4, 3)):
        for case in cases:
            for label in labels:
                assert told(case, label, on) == recipient(case, label, on), (case, label, on)
