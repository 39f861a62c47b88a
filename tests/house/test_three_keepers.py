"""三员分立 by exhaustion: at every address, for every right, no keeper does other work or reads business."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from mingjing.services.installation import registry
from mingjing.web.routing import SIGNED_IN
from mingjing.web.urls import ROUTES
from tests.house.permission_table import AUDITOR, GUARDIAN, KEEPER, TABLE
from tests.house.permission_world import World, build_world
from tests.house.test_every_url_is_in_the_permission_table import path_of, readers
from tests.house.tree import lines_of

KEEPERS = (KEEPER, GUARDIAN, AUDITOR)
BUSINESS = ("案件", "审批", "监督", "台账", "数据", "分案", "线索", "指标", "考核", "公开")
"""Groups of rights no keeper has; the rest of the dictionary is theirs or about definitions."""
TELLING = ("民间借贷纠纷", "超期未结", "案情复杂", "当事人十二人", "探亲")
"""Words that stand in the records of the world and nowhere else."""


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    """The courts of the table on a fixed day."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, now="2024-04-01T09:00:00")
    return build_world()


def rights(post: str) -> frozenset[str]:
    """Everything a post may do."""
    return frozenset().union(*(role.may for role in registry().roles().held_by(post)))


def test_no_keeper_holds_a_right_of_business() -> None:
    table = registry().dictionary("dictionary.acts")
    found = [
        f"{post}: {act}"
        for post in KEEPERS
        for act in sorted(rights(post))
        if table.row(act)["group"] in BUSINESS
    ]
    assert not found, lines_of(found)


def test_every_right_that_leaves_a_trace_belongs_to_one_keeper_at_most() -> None:
    table = registry().dictionary("dictionary.acts")
    for act in table.keys:
        holders = [post for post in KEEPERS if act in rights(post)]
        assert len(holders) <= 1 or table.row(act)["trace"] == "否", (act, holders)


def test_every_keeper_is_a_role_that_sees_no_case() -> None:
    for post in KEEPERS:
        assert registry().roles().sees([post]).value == "无"


def test_at_every_address_and_with_every_verb_a_keeper_is_answered_by_their_rights_alone(
    world: World,
) -> None:
    needs = {route.name: route.needs for route in ROUTES}
    client = readers(world.here)
    wrong = []
    for row in TABLE:
        need = needs.get(row.name)
        if need is None or need == SIGNED_IN or row.may == "":
            continue
        for post in KEEPERS:
            if need in rights(post):
                continue
            for verb in ("get", "post", "put", "delete", "patch", "head"):
                answer = getattr(client(row, post), verb)(path_of(row, world))
                if answer.status_code != 404:
                    wrong.append(f"{verb} {row.name}: {post} got {answer.status_code}, needs {need}")
    assert not wrong, lines_of(wrong)


def test_no_page_a_keeper_may_open_shows_what_stands_in_a_record(world: World) -> None:
    client, wrong, opened = readers(world.here), [], 0
    for row in TABLE:
        if row.may == "" or row.name == "logout":
            continue
        for post in KEEPERS:
            answer = client(row, post).get(path_of(row, world))
            if answer.status_code != 200 or answer.get("Content-Type", "")[:9] != "text/html":
                continue
            opened += 1
            text = answer.content.decode()
            wrong += [f"{row.name}: {post} reads {word}" for word in TELLING if word in text]
    assert opened > 20
    assert not wrong, lines_of(wrong)
