"""A key that asks too often is told to wait, in a problem document; nothing is done meanwhile."""

from __future__ import annotations

import pytest

from mingjing.api import endpoints
from tests.api.conftest import Send


def test_one_request_too_many_is_refused_with_429(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "number", lambda name, court: 2)
    for _ in range(2):
        assert send("GET", "/batches/1")[0] == 404
    status, told = send("GET", "/batches/1")
    assert (status, told["code"]) == (429, "too-often")
    assert "秒后再试" in told["detail"]
