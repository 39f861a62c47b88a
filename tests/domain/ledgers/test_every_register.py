"""What holds of every register, whatever is done in whatever order."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.ledgers.matters import Deed, Matter, Who, WrongPerson
from mingjing.domain.ledgers.register import NEW, Register
from mingjing.domain.ledgers.stepping import acts_from, fold, permitted, step
from mingjing.domain.reasons import Refusal
from tests.domain.ledgers.sample_registers import OWNER, deeds, registers


def as_known(deed: Deed, matter: Matter) -> Deed:
    """The deed with the capacities its actor has by being named in the record."""
    named = {OWNER} if matter.values.get(OWNER) == deed.who.key else set()
    return replace(deed, who=replace(deed.who, capacities=deed.who.capacities | named))


def tried(register: Register, attempts: list[Deed]) -> tuple[Matter, list[Deed]]:
    """The record after the attempts that were permitted, and those."""
    matter, done = Matter(), []
    for attempt in attempts:
        deed = as_known(attempt, matter)
        try:
            stepped = step(register, matter, deed)
        except Refusal:
            continue
        matter = replace(matter, state=stepped.state, values=stepped.values, opened=matter.opened or deed.on)
        done.append(deed)
    return matter, done


@st.composite
def stories(draw: st.DrawFn) -> tuple[Register, list[Deed]]:
    register = draw(registers())
    return register, draw(deeds(register))


@given(stories())
def test_whatever_is_done_the_state_is_a_state_of_the_register(story: tuple[Register, list[Deed]]) -> None:
    register, attempts = story
    matter, _ = tried(register, attempts)
    assert matter.state in {NEW, *(state.label for state in register.states)}


@given(stories())
def test_nobody_a_field_names_ever_does_what_that_field_bars(story: tuple[Register, list[Deed]]) -> None:
    register, attempts = story
    _, done = tried(register, attempts)
    before = Matter()
    for deed in done:
        barred = register.act(deed.act).never_by
        assert not deed.who.capacities.intersection(barred)
        if OWNER in barred:
            after = deed.values.get(OWNER, before.values.get(OWNER))
            assert deed.who.key not in (before.values.get(OWNER), after)
        before = fold(register, [deed], before)


@given(stories(), st.sampled_from(["岗一", "岗二", OWNER]))
def test_a_capacity_lent_by_somebody_else_bars_as_ones_own_does(
    story: tuple[Register, list[Deed]], lent: str
) -> None:
    register, attempts = story
    matter, _ = tried(register, attempts)
    stand_in = Who(99, "替班人", frozenset({"岗一", "岗二", "任何人", lent}))
    for act in acts_from(register, matter.state):
        if lent in act.never_by:
            values = {label: matter.values.get(label) or "问题" for label in act.fill if label != OWNER}
            entries = values | ({OWNER: 98} if OWNER in act.fill else {})
            try:
                step(register, matter, replace(attempts[0], act=act.label, who=stand_in, values=entries))
            except WrongPerson:
                continue
            raise AssertionError(act.label)


@given(stories())
def test_a_refusal_leaves_the_record_as_it_was(story: tuple[Register, list[Deed]]) -> None:
    register, attempts = story
    matter, _ = tried(register, attempts)
    values, state = dict(matter.values), matter.state
    for act in register.acts:
        for deed in attempts:
            with suppress(Refusal):
                step(register, matter, replace(deed, act=act.label))
            assert (matter.state, matter.values) == (state, values)


@given(stories())
def test_the_record_kept_beside_its_acts_is_what_the_acts_make(story: tuple[Register, list[Deed]]) -> None:
    register, attempts = story
    matter, done = tried(register, attempts)
    again = fold(register, done)
    assert (again.state, again.values, again.opened) == (matter.state, matter.values, matter.opened)


@given(stories())
def test_an_act_that_is_not_shown_is_refused(story: tuple[Register, list[Deed]]) -> None:
    register, attempts = story
    matter, _ = tried(register, attempts)
    for deed in attempts:
        known = as_known(deed, matter)
        shown = {one.act for one in permitted(register, matter, known.who, deed.on)}
        for act in register.acts:
            if act.label not in shown:
                try:
                    step(register, matter, replace(known, act=act.label))
                except Refusal:
                    continue
                raise AssertionError(act.label)
