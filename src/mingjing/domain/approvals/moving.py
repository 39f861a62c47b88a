"""How a chain moves by itself: people take their seats, a step begins, is complete, the next one begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from mingjing.domain.approvals.approval import Approval, ApprovalStep, Mode, left, reached
from mingjing.domain.approvals.chain import Chain, Claim, Level, Origin, Seat, Standing
from mingjing.domain.approvals.refusals import NoStepApplies
from mingjing.domain.approvals.staffing import Holders, able, can_finish, held_by, vacant
from mingjing.domain.expressions.reading import MissingFieldError, WrongFieldError
from mingjing.domain.ledgers.evidence import counts_after
from mingjing.domain.ledgers.matters import Matter, NotFilled, NotReady
from mingjing.domain.ledgers.register import Requirement
from mingjing.domain.ledgers.stepping import OPENED, STATE, TODAY
from mingjing.domain.ledgers.values import for_conditions


def needed(
    approval: Approval, step: ApprovalStep, values: Mapping[str, object], on: date
) -> tuple[bool, str]:
    """Whether a step is needed for what is filled in, and why. Raises NotFilled where its condition needs a
    field that is empty."""
    if step.when is None:
        return True, ""
    given = {TODAY: on, OPENED: on, **for_conditions(approval.register, values)}
    try:
        holds = step.when.holds(given)
    except MissingFieldError as missing:
        raise NotFilled(f"是否需要“{step.label}”要看“{missing.name}”，请先填写。") from None
    except WrongFieldError as wrong:
        raise NotFilled(f"是否需要“{step.label}”还不能判断：{wrong}") from None
    return holds, f"{'因为' if holds else '不符合'}：{step.when.text}"


def require_met(
    approval: Approval, needs: Iterable[Requirement], matter: Matter, values: Mapping[str, object], on: date
) -> None:
    """Refuse where a condition over the fields and what surrounds them does not hold. Raises NotReady."""
    register = approval.register
    given = {
        **counts_after(register, matter, values),
        STATE: matter.state,
        TODAY: on,
        OPENED: matter.opened or on,
        **for_conditions(register, values),
    }
    for one in needs:
        try:
            holds = one.holds(given)
        except MissingFieldError as missing:
            raise NotReady(f"{one.says}（“{missing.name}”还没有）") from None
        except WrongFieldError as wrong:
            raise NotReady(f"{one.says}（{wrong}）") from None
        if not holds:
            raise NotReady(one.says)


def laid_out(approval: Approval, values: Mapping[str, object], on: date) -> list[Level]:
    """The steps a submission goes through, needed or not. Raises NotFilled, NoStepApplies."""
    levels = []
    for step in approval.steps:
        holds, why = needed(approval, step, values, on)
        standing = Standing.AHEAD if holds else Standing.NOT_NEEDED
        levels.append(Level(step.label, step.label, mode=step.mode, standing=standing, says=why))
    if all(level.standing is Standing.NOT_NEEDED for level in levels):
        raise NoStepApplies("按现在填写的内容，没有一步审批适用。请核对填写的内容，或者请管理部门核对制度。")
    return levels


def take_seats(approval: Approval, chain: Chain, level: Level, holders: Holders) -> None:
    """Seat whoever holds the posts of the step today: those who have left their post and decided nothing go,
    those who came to it sit down. Somebody another step cannot do without is not seated in this one. A post
    whose signature is asked for besides others' does not fall away because nobody holds it."""
    if level.origin is not Origin.RULE:
        return
    barred = set(chain.barred)
    if approval.distinct:
        barred |= chain.deciders_elsewhere(level)
    step = approval.step(level.rule)
    entitled = able(step, holders, barred)
    keys = {key for key, _ in entitled}
    level.seats = [
        seat for seat in level.seats if seat.agreed_at or seat.claim is not Claim.POST or seat.key in keys
    ]
    taken = {seat.key for seat in level.seats} | set(level.gave_away)
    finishable = approval.distinct and _ahead_can_finish(approval, chain, level, holders, set())
    used = {seat.key for seat in level.seats}.union(*(seat.deciders for seat in level.seats))
    for key, name in entitled:
        if key in taken:
            continue
        needed_here = set() if level.mode is Mode.ANY else used
        if finishable and not _ahead_can_finish(approval, chain, level, holders, needed_here | {key}):
            continue
        used.add(key)
        level.seats.append(Seat(key, name))
    for seat in level.seats:
        if seat.claim is Claim.POST and not seat.agreed_at:
            seat.posts = held_by(seat.key, step, holders)
    level.unheld = _unheld(step, level, holders)


def _unheld(step: ApprovalStep, level: Level, holders: Holders) -> list[str]:
    """The posts nobody holds and for which nobody has signed or taken over, where each must sign."""
    signed = [seat for seat in level.seats if seat.agreed_at or seat.claim is Claim.HANDED]
    if not all(seat.posts for seat in signed):  # begun before seats kept what they sign for
        return []
    covered = {word for seat in signed for word in seat.posts}
    if any(word in step.instead for seat in level.seats for word in seat.posts):
        return []
    return [word for word in vacant(step, holders) if word not in covered]


def _ahead_can_finish(
    approval: Approval, chain: Chain, level: Level, holders: Holders, barred: set[int]
) -> bool:
    """Whether the steps after this one could be decided if ``barred`` decided this one."""
    before = level.standing
    level.standing = Standing.DONE
    try:
        return can_finish(approval, chain, holders, barred)
    finally:
        level.standing = before


def settle(approval: Approval, chain: Chain, holders: Holders | None) -> list[str]:
    """Let the chain go on as far as it can without anybody deciding. Gives the marks it leaves."""
    marks: list[str] = []
    while (level := chain.current) is not None:
        if level.standing is Standing.AHEAD:
            level.standing = Standing.RUNNING
            marks.append(reached(level.label))
        if holders is not None:
            take_seats(approval, chain, level, holders)
        if not level.complete:
            break
        level.standing = Standing.DONE
        level.seats = [seat for seat in level.seats if seat.agreed_at]
        marks.append(left(level.label))
    return marks
