"""A court whose approved definitions go to a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.services.installation import look_again


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The folder the installation keeps its data in."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path)
    look_again()
    yield tmp_path
    look_again()
