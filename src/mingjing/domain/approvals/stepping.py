"""One act on an approval: who may do what now, and what the record is after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from mingjing.domain.approvals.approval import (
    ADD,
    ADDED,
    AGREE,
    AGREED,
    BUILT_IN_ACTS,
    COPY,
    DECLINED,
    LEND,
    PLACE,
    RECALL,
    REJECT,
    REMOVE,
    REPLY,
    RETURNED,
    REVIEW,
    RUNNING,
    SEVERAL,
    SUBMIT,
    TOGETHER,
    TRANSFER,
    URGE,
    WHERE,
    WHOM,
    WITHDRAW,
    WITHDRAWN,
    Approval,
    Handing,
    Mode,
)
from mingjing.domain.approvals.chain import Chain, Claim, Level, Origin, Seat, from_plain, is_begun
from mingjing.domain.approvals.deciding import (
    agree,
    check_entries,
    may_apply,
    reject,
    submit,
    ways_back,
    withdraw,
)
from mingjing.domain.approvals.handing import (
    add,
    copy,
    lend,
    lent_seat,
    recall,
    removable_levels,
    removable_names,
    remove,
    reply,
    transfer,
    urge,
)
from mingjing.domain.approvals.turn import Turn, entitled, is_person, own_seat, proxy_seat
from mingjing.domain.ledgers import stepping as ledgers
from mingjing.domain.ledgers.matters import (
    Deed,
    Matter,
    Permitted,
    Stepped,
    UnknownAct,
    Who,
    WrongPerson,
    WrongState,
)
from mingjing.domain.ledgers.register import NEW, Register

_CLOSED = (AGREED, DECLINED, WITHDRAWN)
_ADDING = {
    PLACE: (Origin.BEFORE.value, Origin.AFTER.value),
    TOGETHER: (Mode.ALL.value, Mode.ANY.value, Mode.TURN.value),
}


def permitted(approval: Approval, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What somebody may do to an approval now."""
    if matter.state == NEW or not is_begun(matter.inner):
        act = approval.submission
        return (Permitted(SUBMIT, act.fill, act.may_fill),) if may_apply(approval, who) else ()
    chain = from_plain(matter.inner)
    found: list[Permitted] = []
    if matter.state == RUNNING and (level := chain.current) is not None:
        found += _deciding(approval, chain, level, who)
    if matter.state == RETURNED and who.key == chain.applicant[0]:
        act = approval.submission
        found.append(Permitted(SUBMIT, act.fill, act.may_fill, about=f"“{chain.returned_by}”退回"))
    found += _around(chain, matter, who, on)
    if matter.state not in (RUNNING, RETURNED):
        found += ledgers.permitted(_after_agreement(approval), matter, who, on)
    return tuple(found)


def _deciding(approval: Approval, chain: Chain, level: Level, who: Who) -> list[Permitted]:
    found: list[Permitted] = []
    seat = _seat(approval, chain, level, who)
    rule = approval.step(level.rule)
    if seat is not None and seat.lent_to:
        found.append(Permitted(RECALL, about=f"已委派给{seat.lent_to[1]}"))
    elif seat is not None:
        own = level.origin is Origin.RULE
        fields = (rule.fill, rule.may_fill) if own else ((), ())
        found.append(Permitted(AGREE, *fields, about=seat.advice or rule.about))
        found.append(Permitted(REJECT, asks=(WHERE,), choices={WHERE: ways_back(approval, chain)}))
        for handing, act, asks in (
            (Handing.TRANSFER, TRANSFER, (WHOM,)),
            (Handing.LEND, LEND, (WHOM,)),
            (Handing.ADD, ADD, (SEVERAL, PLACE, TOGETHER)),
        ):
            if handing in rule.may:
                found.append(Permitted(act, asks=asks, choices=_ADDING if act == ADD else {}))
    if lent_seat(level, who):
        found.append(Permitted(REPLY))
    added = [
        name
        for one in removable_levels(chain.levels, who)
        if Handing.REMOVE in approval.step(one.rule).may
        for name in removable_names(one)
    ]
    if added:
        found.append(Permitted(REMOVE, asks=(ADDED,), choices={ADDED: tuple(added)}))
    return found


def _seat(approval: Approval, chain: Chain, level: Level, who: Who) -> Seat | None:
    """The seat somebody may decide from, as far as can be told before their posts are looked up anew."""
    rule = approval.step(level.rule)
    if not level.seats and level.origin is Origin.RULE and who.anything:
        return None if who.key in chain.barred else Seat(who.key, who.name)
    own = own_seat(level, who)
    if own is not None:
        left_post = own.claim is Claim.POST and not entitled(rule, who)
        return None if left_post else own
    seat = proxy_seat(level, who)
    if seat is None or who.key in chain.barred:
        return None
    taken = approval.distinct and (
        who.key in chain.deciders_elsewhere(level) or any(one.key == who.key for one in level.seats)
    )
    return None if taken else seat


def _around(chain: Chain, matter: Matter, who: Who, on: date) -> list[Permitted]:
    """What may be done without deciding."""
    found: list[Permitted] = []
    applicant = who.key == chain.applicant[0]
    seats = [seat.key for level in chain.levels for seat in level.seats]
    if any(is_person(who, key) for key in (chain.applicant[0], *seats)):
        found.append(Permitted(COPY, asks=(SEVERAL,)))
    if applicant and matter.state == RUNNING:
        refusal = "今天已经催办过，请明天再催。" if chain.urged_on == on.isoformat() else ""
        found.append(Permitted(URGE, refusal=refusal))
    if applicant and matter.state in (RUNNING, RETURNED):
        found.append(Permitted(WITHDRAW))
    return found


_ACTS: dict[str, Callable[[Turn], Stepped]] = {
    AGREE: agree,
    REJECT: reject,
    TRANSFER: transfer,
    LEND: lend,
    REPLY: reply,
    RECALL: recall,
    ADD: add,
    REMOVE: remove,
    COPY: copy,
    URGE: urge,
    WITHDRAW: withdraw,
}
_FILLS = (SUBMIT, AGREE)


def step(approval: Approval, matter: Matter, deed: Deed) -> Stepped:
    """The record after an act; ``deed.target`` may say who holds the posts (``holders``).

    Raises
    ------
    WrongState, WrongPerson, NotFilled, NotAsked   as in a ledger
    PostVacant, NobodyElse, NoStepApplies          the chain could not end
    DecidedAlready, HandedToWrongPerson, NotOffered, UrgedAlready
    """
    if deed.act not in BUILT_IN_ACTS:
        return _own_act(approval, matter, deed)
    if deed.act == SUBMIT:
        return submit(approval, matter, deed)
    if not is_begun(matter.inner):
        raise WrongState(f"“{matter.state}”不能“{deed.act}”，现在只能：提交")
    if deed.act not in _FILLS:
        check_entries(approval, deed, (), ())
    turn = Turn.of(approval, matter, deed)
    if deed.act == REVIEW:
        return _review(turn)
    if deed.act != COPY and matter.state in _CLOSED:
        raise WrongState(f"“{matter.state}”不能“{deed.act}”：审批已经办结。")
    return _ACTS[deed.act](turn)


def _review(turn: Turn) -> Stepped:
    """Seat today's holders of the posts; done by the clock when somebody came to a post or left it."""
    if "系统" not in turn.deed.who.capacities and not turn.deed.who.anything:
        raise WrongPerson("“核对人员”由系统自动办理。")
    turn.level()
    return turn.go_on(REVIEW)


def _own_act(approval: Approval, matter: Matter, deed: Deed) -> Stepped:
    if all(act.label != deed.act for act in approval.own_acts):
        raise UnknownAct(
            f"“{approval.register.label}”没有“{deed.act}”。",
            allowed=[a.label for a in approval.register.acts],
        )
    if matter.state in (RUNNING, RETURNED):
        raise WrongState(f"“{matter.state}”不能“{deed.act}”：审批还没有办结。")
    return ledgers.step(_after_agreement(approval), matter, deed)


def _after_agreement(approval: Approval) -> Register:
    """The register with only what is done once it is agreed."""
    return replace(approval.register, acts=approval.own_acts)
