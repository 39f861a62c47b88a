"""同意, 驳回, 撤回 and 提交: the acts that decide."""

from __future__ import annotations

from collections.abc import Mapping

from mingjing.domain.approvals.approval import (
    DECLINED,
    RETURNED,
    RUNNING,
    WHERE,
    WITHDRAWN,
    Approval,
    Back,
    Resume,
    left,
)
from mingjing.domain.approvals.chain import Chain, Level, Origin, Standing, from_plain, is_begun
from mingjing.domain.approvals.moving import laid_out, require_met
from mingjing.domain.approvals.refusals import NotOffered
from mingjing.domain.approvals.staffing import holders_in, require_staff
from mingjing.domain.approvals.turn import Turn
from mingjing.domain.ledgers.matters import (
    Deed,
    Matter,
    NotAsked,
    NotFilled,
    Stepped,
    Who,
    WrongPerson,
    WrongState,
)
from mingjing.domain.ledgers.register import NEW
from mingjing.domain.ledgers.stepping import ANYBODY
from mingjing.domain.ledgers.values import PERSON_KINDS, check_value, is_empty


def may_apply(approval: Approval, who: Who, values: Mapping[str, object] | None = None) -> bool:
    """Whether somebody may submit a new one. A person field of the application may name them; before it is
    filled (``values`` is None) it counts as naming them."""
    if who.anything or ANYBODY in approval.by or who.capacities.intersection(approval.by):
        return True
    act = approval.submission
    own = [
        one.label
        for one in approval.register.fields
        if one.label in approval.by and one.type in PERSON_KINDS and one.label in (*act.fill, *act.may_fill)
    ]
    return bool(own) if values is None else any(who.key in _keys(values.get(label)) for label in own)


def _keys(value: object) -> list[int]:
    several = value if isinstance(value, (list, tuple)) else [value]
    return [one for one in several if isinstance(one, int)]


def submit(approval: Approval, matter: Matter, deed: Deed) -> Stepped:
    """Begin the chain, or begin it again after it was sent back to whoever applied.

    Raises
    ------
    WrongState    it is under way, or over
    WrongPerson   not who may apply, or not who applied
    NotFilled     something that must be filled is empty
    NotReady      a condition of the approval does not hold
    PostVacant, NobodyElse, NoStepApplies   the chain could not end
    """
    if matter.state not in (NEW, RETURNED):
        raise WrongState(f"“{matter.state}”不能“提交”。")
    before = from_plain(matter.inner) if is_begun(matter.inner) else None
    act = approval.submission
    check_entries(approval, deed, act.fill, act.may_fill)
    values = {**matter.values, **deed.values}
    _check_applicant(approval, before, deed.who, values)
    require_filled("提交", act.fill, values, matter)
    require_met(approval, approval.needs, matter, values, deed.on)
    chain = Chain((deed.who.key, deed.who.name))
    chain.levels = laid_out(approval, values, deed.on)
    chain.about = _keys(values.get(approval.register.subject))
    if before is not None:
        chain.round, chain.copies = before.round + 1, before.copies
        if approval.resumes is Resume.THERE:
            _keep(chain, before)
    holders = holders_in(deed.target)
    if holders is not None:
        require_staff(approval, chain, holders)
    return Turn(approval, matter, deed, chain, holders).go_on("提交")


def _check_applicant(
    approval: Approval, before: Chain | None, who: Who, values: Mapping[str, object]
) -> None:
    if before is None:
        if not may_apply(approval, who, values):
            raise WrongPerson(f"“{approval.register.label}”由{'、'.join(approval.by)}提交，{who.name}不是。")
    elif who.key != before.applicant[0]:
        raise WrongPerson(f"退回以后只能由申请人{before.applicant[1]}重新提交。")


def _keep(chain: Chain, before: Chain) -> None:
    """Carry over what was agreed before the step that sent it back, and what was added around those steps."""
    kept: list[Level] = []
    for level in chain.levels:
        hung = [one for one in before.levels if one.rule == level.rule]
        if level.standing is Standing.NOT_NEEDED or not hung:
            kept.append(level)
            continue
        for old in hung:
            if old.origin is Origin.RULE and old.standing is Standing.NOT_NEEDED:
                kept.append(level)
                continue
            if old.standing is not Standing.DONE:
                old.forget()
            kept.append(old)
    chain.levels = kept


def agree(turn: Turn) -> Stepped:
    """Agree to the step under way. Raises NotFilled, NotReady where its fields or conditions are not met."""
    level = turn.level()
    seat = turn.seat(level)
    if seat.lent_to:
        raise WrongState(f"已经委派给{seat.lent_to[1]}，等他回复；要自己办理，请先收回委派。")
    if level.origin is Origin.RULE:
        step = turn.rule(level)
        check_entries(turn.approval, turn.deed, step.fill, step.may_fill)
        values = {**turn.matter.values, **turn.deed.values}
        require_filled("同意", step.fill, values, turn.matter)
        require_met(turn.approval, step.needs, turn.matter, values, turn.deed.on)
    else:
        check_entries(turn.approval, turn.deed, (), ())
    who = turn.deed.who
    seat.agreed_at = turn.deed.at.isoformat(timespec="minutes")
    seat.why = turn.deed.why
    seat.by_proxy = (who.key, who.name) if who.key != seat.key else None
    return turn.go_on(f"{level.label}：同意")


def reject(turn: Turn) -> Stepped:
    """Send it back to where 退回到 says, with the reason.

    Raises
    ------
    NotFilled    no reason is given
    NotOffered   the definition does not send it back there, or there is no such step
    """
    level = turn.level()
    seat = turn.seat(level)
    if seat.lent_to:
        raise WrongState(f"已经委派给{seat.lent_to[1]}，等他回复；要自己办理，请先收回委派。")
    if not turn.deed.why.strip():
        raise NotFilled("驳回要写明理由。")
    check_entries(turn.approval, turn.deed, (), ())
    to, target = _destination(turn)
    turn.marks.append(left(level.label))
    says = f"{level.label}：驳回（{target.label if target else to.value}）"
    if to is Back.END:
        turn.tell([turn.chain.applicant], f"“{turn.name}”在“{level.label}”没有得到同意。")
        return turn.over(DECLINED, says)
    if target is None:
        turn.chain.returned_by = level.label
        level.forget()
        turn.tell([turn.chain.applicant], f"“{turn.name}”在“{level.label}”退回给您，请修改后重新提交。")
        return turn.over(RETURNED, says)
    _send_back(turn.chain, level, target, turn.approval.resumes)
    return turn.go_on(says)


def ways_back(approval: Approval, chain: Chain) -> tuple[str, ...]:
    """Where a rejection may send it now: words of ``Back``, and the labels of the steps behind."""
    behind = tuple(level.label for level in chain.passed)
    found: list[str] = []
    for back in approval.returns_to:
        if back is Back.ANY:
            found += behind
        elif back is not Back.BEFORE or behind:
            found.append(back.value)
    return tuple(found)


def _destination(turn: Turn) -> tuple[Back, Level | None]:
    """Where the rejection sends it. Raises NotOffered."""
    said = str(turn.deed.target.get(WHERE, ""))
    offered, passed = ways_back(turn.approval, turn.chain), turn.chain.passed
    if said not in offered:
        raise NotOffered(f"不能退回到“{said or '（没有选）'}”。", allowed=offered)
    if said == Back.BEFORE.value:
        return Back.BEFORE, passed[-1]
    for level in passed:
        if level.label == said:
            return Back.ANY, level
    return Back(said), None


def _send_back(chain: Chain, level: Level, target: Level, resumes: Resume) -> None:
    level.forget()
    if resumes is Resume.THERE:
        target.forget()
        return
    at = chain.levels.index(target)
    for one in chain.levels[at:]:
        if one.standing is not Standing.NOT_NEEDED:
            one.forget()


def withdraw(turn: Turn) -> Stepped:
    """Take the application back; only whoever applied, and only until it is decided."""
    if turn.matter.state not in (RUNNING, RETURNED):
        raise WrongState(f"“{turn.matter.state}”不能撤回：已经办结。")
    if turn.deed.who.key != turn.chain.applicant[0]:
        raise WrongPerson(f"只有申请人{turn.chain.applicant[1]}可以撤回。")
    check_entries(turn.approval, turn.deed, (), ())
    level = turn.chain.current
    if turn.matter.state == RUNNING and level is not None:
        turn.marks.append(left(level.label))
        turn.tell([seat.person for seat in level.waiting], f"“{turn.name}”已由申请人撤回，您不用再审批。")
    return turn.over(WITHDRAWN, "撤回")


def check_entries(approval: Approval, deed: Deed, fill: tuple[str, ...], may_fill: tuple[str, ...]) -> None:
    """Refuse what the act does not ask for or the field does not hold. Raises NotAsked, WrongValue."""
    asked = (*fill, *may_fill)
    for label, value in deed.values.items():
        if label not in asked:
            offered = f"可以填：{'、'.join(asked)}。" if asked else "什么也不用填。"
            raise NotAsked(f"“{deed.act}”不填“{label}”，{offered}")
        check_value(approval.register.field(label), value)


def require_filled(act: str, labels: tuple[str, ...], values: Mapping[str, object], matter: Matter) -> None:
    """Refuse empty fields. Raises NotFilled."""
    empty = [label for label in labels if is_empty(values.get(label)) and label not in matter.assumed]
    if empty:
        raise NotFilled(f"“{act}”还要填写：{'、'.join(empty)}。")
