"""Approvals as a person meets them: what waits for them, what they decided, applied for, were told of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Max, Q, QuerySet

from mingjing.domain.approvals.approval import (
    AGREE,
    LEND,
    OPEN_STATES,
    REJECT,
    REPLY,
    RUNNING,
    TRANSFER,
    Approval,
)
from mingjing.domain.approvals.chain import Chain, Level, Person, Seat, Standing, from_plain, is_begun
from mingjing.domain.approvals.routing import Foreseen, route
from mingjing.services.actors import Actor
from mingjing.services.installation import today
from mingjing.services.records.holders import holders_for
from mingjing.services.records.meetings import gone
from mingjing.services.records.standing import hands_of
from mingjing.services.records.versions import reference_of, value_at, value_of
from mingjing.services.records.words import ASSIGNED, by_label
from mingjing.storage.records.models import Record, RecordAct, RecordNotice, RecordParty

WAITING, DECIDED, APPLIED, COPIED = "待我审批", "我已审批", "我发起的", "抄送我的"
BOXES = (WAITING, DECIDED, APPLIED, COPIED)
_DECIDING = (AGREE, REJECT, TRANSFER, LEND, REPLY)
PAGE = 50
_REMEDY = "请政治部任命或者登记委托，或者由申请人撤回。"
_STUCK, _NOBODY = f"现在没有人可以审批这一步。{_REMEDY}", f"现在没有人担任。{_REMEDY}"


@dataclass(frozen=True, slots=True)
class Line:
    """One approval in a list: the step it stands at, since when, whom it waits for.

    ``in_bulk``: it may be agreed to together with others. ``for_whom`` is whose seat it is where the actor
    stands in.
    """

    record: Record
    label: str
    applicant: str
    step: str
    waits: tuple[str, ...]
    in_bulk: bool = False
    for_whom: str = ""


def box(actor: Actor, name: str) -> tuple[list[Line], bool]:
    """One of ``BOXES``, the most urgent or the newest first, and whether there are more than are shown."""
    rows = _BOXES[name](actor).select_related("registered_by", "unit", "court")
    found = list(rows[: PAGE + 1])
    return [_line(actor, one) for one in found[:PAGE]], len(found) > PAGE


def awaiting(actor: Actor) -> QuerySet[Record]:
    """Approvals that wait for this person, or for somebody they stand in for; never their own."""
    hands = hands_of(actor)
    mine = Q(person=actor.person)
    for standing, covers in hands.lent:
        lent = Q(person=standing.person)
        mine |= lent & Q(record__register__in=covers) if covers else lent
    waiting = RecordParty.objects.filter(mine, capacity=ASSIGNED).order_by().values("record")
    rows = _approvals(actor).filter(pk__in=waiting, state=RUNNING).exclude(registered_by=actor.person)
    return rows.order_by("due_on", "pk")


def _decided(actor: Actor) -> QuerySet[Record]:
    acts = RecordAct.objects.filter(actor=actor.person, label__in=_DECIDING).order_by()
    last = acts.filter(record__register__startswith="approval.").values("record").annotate(last=Max("pk"))
    keys = [row["record"] for row in last.order_by("-last")[: PAGE + 1]]
    return _approvals(actor).filter(pk__in=keys).order_by("-pk")


def _applied(actor: Actor) -> QuerySet[Record]:
    return _approvals(actor).filter(registered_by=actor.person).order_by("over", "-pk")


def _copied(actor: Actor) -> QuerySet[Record]:
    told = RecordNotice.objects.filter(person=actor.person, sentence__contains="抄送").order_by()
    return _approvals(actor).filter(pk__in=told.values("record")).order_by("-pk")


_BOXES = {WAITING: awaiting, DECIDED: _decided, APPLIED: _applied, COPIED: _copied}


def _approvals(actor: Actor) -> QuerySet[Record]:
    return Record.objects.filter(court=actor.court, register__startswith="approval.")


def _line(actor: Actor, record: Record) -> Line:
    value = value_at(record)
    label = value.register.label if isinstance(value, Approval) else record.register
    applicant = record.registered_by.name if record.registered_by else "系统"
    chain = from_plain(record.inner) if is_begun(record.inner) else None
    level = chain.current if chain and record.state == RUNNING else None
    if level is None or not isinstance(value, Approval):
        return Line(record, label, applicant, record.state, ())
    seats = level.waiting
    own = [seat for seat in seats if seat.key == actor.person.pk]
    step = value.step(level.rule)
    simple = level.label == level.rule and not step.fill and bool(own) and not own[0].lent_to
    lent = {key for key, _ in _givers(actor, record.register)}
    for_whom = "" if own else next((seat.name for seat in seats if seat.key in lent), "")
    waits = tuple(seat.lent_to[1] if seat.lent_to else seat.name for seat in seats)
    return Line(record, label, applicant, level.label, waits, step.in_bulk and simple, for_whom)


def _givers(actor: Actor, register_id: str) -> list[Person]:
    return [(one.person, one.name) for one in hands_of(actor).of(register_id)[1:]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One step of a chain as it is drawn: how it stands in one word, who sits in it, why it is there."""

    level: Level
    by: tuple[str, ...]
    why: str
    standing: str
    decided: tuple[Seat, ...] = ()
    waiting: tuple[Seat, ...] = ()
    foreseen: tuple[Person, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ChainView:
    """The chain of one approval: its steps in order, what agreement gives, who was told besides."""

    chain: Chain
    approval: Approval
    steps: tuple[Drawn, ...]
    open: bool


def chain_view(record: Record) -> ChainView | None:
    """The chain of an approval as it stands today; None where nothing was submitted."""
    value = value_at(record)
    if not isinstance(value, Approval) or not is_begun(record.inner):
        return None
    chain = from_plain(record.inner)
    foreseen = _foreseen_people(record, value) if record.state in OPEN_STATES else {}
    current = chain.current if record.state == RUNNING else None
    steps = tuple(
        _drawn(value, level, current, foreseen.get(level.label), over=record.state not in OPEN_STATES)
        for level in chain.levels
    )
    if current is not None and (trouble := _left_seats(record, current)):
        steps = tuple(replace(one, trouble=trouble) if one.level is current else one for one in steps)
    return ChainView(chain, value, steps, record.state in OPEN_STATES)


def _left_seats(record: Record, level: Level) -> str:
    """Who of those a step waits for holds no post any more, and what to do about it."""
    waiting = dict(seat.lent_to or (seat.key, seat.name) for seat in level.waiting)
    left = gone(record.court, waiting, today(record.court)) if waiting else frozenset()
    names = "、".join(name for key, name in waiting.items() if key in left)
    if not names:
        return ""
    return (
        f"{names}已经离任，不能审批。按职务审批的，系统当晚核对人员，改由接任的人审批；"
        "加签、转办、委派给本人的，请申请人撤回以后重新提交。"
    )


def _drawn(
    value: Approval, level: Level, current: Level | None, ahead: Foreseen | None, *, over: bool
) -> Drawn:
    rule = value.step(level.rule)
    by = rule.by if level.label == level.rule else (level.says,)
    why = level.says if level.label == level.rule else ""
    decided = tuple(seat for seat in level.seats if seat.agreed_at)
    if level.standing is Standing.NOT_NEEDED:
        return Drawn(level, by, why, "不需要")
    if level.standing is Standing.DONE:
        return Drawn(level, by, why, "已同意", decided)
    if level is current:
        trouble = "" if level.waiting else _STUCK
        if level.unheld:
            trouble = f"还要{'、'.join(level.unheld)}{level.mode.value}，{_NOBODY}"
        return Drawn(level, by, why, "办理中", decided, tuple(level.waiting), trouble=trouble)
    if over:
        return Drawn(level, by, why, "没有办到", decided)
    people = tuple(seat.person for seat in level.seats) or (ahead.people if ahead else ())
    return Drawn(level, by, why, "未到", decided, foreseen=people, trouble=ahead.trouble if ahead else "")


def _foreseen_people(record: Record, value: Approval) -> dict[str, Foreseen]:
    """Who could decide each step today, by its label."""
    on = today(record.court)
    holders = holders_for(value, record, on)
    applicant = from_plain(record.inner).applicant
    found = route(value, by_label(value.register, record.data), on, holders, applicant)
    return {one.label: one for one in found}


def path_of(actor: Actor, register_id: str) -> tuple[Approval, tuple[Foreseen, ...]] | None:
    """The path an application by this person would take today, as far as it can be told without its content;
    None where the register is no approval."""
    value = value_of(actor.court, register_id, actor.on)
    if not isinstance(value, Approval):
        return None
    place = next(iter(sorted(hands_of(actor).own.posted)), None)
    record = Record(
        court=actor.court,
        register=register_id,
        definition=reference_of(actor.court, register_id, actor.on),
        registered_by=actor.person,
        unit_id=place,
    )
    holders = holders_for(value, record, actor.on)
    fields = {one.label for one in value.register.fields}
    known = {word: found for word, found in holders.items() if not _hangs_on(word, fields)}
    applicant = (actor.person.pk, actor.person.name)
    found = route(value, {}, actor.on, holders, applicant)
    return value, tuple(one if set(one.by) & known.keys() else replace(one, trouble="") for one in found)


def _hangs_on(word: str, fields: set[str]) -> bool:
    """Whether a capacity starts from a field that is still empty."""
    return any(word.startswith(label) for label in fields)
