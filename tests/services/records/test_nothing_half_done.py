"""Killed at any write, an act leaves all of itself or nothing, and can be done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection, transaction

from mingjing.services.records.acting import do
from mingjing.services.records.excel import confirm
from mingjing.services.records.opening import open_record
from mingjing.services.records.ticking import tell
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import (
    Attachment,
    Record,
    RecordAct,
    RecordAlert,
    RecordClock,
    RecordLink,
    RecordNotice,
    RecordParty,
    Serial,
)
from tests.services.builders import acting
from tests.services.records.builders import CHECK, Bench, accepted, file_of, registered
from tests.services.records.test_a_register_as_a_workbook import GOOD, checks

TABLES = (
    Record, RecordAct, RecordParty, RecordClock, RecordAlert, RecordLink, RecordNotice, Attachment, Serial,
    Act,
)  # fmt: skip
WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """What a killed process looks like from inside."""


def everything() -> list[list[tuple[object, ...]]]:
    """Every row of every table an act may touch."""
    return [list(model.objects.order_by("pk").values_list()) for model in TABLES]


def writes_of(work: Callable[[], object], kill_at: int = -1) -> int:
    """How many statements write; the one numbered ``kill_at`` is the last thing the process does."""
    seen = 0

    def watch(execute: Callable[..., object], sql: str, *rest: object) -> object:
        nonlocal seen
        if sql.lstrip().upper().startswith(WRITES):
            if seen == kill_at:
                raise Killed
            seen += 1
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(watch):
        work()
    return seen


def check_every_point(work: Callable[[], object]) -> None:
    """Kill at each write in turn: nothing remains; let it through: it is done whole."""
    before, points = everything(), 0
    while True:
        try:
            writes_of(work, points)
        except Killed:
            assert everything() == before, f"something remained of write {points}"
            points += 1
            continue
        break
    assert points >= 4
    assert everything() != before


def test_opening(bench: Bench) -> None:
    check_every_point(lambda: registered(bench))


def test_acting_with_files_and_clocks(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    files = [("整改佐证", file_of("x"), "x.pdf")]
    check_every_point(lambda: do(acting(bench.house.judge), record.pk, "报验", {}, files=files))


def test_an_act_that_opens_records_elsewhere(bench: Bench) -> None:
    units = [bench.house.first_civil.pk, bench.house.enforcement.pk]
    inspector = acting(bench.inspector)
    check = open_record(inspector, CHECK, "登记检查", {"检查内容": "x", "涉及部门": units})
    check_every_point(lambda: do(inspector, check.pk, "交办", {}))


def test_the_pass_of_the_clock(bench: Bench) -> None:
    registered(bench)
    check_every_point(lambda: tell(date(2024, 4, 8)))


def test_an_import_of_two_rows(bench: Bench) -> None:
    inspector = acting(bench.inspector)
    rows = (GOOD, ["文书", *GOOD[1:]])
    check_every_point(lambda: confirm(inspector, CHECK, "登记检查", checks(*rows), "a.xlsx"))
