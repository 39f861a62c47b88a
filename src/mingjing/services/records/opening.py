"""Opening a record: the act of a register that makes a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.utils import IntegrityError

from mingjing.domain.ledgers.matters import Deed, Matter, Permitted
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.records.acting import proxies
from mingjing.services.records.capacities import who_with
from mingjing.services.records.completing import follow
from mingjing.services.records.machineries import permitted, register_of
from mingjing.services.records.making import make
from mingjing.services.records.sight import find_record
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.verbs import ACT, verb
from mingjing.services.records.versions import registers_on, value_of
from mingjing.services.records.writing import File
from mingjing.storage.records.models import Record


class WrongPlace(Refusal):
    """A record is opened under, or linked to, one where it does not belong."""

    code = "wrong-place"


def openings(actor: Actor, register_id: str, hands: Hands | None = None) -> tuple[Permitted, ...]:
    """The acts by which the actor may open a record of a register today."""
    if not actor.may(ACT):
        return ()
    value = value_of(actor.court, register_id, actor.on)
    somebody = who_with(actor, hands or hands_of(actor), None, register_of(value), actor.on)
    return permitted(value, Matter(opened=actor.on), somebody, actor.on)


def openings_under(actor: Actor, record: Record) -> tuple[tuple[Register, Permitted], ...]:
    """The acts by which the actor may open a record under this one today, with the register of each."""
    if record.over or not actor.may(ACT):
        return ()
    below = [one for one in registers_on(actor.court, actor.on) if one.under == record.register]
    if not below:
        return ()
    hands = hands_of(actor)
    return tuple((one, act) for one in below for act in openings(actor, one.id, hands) if not act.refusal)


def open_record(
    actor: Actor,
    register_id: str,
    act_label: str,
    values: Mapping[str, object],
    *,
    above: int | None = None,
    links: Sequence[tuple[int, str]] = (),
    files: Sequence[File] = (),
    at: datetime | None = None,
    target: Mapping[str, object] | None = None,
    why: str = "",
    once: str = "",
) -> Record:
    """Open a record of a register with its first act.

    ``above`` is the key of the record it stands under, ``links`` are (key of another record, relation),
    ``at`` the moment of the act where it was earlier (its day decides the version). ``once`` is the mark of
    the form: sent again, it gives the record it made.

    Raises
    ------
    NotVisible    ``above`` or a linked record is not visible to the actor
    WrongPlace    it must stand under a record of another register, or may not be linked there
    WrongMoment   ``at`` lies in the future
    Refusal       the machinery refuses: person, fields, conditions
    """
    mark = f"{register_id}:{once}"[:90] if once else ""
    if mark and (made := Record.objects.filter(court=actor.court, once=mark).first()):
        return made
    try:
        with verb(actor, act_label[:40], actor.court, why=why, at=at) as work:
            value = value_of(actor.court, register_id, work.on)
            register = register_of(value)
            hands = hands_of(actor)
            whom = who_with(actor, hands, None, register, work.on)
            deed = Deed(act_label, whom, work.at.replace(tzinfo=None), dict(values), dict(target or {}), why)
            act = next((one for one in register.acts if one.label == act_label), None)
            record = make(
                work,
                value,
                deed,
                above=_above(actor, register, above),
                links=_links(actor, register, links),
                files=files,
                once=mark,
                flags=proxies(hands, None, register, act, work.on),
            )
            follow(work, value, record)
            return record
    except IntegrityError:
        twin = Record.objects.filter(court=actor.court, once=mark).first() if mark else None
        if twin is None:
            raise
        return twin  # the same form, sent twice in one moment


def _above(actor: Actor, register: Register, key: int | None) -> Record | None:
    if key is None:
        if register.under not in ("", register.id):  # a tree of one register begins somewhere
            raise WrongPlace(
                f"“{register.label}”的每条记录都要挂在上级记录下面。请打开上级记录，在那里登记。"
            )
        return None
    found = find_record(actor, key)
    if found.register != register.under:
        raise WrongPlace(f"“{register.label}”不能挂在 {found.number} 下面。")
    return found


def _links(actor: Actor, register: Register, links: Sequence[tuple[int, str]]) -> list[tuple[Record, str]]:
    found = []
    for key, label in links:
        other = find_record(actor, key)
        if other.register not in register.links:
            raise WrongPlace(f"“{register.label}”没有写明可以关联 {other.number}。")
        found.append((other, label[:40] or "关联"))
    return found
