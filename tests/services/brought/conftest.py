"""The definitions are read once for all commands of a run."""

from __future__ import annotations

from functools import cache

import pytest

from mingjing.cli import indicator

once = cache(indicator.load)


@pytest.fixture(autouse=True)
def definitions_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicator, "load", once)
