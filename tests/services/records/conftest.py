"""A court with registers of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.services.builders import House
from tests.services.records.builders import Bench, build_bench, institutions_over


@pytest.fixture(scope="session")
def own_institutions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Read once for all tests: the nationwide definitions and those of the court."""
    return institutions_over(tmp_path_factory.mktemp("institutions"))


@pytest.fixture
def bench(house: House, settings: Settings, own_institutions: Path) -> Bench:
    """The court, its inspectors, its registers."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=own_institutions)
    return build_bench(house)
