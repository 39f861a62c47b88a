"""Records through the interface: the same sight, the same verbs, the same refusals as the pages."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tests.house.test_every_url_is_in_the_permission_table import keyed
from tests.services.records.builders import MENDING, Bench, accepted, fresh, registered
from tests.services.records.conftest import bench, own_institutions

__all__ = ["bench", "own_institutions"]
pytestmark = pytest.mark.django_db


def asked(client: Client, path: str, body: object = None, status: int = 200) -> dict[str, object]:
    """The answer to a request with a key, after checking its status."""
    if body is None:
        answer = client.get(f"/api/v1{path}")
    else:
        answer = client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    found: dict[str, object] = json.loads(answer.content)
    return found


def test_a_record_is_opened_once_listed_and_read(bench: Bench) -> None:
    client = keyed(bench.inspector)
    values = {"问题描述": "卷宗缺页", "问题来源": "案件评查", "责任部门": bench.house.first_civil.pk}
    body = {"act": "登记", "values": values, "once": "2024-1"}
    made = asked(client, f"/registers/{MENDING}/records", body)
    assert made["number"] == "整改-2024-0001"
    assert asked(client, f"/registers/{MENDING}/records", body)["id"] == made["id"]
    listed = asked(client, f"/registers/{MENDING}/records")
    assert listed["count"] == 1
    read = asked(client, f"/records/{made['id']}")
    assert read["state"] == "待认领"
    assert read["values"] == values


def test_an_act_moves_it_and_a_refusal_is_a_problem_document(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    client = keyed(bench.house.judge)
    refused = asked(client, f"/records/{record.pk}/acts", {"act": "报验"}, status=422)
    assert refused["code"] == "not-ready"
    body = {"act": "移交", "values": {"责任人": 1}, "revision": 1}
    handed = asked(client, f"/records/{record.pk}/acts", body, 422)
    assert handed["code"] == "meanwhile-acted"
    assert fresh(record).state == "整改中"


def test_what_somebody_may_not_see_is_not_there(bench: Bench) -> None:
    record = registered(bench, 内部意见="先不要声张")
    asked(keyed(bench.house.stranger), f"/records/{record.pk}", status=404)
    judge = asked(keyed(bench.house.judge), f"/records/{record.pk}")
    assert "内部意见" not in judge["values"]  # type: ignore[operator]
