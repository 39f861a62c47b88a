"""Whatever a definition says and whatever people try: its records follow from their acts, and from it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.filings.rules import COUNTERSIGN, SIGN
from mingjing.domain.ledgers.clocks import Done, clock_runs, speaking
from mingjing.domain.ledgers.matters import WrongPerson, WrongState
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records.periods import filed
from mingjing.services.records.acting import do
from mingjing.services.records.campaigns import call
from mingjing.services.records.completing import settle_all
from mingjing.services.records.expiring import expire
from mingjing.services.records.obligations import tend
from mingjing.services.records.ticking import tell
from mingjing.services.records.versions import register_at
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import Record, RecordAlert
from tests.services.builders import DAY, acting
from tests.services.conftest import SetMoment
from tests.services.records.builders import Bench, fresh
from tests.services.records.random_definitions import KINDS, campaigns, families, ledgers, machinery_of
from tests.services.records.random_people import (
    KEPT_OUT,
    Town,
    follows_from_its_acts,
    in_force,
    own_folder,
)
from tests.services.records.random_runs import runs

FEW = runs(4)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where definitions are put for a while, over the nationwide ones."""
    return own_folder(tmp_path_factory.mktemp("any"))


@pytest.fixture
def bench(bench: Bench, folder: Path, settings: Any) -> Bench:
    """The court and its inspectors, reading the definitions of ``folder``."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=folder)
    return bench


def begun(town: Town, kind: str) -> list[Record]:
    """Records of the definition in force: opened by people, by the clock, or called."""
    machinery = machinery_of(kind)
    made = town.opened(f"{machinery}.any") if machinery != "filing" or kind == "event" else []
    if machinery not in ("filing", "activity"):
        return made
    tend(DAY)
    if machinery == "filing":
        with suppress(*KEPT_OUT):
            call(acting(town.bench.inspector), "filing.any", given={"事由": "廉洁办案"})
    owed = Record.objects.filter(register=f"{machinery}.any").exclude(obligation="").order_by("pk")
    return [*made, *owed[:4]]


@pytest.mark.parametrize("kind", list(KINDS))
@FEW
@given(data=st.data())
def test_whatever_is_tried_a_record_follows_from_its_acts(
    bench: Bench, folder: Path, kind: str, data: st.DataObject
) -> None:
    text = data.draw(KINDS[kind])
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    with in_force(bench.house.court, folder, [text]):
        for record in begun(town, kind):
            for _ in range(12):
                town.attempt(record)
            follows_from_its_acts(record)
            assert register_at(fresh(record)).id == record.register


@FEW
@given(data=st.data())
def test_what_hangs_together_is_counted_together(bench: Bench, folder: Path, data: st.DataObject) -> None:
    upper, lower = data.draw(families())
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    with in_force(bench.house.court, folder, [upper, lower]):
        for record in town.opened("ledger.any"):
            for _ in range(10):
                town.attempt(record)
            for below in fresh(record).below.all():
                assert below.register == "ledger.low"
                follows_from_its_acts(below)
            follows_from_its_acts(record)


@FEW
@given(data=st.data())
def test_a_letter_is_signed_by_each_themselves_and_counted_once(
    bench: Bench, folder: Path, data: st.DataObject
) -> None:
    text = data.draw(campaigns())
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    with in_force(bench.house.court, folder, [text]):
        row = call(acting(bench.inspector), "filing.any", given={"事由": "廉洁办案"})
        letters = list(Record.objects.filter(register="filing.any").order_by("pk"))
        assert sorted(int(one.obligation.partition(":")[2]) for one in letters) == sorted(row.roster)
        for letter in letters[:6]:
            for _ in range(8):
                town.attempt(letter)
            owner = int(letter.obligation.partition(":")[2])
            signed = letter.acts.filter(label=SIGN)
            assert {act.actor_id for act in signed} <= {owner}
            others = letter.acts.filter(label=COUNTERSIGN)
            assert owner not in {act.actor_id for act in others}
            follows_from_its_acts(letter)
        register = register_at(letters[0])
        seen = filed(acting(bench.house.president), register, row)
        assert len(seen.owed) + seen.hidden == len(row.roster)


class Reading:
    """A register read from its text by somebody who has only the tutorial: who may do what in which state."""

    def __init__(self, bench: Bench, text: str) -> None:
        self.bench = bench
        whole = yaml.safe_load(text)
        self.acts = {one["label"]: one for one in whole["actions"].values()}
        self.final = [one["label"] for one in whole["states"].values() if one.get("final")]
        self.keys = {one["label"]: key for key, one in whole["fields"].items()}

    def is_open(self, label: str, state: str) -> bool:
        before, after = self.acts[label]["moves"].split(" → ")
        anywhere = before == "任意" and state not in (*self.final, after)
        return anywhere or state in before.split("、")

    def may(self, label: str, person: Person, record: Record, entered: Mapping[str, object]) -> bool:
        act = self.acts[label]
        never = act.get("never_by")
        if never and self.is_one(never, person, record, {}):
            return False
        if never and self.is_one(never, person, record, entered):
            return False
        return any(self.is_one(word, person, record, {}) for word in act["by"])

    def is_one(self, word: str, person: Person, record: Record, entered: Mapping[str, object]) -> bool:
        house, held = self.bench.house, Posting.objects.filter(person=person)
        if word == "任何人":
            return True
        if word == "登记人":
            return record.registered_by_id == person.pk
        if word == "经办人":
            return entered.get(word, record.data.get(self.keys[word])) == person.pk
        if word.startswith("承办部门"):
            place = record.data.get(self.keys["承办部门"])
            if word.endswith("分管领导"):
                return person == house.leader and place in (house.first_civil.pk, house.enforcement.pk)
            heads = {house.first_civil.pk: house.head, house.enforcement.pk: house.enforcement_head}
            heads[house.office.pk] = house.manager
            if word.endswith("负责人"):
                return heads.get(place) == person
            return held.filter(department=place).exists() if place else False
        role = registry(house.court).roles().role(word)
        return held.filter(post__in={word, *(role.posts if role else ())}).exists()


@FEW
@given(data=st.data())
def test_a_register_lets_exactly_those_act_whom_its_text_names(
    bench: Bench, folder: Path, data: st.DataObject
) -> None:
    text = data.draw(ledgers())
    reading = Reading(bench, text)
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    with in_force(bench.house.court, folder, [text]):
        for record in town.opened("ledger.any"):
            for _ in range(10):
                judged(town, reading, fresh(record))


def judged(town: Town, reading: Reading, record: Record) -> None:
    """Somebody tries something; the machinery and the reader of the text agree about state and person."""
    person, label = town.somebody(), town.dice.choice([*reading.acts])
    register = register_at(record)
    act = register.act(label)
    asked = [*act.fill, *act.may_fill]
    known = {one.label: one for one in register.fields}
    values = {one: town.value(known[one]) for one in asked if one != "佐证"}
    open_now = reading.is_open(label, record.state)
    may = reading.may(label, person, record, values)
    try:
        do(acting(person), record.pk, label, values)
    except NotVisible:
        return  # a record one does not see is not there
    except WrongState:
        assert not open_now
    except WrongPerson:
        assert open_now and not may
    except KEPT_OUT as other:
        assert open_now, other  # not filled, not ready: the person may still be the right one
        return
    else:
        assert open_now and may


@FEW
@given(data=st.data())
def test_every_rung_speaks_once_on_its_day(
    bench: Bench, folder: Path, moment: SetMoment, data: st.DataObject
) -> None:
    text = data.draw(ledgers())
    town = Town(bench, data.draw(st.randoms(use_true_random=False)))
    moment(f"{DAY}T09:00:00")
    with in_force(bench.house.court, folder, [text]):
        made = town.opened("ledger.any")
        for day in range(0, 33, 4):
            on = DAY + timedelta(days=day)
            moment(f"{on}T09:00:00")
            expire(on)
            tell(on)
            settle_all(on)
            assert expire(on) == 0, "time did the same thing twice on one day"
            before = RecordAlert.objects.count(), Act.objects.count()
            assert tell(on).alerts == 0, "a rung spoke twice"
            assert (RecordAlert.objects.count(), Act.objects.count()) == before
            if made and day < 20:
                town.attempt(town.dice.choice(made))
        for record in made:
            follows_from_its_acts(record)
            assert missing_rungs(bench, record, DAY + timedelta(days=32)) == set()
    moment(f"{DAY}T09:00:00")


def missing_rungs(bench: Bench, record: Record, on: Any) -> set[tuple[str, int, Any, int]]:
    """Rungs that by the record's acts have come by ``on`` and for which there is no alert."""
    record = fresh(record)
    register = register_at(record)
    if register.keeps is not None or register.secrecy == "保密":
        return set()  # what the acts entered is not kept beside them
    labels = {one.key: one.label for one in register.fields}
    history = [
        Done(
            row.turn,
            row.label,
            row.on,
            row.after,
            {labels[key]: held for key, held in row.values.items()},
            row.at.astimezone(ZoneInfo(record.court.time_zone)).replace(tzinfo=None),
        )
        for row in record.acts.order_by("turn")
    ]
    calendar = registry(bench.house.court).calendar(register.calendar or record.court.calendar)
    runs = clock_runs(register, history, calendar, as_of=on)
    due = {
        (run.clock.label, run.turn, run.last_day, rung.order) for run in runs for rung in speaking(run, on)
    }
    rows = RecordAlert.objects.filter(record=record)
    return due - set(rows.values_list("clock__label", "clock__turn", "due_on", "rung"))
