"""A court for the tests of what is stored."""

from __future__ import annotations

import pytest

from tests.services.builders import House, build_house


@pytest.fixture
def house(db: None) -> House:
    """The fictional court of ``builders``."""
    return build_house()
