"""Whatever a definition says, the interface says what the services say: same sight, acts and refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.services.records.acting import options
from mingjing.services.records.sight import fields_seen, sees
from mingjing.services.records.versions import register_at
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Record
from tests.house.test_every_url_is_in_the_permission_table import keyed
from tests.services.builders import acting
from tests.services.records.builders import Bench, fresh
from tests.services.records.conftest import bench, own_institutions
from tests.services.records.random_definitions import KINDS, machinery_of
from tests.services.records.random_people import Town, in_force, own_folder
from tests.services.records.random_runs import runs
from tests.services.records.test_any_definition import begun

__all__ = ["bench", "own_institutions"]
pytestmark = pytest.mark.django_db
ANSWERS = {200, 403, 404, 422}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where definitions are put for a while, over the nationwide ones."""
    return own_folder(tmp_path_factory.mktemp("any"))


@pytest.mark.parametrize("kind", list(KINDS))
@runs(2)
@given(data=st.data())
def test_the_interface_says_of_any_record_what_the_services_say(
    bench: Bench, folder: Path, settings: Any, kind: str, data: st.DataObject
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=folder)
    text, register_id = data.draw(KINDS[kind]), f"{machinery_of(kind)}.any"
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    with in_force(bench.house.court, folder, [text]):
        systems = {person: keyed(person) for person in town.people}
        records = begun(town, kind)[:3]
        for system in systems.values():
            listed = system.get(f"/api/v1/registers/{register_id}/records?status=全部")
            assert listed.status_code in ANSWERS, text
            assert system.get("/api/v1/registers").status_code == 200, text
        for record in records:
            for _ in range(6):
                person = town.somebody()
                read_alike(person, systems[person], record, text)
                tried(town, person, systems[person], record, text)


def read_alike(person: Any, system: Any, record: Record, text: str) -> None:
    """The answer about a record is what the services say of it to this person."""
    record, actor = fresh(record), acting(person)
    answer = system.get(f"/api/v1/records/{record.pk}")
    if not sees(actor, record):
        assert answer.status_code == 404, text
        return
    assert answer.status_code == 200, text
    found = answer.json()
    readable = fields_seen(actor, record, register_at(record))
    assert set(found["values"]) <= readable, text
    assert found["acts"] == [one.act for one in options(actor, record) if not one.refusal], text


def tried(town: Town, person: Any, system: Any, record: Record, text: str) -> None:
    """An act sent through the interface is done once, or refused with a code and without a trace."""
    record, actor = fresh(record), acting(person)
    register = register_at(record)
    offered = (
        {one.act: one for one in options(actor, record) if not one.refusal} if sees(actor, record) else {}
    )
    label = town.dice.choice([*offered] or [one.label for one in register.acts])
    values = town.filled(register, offered[label])[0] if label in offered else {}
    entries = Act.objects.count()
    body = {"act": label, "values": values, "why": "说明", "revision": record.revision}
    answer = system.post(
        f"/api/v1/records/{record.pk}/acts", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code in ANSWERS, f"{answer.content.decode()}\n{text}"
    if answer.status_code == 200:
        assert label in offered, text
        assert Act.objects.count() == entries + 1
        assert answer.json()["revision"] == fresh(record).revision == record.revision + 1, text
        return
    assert answer.json()["code"], text
    assert (fresh(record).revision, Act.objects.count()) == (record.revision, entries), text
