"""Board, tree, calendar and the page of a record ask as much of the database for many records as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingjing.services.records.opening import open_record
from mingjing.storage.records.models import Record
from tests.services.builders import acting
from tests.services.records.builders import MENDING, STEP, Bench, accepted, registered
from tests.web.signing_in import signed_in

pytestmark = pytest.mark.django_db


def _statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(asked)


def _steps_under(bench: Bench, record: Record, number: int) -> None:
    for place in range(number):
        values = {"措施内容": f"第 {place} 项", "落实人": bench.house.judge.pk}
        open_record(acting(bench.inspector), STEP, "列入", values, above=record.pk)


@pytest.mark.parametrize("view", ["", "/board", "/tree", "/calendar", "/figures"])
@pytest.mark.parametrize("who", ["inspector", "head"])
def test_a_register_takes_the_same_statements_for_many_records(bench: Bench, view: str, who: str) -> None:
    _steps_under(bench, accepted(bench, registered(bench)), 1)
    registered(bench)
    client = signed_in(bench.inspector if who == "inspector" else bench.house.head)
    path = f"/registers/{MENDING}{view}"
    few = _statements(client, path)
    for _ in range(3):
        _steps_under(bench, accepted(bench, registered(bench)), 2)
        registered(bench)
    assert _statements(client, path) <= few


def test_a_record_page_takes_the_same_statements_whatever_stands_below(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    _steps_under(bench, record, 1)
    client = signed_in(bench.inspector)
    path = f"/records/{record.pk}"
    few = _statements(client, path)
    _steps_under(bench, record, 8)
    assert _statements(client, path) <= few


def test_a_tree_page_says_that_it_is_a_page(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingjing.services.reading.records.trees.TOPS", 2)
    for _ in range(3):
        registered(bench)
    client = signed_in(bench.inspector)
    path = f"/registers/{MENDING}/tree"
    first = client.get(path)
    page = first.content.decode()
    assert "这一页 2 条" in page
    assert "下一页" in page
    last = client.get(path, {"after": first.context["found"].next_after}).content.decode()
    assert "这一页 1 条" in last
    assert "上一页" in last


def test_more_below_than_can_be_listed_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingjing.services.reading.records.trees.MOST_BRANCHES", 3)
    record = accepted(bench, registered(bench))
    _steps_under(bench, record, 4)
    client = signed_in(bench.inspector)
    assert "下级太多" in client.get(f"/registers/{MENDING}/tree").content.decode()
    assert "下级太多，只算列出的" in client.get(f"/records/{record.pk}").content.decode()
