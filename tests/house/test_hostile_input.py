"""What a hostile hand sends to every address: no page breaks, nothing is believed, nobody is led off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mingjing.storage.auditlog.models import Act
from tests.house.permission_forms import forms_of
from tests.house.permission_table import JUDGE, NOBODY, TABLE, Row
from tests.house.permission_world import World, build_world
from tests.house.test_every_url_is_in_the_permission_table import path_of, patterns, readers
from tests.house.tree import lines_of
from tests.web.signing_in import signed_in

HUGE = 2**63
"""More than a column of whole numbers holds."""
NASTY: tuple[str | bytes, ...] = (
    "卷宗\x00",
    "长" * 5_000,
    b"\xed\xa0\x80",
    '=HYPERLINK("http://elsewhere")',
    "../../../../etc/passwd",
    str(10**30),
    '"><script>alert(1)</script>',
)
"""A NUL, a text too long, half of a pair of code units, a formula, a path, a number too large, a script."""
FILTERS = ("q", "page", "sort", "from", "until", "kind", "state", "view", "month", "next", "unit", "day")


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    """The courts of the table on a fixed day."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, now="2024-04-01T09:00:00")
    return build_world()


def asked_of(row: Row) -> bool:
    return row.name not in ("logout", "api:openapi-json") and not row.keyed


def test_no_number_in_an_address_is_too_large(world: World) -> None:
    client, wrong = readers(world.here), []
    for row in TABLE:
        converters = patterns()[row.name].pattern.converters
        given = {name: HUGE if isinstance(world.records[name], int) else "x" * 300 for name in converters}
        if not given or row.may == NOBODY or not asked_of(row):
            continue
        asker = client(row, row.may)
        asker.raise_request_exception = False
        for answer in (
            asker.get(reverse(row.name, kwargs=given)),
            asker.post(reverse(row.name, kwargs=given)),
        ):
            if answer.status_code >= 500:
                wrong.append(f"{row.name}: {answer.status_code}")
    assert not wrong, lines_of(wrong)


@pytest.mark.parametrize("shift", [0, 3])
def test_no_field_of_a_list_or_form_breaks_its_page(world: World, shift: int) -> None:
    """The fields of every form, and those lists are filtered by, hold one nasty thing each, in turn."""
    client, wrong = readers(world.here), []
    for row in TABLE:
        if row.may == NOBODY or not asked_of(row):
            continue
        path, asker = path_of(row, world), client(row, row.may)
        asker.raise_request_exception = False
        page = asker.get(path)
        html = page.get("Content-Type", "").startswith("text/html") and page.status_code == 200
        fields = forms_of([(path, page.content.decode())]).get(path, {}) if html else {}
        asked = [asker.get(path, _sent(FILTERS, shift))]
        if fields:
            asked.append(asker.post(path, _sent(fields, shift)))
        for answer in asked:
            if answer.status_code >= 500:
                wrong.append(f"{row.name} {answer.request['REQUEST_METHOD']}: {answer.status_code}")
            elif _is_page(answer) and b"<script>alert(1)" in getattr(answer, "content", b""):
                wrong.append(f"{row.name}: the script is on the page as it is")
    assert not wrong, lines_of(wrong)


def _is_page(answer: HttpResponseBase) -> bool:
    """What a browser would run: a bundle or a workbook holds what was typed as it was typed."""
    return isinstance(answer, HttpResponse) and answer.get("Content-Type", "").startswith("text/html")


def _sent(fields: Iterable[str], shift: int) -> dict[str, str | bytes]:
    """Each field with the next nasty thing, but the token of the form."""
    named = [name for name in fields if name != "csrfmiddlewaretoken"]
    return {name: NASTY[(place + shift) % len(NASTY)] for place, name in enumerate(named)}


def test_no_form_is_taken_from_another_site(world: World) -> None:
    """Logged in, but without the token of the page: every address that would write refuses."""
    wrong, entries = [], Act.objects.count()
    browsers: dict[str, Client] = {}
    for row in TABLE:
        if row.may == NOBODY or not asked_of(row):
            continue
        if row.may not in browsers:
            browsers[row.may] = signed_in(world.here[row.may])
            browsers[row.may].handler.enforce_csrf_checks = True
        answer = browsers[row.may].post(path_of(row, world), {"why": "x"})
        if answer.status_code != 403:
            wrong.append(f"{row.name}: {answer.status_code}")
    assert not wrong, lines_of(wrong)
    assert Act.objects.count() == entries


@pytest.mark.parametrize("host", ["elsewhere", "elsewhere:80", "testserver@elsewhere", "[::1", "a b"])
def test_a_host_that_is_not_ours_is_not_answered(world: World, settings: Settings, host: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for name in ("login", "today", "public-draws"):
        answer = Client().get(reverse(name), headers={"Host": host})
        assert answer.status_code == 400, name
        assert host not in answer.get("Location", "")


@pytest.mark.parametrize("next_", ["//elsewhere", "/\\elsewhere"])
def test_no_address_leads_off_the_site(world: World, next_: str) -> None:
    client = readers(world.here)
    wrong = []
    for row in TABLE:
        if row.may == NOBODY or not asked_of(row):
            continue
        asker = client(row, row.may)
        for answer in (
            asker.get(path_of(row, world), {"next": next_, "back": next_}),
            asker.post(path_of(row, world), {"next": next_, "back": next_}),
        ):
            if "elsewhere" in answer.get("Location", "").partition("?")[0]:
                wrong.append(f"{row.name}: {answer['Location']}")
    assert not wrong, lines_of(wrong)


def test_a_session_of_somebody_elses_choosing_is_not_taken(world: World) -> None:
    client = Client()
    client.cookies["sessionid"] = "chosen-by-somebody-else-0000000000"
    client.get(reverse("login"))
    assert client.get(reverse("today")).status_code == 302
    browser = signed_in(world.here[JUDGE])
    assert browser.session.session_key != "chosen-by-somebody-else-0000000000"


@pytest.mark.parametrize(
    "path", ["/static/../../etc/passwd", "/media/../db.sqlite3", "/%2e%2e/%2e%2e/etc/passwd"]
)
def test_no_path_leads_to_a_file_of_the_machine(world: World, path: str) -> None:
    answer = signed_in(world.here[JUDGE]).get(path)
    assert answer.status_code == 404
