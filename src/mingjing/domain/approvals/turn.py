"""One act on an approval under way: what every act looks at, and how it finds the seat it is done from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mingjing.domain.approvals.approval import AGREED, RUNNING, Approval, ApprovalStep, Handing
from mingjing.domain.approvals.chain import (
    Chain,
    Claim,
    Level,
    Person,
    Seat,
    Standing,
    from_plain,
    people,
    to_plain,
)
from mingjing.domain.approvals.moving import settle, take_seats
from mingjing.domain.approvals.refusals import DecidedAlready, HandedToWrongPerson, NotOffered
from mingjing.domain.approvals.staffing import Holders, can_finish, holders_in
from mingjing.domain.ledgers.matters import Deed, Matter, NotFilled, Stepped, Who, WrongPerson, WrongState
from mingjing.domain.reasons import Step


@dataclass(slots=True)
class Turn:
    """An act being done: the definition, the record before it, the deed, the chain that it changes."""

    approval: Approval
    matter: Matter
    deed: Deed
    chain: Chain
    holders: Holders | None
    marks: list[str] = field(default_factory=list)
    told: list[tuple[str | int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, approval: Approval, matter: Matter, deed: Deed) -> Turn:
        """The act on the chain the record keeps, everybody seated as of its day."""
        turn = cls(approval, matter, deed, from_plain(matter.inner), holders_in(deed.target))
        level = turn.chain.current
        if level is not None and level.standing is Standing.RUNNING and turn.holders is not None:
            take_seats(approval, turn.chain, level, turn.holders)
        return turn

    @property
    def name(self) -> str:
        """What the approval is called."""
        return self.approval.register.label

    def level(self) -> Level:
        """The step under way. Raises WrongState where none is."""
        level = self.chain.current
        if self.matter.state != RUNNING or level is None:
            raise WrongState(f"“{self.matter.state}”不能“{self.deed.act}”：没有正在办理的审批步骤。")
        return level

    def rule(self, level: Level) -> ApprovalStep:
        """What the definition says of a step, or of the step it hangs on."""
        return self.approval.step(level.rule)

    def offers(self, level: Level, handing: Handing) -> None:
        """Refuse what the step does not offer. Raises NotOffered."""
        if handing not in self.rule(level).may:
            offered = [one.value for one in Handing if one in self.rule(level).may]
            raise NotOffered(
                f"“{level.rule}”这一步不能{handing.value}。", allowed=offered or ["同意", "驳回"]
            )

    def seat(self, level: Level) -> Seat:
        """The seat the actor decides from: their own, else one they stand in for.

        Raises
        ------
        WrongPerson      no seat of theirs waits in this step
        DecidedAlready   they stand in but have decided another step, or are needed for one
        """
        who = self.deed.who
        if self.holders is None and not level.seats and entitled(self.rule(level), who):
            self._bar(level, who)
            seat = Seat(who.key, who.name)
            level.seats.append(seat)
            return seat
        found = own_seat(level, who) or proxy_seat(level, who)
        if found is None:
            raise WrongPerson(self._not_theirs(level))
        if found.key != who.key:
            self._bar(level, who)
        return found

    def _bar(self, level: Level, who: Who) -> None:
        if who.key in self.chain.barred:
            raise WrongPerson(f"{who.name}是申请人或者当事人，不能审批自己的事。")
        if not self.approval.distinct:
            return
        if who.key in self.chain.deciders_elsewhere(level):
            raise DecidedAlready(f"{who.name}已经在别的步骤办理过，不能再办理“{level.label}”。")
        if any(seat.key == who.key or who.key in seat.deciders for seat in level.seats):
            raise DecidedAlready(f"{who.name}在“{level.label}”已有自己的一票，不能再代别人办理。")
        if self.blocks({who.key}):
            raise DecidedAlready(f"后面的步骤只有{who.name}可以审批，不能在“{level.label}”代别人办理。")

    def blocks(self, keys: Iterable[int]) -> bool:
        """Whether a chain that can end could not end any more if these people decided the step now."""
        if self.holders is None or not self.approval.distinct:
            return False
        return can_finish(self.approval, self.chain, self.holders) and not can_finish(
            self.approval, self.chain, self.holders, keys
        )

    def _not_theirs(self, level: Level) -> str:
        waiting = "、".join(seat.name for seat in level.waiting)
        now = f"现在等{waiting}办理" if waiting else f"现在由{'、'.join(self.rule(level).by)}办理"
        return f"“{level.label}”{now}，{self.deed.who.name}不能办理“{self.deed.act}”。"

    def named(self, least: int = 1, most: int = 20) -> list[Person]:
        """The people the act is aimed at. Raises NotFilled."""
        found = list(dict.fromkeys(people(self.deed.target.get("people"))))
        if not least <= len(found) <= most:
            many = "一个人" if most == 1 else f"{least} 至 {most} 个人"
            raise NotFilled(f"“{self.deed.act}”要选{many}。")
        return found

    def check_new_decider(self, level: Level, person: Person, *, seats: Iterable[Seat]) -> None:
        """Refuse somebody who may not decide here. Raises HandedToWrongPerson."""
        key, name = person
        if key in self.chain.barred:
            raise HandedToWrongPerson(f"{name}是申请人或者当事人，不能审批自己的事。")
        if any(seat.key == key or key in seat.deciders for seat in seats):
            raise HandedToWrongPerson(f"{name}已经在这一步里，不用再交给他。")
        if self.approval.distinct and key in self.chain.deciders_elsewhere(level):
            raise HandedToWrongPerson(f"{name}已经在别的步骤办理过，各级审批不能由同一个人办理。")
        if self.blocks({key}):
            raise HandedToWrongPerson(f"后面的步骤只有{name}可以审批，不能再在这一步办理。")

    def tell(self, who: Iterable[Person], sentence: str) -> None:
        """Have people told, each once."""
        self.told.extend((key, sentence) for key, _ in who)

    def over(self, state: str, says: str) -> Stepped:
        """The record in another state, the chain kept as it is."""
        move = f"{self.matter.state} → {state}"
        return Stepped(
            state,
            {**self.matter.values, **self.deed.values},
            to_plain(self.chain),
            told=tuple(dict.fromkeys(self.told)),
            says=(Step(move, says),),
            flags=tuple(self.marks),
        )

    def go_on(self, says: str) -> Stepped:
        """Let the chain settle, tell whoever it waits for now, and end where every step has agreed."""
        before = waiting_keys(self.matter)
        self.marks += settle(self.approval, self.chain, self.holders)
        level = self.chain.current
        if level is None:
            self.tell([self.chain.applicant], f"“{self.name}”已经同意。")
            self.told += [(word, f"“{self.name}”已经同意，抄送您知悉。") for word in self.approval.copies_to]
            copied = [one for word in self.approval.copies_to for one in (self.holders or {}).get(word, ())]
            self.chain.copies = list(dict.fromkeys([*self.chain.copies, *copied]))
            return self.over(AGREED, says)
        new = [seat.person for seat in level.waiting if seat.key not in before]
        self.tell(new, f"“{self.name}”到了“{level.label}”，请您审批。")
        return self.over(RUNNING, says)


def waiting_keys(matter: Matter) -> frozenset[int]:
    """Whom a record's chain waits for: those who decide, and those asked for an opinion."""
    if matter.state != RUNNING or "levels" not in matter.inner:
        return frozenset()
    level = from_plain(matter.inner).current
    seats = level.waiting if level else []
    return frozenset(seat.lent_to[0] if seat.lent_to else seat.key for seat in seats)


def is_person(who: Who, key: int) -> bool:
    """Whether somebody is this person or stands in for them."""
    return who.key == key or any(key == giver for giver, _ in who.stands_in_for)


def entitled(step: ApprovalStep, who: Who) -> bool:
    """Whether somebody holds a capacity of the step."""
    return who.anything or bool(who.capacities.intersection(step.words))


def own_seat(level: Level, who: Who) -> Seat | None:
    """The actor's own seat that waits."""
    return next((seat for seat in level.waiting if seat.key == who.key), None)


def proxy_seat(level: Level, who: Who) -> Seat | None:
    """A waiting seat of somebody the actor stands in for. A seat that was handed on is personal."""
    givers = {key for key, _ in who.stands_in_for}
    return next((seat for seat in level.waiting if seat.key in givers and seat.claim is Claim.POST), None)
