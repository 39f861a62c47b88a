"""The court of the tests of services, with an office that receives leads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.services.conftest import house, moment
from tests.services.leads.conftest import office, reported

__all__ = ["house", "log_key", "moment", "office", "reported"]


@pytest.fixture
def log_key(settings: Settings, tmp_path: Path) -> None:
    """A data folder of its own, for the key by which the log is signed."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path / "data")
