"""Every address with a record in it, asked by people of another court, another division, a wrong post.

What they post is what the form of the page would send. They are told what they would be told about a record
that does not exist, and nothing is written: no entry in the log, no row in any table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person
from tests.house.permission_forms import forms_of
from tests.house.permission_strangers import OF_A_COURT, OF_NO_COURT, OF_THE_INSTALLATION, READ_BY_NEIGHBOURS
from tests.house.permission_table import HEAD, JUDGE, NOBODY, TABLE, Row
from tests.house.permission_world import World, build_world
from tests.house.test_every_url_is_in_the_permission_table import path_of, patterns, readers
from tests.house.tree import lines_of
from tests.services.builders import hire

ABSENT: dict[type, object] = {int: 987654, str: "no-such-thing"}
CLOSED = (403, 404, 405)
OF_THE_DOOR = frozenset({"Session", "Guess"})
"""Tables in which being logged in, or having tried to, leaves its own row."""

Table = dict[object, tuple[object, ...]]
Forms = Mapping[str, Mapping[str, str]]
Readers = Callable[[Row, str], Client]


@dataclass(frozen=True, slots=True)
class Tried:
    """The courts, who asks there, what the forms would send, and every table's rows before anybody tried."""

    world: World
    here: Readers
    elsewhere: Readers
    forms: Forms
    rows: dict[str, Table]


def names_in(row: Row) -> dict[str, object]:
    """The names in the path of a row, and their converters."""
    return dict(patterns()[row.name].pattern.converters)


def of_a_record(row: Row) -> bool:
    """Whether the address names a record of one court."""
    return row.may != NOBODY and any(name in OF_A_COURT for name in names_in(row))


def absent(row: Row, world: World) -> str:
    """The address of the row for records that do not exist; what names no record stays."""
    given = {
        name: ABSENT[type(world.records[name])] if name in OF_A_COURT else world.records[name]
        for name in names_in(row)
    }
    return reverse(row.name, kwargs=given)


def tables() -> dict[str, Table]:
    """Every row of every table but those of the door, by its key."""
    return {
        model._meta.label: {
            line[0]: line for line in model._default_manager.values_list("pk", *_columns(model))
        }
        for model in apps.get_models()
        if model.__name__ not in OF_THE_DOOR and not model._meta.proxy
    }


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def answers(client: Client, row: Row, path: str, body: Mapping[str, str]) -> Iterator[HttpResponseBase]:
    """What the address says to a look, and to the form that goes there."""
    client.raise_request_exception = False
    if row.keyed:
        yield client.post(path, row.body, content_type="application/json") if row.body else client.get(path)
        return
    yield client.get(path)
    yield client.post(path, body)


def told(answer: HttpResponseBase) -> tuple[int, str]:
    """What somebody can tell from an answer, whichever record it was about."""
    return answer.status_code, re.sub(r"\d+", "…", answer.get("Location", ""))


@pytest.fixture
def tried(db: None, settings: Settings) -> Tried:
    """The courts of the table on a fixed day, and every form that those who may are shown."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, now="2024-04-01T09:00:00")
    world = build_world()
    client, pages = readers(world.here), []
    for row in TABLE:
        if row.may == NOBODY or row.keyed or row.post or row.right != 200:
            continue
        answer = client(row, row.may).get(path_of(row, world))
        if answer.get("Content-Type", "").startswith("text/html"):
            pages.append((path_of(row, world), answer.content.decode()))
    elsewhere = readers(world.elsewhere)
    return Tried(world, client, elsewhere, forms_of(pages), tables())


def refused(tried: Tried, client: Readers, rows: list[tuple[Row, str]], who: str) -> list[str]:
    """What was told or written that should not have been, over rows with the post that asks."""
    wrong, entries = [], Act.objects.count()
    for row, post in rows:
        path, nowhere = path_of(row, tried.world), absent(row, tried.world)
        body = tried.forms.get(path, {})
        real = list(answers(client(row, post), row, path, body))
        unreal = list(answers(client(row, post), row, nowhere, body))
        for one, other in zip(real, unreal, strict=True):
            if one.status_code not in CLOSED and told(one) != told(other):
                wrong.append(f"{row.name}: {who} ({post}) was told {told(one)}, of nothing {told(other)}")
            if one.status_code == 200 or one.status_code >= 500:
                wrong.append(f"{row.name}: {who} ({post}) got {one.status_code}")
        if (now := Act.objects.count()) != entries:
            entries = now
            wrong.append(f"{row.name}: {who} ({post}) left an entry in the log")
    after = tables()
    return wrong + [f"{label} has changed" for label in after if after[label] != tried.rows[label]]


def test_every_name_in_an_address_is_stated() -> None:
    named = {name for row in TABLE for name in names_in(row)}
    unstated = sorted(named - OF_A_COURT - OF_NO_COURT.keys())
    assert not unstated, lines_of([f"{name}: say in permission_strangers whose it is" for name in unstated])
    assert not OF_A_COURT & OF_NO_COURT.keys()
    assert READ_BY_NEIGHBOURS.keys() | OF_THE_INSTALLATION <= {row.name for row in TABLE}


def test_most_forms_of_the_product_are_found_and_filled(tried: Tried) -> None:
    assert len(tried.forms) > 60
    assert sum(len(fields) > 1 for fields in tried.forms.values()) > 40


def test_the_same_post_of_another_court_reaches_no_record(tried: Tried) -> None:
    rows = [(row, row.may) for row in TABLE if of_a_record(row)]
    wrong = refused(tried, tried.elsewhere, rows, "another court")
    assert not wrong, lines_of(wrong)


def test_a_wrong_post_of_the_same_court_reaches_no_record(tried: Tried) -> None:
    rows = [(row, row.may_not) for row in TABLE if of_a_record(row) and row.may_not != NOBODY]
    wrong = refused(tried, tried.here, rows, "a wrong post")
    assert not wrong, lines_of(wrong)


def test_the_same_post_of_another_division_reaches_no_record(tried: Tried) -> None:
    court = tried.world.here[HEAD].court
    second = court.departments.get(name="民事审判第二庭")
    beside = {
        JUDGE: Person.objects.get(court=court, name="何叙"),
        HEAD: hire(court, "邻庭长", HEAD, second),
    }
    client = readers(beside)
    rows = [
        (row, row.may)
        for row in TABLE
        if row.may in beside and of_a_record(row) and row.name not in READ_BY_NEIGHBOURS
    ]
    wrong = refused(replace(tried, rows=tables()), client, rows, "another division")
    assert not wrong, lines_of(wrong)


def test_what_another_court_does_at_home_touches_nothing_here(tried: Tried) -> None:
    """Their lists and forms are theirs, even filled with the numbers of our cases and people."""
    client = tried.elsewhere
    strangers = {person.court_id for person in tried.world.elsewhere.values()}
    for row in TABLE:
        if row.may == NOBODY or row.keyed or of_a_record(row) or row.name in ("logout", *OF_THE_INSTALLATION):
            continue
        path = path_of(row, tried.world)
        for answer in answers(client(row, row.may), row, path, tried.forms.get(path, {})):
            assert answer.status_code < 500, f"{row.name}: {answer.status_code}"
    wrong = []
    for model in apps.get_models():
        if model.__name__ in OF_THE_DOOR or model._meta.proxy:
            continue
        before = tried.rows[model._meta.label]
        now: dict[Any, Model] = model._default_manager.in_bulk()
        for key, line in before.items():
            same = key in now and tuple(getattr(now[key], name) for name in ("pk", *_columns(model))) == line
            wrong += [] if same else [f"{model._meta.label} {key} was changed"]
        for key in now.keys() - before.keys():
            wrong += [f"{model._meta.label} {key} names {ours}" for ours in _ours(now[key], strangers)]
    assert not wrong, lines_of(wrong)


def _ours(made: Model, strangers: set[int]) -> Iterator[str]:
    """What a new row of theirs points at that belongs to a court that is not theirs."""
    for field in made._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            target = getattr(made, field.name)
            court = getattr(target, "court_id", None)
            if court is not None and court not in strangers:
                yield f"{field.name} {target}"
