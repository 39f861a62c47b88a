"""The time on the wall stands still until a test moves it; a login of the judge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mingjing.services import sessions
from mingjing.services.security import ending, guessing, passkeys, second, standing
from mingjing.storage.people.models import Account
from tests.services.builders import House
from tests.services.conftest import house, moment, one_entry, refused

__all__ = ["house", "moment", "one_entry", "refused"]

Later = Callable[..., datetime]
START = datetime(2024, 4, 1, 1, 0, tzinfo=UTC)
TOLD_THE_TIME = (ending, guessing, passkeys, second, sessions, standing)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Moves the time on the wall on by so many seconds, minutes …; with nothing it only tells it."""
    now = [START]

    def move(**step: float) -> datetime:
        now[0] += timedelta(**step)
        return now[0]

    for module in TOLD_THE_TIME:
        monkeypatch.setattr(module, "wall", lambda: now[0])
    return move


@pytest.fixture
def login(house: House) -> Account:
    """The judge's login, its password ``a-long-password``."""
    return Account.objects.create_account("linzhiyuan", "a-long-password", house.judge)
