"""A period opened for everybody at once: the same records as one by one, and few statements however many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from mingjing.domain.dates.periods import read_period
from mingjing.services.records import many, obligations
from mingjing.services.records.campaigns import call
from mingjing.services.records.obligations import duties, open_period, tend
from mingjing.services.records.rosters import Book
from mingjing.services.records.versions import value_of
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import (
    Record,
    RecordAct,
    RecordAlert,
    RecordClock,
    RecordParty,
)
from tests.services.builders import SINCE, House, acting, hire
from tests.services.conftest import SetMoment
from tests.services.records.builders import Bench, strays
from tests.services.records.random_people import in_force, own_folder

MONTHLY, BY_BRANCH, PLEDGE = "filing.three_rules", "activity.monthly_three", "filing.pledge"
JULY = date(2026, 7, 25)


def rows() -> dict[str, list[Any]]:
    """Everything that was written of records, without the keys by which rows are counted."""
    number = {one.pk: (one.register, one.number) for one in Record.objects.all()}

    def of(model: Any, *but: str) -> list[Any]:
        assert not strays(), "every part repeats its record"
        names = [one.attname for one in model._meta.fields if one.attname not in ("id", "record_id", *but)]
        found = []
        for row in model.objects.all():
            held = [(name, str(getattr(row, name))) for name in names]
            found.append((number[row.pk if model is Record else row.record_id], held))
        return sorted(found, key=str)

    return {
        "records": of(Record),
        "acts": of(RecordAct, "entry"),
        "clocks": of(RecordClock),
        "parties": of(RecordParty),
        "alerts": of(RecordAlert, "clock_id", "raised_at"),
    }


def written(do: Callable[[], object]) -> tuple[dict[str, list[Any]], list[Any]]:
    """The rows an act leaves and what its entries say; it is undone afterwards."""
    with transaction.atomic():
        before = Act.objects.count()
        do()
        entries = [(one.verb, one.payload) for one in Act.objects.order_by("seq")[before:]]
        found = rows()
        transaction.set_rollback(True)
    return found, entries


def one_by_one(work: Any, value: object, news: Any) -> list[Record]:
    """What ``make_many`` must be like."""
    quiet, work.quiet = work.quiet, True
    made = [many.make_one(work, value, new) for new in news]
    work.quiet = quiet
    return made


def alike(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> dict[str, list[Any]]:
    """The rows of an act, which are the same when every record is made by itself."""
    together = written(do)
    with monkeypatch.context() as patch:
        patch.setattr(obligations, "make_many", one_by_one)
        single = written(do)
    assert together == single
    return together[0]


@pytest.mark.parametrize("day", ["2026-07-25", "2026-08-05"])
def test_a_period_of_the_calendar_is_opened_as_one_by_one(
    house: House, moment: SetMoment, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    branch = house.first_civil
    branch.field = "党支部"
    branch.save()
    hire(house.court, "支书", "支部书记", branch)
    moment(f"{day}T08:00:00")
    found = alike(monkeypatch, lambda: tend(date.fromisoformat(day)))
    registers = {register for (register, _), _ in found["records"]}
    assert {MONTHLY, BY_BRANCH} <= registers
    assert found["clocks"] and found["parties"]


def test_a_campaign_of_somebody_with_a_department_is_called_as_one_by_one(
    house: House, moment: SetMoment, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment("2026-07-25T08:00:00")
    caller = acting(hire(house.court, "纪明", "督察员", house.office), JULY)
    found = alike(monkeypatch, lambda: call(caller, PLEDGE))
    placeless = [dict(held) for _, held in found["records"] if dict(held)["unit_id"] == "None"]
    assert placeless, "leaders belong to no department, nor to that of the caller"


TODAY = """# 当天要报的一件事。

id: filing.today
label: 当日报告
owner: 督察室
from: 2024-01-01
basis: 本院规定（示例）
who: 全体干警
every: 发起
called_by: 督察员
called_with: 报告事项
due: 发起后 0 天
rungs: [届满日 红 应报人, 届满后 1 天 红 应报人负责人]
fields:
  what: {label: 报告事项, type: 文本}
  how:  {label: 情况, type: 长文本}
examples:
  - {name: 没有人报, period: 2024-03-04, roster: 3 人, rate: 0%}
"""


def test_a_warning_due_on_the_very_day_is_given_to_each_as_one_by_one(
    bench: Bench, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=own_folder(tmp_path))
    with in_force(bench.house.court, tmp_path, [TODAY]):
        caller = acting(bench.inspector)
        found = alike(monkeypatch, lambda: call(caller, "filing.today", given={"报告事项": "安全检查"}))
    assert len(found["alerts"]) == len(found["records"]) > 5


def test_one_entry_and_few_statements_however_many_owe_it(house: House, moment: SetMoment) -> None:
    moment("2026-07-25T08:00:00")
    duty = duties(value_of(house.court, MONTHLY, JULY))[0]
    asked = []
    for size in (40, 80):
        staff(house, size)
        with transaction.atomic():
            before = Act.objects.count()
            with CaptureQueriesContext(connection) as queries:
                row = open_period(Book(house.court, JULY), duty, read_period("2026-07"))
            asked.append(len(queries))
            assert row is not None
            assert Act.objects.count() == before + 1
            assert Record.objects.filter(period="2026-07").count() == len(row.roster) > size
            transaction.set_rollback(True)
    assert asked[1] - asked[0] <= 12, f"{asked}: statements grow with the people"


def staff(house: House, count: int) -> None:
    """That many judges of the second civil division."""
    there = Person.objects.filter(name__startswith="审判员").count()
    rows_ = [
        Person(court=house.court, name=f"审判员{n}", staff_number=f"J{n:05}") for n in range(there, count)
    ]
    made = Person.objects.bulk_create(rows_)
    Posting.objects.bulk_create(
        [Posting(person=one, post="审判员", department=house.second_civil, since=SINCE) for one in made]
    )
