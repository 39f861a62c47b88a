"""The table of rights says what the verbs answer: posts and rights; acts, states, capacities of ledgers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from mingjing.domain.ledgers.matters import Matter, Who
from mingjing.domain.ledgers.register import NEW, Register
from mingjing.domain.ledgers.stepping import permitted
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.permissions import NotAllowed, require
from mingjing.services.reading.rights import ROLES, Asked, holders, rights, rights_workbook, sources
from mingjing.services.records.versions import registers_on
from mingjing.services.records.words import ANYBODY
from mingjing.storage.people.models import Court, Person
from tests.services.builders import House, acting
from tests.services.conftest import Logged, Refused, house, moment, one_entry, refused

__all__ = ["house", "moment", "one_entry", "refused"]
DAY = date(2026, 9, 30)
COURT = Court(pk=1, code="云9821", name="岚县人民法院", short_name="岚县法院", level="基层")


def holding(*posts: str) -> Actor:
    """Somebody with these posts, without a database."""
    roles = [role for role in registry(COURT).roles().roles if set(role.posts) & set(posts)]
    acts = frozenset(act for role in roles for act in role.may)
    labels = tuple(role.label for role in roles)
    return Actor(Person(pk=1, court=COURT, name="甲"), COURT, DAY, posts, labels, acts, "无", (), ())


def test_every_post_may_exactly_what_the_table_says() -> None:
    known = registry(COURT)
    lines = rights(holding(), Asked(source=ROLES))
    told: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for who in line.who.split("、"):
            told[who].add(line.act)
    answers = 0
    for post in known.dictionary("dictionary.posts").keys:
        actor = holding(post)
        own = {line.act for line in lines if post in line.who.split("、")}
        for act in known.dictionary("dictionary.acts").keys:
            answers += 1
            if act in own:
                require(actor, act)
            else:
                with pytest.raises(NotAllowed):
                    require(actor, act)
    assert answers > 3000


def told_of(register: Register) -> dict[tuple[str, str], set[str]]:
    """Act and state → the capacities the table names."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in rights(holding(), Asked(source=register.label)):
        if line.definition != register.id or line.act in ("查看", "查看字段"):
            continue
        for state in line.states.split("、"):
            found[line.act, state] |= set(line.who.partition("（")[0].split("、"))
    return found


def naming_themselves(register: Register) -> set[str]:
    """Acts that open a record and may fill in the actor as the person who does them."""
    return {act.label for act in register.acts if set(act.by) & {*act.fill, *act.may_fill}}


def test_every_act_of_every_ledger_in_every_state_is_open_to_those_capacities_and_no_others() -> None:
    answers = 0
    for register in registers_on(COURT, DAY):
        if register.kind != "ledger":
            continue
        told = told_of(register)
        words = {word for act in register.acts for word in act.by} | {"登记人", "毫不相干的人"}
        for label in (NEW, *(state.label for state in register.states)):
            for word in words:
                who = Who(1, "甲", frozenset((word,)))
                open_ = {one.act for one in permitted(register, Matter(state=label), who, DAY)}
                wanted = {
                    act for (act, state), names in told.items() if state == label and names & {word, ANYBODY}
                }
                named = naming_themselves(register) if label == NEW else set()
                assert wanted <= open_ <= wanted | named, (register.id, label, word)
                answers += len(register.acts)
    assert answers > 10_000


def test_what_is_looked_for_narrows_the_table() -> None:
    actor = holding("庭长")
    assert {line.source for line in rights(actor, Asked(source=ROLES))} == {ROLES}
    assert all("庭长" in line.who.split("、") for line in rights(actor, Asked(who="庭长")))
    assert len(rights(actor, Asked(q="审批结案"))) >= 1
    assert rights(actor, Asked(q="没有这个词")) == []
    assert {"庭长", "审判员"} <= set(holders(actor))
    assert sources(actor)[0] == ROLES


def test_a_field_seen_by_few_and_a_secret_register_stand_in_the_table() -> None:
    lines = rights(holding(), Asked())
    assert any(line.act == "查看字段" for line in lines)
    assert {line.secrecy for line in lines} > {"内部"}


def test_the_workbook_is_for_keepers_of_security_and_audit_and_leaves_one_entry(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    with refused("查看权限表"):
        rights_workbook(acting(house.judge), Asked())
    with one_entry() as found:
        assert rights_workbook(acting(house.guardian), Asked(source=ROLES))[:2] == b"PK"
    assert found[0].verb == "导出权限表"
    assert replace(Asked(), q="x").sentence == "x"
