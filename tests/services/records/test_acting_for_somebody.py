"""Delegation: given, shown, expiring, revocable, and never more than the giver has."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingjing.domain.ledgers.matters import WrongPerson
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.records.acting import do, options
from mingjing.services.records.delegating import WrongDelegation, delegate, delegations_of, revoke
from mingjing.services.records.sight import seen_record
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Delegation, Record
from tests.services.builders import DAY, acting, entries
from tests.services.conftest import Logged, Refused
from tests.services.records.builders import CHECK, MENDING, Bench, accepted, file_of, registered, submitted

WEEK = DAY + timedelta(days=6)


def lent(giver: Person, taker: Person, **also: object) -> Delegation:
    given = {"reason": "年休假", "since": DAY, "until": WEEK, **also}
    return delegate(acting(giver), taker_id=taker.pk, **given)  # type: ignore[arg-type]


def ready(bench: Bench) -> Record:
    return submitted(bench, accepted(bench, registered(bench)))


def test_a_colleague_acts_for_whoever_is_away_and_the_act_says_so(bench: Bench, one_entry: Logged) -> None:
    record, helper = ready(bench), bench.house.stranger
    with pytest.raises(NotVisible):
        seen_record(acting(helper), record.pk)
    with one_entry() as log:
        lent(bench.inspector, helper)
    assert (log[0].verb, log[0].actor_name) == ("委托办理", "纪明")
    assert {one.act for one in options(acting(helper), record)} == {"退回", "销号"}
    do(acting(helper), record.pk, "销号", {})
    last = record.acts.last()
    assert last is not None
    assert (last.actor, last.flags) == (helper, ["代纪明办理"])


def test_both_sides_are_shown_it(bench: Bench) -> None:
    made = lent(bench.inspector, bench.house.stranger)
    assert list(delegations_of(acting(bench.inspector))) == [made]
    assert list(delegations_of(acting(bench.house.stranger))) == [made]
    assert not delegations_of(acting(bench.house.judge))


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), WEEK + timedelta(days=1)])
def test_before_it_begins_and_after_it_ends_nothing_is_lent(bench: Bench, day: date) -> None:
    record = ready(bench)
    lent(bench.inspector, bench.house.stranger)
    assert seen_record(acting(bench.house.stranger, WEEK), record.pk)
    with pytest.raises(NotVisible):
        seen_record(acting(bench.house.stranger, day), record.pk)


def test_taken_back_it_no_longer_holds_and_others_cannot_take_it_back(bench: Bench) -> None:
    record = ready(bench)
    made = lent(bench.inspector, bench.house.stranger)
    with pytest.raises(NotVisible):
        revoke(acting(bench.house.stranger), made.pk)
    revoke(acting(bench.inspector), made.pk)
    assert revoke(acting(bench.inspector), made.pk).revoked_on == DAY
    assert len(entries("撤回委托")) == 1
    with pytest.raises(NotVisible):
        seen_record(acting(bench.house.stranger), record.pk)


def test_it_covers_only_the_registers_it_names(bench: Bench) -> None:
    record = ready(bench)
    lent(bench.inspector, bench.house.stranger, registers=[CHECK])
    with pytest.raises(NotVisible):
        seen_record(acting(bench.house.stranger), record.pk)
    lent(bench.inspector, bench.house.clerk, registers=[MENDING])
    assert options(acting(bench.house.clerk), record)


def test_what_was_lent_cannot_be_lent_on(bench: Bench) -> None:
    record = ready(bench)
    lent(bench.inspector, bench.house.stranger)
    lent(bench.house.stranger, bench.house.enforcer)
    with pytest.raises(NotVisible):
        seen_record(acting(bench.house.enforcer), record.pk)


def test_it_never_beats_a_bar_on_either_of_the_two(bench: Bench, refused: Refused) -> None:
    record = ready(bench)
    lent(bench.inspector, bench.house.judge)
    with refused("不得办理“销号”", of=WrongPerson):
        do(acting(bench.house.judge), record.pk, "销号", {})
    other = registered(bench, 责任部门=bench.house.office.pk)
    submitted_by_giver = accepted(bench, other, by=bench.inspector)
    files = [("整改佐证", file_of("y"), "y.pdf")]
    do(acting(bench.inspector), submitted_by_giver.pk, "报验", {}, files=files)
    lent(bench.inspector, bench.house.stranger)
    with refused("不得办理“销号”", of=WrongPerson):
        do(acting(bench.house.stranger), other.pk, "销号", {})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": " "}, "事由"),
        ({"since": DAY - timedelta(days=1)}, "以后"),
        ({"until": DAY - timedelta(days=1)}, "以后"),
        ({"until": DAY + timedelta(days=200)}, "最长"),
        ({"registers": ["ledger.none"]}, "没有台账"),
    ],
)
def test_a_wrong_delegation_is_refused_with_its_cause(
    bench: Bench, refused: Refused, change: dict[str, object], said: str
) -> None:
    with refused(said, of=WrongDelegation):
        lent(bench.inspector, bench.house.stranger, **change)


def test_neither_oneself_nor_another_court_nor_an_administrator(bench: Bench, refused: Refused) -> None:
    for taker in (bench.inspector, bench.house.higher_manager, bench.house.keeper):
        with refused(of=WrongDelegation):
            lent(bench.inspector, taker)
    with refused(of=NotAllowed):
        lent(bench.house.keeper, bench.inspector)


def test_the_same_days_are_not_lent_twice_to_the_same_colleague(bench: Bench, refused: Refused) -> None:
    lent(bench.inspector, bench.house.stranger)
    with refused("已经委托给 何叙", of=WrongDelegation):
        lent(bench.inspector, bench.house.stranger)
