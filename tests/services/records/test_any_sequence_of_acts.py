"""Whatever people do in whatever order: the record is the fold of its acts, and sight says one thing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingjing.domain.ledgers.matters import COUNTS, Deed, Matter, Who
from mingjing.domain.ledgers.register import Register
from mingjing.domain.ledgers.stepping import fold
from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.records.acting import do
from mingjing.services.records.parties import parties_of
from mingjing.services.records.sight import sees, sight_of
from mingjing.services.records.versions import register_at
from mingjing.services.records.words import LASTING, by_key
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import acting
from tests.services.records.builders import Bench, file_of, fresh, moment, registered, strays

ACTS = ("认领", "移交", "报验", "退回", "销号", "重启")
PEOPLE = ("judge", "assistant", "head", "enforcer", "stranger", "inspector")
NINE = moment(2024, 4, 1).replace(tzinfo=None)
STEP = st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
STEPS = st.lists(STEP, max_size=14)


def person(bench: Bench, name: str) -> Person:
    found: Person = bench.inspector if name == "inspector" else getattr(bench.house, name)
    return found


def attempt(bench: Bench, record: Record, act: str, by: str, whom: str) -> bool:
    """Try an act; whether it was done."""
    values: dict[str, object] = {}
    if act in ("认领", "移交"):
        values["责任人"] = person(bench, whom).pk
    if act == "认领":
        values["整改措施"] = "逐卷清理"
    if act == "退回":
        values["退回理由"] = "不全"
    files = [("整改佐证", file_of(f"{by}{whom}"), "x.pdf")] if act == "报验" else []
    try:
        do(acting(person(bench, by)), record.pk, act, values, files=files)
    except (Refusal, NotVisible):
        return False
    return True


def refolded(register: Register, record: Record) -> tuple[str, dict[str, object]]:
    """State and values out of the acts alone."""
    labels = {field.key: field.label for field in register.fields}
    deeds = []
    for row in record.acts.all():
        entered = {labels[key]: value for key, value in row.values.items()}
        who = Who(-1, "任何人", frozenset(), anything=True)
        deeds.append(Deed(row.label, who, NINE, entered))
    matter = fold(register, deeds, Matter(counts=dict.fromkeys(COUNTS, 0)))
    return matter.state, by_key(register, matter.values)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_record_is_the_fold_of_its_acts(bench: Bench, steps: list[tuple[str, str, str]]) -> None:
    record = registered(bench)
    before = Act.objects.count()
    done = sum(attempt(bench, record, *one) for one in steps)
    record = fresh(record)
    register = register_at(record)
    assert refolded(register, record) == (record.state, record.data)
    assert record.revision == record.acts.count() == done + 1
    assert Act.objects.count() == before + done, "one entry for each act, none for a refusal"
    assert record.over is register.is_final(record.state)
    stored = set(record.parties.exclude(capacity__in=LASTING).values_list("capacity", "person", "unit"))
    assert stored == {party for party in parties_of(record, register) if party[0] not in LASTING}
    assert not strays(), "every part repeats its record"
    running = [row.label for row in record.clocks.filter(done_on=None)]
    assert len(running) == len(set(running)) <= 1
    assert (record.due_on is None) is (not running)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_list_and_the_page_say_the_same_to_everybody(
    bench: Bench, steps: list[tuple[str, str, str]]
) -> None:
    record = registered(bench)
    for one in steps:
        attempt(bench, record, *one)
    record = fresh(record)
    register = register_at(record)
    others = ("leader", "president", "manager", "clerk", "higher_manager", "keeper")
    everybody = [getattr(bench.house, name) for name in (*PEOPLE[:-1], *others)]
    for one_person in (*everybody, bench.inspector, bench.chief):
        actor = acting(one_person)
        sight = sight_of(actor, register)
        for condition in (sight.where, sight.asked):  # gathered, or asked of each record
            listed = Record.objects.filter(condition, pk=record.pk).exists()
            assert listed is sees(actor, record), one_person.name
