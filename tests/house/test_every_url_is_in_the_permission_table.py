"""Deny by default (G8): every address is in the table, and answers each kind of reader as the table says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import Settings

from mingjing.storage.people.models import ApiToken, Person
from tests.house.permission_table import NOBODY, TABLE, Row
from tests.house.permission_world import World, build_world
from tests.house.tree import lines_of
from tests.web.signing_in import signed_in


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named or nameless pattern of the URL configuration, with its full name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner)
        else:
            yield f"{namespace}{entry.name or entry.pattern}", entry


def patterns() -> Mapping[str, URLPattern]:
    """Name → pattern of everything that is served."""
    return dict(addresses(get_resolver()))


def path_of(row: Row, world: World) -> str:
    """The address of a row, with the world's records in its path."""
    named = patterns()[row.name].pattern.converters
    return reverse(row.name, kwargs={name: world.records[name] for name in named})


def keyed(person: Person) -> Client:
    """A system that sends a key bound to ``person``."""
    secret = f"mj_{person.pk}"
    digest = hashlib.sha256(secret.encode()).hexdigest()
    ApiToken.objects.create(
        person=person, label=secret, digest=digest, beginning="mj_", made_at=timezone.now()
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def readers(people: Mapping[str, Person]) -> Callable[[Row, str], Client]:
    """A post's client, signed in for pages and with a key for the interface."""
    browsers = {post: signed_in(person) for post, person in people.items()}
    systems = {post: keyed(person) for post, person in people.items()}
    return lambda row, post: systems[post] if row.keyed else browsers[post]


def wrong(row: Row, world: World, client: Client, expected: int, who: str) -> str:
    """What is wrong with the answer, or nothing."""
    path = path_of(row, world)
    if row.body:
        answer = client.post(path, row.body, content_type="application/json")
    else:
        answer = client.post(path) if row.post else client.get(path)
    got = answer.status_code
    return "" if got == expected else f"{row.name} ({path}): {who} got {got}, the table says {expected}"


def said(found: list[str]) -> str:
    """The wrong answers, a line each."""
    return lines_of([one for one in found if one])


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    """The courts of the table on a fixed day."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, now="2024-04-01T09:00:00")
    return build_world()


def test_every_url_has_one_row_and_every_row_a_url() -> None:
    names = [row.name for row in TABLE]
    assert len(names) == len(set(names)), "a name stands twice in the table"
    served = [name for name, _ in addresses(get_resolver())]
    missing = sorted(set(served) - set(names))
    assert not missing, lines_of([f"{name}: no row in tests/house/permission_table.py" for name in missing])
    assert set(names) <= set(served), sorted(set(names) - set(served))


def test_without_a_login_every_address_leads_to_the_login_page(world: World) -> None:
    client = Client()
    found = [wrong(row, world, client, row.anonymous, "nobody") for row in TABLE]
    assert not any(found), said(found)


def test_a_role_that_does_not_list_the_act_is_told_there_is_no_such_page(world: World) -> None:
    client = readers(world.here)
    rows = [row for row in TABLE if row.may_not != NOBODY]
    found = [wrong(row, world, client(row, row.may_not), row.refused, row.may_not) for row in rows]
    assert not any(found), said(found)


def test_the_same_role_at_another_court_sees_no_record_of_this_one(world: World) -> None:
    client = readers(world.elsewhere)
    served = patterns()
    found = []
    for row in TABLE:
        if row.may == NOBODY or row.name == "logout":
            continue
        hidden = 404 if served[row.name].pattern.converters else row.right
        expected = hidden if row.elsewhere is None else row.elsewhere
        found.append(wrong(row, world, client(row, row.may), expected, f"{row.may} of another court"))
    assert not any(found), said(found)


def test_the_role_that_lists_the_act_gets_the_page(world: World) -> None:
    client = readers(world.here)
    rows = [row for row in TABLE if row.may != NOBODY and row.name != "logout"]
    found = [wrong(row, world, client(row, row.may), row.right, row.may) for row in rows]
    assert not any(found), said(found)


def test_logging_out_ends_at_the_login_page(world: World) -> None:
    row = next(row for row in TABLE if row.name == "logout")
    client = signed_in(world.here[row.may])
    assert client.post(path_of(row, world)).status_code == row.right
    assert client.get(reverse("today")).status_code == 302
