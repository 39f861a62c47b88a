"""Acting on a record: what somebody may do now, and doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from mingjing.domain.ledgers.matters import Deed, Permitted
from mingjing.domain.ledgers.register import Act, Register
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.records import gates
from mingjing.services.records.applying import apply
from mingjing.services.records.capacities import held_by, who_with
from mingjing.services.records.cards import follow_cards
from mingjing.services.records.completing import follow
from mingjing.services.records.machineries import permitted, register_of
from mingjing.services.records.sight import find_record
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.surroundings import matter_of
from mingjing.services.records.verbs import ACT, Work, WrongMoment, verb
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import ANYBODY
from mingjing.services.records.writing import File
from mingjing.storage.records.models import Record, RecordAct


class MeanwhileActed(Refusal):
    """Somebody else acted on the record after the page was opened."""

    code = "meanwhile-acted"


def options(actor: Actor, record: Record) -> tuple[Permitted, ...]:
    """What the actor may do to a record now; an act that cannot be done yet says why."""
    if not actor.may(ACT) or record.court_id != actor.court.pk:
        return ()
    value = value_at(record)
    register = register_of(value)
    who = who_with(actor, hands_of(actor), record, register, actor.on)
    waiting = gates.pending_act(record)
    found = permitted(value, matter_of(record, register), who, actor.on)
    said = f"正在等审批，批完自动办理“{waiting}”。"
    return tuple(replace(one, refusal=said) if waiting and one.act == waiting else one for one in found)


def do(
    actor: Actor,
    record_id: int,
    act_label: str,
    values: Mapping[str, object],
    *,
    target: Mapping[str, object] | None = None,
    why: str = "",
    files: Sequence[File] = (),
    revision: int | None = None,
    at: datetime | None = None,
) -> Record:
    """Do an act to a record: all of it, or nothing. The record as it is afterwards.

    ``values`` go by field label in the storage form of their type; ``files`` are (label, evidence, name).
    ``revision`` is the record's when its page was opened. The same form sent twice is done once. An act that
    needs an approval waits for it: the record then stays as it is (``gates.pending_act``).

    Raises
    ------
    NotVisible       the record does not exist, or not for this actor
    NotAllowed       no role of the actor may act on records
    MeanwhileActed   somebody acted since the page was opened; it says who, what and when
    WrongMoment      ``at`` is after now, or before the act before
    Refusal          the machinery refuses: state, person, fields, conditions
    """
    with transaction.atomic():
        hands = hands_of(actor)
        record = find_record(actor, record_id, lock=True, hands=hands)
        if revision is not None and revision != record.revision:
            if _is_again(actor, record, act_label, values, revision):
                return record
            raise _meanwhile(record, revision)
        with verb(
            actor, act_label[:40], actor.court, subject_id=record.pk, why=why, at=at, joined=True
        ) as work:
            if at is not None:
                _require_order(work, record)
            _do(actor, hands, work, record, act_label, values, dict(target or {}), why, files)
    return record


def _do(
    actor: Actor,
    hands: Hands,
    work: Work,
    record: Record,
    label: str,
    values: Mapping[str, object],
    target: Mapping[str, object],
    why: str,
    files: Sequence[File],
) -> None:
    value = value_at(record)
    register = register_of(value)
    who = who_with(actor, hands, record, register, work.on)
    deed = Deed(label, who, work.at.replace(tzinfo=None), dict(values), target, why)
    act = next((one for one in register.acts if one.label == label), None)
    if act is not None and act.approval:
        gates.ask(work, record, value, act, deed, files=files)
        return
    flags = proxies(hands, record, register, act, work.on)
    apply(work, record, value, deed, files=files, flags=flags)
    follow(work, value, record)
    follow_cards(work, value, record, label)
    gates.decided(work, record)


def proxies(
    hands: Hands, record: Record | None, register: Register, act: Act | None, on: date
) -> tuple[str, ...]:
    """The marks kept with an act that somebody may do only by virtue of a delegation: for whom."""
    lent = hands.of(register.id)[1:]
    if not lent or act is None or ANYBODY in act.by:
        return ()
    by = set(act.by)
    if held_by(hands.own, record, register, on) & by:
        return ()
    return tuple(f"代{one.name}办理" for one in lent if held_by(one, record, register, on) & by)


def _require_order(work: Work, record: Record) -> None:
    last = RecordAct.objects.filter(record=record).order_by("-turn").values_list("on", "label").first()
    if last is not None and work.on < last[0]:
        raise WrongMoment(
            f"办理日期 {work.on} 早于上一次办理“{last[1]}”的 {last[0]}。", example=last[0].isoformat()
        )


def _is_again(actor: Actor, record: Record, label: str, values: Mapping[str, object], revision: int) -> bool:
    """Whether the act after ``revision`` was this very form, sent before by the same person."""
    done = RecordAct.objects.filter(record=record, turn=revision + 1, actor=actor.person)
    row = done.filter(label__in=(label, f"报批：{label}")).first()
    if row is None:
        return False
    keys = {field.label: field.key for field in register_of(value_at(record)).fields}
    entered = {keys[one]: held for one, held in values.items() if one in keys and held not in (None, "", [])}
    return all(row.values.get(key) in (held, None) for key, held in entered.items())


def _meanwhile(record: Record, revision: int) -> MeanwhileActed:
    rows = RecordAct.objects.filter(record=record, turn__gt=revision).select_related("actor")
    done = [f"{row.actor.name if row.actor else '系统'} {row.on} 办理了“{row.label}”" for row in rows[:5]]
    return MeanwhileActed(
        f"您打开页面之后，{'；'.join(done)}。本次没有办理，请看过最新内容再办；您填写的内容还在页面上。"
    )
