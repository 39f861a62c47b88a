"""Sight of records: nothing that a definition does not give (G8)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.services.actors import Actor
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.sight import fields_seen, registers_seen, seen_record, visible
from mingjing.services.records.versions import register_at, registers_on
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import Look, Record
from tests.services.builders import acting, entries, hire
from tests.services.records.builders import CHECK, CLUE, MENDING, Bench, accepted, fresh, registered


def sees(person: Person, record: Record) -> bool:
    """Whether the record is on the person's list; the page must say the same."""
    actor = acting(person)
    listed = Record.objects.filter(visible(actor, register_at(record)), pk=record.pk).exists()
    try:
        seen_record(actor, record.pk)
    except (NotVisible, NotAllowed):
        assert not listed
        return False
    assert listed
    return True


def clue(bench: Bench, about: Person | None = None) -> Record:
    values = {
        "反映内容": "收受礼品",
        "被反映人": (about or bench.house.judge).pk,
        "承办督察": bench.inspector.pk,
    }
    return open_record(acting(bench.inspector), CLUE, "受理", values)


def labels(actor: Actor, record: Record) -> frozenset[str]:
    record = fresh(record)
    return fields_seen(actor, record, register_at(record))


def test_an_internal_record_is_seen_by_its_department_its_command_and_its_inspectors(bench: Bench) -> None:
    record, house = registered(bench), bench.house
    seers = (bench.inspector, house.judge, house.clerk, house.head, house.leader, house.president)
    assert all(sees(person, record) for person in seers)
    others = (house.stranger, house.enforcer, house.enforcement_head, house.manager, bench.chief)
    assert not any(sees(person, record) for person in others)


def test_another_court_sees_nothing_not_even_from_above(bench: Bench) -> None:
    record = registered(bench)
    assert not sees(bench.house.higher_manager, record)
    other = hire(bench.house.higher, "外院督察", "督察员", None)
    assert not sees(other, record)


@pytest.mark.parametrize("post", ["系统管理员", "安全管理员", "审计管理员", "接口账号"])
def test_administrators_see_no_record_even_a_public_one(bench: Bench, post: str) -> None:
    check = open_record(acting(bench.inspector), CHECK, "登记检查", {"检查内容": "x"})
    assert sees(bench.house.stranger, check)
    assert not sees(hire(bench.house.court, "管理员", post, bench.house.office), check)


def test_the_head_of_the_owners_department_sees_it_wherever_it_lies(bench: Bench) -> None:
    record = registered(bench, 责任部门=bench.house.office.pk)
    assert not sees(bench.house.enforcement_head, record)
    accepted(bench, record, by=bench.inspector)
    do(acting(bench.inspector), record.pk, "移交", {"责任人": bench.house.enforcer.pk})
    assert sees(bench.house.enforcement_head, record)
    assert sees(bench.house.leader, record)
    assert not sees(bench.house.head, record)


def test_whoever_acted_on_it_still_sees_it_after_moving(bench: Bench) -> None:
    record, judge = accepted(bench, registered(bench)), bench.house.judge
    do(acting(judge), record.pk, "移交", {"责任人": bench.house.assistant.pk})
    Posting.objects.filter(person=judge).update(department=bench.house.second_civil)
    assert sees(judge, record)


def test_a_secret_record_is_seen_by_few_and_every_look_is_kept(bench: Bench) -> None:
    record, house = clue(bench), bench.house
    assert sees(bench.inspector, record)
    assert sees(bench.chief, record)
    assert sees(house.judge, record), "whom it is about"
    hidden = (house.president, house.leader, house.head, house.assistant, house.manager)
    assert not any(sees(person, record) for person in hidden)
    looks = Look.objects.filter(record=record).order_by("pk").values_list("person__name", flat=True)
    assert list(looks) == ["纪明", "安宁"]
    seen_record(acting(bench.chief), record.pk)
    assert len(entries("查看保密记录")) == 2, "once a day"
    seen_record(acting(bench.chief, date(2024, 4, 2)), record.pk)
    assert Look.objects.filter(record=record).count() == 3


def test_another_inspector_does_not_see_a_secret_record(bench: Bench) -> None:
    colleague = hire(bench.house.court, "另督察", "督察员", bench.house.office)
    assert not sees(colleague, clue(bench))


def test_the_subject_reads_only_what_the_definition_shows_them(bench: Bench) -> None:
    record = clue(bench)
    assert labels(acting(bench.house.judge), record) == {"处理结果"}
    assert "反映内容" in labels(acting(bench.inspector), record)


def test_a_field_for_few_is_read_by_few_and_cannot_be_searched(bench: Bench) -> None:
    record = registered(bench, 内部意见="从严处理")
    assert "内部意见" in labels(acting(bench.inspector), record)
    assert "内部意见" not in labels(acting(bench.house.judge), record)
    assert "从严" not in fresh(record).search
    assert "卷宗超期" in fresh(record).search


def test_what_was_entered_in_a_secret_record_is_in_no_log(bench: Bench) -> None:
    record = clue(bench)
    assert not any("收受礼品" in f"{entry.payload}{entry.why}" for entry in entries())
    assert record.acts.get().values == {"story": None, "about": None, "handler": None}


def test_registers_are_listed_for_who_sees_or_opens_a_record(bench: Bench) -> None:
    def mine(person: Person) -> set[str]:
        own = {MENDING, CHECK, CLUE}
        return {one.id for one in registers_seen(acting(person))} & own

    assert mine(bench.inspector) == {MENDING, CHECK, CLUE}
    assert mine(bench.house.judge) == {CHECK}
    assert mine(bench.house.keeper) == set()
    record = registered(bench)
    assert mine(bench.house.judge) == {CHECK, MENDING}
    assert mine(bench.house.stranger) == {CHECK}
    assert record.pk


def test_a_list_of_records_costs_few_statements(bench: Bench) -> None:
    for _ in range(3):
        registered(bench)
    actor = acting(bench.house.head)
    register = next(one for one in registers_on(actor.court, actor.on) if one.id == MENDING)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = list(Record.objects.filter(visible(actor, register)).select_related("holder", "unit")[:15])
    assert len(rows) == 3
    assert len(queries) <= 4
