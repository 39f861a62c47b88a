"""The fictional court, a key of its, and a client that sends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mingjing.api import endpoints
from mingjing.services.acts import CONSOLE
from mingjing.services.security.throttle import Throttle
from mingjing.services.tokens import make_token
from tests.services.builders import House
from tests.services.conftest import house, moment

__all__ = ["house", "moment"]

Send = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def key(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """A key of the lower court, which has asked for nothing yet."""
    monkeypatch.setattr(endpoints, "THROTTLE", Throttle())
    for court in (house.court, house.higher):
        court.folder = "demo"  # the fictional courts' codes stand there
        court.save()
    return make_token(CONSOLE, house.court, "审判系统")


@pytest.fixture
def send(key: str) -> Send:
    """Sends a request with the key; the status and the answer. Problems must be problem documents."""

    def request(
        method: str, path: str, body: object = None, *, secret: str = ""
    ) -> tuple[int, dict[str, Any]]:
        client = Client(raise_request_exception=True)
        response = client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret or key}"},
        )
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json"
        return response.status_code, json.loads(response.content)

    return request
