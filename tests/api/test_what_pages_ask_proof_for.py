"""What a page asks a second proof for, no key and no request to the interface can do."""

from __future__ import annotations

import ast

import pytest
from django.test import Client
from django.urls import reverse

from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Account, Posting
from tests.house.tree import SRC, parsed
from tests.services.builders import House
from tests.services.every_verb.sites import sites

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password"
WRITTEN_BY = {"importing.pushing.push", "records.acting.do", "records.opening.open_record"}
"""All the interface writes by."""


def called_by_the_interface() -> set[str]:
    """Everything of services the interface calls by name."""
    found: set[str] = set()
    for path in sorted((SRC / "api").rglob("*.py")):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mingjing.services."):
                place = str(node.module).removeprefix("mingjing.services.")
                found |= {f"{place}.{one.name}" for one in node.names}
    return found


def test_the_interface_writes_by_three_verbs_and_none_of_them_asks_again() -> None:
    assert called_by_the_interface() & (sites() | WRITTEN_BY) == WRITTEN_BY


def test_a_key_opens_no_page(key: str, house: House) -> None:
    client = Client(headers={"Authorization": f"Bearer {key}"})
    before = Act.objects.count(), Posting.objects.count()
    page = reverse("posting-new", args=[house.judge.pk])
    answer = client.post(page, {"post": "院长", "since": "2024-04-01"})
    assert answer.status_code == 302 and answer["Location"].startswith("/login")
    assert (Act.objects.count(), Posting.objects.count()) == before


def test_a_session_is_no_key(house: House) -> None:
    client = Client()
    Account.objects.create_account("luheng", PASSWORD, house.guardian)
    client.post("/login", {"username": "luheng", "password": PASSWORD})
    assert client.get(reverse("posting-new", args=[house.judge.pk])).status_code == 200
    assert client.get("/api/v1/registers").status_code == 401
