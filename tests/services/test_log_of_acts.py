"""Every act is one entry, numbered without gaps, provable by its leaf, and nobody can change it."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, connection, transaction

from mingjing.domain.auditlog.entries import Entry, commit_payload, leaf_hash
from mingjing.services.acts import act
from mingjing.services.looking import note_reading
from mingjing.services.permissions import NotAllowed
from mingjing.services.whence import coming_from, device_of
from mingjing.storage.auditlog.models import Act
from tests.services.builders import House, acting, entries

pytestmark = pytest.mark.django_db


def _entry(row: Act) -> Entry:
    return Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})


def test_an_act_says_who_did_what_to_which_record_why_and_when(house: House) -> None:
    with act(
        acting(house.judge), "录入事项", needs="录入事项", subject_kind="案件", subject_id=7, why="开庭"
    ) as record:
        record.payload = {"事项": "开庭"}
    found = entries()[-1]
    assert (found.actor_name, found.verb, found.subject_kind, found.subject_id) == (
        "林知远",
        "录入事项",
        "案件",
        "7",
    )
    assert (found.why, found.court, json.loads(found.payload)) == ("开庭", "云9821", {"事项": "开庭"})
    assert (found.at, found.whence) == ("2024-04-01T01:00:00.000000Z", "本机")


def test_an_act_says_from_where_and_the_clock_comes_from_nowhere(house: House) -> None:
    with (
        coming_from("10.2.0.17", device_of("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36")),
        act(acting(house.judge), "录入事项", needs="录入事项", subject_kind="案件", subject_id=7),
    ):
        pass
    assert entries()[-1].whence == "10.2.0.17 · Windows Chrome"
    with coming_from("10.2.0.17", "x"), act(None, "到点提醒", needs="", subject_kind="案件", subject_id=7):
        pass
    assert entries()[-1].whence == ""


def test_reading_a_sealed_record_is_one_entry_a_day_for_each_reason(house: House) -> None:
    before = len(entries())
    for why in ("承办", "承办", "督办"):
        note_reading(acting(house.judge), "线索", 5, why)
    note_reading(acting(house.head), "线索", 5, "承办")
    found = entries()[before:]
    assert [(one.actor_name, one.verb, one.subject_id, one.why) for one in found] == [
        ("林知远", "查看", "5", "承办"),
        ("林知远", "查看", "5", "督办"),
        ("周岚", "查看", "5", "承办"),
    ]


def test_the_leaf_and_the_commitment_can_be_computed_again_from_the_row(house: House) -> None:
    with act(acting(house.judge), "录入事项", needs="录入事项", subject_kind="案件", subject_id=7) as record:
        record.payload = {"金额": "12.50", "日期": house.first_civil.since}
    found = entries()[-1]
    assert found.leaf == leaf_hash(_entry(found))
    assert found.payload_commitment == commit_payload(json.loads(found.payload), bytes.fromhex(found.salt))


def test_entries_are_numbered_without_a_gap(house: House) -> None:
    before = len(entries())
    for number in range(5):
        with act(acting(house.judge), "录入事项", needs="录入事项", subject_kind="案件", subject_id=number):
            pass
    assert [entry.seq for entry in entries()] == list(range(before + 5))


def test_an_act_that_fails_half_way_leaves_neither_its_work_nor_an_entry(house: House) -> None:
    before = len(entries())
    name = house.first_civil.name
    with (
        pytest.raises(RuntimeError),
        act(acting(house.judge), "录入事项", needs="录入事项", subject_kind="案件", subject_id=1),
    ):
        house.first_civil.name = "改了一半"
        house.first_civil.save()
        raise RuntimeError
    house.first_civil.refresh_from_db()
    assert house.first_civil.name == name
    assert len(entries()) == before


def test_an_act_no_role_lists_is_refused_and_not_logged(house: House) -> None:
    before = len(entries())
    with (
        pytest.raises(NotAllowed, match="不能“签发督办”"),
        act(acting(house.judge), "签发督办通知", needs="签发督办", subject_kind="督办通知", subject_id=""),
    ):
        pytest.fail("the body must not run")
    assert len(entries()) == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE auditlog_act SET why = '改写'", "DELETE FROM auditlog_act"],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_or_remove_an_entry(house: House, statement: str) -> None:
    with act(acting(house.judge), "录入事项", needs="录入事项", subject_kind="案件", subject_id=1):
        pass
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert entries()[-1].why == ""
