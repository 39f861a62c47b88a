"""A fresh small court for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.definitions.court import Court


@pytest.fixture
def court(tmp_path: Path) -> Court:
    return Court(tmp_path / "court")
