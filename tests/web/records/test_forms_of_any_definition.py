"""Whatever a definition says, each link opens and each form is answered: done, or refused in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from mingjing.services.records.ticking import tell
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import Obligation, Record
from tests.house.permission_forms import Forms
from tests.services.builders import DAY
from tests.services.records.builders import Bench
from tests.services.records.random_people import Town, in_force, own_folder
from tests.services.records.random_runs import runs
from tests.services.records.random_wide import WIDE, id_of, wide
from tests.services.records.test_any_definition import begun
from tests.web.signing_in import signed_in

pytestmark = pytest.mark.django_db
VIEWS = ("", "/board", "/calendar", "/tree", "/figures", "/paper", "/new", "/export", "/template", "/import")
LINK = re.compile(r'(?:href|hx-get)="(/(?:registers|records|periods|meetings|institutions)[^"#]*)"')
DONE, REFUSED, KEPT_OUT = {302, 303}, {200, 422, 409, 400}, {403, 404, 405}
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where definitions are put for a while, over the nationwide ones."""
    return own_folder(tmp_path_factory.mktemp("forms"))


class Visitor:
    """Somebody who opens what they find and sends what they are shown."""

    def __init__(self, client: Client, town: Town, text: str) -> None:
        self.client, self.town, self.text = client, town, text
        self.forms: dict[str, dict[str, str]] = {}

    def must_open(self, address: str) -> str:
        """The page there, which is shown or kept from them, and its forms."""
        answer = self.client.get(address)
        assert answer.status_code in {200, *DONE, *KEPT_OUT}, f"{address} {answer.status_code}\n{self.text}"
        page = answer.content.decode(errors="replace") if "html" in answer.get("content-type", "") else ""
        reader = Forms(address)
        reader.feed(page)
        self.forms |= {to: held for to, held in reader.found.items() if to.startswith(self.where())}
        return page

    @staticmethod
    def where() -> tuple[str, ...]:
        """Addresses of what the definition brings."""
        return ("/registers", "/records", "/periods", "/meetings")

    def must_send(self, to: str) -> None:
        """One form, somehow filled: done with one entry, or refused in Chinese and without one."""
        dice, fields = self.town.dice, dict(self.forms[to])
        for name in fields:
            if name not in ("once", "revision") and dice.random() < 0.15:
                fields[name] = dice.choice(("", "不知道", "-1", "9" * 30, "2024-02-30", "=1+1", "１２"))
        files = {"photo": SimpleUploadedFile("清单.pdf", PDF)} if dice.random() < 0.3 else {}
        before = _written()
        answer = self.client.post(to, {**fields, **files})
        wrote = _written() - before
        assert answer.status_code in DONE | REFUSED | KEPT_OUT, f"{to} {answer.status_code}\n{self.text}"
        if answer.status_code in KEPT_OUT:
            assert not wrote, f"{to} {fields}\n{self.text}"
        if answer.status_code in REFUSED - {200}:
            assert not wrote, f"{to} {fields}\n{self.text}"
            assert re.search("[\u4e00-\u9fff]{4}", answer.content.decode()), to
        assert wrote <= 1, f"{to} wrote {wrote} entries\n{self.text}"


def _written() -> int:
    """How much the log says was done; who looked at what is not doing."""
    return Act.objects.exclude(verb__startswith="查看").exclude(verb__startswith="导出").count()


def starts(register_id: str) -> Iterator[str]:
    """The addresses of a register, and of what it has."""
    yield from (f"/registers/{register_id}{view}" for view in VIEWS)
    yield from (f"/institutions/{register_id}", f"/institutions/{register_id}/text")
    yield from ("/", f"/meetings/new/{register_id}", f"/registers/{register_id}/call")
    records = Record.objects.order_by("pk").values_list("pk", flat=True)[:5]
    yield from (f"/{what}/{key}" for key in records for what in ("records", "meetings"))
    yield from (f"/periods/{key}" for key in Obligation.objects.values_list("pk", flat=True)[:2])


@pytest.mark.parametrize("kind", WIDE)
@runs(1)
@given(data=st.data())
def test_every_link_opens_and_every_form_is_answered(
    bench: Bench, folder: Path, settings: Any, kind: str, data: st.DataObject
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=folder)
    texts = data.draw(wide(kind))
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    with in_force(bench.house.court, folder, texts):
        for record in begun(town, kind)[:3]:
            for _ in range(5):
                town.attempt(record)
        tell(DAY)
        for person in town.dice.sample(town.people, 3):
            visitor = Visitor(signed_in(person), town, texts[0])
            found = [
                link for start in starts(id_of(texts)) for link in LINK.findall(visitor.must_open(start))
            ]
            links = sorted({one.replace("&amp;", "&") for one in found})
            for link in town.dice.sample(links, min(25, len(links))):
                visitor.must_open(link)
            forms = sorted(visitor.forms)
            for to in town.dice.sample(forms, min(12, len(forms))):
                visitor.must_send(to)
