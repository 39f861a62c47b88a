"""The fictional court and its case-management office, which imports."""

from __future__ import annotations

import pytest

from mingjing.services.actors import Actor
from tests.services.builders import House, acting


@pytest.fixture
def office(house: House) -> Actor:
    """罗清 of the case-management office: may upload and confirm."""
    for court in (house.court, house.higher):
        court.folder = "demo"  # the fictional courts' codes stand there
        court.save()
    return acting(house.manager)
