"""Whatever a definition says, every page and paper of its records opens, empty and with records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mingjing.storage.records.models import Obligation, Record
from tests.services.builders import DAY
from tests.services.records.builders import Bench
from tests.services.records.random_definitions import KINDS, machinery_of
from tests.services.records.random_people import Town, in_force, own_folder
from tests.services.records.random_runs import runs
from tests.services.records.test_any_definition import begun
from tests.web.signing_in import signed_in

pytestmark = pytest.mark.django_db
VIEWS = ("", "/board", "/calendar", "/tree", "/figures", "/paper")
BOOKS = ("/export", "/template")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where definitions are put for a while, over the nationwide ones."""
    return own_folder(tmp_path_factory.mktemp("any"))


@pytest.mark.parametrize("kind", list(KINDS))
@runs(2)
@given(data=st.data())
def test_every_page_of_any_definition_opens(
    bench: Bench, folder: Path, settings: Any, kind: str, data: st.DataObject
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=folder)
    text, drawn, kind = data.draw(KINDS[kind]), kind, machinery_of(kind)
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    with in_force(bench.house.court, folder, [text]):
        clients = [signed_in(one) for one in town.people]
        for client in readers(clients, kind)[:1]:  # nobody sees a confidential one before it has records
            for address in addresses(kind):
                assert client.get(address).status_code == 200, f"{address}\n{text}"
        for record in begun(town, drawn):
            for _ in range(6):
                town.attempt(record)
        client = next(iter(readers(clients, kind)), clients[0])
        for address in (*addresses(kind), *of_records(client, kind)):
            assert client.get(address).status_code == 200, f"{address}\n{text}"
        for book in BOOKS[:1] if kind == "filing" else BOOKS:  # the clock opens what is filed, nobody a book
            answers = [one.get(f"/registers/{kind}.any{book}") for one in clients]
            assert {one.status_code for one in answers} <= {200, 403, 404}, f"{book}\n{text}"
            good = [one for one in answers if one.status_code == 200]
            assert good or kind == "filing", f"{book}\n{text}"
            assert all(load_workbook(BytesIO(one.content)).worksheets for one in good[:1])


def readers(clients: Sequence[Client], kind: str) -> list[Client]:
    """Those who see the register."""
    return [one for one in clients if one.get(f"/registers/{kind}.any").status_code == 200]


def addresses(kind: str) -> list[str]:
    """The pages of a register, of its definition and of the wall."""
    own = [f"/registers/{kind}.any{view}" for view in VIEWS]
    month = f"/registers/{kind}.any/calendar?month={DAY:%Y-%m}"
    return [*own, month, f"/institutions/{kind}.any", f"/wall/show?register={kind}.any", "/registers", "/"]


def of_records(client: Any, kind: str) -> list[str]:
    """The pages of the records and periods there are that the reader sees."""
    rows = Record.objects.filter(register=f"{kind}.any").values_list("pk", flat=True)
    periods = Obligation.objects.filter(register=f"{kind}.any").values_list("pk", flat=True)
    there = [*(f"/records/{key}" for key in rows[:8]), *(f"/periods/{key}" for key in periods[:2])]
    found = [one for one in there if client.get(one).status_code != 404]
    if kind == "meeting":
        found += [one.replace("records", "meetings") for one in found]
    return found
