"""Every address answers with the headers that keep a browser safe, and nothing private stays in a cache."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mingjing.web.middleware import POLICY
from tests.house.permission_table import NOBODY, TABLE
from tests.house.permission_world import World, build_world
from tests.house.test_every_url_is_in_the_permission_table import path_of, readers
from tests.house.tree import lines_of
from tests.web.signing_in import signed_in

WANTED = {
    "X-Content-Type-Options": ("nosniff",),
    "X-Frame-Options": ("DENY",),
    "Referrer-Policy": ("same-origin", "no-referrer"),
}


def loose(policy: str) -> bool:
    """Whether a content policy lets anything in that nobody named, or anything inline."""
    return "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy or "http" in policy


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    """The courts of the table on a fixed day."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, now="2024-04-01T09:00:00")
    return build_world()


def test_every_address_sends_the_headers_to_readers_and_to_strangers(world: World) -> None:
    client, wrong = readers(world.here), []
    for row in TABLE:
        if row.name in ("logout", "api:openapi-json"):
            continue
        askers = [Client()] if row.may == NOBODY else [Client(), client(row, row.may)]
        for asker in askers:
            answer = asker.get(path_of(row, world))
            wrong += [
                f"{row.name}: {header} is {answer.get(header)!r}"
                for header, values in WANTED.items()
                if answer.get(header) not in values
            ]
            if loose(answer.get("Content-Security-Policy", "")):
                wrong.append(f"{row.name}: {answer.get('Content-Security-Policy')!r}")
    assert not wrong, lines_of(wrong)


def test_the_rule_tells_a_strict_policy_from_a_loose_one() -> None:
    assert not loose(POLICY)
    assert loose("")
    assert loose("default-src 'none'; script-src 'unsafe-inline'")
    assert loose("default-src 'self'")


def test_no_page_behind_the_log_in_is_kept_by_a_cache(world: World) -> None:
    client, wrong = readers(world.here), []
    for row in TABLE:
        if row.may == NOBODY or row.keyed or row.name == "logout":
            continue
        answer = client(row, row.may).get(path_of(row, world))
        if answer.status_code in (200, 404, 422) and "no-store" not in answer.get("Cache-Control", ""):
            wrong.append(f"{row.name}: {answer.get('Cache-Control')!r}")
    assert not wrong, lines_of(wrong)


def test_behind_https_browsers_are_told_to_stay_there(world: World, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.CONFIGURATION = replace(settings.CONFIGURATION, proxies=("127.0.0.1",))
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answer = Client().get(reverse("login"), headers={"X-Forwarded-Proto": "https"})
    assert answer["Strict-Transport-Security"] == "max-age=31536000"


def test_only_a_proxy_that_is_named_says_where_a_request_comes_from(world: World, settings: Settings) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, proxies=("10.0.0.2",))
    for proxy, wanted in (("10.0.0.2", "10.9.9.9"), ("10.0.0.3", "10.0.0.3")):
        client = Client(REMOTE_ADDR=proxy, headers={"X-Forwarded-For": "1.2.3.4, 10.9.9.9"})
        asked = client.get(reverse("login"))
        assert asked.wsgi_request.META["REMOTE_ADDR"] == wanted


@pytest.mark.parametrize("known", [(), ("10.0.0.2",)])
def test_nobody_but_a_named_proxy_says_that_it_came_by_https(
    world: World, settings: Settings, known: tuple[str, ...]
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, proxies=known)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for proxy in ("10.0.0.2", "10.0.0.3"):
        asked = Client(REMOTE_ADDR=proxy).get(reverse("login"), headers={"X-Forwarded-Proto": "https"})
        assert asked.wsgi_request.is_secure() == (proxy in known)


def test_an_error_of_the_program_leaks_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingjing.web.door import mine

    def broken(*_: object) -> None:
        raise RuntimeError("select secret from table")

    monkeypatch.setattr(mine, "safety_of", broken)
    client = signed_in(world.here["审判员"])
    client.raise_request_exception = False
    answer = client.get(reverse("my-security"))
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
