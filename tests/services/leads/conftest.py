"""A court with inspectors who hold keys, a court above it, and a lead about a judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.services.leads import sealing
from mingjing.services.leads.keys import Opened, make_key, unlock_key
from mingjing.services.leads.receiving import Received, Report, receive
from mingjing.storage.people.models import Department, Person
from tests.services.builders import SINCE, House, acting, hire

QUICK = (1, 8 << 10)
"""As little work for a passphrase as the library allows: these tests are about who opens what."""
PASSPHRASE = "钥匙在山门外第三棵松树下"
TEXT = "林知远在办案中收受当事人红包三千元，有转账截图。"


@dataclass(frozen=True)
class Office:
    """The house with those who receive leads; each of them has a key."""

    house: House
    chief: Person
    inspector: Person
    officer: Person
    clerk: Person
    higher_chief: Person
    higher_inspector: Person
    higher_officer: Person

    def opened(self, person: Person) -> Opened:
        """Somebody's key, unlocked."""
        return unlock_key(acting(person), PASSPHRASE)


@pytest.fixture
def office(house: House, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(sealing, "RECEIPT", QUICK)
    return build_office(house)


def build_office(house: House) -> Office:
    """Those who receive leads, each with a key of their own."""
    places = [
        Department.objects.get_or_create(
            court=court, name=name, defaults={"order": 9 + order, "since": SINCE}
        )[0]
        for order, (court, name) in enumerate(
            [(house.court, "派驻纪检监察组"), (house.court, "督察室"), (house.higher, "派驻纪检监察组")]
        )
    ]
    found = Office(
        house,
        chief=hire(house.court, "秦朗", "派驻纪检组长", places[0]),
        inspector=hire(house.court, "章牧", "督察室主任", places[1]),
        officer=hire(house.court, "赵棠", "派驻纪检干部", places[0]),
        clerk=hire(house.court, "孙芮", "督察员", places[1]),
        higher_chief=hire(house.higher, "方远", "派驻纪检组长", places[2]),
        higher_inspector=hire(house.higher, "邵谨", "督察室主任", places[2]),
        higher_officer=hire(house.higher, "纪言", "派驻纪检干部", places[2]),
    )
    everybody = (found.chief, found.inspector, found.officer, found.clerk)
    for person in (*everybody, found.higher_chief, found.higher_inspector, found.higher_officer):
        make_key(acting(person), PASSPHRASE, cost=QUICK)
    return found


Reporting = Callable[..., Received]


@pytest.fixture
def reported(office: Office) -> Reporting:
    """Somebody reports 林知远, unless said otherwise."""

    def report(**changes: object) -> Received:
        plain = Report(office.house.court, TEXT, (office.house.judge.name,), "民事审判第一庭")
        return receive(replace(plain, **changes))  # type: ignore[arg-type]

    return report
