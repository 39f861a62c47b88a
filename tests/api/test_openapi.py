"""The committed description is the served one, and nothing it allows ends in a fault of the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings

from mingjing.services.installation import read_every_court
from tests.api.test_pushing import CASES
from tests.house.tree import ROOT

SNAPSHOT = ROOT / "docs" / "reference" / "openapi.json"


def test_the_committed_description_is_fresh() -> None:
    served = Client().get("/api/v1/openapi.json")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == json.loads(served.content), "run: make docs"


def test_no_page_of_the_description_loads_anything_from_outside() -> None:
    assert Client().get("/api/v1/docs").status_code == 404


schema = schemathesis.openapi.from_dict(json.loads(SNAPSHOT.read_text(encoding="utf-8")))
schema.app = WSGIHandler()


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Requests leave the connection of the test's transaction open, as in Django's client."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_nothing_the_description_allows_is_a_fault(case: schemathesis.Case[Any], key: str) -> None:
    response = case.call(headers={"Authorization": f"Bearer {key}"})
    assert response.status_code < 500, response.text
    if response.status_code >= 400 and response.status_code != 405:
        problem = json.loads(response.text)
        assert problem["status"] == response.status_code
        assert problem["code"] in str(problem["type"])


def test_a_full_disk_is_said_with_the_request_kept_out(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    read_every_court()  # the definitions are known already; only what is to be kept meets the full disk
    monkeypatch.setattr(Path, "open", full)
    response = Client().post(
        "/api/v1/courts/云9821/cases",
        json.dumps(CASES),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )
    problem = json.loads(response.content)
    assert (response.status_code, problem["code"]) == (503, "import-not-kept")
    assert "磁盘已满" in problem["detail"]
