"""What every approval has without its definition saying so: the states of the chain, its acts, its clocks."""

from __future__ import annotations

from collections.abc import Iterable

from mingjing.domain.approvals.approval import (
    ADD,
    AGREE,
    AGREED,
    COPY,
    DECLINED,
    LEND,
    RECALL,
    REJECT,
    REMOVE,
    REPLY,
    RETURNED,
    REVIEW,
    RUNNING,
    SUBMIT,
    TRANSFER,
    URGE,
    WITHDRAW,
    WITHDRAWN,
    ApprovalStep,
    Back,
    Handing,
    left,
    reached,
)
from mingjing.domain.ledgers.register import NEW, Act, RecordClock, State

_KEYS = {
    SUBMIT: "submit",
    AGREE: "agree",
    REJECT: "reject",
    TRANSFER: "transfer",
    LEND: "lend",
    REPLY: "reply",
    RECALL: "recall",
    ADD: "add",
    REMOVE: "remove",
    COPY: "copy",
    URGE: "urge",
    WITHDRAW: "withdraw",
    REVIEW: "review",
}
_HANDING = {
    Handing.TRANSFER: (TRANSFER,),
    Handing.LEND: (LEND, REPLY, RECALL),
    Handing.ADD: (ADD,),
    Handing.REMOVE: (REMOVE,),
}


def chain_states(returns_to: Iterable[Back], *, goes_on: bool) -> tuple[State, ...]:
    """The states of the chain. ``goes_on``: something is done after 已同意, so that it is not the end."""
    states = [
        State("running", RUNNING),
        State("returned", RETURNED),
        State("agreed", AGREED, final=not goes_on),
    ]
    if Back.END in returns_to:
        states.append(State("declined", DECLINED, final=True))
    return (*states, State("withdrawn", WITHDRAWN, final=True))


def chain_acts(
    by: tuple[str, ...],
    steps: Iterable[ApprovalStep],
    returns_to: Iterable[Back],
    fill: tuple[str, ...],
    may_fill: tuple[str, ...],
) -> tuple[Act, ...]:
    """The built-in acts, as diagrams and pages read them; who may do them when is told by ``permitted``."""
    steps, returns_to = tuple(steps), tuple(returns_to)
    deciders = tuple(dict.fromkeys(word for step in steps for word in step.words))
    fills = tuple(dict.fromkeys(label for step in steps for label in (*step.fill, *step.may_fill)))
    stay, applicant = (((RUNNING,), ""),), ("登记人",)
    back = [((RUNNING,), RETURNED)] if Back.APPLICANT in returns_to else []
    end = [((RUNNING,), DECLINED)] if Back.END in returns_to else []
    inner = [((RUNNING,), "")] if {Back.BEFORE, Back.ANY} & set(returns_to) else []
    acts = [
        _act(SUBMIT, by, (((NEW, RETURNED), RUNNING),), fill, may_fill),
        _act(AGREE, deciders, (((RUNNING,), AGREED),), may_fill=fills),
        _act(REJECT, deciders, (*inner, *back, *end)),
    ]
    offered = {handing for step in steps for handing in step.may}
    for handing, labels in _HANDING.items():
        if handing in offered:
            acts += [_act(label, deciders, stay) for label in labels]
    acts.append(_act(COPY, (*applicant, *deciders), stay))
    acts.append(_act(URGE, applicant, stay))
    acts.append(_act(WITHDRAW, applicant, (((RUNNING, RETURNED), WITHDRAWN),)))
    return (*acts, _act(REVIEW, ("系统",), stay))


def _act(
    label: str,
    by: tuple[str, ...],
    moves: tuple[tuple[tuple[str, ...], str], ...],
    fill: tuple[str, ...] = (),
    may_fill: tuple[str, ...] = (),
) -> Act:
    return Act(_KEYS[label], label, by, moves, fill, may_fill)


def chain_clocks(steps: Iterable[ApprovalStep]) -> tuple[RecordClock, ...]:
    """One clock for each step with a limit, from the mark of its beginning to that of its end."""
    return tuple(
        RecordClock(
            f"{step.label}时限", (reached(step.label),), (left(step.label),), step.within, rungs=step.rungs
        )
        for step in steps
        if step.within is not None
    )
