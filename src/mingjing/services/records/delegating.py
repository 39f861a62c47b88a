"""Acting for somebody else for a while (休假委托): given by whoever is away, logged, expiring, revocable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor, actor_for
from mingjing.services.acts import act
from mingjing.services.permissions import NotVisible
from mingjing.services.records.verbs import ACT
from mingjing.services.records.versions import registers_on
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Delegation

GIVE = "委托办理"
LONGEST = timedelta(days=92)
"""A leave longer than this needs another posting, not a delegation."""


class WrongDelegation(Refusal):
    """A delegation to oneself, of another court, over too long a time, or of what the giver does not have."""

    code = "wrong-delegation"


def delegate(
    actor: Actor,
    *,
    taker_id: int,
    reason: str,
    since: date,
    until: date,
    registers: Sequence[str] = (),
) -> Delegation:
    """Let a colleague act for the actor from ``since`` to ``until``, both counted.

    ``registers`` are the ids it covers, empty for all. The colleague gets the capacities the actor holds by
    post and by record, each day anew, and never those somebody else has lent to the actor.

    Raises
    ------
    NotAllowed        the actor may not delegate
    WrongDelegation   to oneself, to somebody elsewhere or who may not act on records, without a reason, past,
                      too long, over another delegation, or of a register that is not in force
    """
    taker = Person.objects.select_related("court").filter(pk=taker_id, court=actor.court).first()
    why = " ".join(reason.split())
    with act(actor, "委托办理", needs=GIVE, subject_kind="委托", subject_id="", why=why[:400]) as entry:
        if taker is None or taker.pk == actor.person.pk:
            raise WrongDelegation("请选本院的另一位同事。")
        _check_span(actor, why, since, until)
        _check_powers(actor, taker, registers, since)
        clash = _standing(actor).filter(since__lte=until, until__gte=since, taker=taker).first()
        if clash is not None:
            raise WrongDelegation(
                f"{clash.since} 至 {clash.until} 已经委托给 {taker.name}。请先撤回，再重新委托。"
            )
        made = Delegation.objects.create(
            giver=actor.person,
            taker=taker,
            registers=list(dict.fromkeys(registers)),
            reason=why[:200],
            since=since,
            until=until,
        )
        entry.subject_id = str(made.pk)
        entry.payload = {"受托人": taker.name, "起": since, "止": until, "范围": made.registers or "全部台账"}
    return made


def revoke(actor: Actor, delegation_id: int) -> Delegation:
    """Take a delegation back; it no longer holds from today. Taking back twice is taking back once.

    Raises
    ------
    NotVisible   it is not one the actor gave
    """
    found = Delegation.objects.select_related("taker").filter(pk=delegation_id, giver=actor.person).first()
    if found is None:
        raise NotVisible
    if found.revoked_on is not None:
        return found
    with act(actor, "撤回委托", needs=GIVE, subject_kind="委托", subject_id=found.pk) as entry:
        found.revoked_on = actor.on
        found.save(update_fields=["revoked_on"])
        entry.payload = {"受托人": found.taker.name, "起": found.since, "止": found.until}
    return found


def delegations_of(actor: Actor) -> QuerySet[Delegation]:
    """What the actor has given and been given, the newest first: both sides are shown all of it."""
    mine = Q(giver=actor.person) | Q(taker=actor.person)
    return Delegation.objects.filter(mine).select_related("giver", "taker").order_by("-since", "-pk")


def _standing(actor: Actor) -> QuerySet[Delegation]:
    return Delegation.objects.filter(giver=actor.person, revoked_on__isnull=True)


def _check_span(actor: Actor, why: str, since: date, until: date) -> None:
    if not why:
        raise WrongDelegation("请写明事由。", example="年休假")
    if since < actor.on or until < since:
        raise WrongDelegation(f"起止日期要在 {actor.on} 以后，止日不早于起日。")
    if until - since > LONGEST:
        raise WrongDelegation(f"一次委托最长 {LONGEST.days} 天。时间更长的，请按程序调整职务。")


def _check_powers(actor: Actor, taker: Person, registers: Sequence[str], since: date) -> None:
    """Both must be of those who act on records: nobody lends what they do not have, nor to whom may not."""
    known = {register.id for register in registers_on(actor.court, actor.on)}
    unknown = [one for one in registers if one not in known]
    if unknown:
        raise WrongDelegation(f"没有台账“{unknown[0]}”。")
    if not actor.may(ACT):
        raise WrongDelegation("您自己不能办理台账，没有可以委托的。")
    if not actor_for(taker, since).may(ACT):
        raise WrongDelegation(f"{taker.name}的职务不能办理台账，不能受托。")
