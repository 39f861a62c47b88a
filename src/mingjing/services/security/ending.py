"""Who is logged in where, and ending it."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.permissions import NotVisible
from mingjing.services.security.wall import wall
from mingjing.storage.people.models import Account, Person
from mingjing.storage.security.models import Session

KEEP = "管理会话"


def sessions_of(account: Account) -> list[Session]:
    """The browsers in which a login is open now, last used first."""
    return list(Session.objects.filter(account=account, expire_date__gt=wall()))


def end_own_session(actor: Actor, digest: str) -> Session:
    """End one of one's own sessions, named by its digest."""
    found = Session.objects.filter(account__person=actor.person, digest=digest).first()
    if found is None:
        raise NotVisible
    with act(actor, "结束登录", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        Session.objects.filter(pk=found.pk).delete()
        record.payload = {"设备": found.device, "地址": found.address}
    return found


def end_own_others(actor: Actor, keep: str) -> int:
    """End all of one's own sessions but the one with the key ``keep``; how many they were."""
    account = Account.objects.get(person=actor.person)
    with act(actor, "结束登录", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        ended = end_others(account, keep)
        record.payload = {"结束": ended}
    return ended


def end_sessions(actor: Actor, account: Account, why: str) -> int:
    """End every session of a login of the actor's court; how many they were. Needs 管理会话."""
    with act(
        actor,
        "结束登录",
        needs=KEEP,
        subject_kind="人员",
        subject_id=account.person_id,
        court=account.person.court,
        why=why,
    ) as record:
        ended = end_others(account, "")
        record.payload = {"账号": account.username, "结束": ended}
    return ended


def end_others(account: Account, keep: str) -> int:
    """End the sessions of a login but the one with the key ``keep``; within an act of whoever calls."""
    ended, _ = Session.objects.filter(account=account).exclude(session_key=keep).delete()
    return ended


def end_of_person(person: Person) -> int:
    """End the sessions of somebody whose posts or login have changed; within an act of whoever calls."""
    ended, _ = Session.objects.filter(account__person=person).delete()
    return ended
