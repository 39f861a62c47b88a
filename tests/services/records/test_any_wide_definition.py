"""Whatever key a definition writes: it loads whole, its acts make its records, its clocks speak once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.services.installation import registry
from mingjing.services.records.completing import settle_all
from mingjing.services.records.expiring import expire
from mingjing.services.records.obligations import tend
from mingjing.services.records.ticking import tell
from mingjing.services.records.versions import register_at
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Obligation, Record, RecordAlert
from tests.services.builders import DAY
from tests.services.conftest import SetMoment
from tests.services.records.builders import Bench, fresh
from tests.services.records.random_people import Town, follows_from_its_acts, in_force, own_folder
from tests.services.records.random_runs import runs
from tests.services.records.random_wide import WIDE, id_of, wide
from tests.services.records.test_any_definition import begun


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where definitions are put for a while, over the nationwide ones."""
    return own_folder(tmp_path_factory.mktemp("wide"))


@pytest.fixture
def bench(bench: Bench, folder: Path, settings: Any) -> Bench:
    """The court and its inspectors, reading the definitions of ``folder``."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=folder)
    return bench


def town_of(bench: Bench, data: st.DataObject) -> Town:
    """The people of the court with the dice of this example."""
    return Town(bench, data.draw(st.randoms(use_true_random=False)))


@pytest.mark.parametrize("kind", WIDE)
@runs(2)
@given(data=st.data())
def test_whatever_keys_it_has_a_record_follows_from_its_acts(
    bench: Bench, folder: Path, moment: SetMoment, kind: str, data: st.DataObject
) -> None:
    texts, town = data.draw(wide(kind)), town_of(bench, data)
    moment(f"{DAY}T09:00:00")
    with in_force(bench.house.court, folder, texts):
        assert id_of(texts) in {one.id for one in registry(bench.house.court).all()}, texts[0]
        made = begun(town, kind)
        for day in range(0, 24, 3):
            on = DAY + timedelta(days=day)
            moment(f"{on}T09:00:00")
            the_clock_goes_round_once(on, texts[0])
            for record in [*Record.objects.order_by("pk")[:6], *made[:3]]:
                town.attempt(record)
        for record in Record.objects.filter(court=bench.house.court):
            follows_from_its_acts(record)
            assert register_at(fresh(record)).id == record.register
    moment(f"{DAY}T09:00:00")


def the_clock_goes_round_once(on: Any, text: str) -> None:
    """What the day brings happens; the same day again brings nothing."""
    for again in (False, True):
        before = _everything()
        tend(on)
        expire(on)
        tell(on)
        settle_all(on)
        if again:
            assert _everything() == before, f"the same day did something twice\n{text}"


def _everything() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (Record, Act, RecordAlert, Obligation))
