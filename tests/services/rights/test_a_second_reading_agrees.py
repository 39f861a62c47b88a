"""Every register's file read twice: by the program, and by ``second_reading``, which shares no code with it.

Every act in every state for every capacity; every record of every register and each of its fields for a wrong
post, another division, another court, the one it is about, the line of command, a delegate, and one whose
delegation is over. Whoever is not logged in sees no page at all (``tests/house``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from mingjing.definitions.registry import Registry
from mingjing.domain.ledgers.matters import Matter, Who
from mingjing.domain.ledgers.register import NEW, SEALED, FieldType, Register
from mingjing.services.actors import actor_for
from mingjing.services.records.capacities import Anchors
from mingjing.services.records.machineries import permitted
from mingjing.services.records.parties import part, parties_of
from mingjing.services.records.sight import fields_seen, visible
from mingjing.services.records.sight import sees as program_sees
from mingjing.services.records.standing import hands_of
from mingjing.services.records.versions import reference_of
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import Delegation, Record, RecordParty
from tests.house.tree import lines_of
from tests.services.builders import House, hire
from tests.services.conftest import house, moment
from tests.services.rights.second_reading import (
    FOLDER,
    PEOPLE,
    UNITS,
    Paper,
    Rules,
    Somebody,
    pages,
    reads,
    sees,
    several,
    written_acts,
)
from tests.web.signing_in import signed_in

__all__ = ["house", "moment"]
DAY = date(2026, 9, 30)
FILES = pages()
SHIPPED = Registry.load(FOLDER)
NOBODY = "毫不相干的人"
BY_TURN = {"会签"}
"""Acts open to whoever's turn it is; ``tests/domain/filings`` holds them."""
PLAIN = ("ledger", "filing", "activity", "meeting")
"""Machineries that open an act by state and capacity alone. Approvals go by seats: ``tests/domain/approvals``
tries every chain; here their written acts and their sight are read."""


def registers(*kinds: str) -> list[Register]:
    found = [one for one in SHIPPED.registers(DAY) if not kinds or one.kind in kinds]
    assert len(found) > 10
    return found


def test_every_written_act_has_the_capacities_the_states_and_the_exclusions_of_its_file() -> None:
    wrong, count = [], 0
    for register in registers():
        for act in written_acts(FILES[register.id]):
            count += 1
            read = register.act(act.label)
            before = frozenset(state for states, _ in read.moves for state in states)
            if (told := (frozenset(read.by), frozenset(read.never_by), before)) != (
                act.by,
                act.never_by,
                act.before,
            ):
                wrong.append(f"{register.id} {act.label}: {told}")
    assert count > 700
    assert not wrong, lines_of(wrong)


@pytest.mark.parametrize("kind", PLAIN)
def test_every_act_in_every_state_is_open_to_its_capacities_and_to_no_other(kind: str) -> None:
    wrong, answers = [], 0
    for register in registers(kind):
        value = SHIPPED.register_value(register.id, DAY)
        names = {one.label for one in register.fields if one.type.value in PEOPLE}
        words = {word for act in register.acts for word in act.by} | {"登记人", "本人", NOBODY}
        for state in (NEW, *(one.label for one in register.states)):
            here = [act for act in register.acts if any(state in before for before, _ in act.moves)]
            for word in words - {"任何人"}:
                open_ = {
                    one.act
                    for one in permitted(value, Matter(state=state), Who(7, "甲", frozenset((word,))), DAY)
                }
                wanted = {act.label for act in here if {word, "任何人"} & {*act.by}}
                # whoever opens a record may enter themselves where the act belongs to whom a field names
                selves = {act.label for act in here if {*act.by} & names & {*act.fill, *act.may_fill}}
                answers += len(register.acts)
                if not wanted - BY_TURN <= open_ <= wanted | (selves if state == NEW else set()):
                    wrong.append(f"{register.id} {state} {word}: {sorted(open_ ^ wanted)}")
    assert answers > 2_000
    assert not wrong, lines_of(wrong[:20])


@pytest.mark.parametrize("kind", PLAIN)
def test_whom_a_file_excludes_is_told_so_and_nobody_else_is(kind: str) -> None:
    wrong, barred = [], 0
    for register in registers(kind):
        value = SHIPPED.register_value(register.id, DAY)
        people = {one.label for one in register.fields if one.type.value in PEOPLE}
        for act in register.acts:
            for word in set(act.never_by) & people if act.label not in BY_TURN else ():
                barred += 1
                for state in next(before for before, _ in act.moves):
                    told = {
                        key: next(
                            (
                                one.refusal
                                for one in permitted(
                                    value,
                                    Matter(state=state, values={word: [7] if _many(register, word) else 7}),
                                    Who(key, "甲", frozenset(act.by)),
                                    DAY,
                                )
                                if one.act == act.label
                            ),
                            "没有这个动作",
                        )
                        for key in (7, 8)
                    }
                    if "不得办理" not in told[7] or "不得办理" in told[8]:
                        wrong.append(f"{register.id} {act.label} {state} {word}: {told}")
    assert barred > 20 or kind != "ledger"
    assert not wrong, lines_of(wrong)


def _many(register: Register, label: str) -> bool:
    return register.field(label).type is FieldType.PEOPLE


@dataclass(frozen=True)
class Court:
    """One record in every register, and everybody who looks at them."""

    records: dict[str, Record]
    people: dict[str, Person]
    somebody: dict[str, Somebody]


@pytest.fixture
def court(house: House) -> Court:
    """Every register has a record about 苏禾, held by 林知远 of the first civil division."""
    lent, over = (hire(house.court, name, "执行法官", house.enforcement) for name in ("代办", "旧代办"))
    for taker, until in ((lent, DAY), (over, DAY - timedelta(days=1))):
        Delegation.objects.create(
            giver=house.judge, taker=taker, reason="休假", since=date(2026, 9, 1), until=until
        )
    elsewhere = hire(house.higher, "外院法官", "审判员", None)
    people = {
        "holder": house.judge, "subject": house.assistant, "registrar": house.clerk, "head": house.head,
        "leader": house.leader, "president": house.president, "other division": house.stranger,
        "other head": house.enforcement_head, "wrong post": house.manager, "keeper": house.keeper,
        "security": house.guardian, "inspector": hire(house.court, "纪明", "督察员", house.office),
        "other court": elsewhere, "court above": house.higher_manager, "delegate": lent,
        "expired delegate": over,
    }  # fmt: skip
    known = {name: _somebody(person) for name, person in people.items()}
    known["delegate"] = Somebody(**{**vars(known["delegate"]), "lenders": (known["holder"],)})
    records = {one.id: _record(house, one) for one in registers() if one.secrecy != SEALED}
    return Court(records, people, known)


def _somebody(person: Person) -> Somebody:
    posts = Posting.objects.filter(person=person)
    roles = [role for role in SHIPPED.roles(DAY).roles if {one.post for one in posts} & {*role.posts}]
    table = SHIPPED.dictionary("dictionary.posts")
    return Somebody(
        person.pk,
        person.court_id,
        frozenset(one.post for one in posts),
        frozenset(role.label for role in roles),
        frozenset(one.department_id for one in posts if one.department_id),
        frozenset(
            one.department_id
            for one in posts
            if one.department_id and table.row(one.post).get("rung") == "庭长"
        ),
        frozenset(person.oversights.values_list("department", flat=True)),
        any("查看台账" in role.may for role in roles),
    )


def _record(house: House, register: Register) -> Record:
    by_label = {register.holder: house.judge.pk, register.unit: house.first_civil.pk}
    by_label = {register.subject: house.assistant.pk, **by_label}
    data = {one.key: _held(one.type, by_label[one.label]) for one in register.fields if one.label in by_label}
    record = Record.objects.create(
        court=house.court, register=register.id, definition=reference_of(house.court, register.id, DAY),
        number=f"{register.id}-1", state=register.states[0].label, holder=house.judge, unit=house.first_civil,
        subject=house.assistant if register.subject not in ("", register.holder) else None,
        registered_by=house.clerk, acted_by=house.clerk, opened_on=DAY, data=data,
    )  # fmt: skip
    RecordParty.objects.bulk_create(part(record, *party) for party in parties_of(record, register))
    return record


def _held(kind: FieldType, key: int) -> object:
    return [key] if kind in (FieldType.PEOPLE, FieldType.UNITS) else key


def rules_of(register: Register) -> Rules:
    """From the file, and from the typed register what its machinery brings along."""
    page = FILES[register.id]
    acts = [(set(act.by), any(NEW in before for before, _ in act.moves)) for act in register.acts]
    return Rules(
        page.get("secrecy", "内部") if "secrecy" in page else register.secrecy,
        frozenset(several(page["seen_by"])) if "seen_by" in page else frozenset(register.seen_by),
        page.get("holder", register.holder),
        {one.label: frozenset(one.seen_by) for one in register.fields},
        frozenset(register.subject_sees),
        frozenset().union(*(by for by, opens in acts if not opens)),
        frozenset().union(*(by for by, opens in acts if opens)),
        frozenset(rung.tell for clock in register.clocks for rung in clock.rungs),
    )


def paper_of(record: Record, register: Register, places: dict[int, frozenset[int]]) -> Paper:
    """Whom the record names, read off its row."""
    named: dict[str, frozenset[int]] = {
        "登记人": frozenset((record.registered_by_id or 0,)),
        "办理人": frozenset((record.acted_by_id or 0,)),
        "本人": frozenset((record.subject_id or 0,)),
    }
    units = {"本部门": frozenset((record.unit_id or 0,))}
    for one in register.fields:
        held = record.data.get(one.key)
        keys = frozenset(held if isinstance(held, list) else [held]) - {None}
        if one.type.value in PEOPLE:
            named[one.label] = keys
        elif one.type.value in UNITS:
            units[one.label] = keys
    return Paper(record.court_id, record.subject_id or 0, named, units, places)


def test_every_record_and_field_of_every_register_is_seen_by_those_the_file_means(court: Court) -> None:
    wrong, answers, shown = [], 0, 0
    places = {
        one.person_id: frozenset((one.department_id,))
        for one in Posting.objects.filter(department__isnull=False)
        if one.department_id
    }
    for name, person in court.people.items():
        actor = actor_for(person, DAY)
        hands, one = hands_of(actor), court.somebody[name]
        for record in court.records.values():
            register = SHIPPED.register(record.register, DAY)
            rules, paper = rules_of(register), paper_of(record, register, places)
            answers += 1
            wanted = sees(one, paper, rules)
            if program_sees(actor, record, hands) != wanted:
                wrong.append(
                    f"{register.id} ({rules.secrecy}): {name} should{'' if wanted else ' not'} see it"
                )
            elif wanted:
                shown += 1
                told, own = fields_seen(actor, record, register, hands), reads(one, paper, rules)
                wrong += [f"{register.id} {label}: {name}" for label in sorted(told ^ own)]
    assert answers == len(court.records) * len(court.people) > 3_000
    assert 500 < shown < answers
    assert not wrong, lines_of(wrong[:30])


def test_a_list_shows_what_the_page_shows(court: Court) -> None:
    for name in ("holder", "subject", "head", "other division", "inspector", "delegate", "expired delegate"):
        actor = actor_for(court.people[name], DAY)
        hands = hands_of(actor)
        for record in list(court.records.values())[::5]:
            register = SHIPPED.register(record.register, DAY)
            listed = Record.objects.filter(visible(actor, register, hands), pk=record.pk).exists()
            assert listed == program_sees(actor, record, hands), (name, register.id)


def test_the_pages_say_the_same_for_some(court: Court, moment) -> None:  # type: ignore[no-untyped-def]
    moment(f"{DAY}T09:00:00")
    asked = [one for one in court.records.values() if not one.register.startswith("meeting")][::12]
    for name in ("holder", "subject", "wrong post", "other division", "keeper", "other court", "delegate"):
        client = signed_in(court.people[name])
        actor = actor_for(court.people[name], DAY)
        for record in asked:
            wanted = 200 if program_sees(actor, record) else 404
            assert client.get(f"/records/{record.pk}").status_code == wanted, (name, record.register)


def test_nobody_loses_a_part_by_the_names_of_the_second_reading(house: House) -> None:
    """The anchors of a record by the program's reading are those of the second one."""
    register = SHIPPED.register("ledger.rectification", DAY)
    record = _record(house, register)
    paper, anchors = paper_of(record, register, {}), Anchors.of(record, register)
    held = {word: keys for word, keys in paper.people.items() if keys - {0}}
    assert {word: keys for word, keys in anchors.people.items() if keys} == held
    assert {word: keys for word, keys in anchors.units.items() if keys} == {
        word: keys for word, keys in paper.units.items() if keys
    }
