"""Random chains, random people, random acts: what must hold whatever anybody does."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mingjing.domain.approvals.approval import (
    AGREED,
    BUILT_IN_ACTS,
    OPEN_STATES,
    RETURNED,
    RUNNING,
    WITHDRAWN,
    Approval,
    ApprovalStep,
    Back,
    Handing,
    Mode,
    Resume,
)
from mingjing.domain.approvals.chain import Origin, Seat, Standing, from_plain
from mingjing.domain.approvals.stepping import permitted, step
from mingjing.domain.ledgers.matters import Matter
from mingjing.domain.reasons import Refusal
from tests.domain.approvals.chains import Court, approval, level

POSTS = ("甲职", "乙职", "丙职", "丁职")
PEOPLE = tuple("赵钱孙李周吴郑王")
APPLICANT = "申请人"

steps = st.builds(
    lambda by, instead, mode, when, may: (by, instead, mode, when, may),
    st.lists(st.sampled_from(POSTS), min_size=1, max_size=2, unique=True),
    st.lists(st.sampled_from(POSTS), max_size=1),
    st.sampled_from(Mode),
    st.sampled_from(("", "金额 >= 100")),
    st.frozensets(st.sampled_from(Handing)),
)
chains = st.builds(
    lambda parts, distinct, resumes: approval(
        *(
            level(f"第{n}步", *by, mode=mode, when=when, instead=tuple(instead), may=may)
            for n, (by, instead, mode, when, may) in enumerate(parts, start=1)
        ),
        distinct=distinct,
        resumes=resumes,
    ),
    st.lists(steps, min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from(Resume),
)
casts = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(POSTS), min_size=1, max_size=2) for name in PEOPLE}
)


class Chains(RuleBasedStateMachine):
    """One approval, everybody trying everything."""

    court: Court

    @initialize(value=chains, cast=casts, own=st.lists(st.sampled_from(POSTS), max_size=1))
    def open(self, value: Approval, cast: dict[str, list[str]], own: list[str]) -> None:
        self.court = Court(value, **{APPLICANT: own}, **cast)
        self._try(APPLICANT, "提交", values={"事由": "x", "金额": "100.00"})

    @rule(amount=st.sampled_from(("50.00", "100.00")))
    def submit(self, amount: str) -> None:
        self._try(APPLICANT, "提交", values={"事由": "x", "金额": amount})

    @rule(name=st.sampled_from((APPLICANT, *PEOPLE)))
    def agree(self, name: str) -> None:
        self._try(name, "同意")

    @rule(pick=st.integers(0, 5), act=st.sampled_from(("同意", "同意", "转办", "委派", "加签", "驳回")))
    @precondition(lambda self: self.court.matter.state == RUNNING)
    def somebody_it_waits_for_acts(self, pick: int, act: str) -> None:
        level = from_plain(self.court.matter.inner).current
        assert level is not None
        seats = level.waiting
        if seats:
            free = [name for name in PEOPLE if name not in {seat.name for seat in seats}]
            whom = (free[pick % len(free)],) if free else ()
            self._try(seats[pick % len(seats)].name, act, *whom, why="x", place="前加签", to="上一步")

    @rule(
        name=st.sampled_from(PEOPLE),
        to=st.sampled_from((Back.BEFORE, Back.ANY, Back.APPLICANT)),
        at=st.sampled_from(("第1步", "第2步", "第3步")),
    )
    def reject(self, name: str, to: Back, at: str) -> None:
        self._try(name, "驳回", why="重看", to=at if to is Back.ANY else to.value)

    @rule(name=st.sampled_from(PEOPLE), other=st.sampled_from((APPLICANT, *PEOPLE)))
    def transfer(self, name: str, other: str) -> None:
        self._try(name, "转办", other)

    @rule(name=st.sampled_from(PEOPLE), other=st.sampled_from((APPLICANT, *PEOPLE)))
    def lend(self, name: str, other: str) -> None:
        self._try(name, "委派", other)

    @rule(name=st.sampled_from(PEOPLE))
    def reply(self, name: str) -> None:
        self._try(name, "回复委派", why="可以")

    @rule(name=st.sampled_from(PEOPLE))
    def recall(self, name: str) -> None:
        self._try(name, "收回委派")

    @rule(
        name=st.sampled_from(PEOPLE),
        others=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True),
        place=st.sampled_from(("前加签", "后加签")),
        mode=st.sampled_from(Mode),
    )
    def add(self, name: str, others: list[str], place: str, mode: Mode) -> None:
        self._try(name, "加签", *others, place=place, mode=mode.value)

    @rule(name=st.sampled_from(PEOPLE), other=st.sampled_from(PEOPLE))
    def remove(self, name: str, other: str) -> None:
        self._try(name, "减签", other)

    @rule(giver=st.sampled_from(PEOPLE), taker=st.sampled_from((APPLICANT, *PEOPLE)))
    def delegate(self, giver: str, taker: str) -> None:
        if giver != taker:
            self.court.lent[giver] = taker

    @rule(day=st.integers(1, 28))
    def urge(self, day: int) -> None:
        self._try(APPLICANT, "催办", day=day)

    @rule()
    @precondition(lambda self: self.court.matter.state in OPEN_STATES)
    def withdrawing_is_always_open(self) -> None:
        stepped = step(self.court.value, self.court.matter, self.court.deed(APPLICANT, "撤回"))
        assert stepped.state == WITHDRAWN

    @rule(name=st.sampled_from((APPLICANT, *PEOPLE)))
    def what_is_not_offered_is_refused(self, name: str) -> None:
        matter, who = self.court.matter, self.court.who(name)
        offered = {one.act for one in permitted(self.court.value, matter, who, self.court.deed(name, "x").on)}
        for act in BUILT_IN_ACTS:
            if act in offered:
                continue
            for to, place in (("发起人", ""), ("", "前加签")):
                deed = self.court.deed(name, act, PEOPLE[0], why="x", to=to, place=place)
                try:
                    step(self.court.value, matter, deed)
                except Refusal:
                    continue
                raise AssertionError(f"{act} was not offered to {name} and yet done")

    def _try(self, name: str, act: str, *people: str, **more: object) -> None:
        deed = self.court.deed(name, act, *people, **more)  # type: ignore[arg-type]
        try:
            self.court.perform(deed)
        except Refusal as refusal:
            assert refusal.message

    @invariant()
    def somebody_can_always_go_on_or_it_is_over(self) -> None:
        matter = self.court.matter
        if matter.state not in OPEN_STATES:
            return
        on = self.court.deed(APPLICANT, "x").on
        acts = {
            name: {one.act for one in permitted(self.court.value, matter, self.court.who(name), on)}
            for name in (APPLICANT, *PEOPLE)
        }
        if matter.state == RETURNED:
            assert "提交" in acts[APPLICANT]
        else:
            deciders = {"同意", "收回委派", "回复委派"}
            assert any(deciders & found for found in acts.values()), "nobody can decide"

    @invariant()
    def nobody_decides_twice_and_no_applicant_decides(self) -> None:
        if not self.court.matter.inner:
            return
        chain = from_plain(self.court.matter.inner)
        decided = [key for one in chain.levels for seat in one.seats for key in seat.deciders]
        assert chain.applicant[0] not in decided
        if self.court.value.distinct:
            assert not [key for key, times in Counter(decided).items() if times > 1]

    @invariant()
    def agreement_means_every_needed_step_was_agreed_by_somebody_entitled(self) -> None:
        if self.court.matter.state != AGREED:
            return
        chain = from_plain(self.court.matter.inner)
        needs = {one.label for one in chain.levels if one.standing is not Standing.NOT_NEEDED}
        assert {one.label for one in chain.levels if one.standing is Standing.DONE} == needs
        rule_levels = [one for one in chain.levels if one.origin is Origin.RULE]
        assert [one.label for one in rule_levels] == [one.label for one in self.court.value.steps]
        names = {key: name for name, key in self.court.keys.items()}
        for one in rule_levels:
            if one.standing is Standing.DONE:
                self._agreed_rightly(self.court.value.step(one.rule), one.seats, names)

    def _agreed_rightly(self, rule: ApprovalStep, seats: list[Seat], names: dict[int, str]) -> None:
        assert seats
        for seat in seats:
            name = names[seat.key]
            holds = set(self.court.cast[name]) & set(rule.words)
            assert holds or seat.source, f"{name} agreed without a post and nobody handed it on"

    @invariant()
    def the_acts_alone_give_the_record(self) -> None:
        matter = Matter()
        for deed in self.court.deeds:
            stepped = step(self.court.value, matter, deed)
            matter = Matter(stepped.state, stepped.values, stepped.inner, opened=deed.on)
        assert replace(self.court.matter, opened=None) == replace(matter, opened=None)
        assert json.loads(json.dumps(matter.inner, ensure_ascii=False)) == matter.inner

    @invariant()
    def only_a_running_chain_has_a_step_under_way(self) -> None:
        matter = self.court.matter
        if matter.inner and matter.state == RUNNING:
            current = from_plain(matter.inner).current
            assert current is not None
            assert current.standing is Standing.RUNNING


Chains.TestCase.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
TestEveryChain = Chains.TestCase
