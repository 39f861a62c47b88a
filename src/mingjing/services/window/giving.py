"""Codes given out at the counter: a receipt on paper for who came in person, the key of a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.installation import now
from mingjing.services.permissions import NotAllowed
from mingjing.services.records.capacities import who_with
from mingjing.services.records.sight import find_record
from mingjing.services.records.standing import hands_of
from mingjing.services.records.verbs import ACT, KIND
from mingjing.services.records.versions import register_at
from mingjing.services.records.words import PUBLIC, used_words
from mingjing.services.window.codes import digest_of, new_code
from mingjing.services.window.offers import is_offered
from mingjing.services.window.terminals import TERMINALS
from mingjing.storage.records.models import Record
from mingjing.storage.window.models import Receipt


class NoReceipts(Refusal):
    """Records of this register have no receipts, or the record is over."""

    code = "no-receipts"


def may_give(actor: Actor, record: Record) -> bool:
    """Whether the actor may give out the code of a record: whoever may act on it, where it has one."""
    register = register_at(record)
    if not (is_offered(register) or register.id == TERMINALS) or not actor.may(ACT):
        return False
    words = frozenset().union(*used_words(register)) - {PUBLIC}
    held = who_with(actor, hands_of(actor), record, register, actor.on).capacities
    return bool(held & words)


def give_code(actor: Actor, record_id: int) -> str:
    """A new code for a record, to be handed to whom it concerns; an older one is worth nothing from now on.

    Raises
    ------
    NotVisible   no such record for the actor
    NotAllowed   the actor may not act on it
    NoReceipts   the register has no window, or the matter is over
    """
    record = find_record(actor, record_id)
    register = register_at(record)
    if not (is_offered(register) or register.id == TERMINALS) or record.over:
        raise NoReceipts("这条记录不发查询码：已经了结，或者这本台账没有开公众窗口。")
    if not may_give(actor, record):
        raise NotAllowed(f"“{register.label}”的查询码由办理它的人发，您没有它的办理身份。")
    code = new_code()
    with act(
        actor, "给出查询码", needs=ACT, subject_kind=KIND, subject_id=record.pk, definition=record.definition
    ) as entry:
        Receipt.objects.update_or_create(
            record=record,
            defaults={"digest": digest_of(code), "given_at": now(), "given_by": actor.person},
        )
        entry.payload = {"台账": register.label, "编号": record.number}
    return code


@dataclass(frozen=True, slots=True)
class Slip:
    """What the page of a record says of its receipt: nothing of the code itself."""

    may_give: bool
    given: datetime | None
    seen: datetime | None
    terminal: bool
    jobs: int


def slip_of(actor: Actor, record: Record) -> Slip | None:
    """The receipt of a record, where its register has receipts."""
    terminal = record.register == TERMINALS
    if not terminal and not is_offered(register_at(record)):
        return None
    found = Receipt.objects.filter(record=record).first()
    jobs = Receipt.objects.filter(terminal=record).count() if terminal else 0
    return Slip(
        not record.over and may_give(actor, record),
        found.given_at if found else None,
        found.seen_at if found else None,
        terminal,
        jobs,
    )
