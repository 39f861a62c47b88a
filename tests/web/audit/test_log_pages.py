"""审计: the log of one's own court, filtered, page by page, exported; one entry recomputed and compared."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from mingjing.services.acts import act
from mingjing.services.reading.acts import ActFilter, acts, checked, read, select
from mingjing.services.reading.keyset import PAGE, BadFilter
from mingjing.services.record_event import record_event
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person
from tests.services.builders import House, acting, file_case, hire
from tests.services.conftest import SetMoment
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(house: House) -> Person:
    """Somebody who may read the log of the court below."""
    return hire(house.court, "温故", "审计管理员", house.office)


def record(house: House, serial: int = 1, on: date = date(2024, 4, 1)) -> str:
    """One act on a case; its number."""
    case = file_case(house, serial=serial)
    record_event(acting(house.judge, on), case_id=case.pk, kind="移送审判庭", happened=date(2024, 3, 14))
    return case.number


def test_an_entry_says_who_did_what_to_which_case(house: House, auditor: Person) -> None:
    number = record(house)
    page = text_of(signed_in(auditor), "/acts")
    for words in ("林知远", "录入事项", number):
        assert words in page


def test_the_log_of_another_court_is_not_shown(house: House, auditor: Person) -> None:
    with act(None, "别处的事", needs="", subject_kind="法院", subject_id=house.higher.pk, court=house.higher):
        pass
    assert "别处的事" not in text_of(signed_in(auditor), "/acts")
    text_of(signed_in(auditor), f"/acts/{Act.objects.get().seq}", status=404)


def test_the_log_is_filtered_by_actor_verb_case_and_day(
    house: House, auditor: Person, moment: SetMoment
) -> None:
    number = record(house)
    moment("2024-04-02T00:30:00+08:00")
    record(house, serial=2)
    actor = acting(auditor)
    assert select(actor, ActFilter(actor="林知远")).count() == 2
    assert select(actor, ActFilter(actor="何叙")).count() == 0
    assert select(actor, ActFilter(verb="录入事项")).count() == 2
    assert select(actor, ActFilter(case=number.replace("（", "(").replace("）", ")"))).count() == 1
    assert select(actor, ActFilter(on="2024-04-02")).count() == 1, "a day of the court, not of UTC"
    assert select(actor, ActFilter(on="2024年4月1日")).count() == 1
    with pytest.raises(BadFilter):
        read({"on": "昨天"})


def test_pages_follow_each_other_without_gap_or_repetition(house: House, auditor: Person) -> None:
    for number in range(PAGE + 7):
        with act(None, f"第{number}件", needs="", subject_kind="法院", subject_id=1, court=house.court):
            pass
    actor = acting(auditor)
    first, _ = acts(actor, ActFilter())
    second, _ = acts(actor, ActFilter(after=first.next_after))
    seqs = [one.seq for one in (*first.rows, *second.rows)]
    assert seqs == sorted(seqs, reverse=True)
    assert len(set(seqs)) == PAGE + 7
    assert second.next_after == ""


def test_an_entry_is_recomputed_and_agrees(house: House, auditor: Person) -> None:
    record(house)
    entry = Act.objects.get()
    found = checked(acting(auditor), entry.seq)
    assert found.sound
    assert ("案号", "（2024）云9821民初1号") in found.payload
    assert "这一条还是原来的吗" in text_of(signed_in(auditor), f"/acts/{entry.seq}")


@pytest.mark.parametrize("column", ["payload", "why", "actor_name"])
def test_an_entry_changed_behind_the_back_of_the_log_is_found(
    house: House, auditor: Person, column: str
) -> None:
    record(house)
    tamper(column, '{"案号":"（2024）云9821民初7号"}')
    page = text_of(signed_in(auditor), f"/acts/{Act.objects.get().seq}")
    assert "这一条被改过" in page


def tamper(column: str, value: str) -> None:
    """Change the log with its guards removed, as somebody with the database in hand could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'auditlog_act'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("ALTER TABLE auditlog_act DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE auditlog_act SET {column} = %s", [value])


def test_the_export_holds_the_same_entries_and_is_itself_an_entry(house: House, auditor: Person) -> None:
    record(house)
    answer = signed_in(auditor).get("/acts/export?verb=录入事项")
    assert answer.status_code == 200
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0][:4] == ("序号", "时间", "谁", "做了什么")
    assert rows[1][2:4] == ("林知远", "录入事项")
    assert Act.objects.latest("seq").verb == "导出日志"
