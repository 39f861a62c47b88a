"""Logins. What a login may do follows from its person's posts; here it is only opened, shut and re-keyed."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, filled
from mingjing.services.people import court_kept
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.security.ending import end_of_person
from mingjing.services.security.outside import outside_known
from mingjing.services.security.standing import note_changed, require_strong
from mingjing.storage.people.models import Account, Person

KEEP = "维护账号"


def open_account(actor: Actor, *, person_id: int, username: str, password: str) -> Account:
    """A login for a person who has none; its password must be changed at the first log-in.

    Without a password it is opened by the court's directory or identity server alone, where one is set.

    Raises
    ------
    Taken        the name is in use, or the person has a login
    WrongEntry   the password is too weak (says why)
    """
    person = Person.objects.select_related("court").filter(pk=person_id).first()
    if person is None:
        raise NotVisible
    court = court_kept(actor, person.court_id)
    name = filled(username, "账号", example="linzhiyuan", longest=60)
    with act(actor, "开通账号", needs=KEEP, subject_kind="人员", subject_id=person_id, court=court) as record:
        other = Account.objects.filter(username=name).first()
        if other is not None:
            raise Taken(f"账号“{name}”已经有人使用。")
        if Account.objects.filter(person=person).exists():
            raise Taken(f"{person}已有账号“{person.account.username}”。停用的可以重新启用。")
        if password or not outside_known():
            require_strong(password, Account(username=name, person=person))
        account = Account.objects.create_account(name, password, person)
        note_changed(account, by_owner=False)
        record.payload = {"姓名": person.name, "账号": name}
    return account


def set_account_active(actor: Actor, *, account_id: int, active: bool, reason: str) -> Account:
    """Shut a login, or open it again; nobody shuts their own. Setting what is set changes nothing."""
    why = filled(reason, "理由", example="调离本院", longest=200)
    found = _account(actor, account_id)
    if found.is_active == active:
        return found
    verb = "启用账号" if active else "停用账号"
    with act(
        actor,
        verb,
        needs=KEEP,
        subject_kind="人员",
        subject_id=found.person_id,
        court=found.person.court,
        why=why,
    ) as record:
        if found.person_id == actor.person.pk:
            raise NotAllowed("不能停用您自己的账号。请由另一位系统管理员办理。")
        Account.objects.filter(pk=account_id).update(is_active=active)
        found.is_active = active
        if not active:
            end_of_person(found.person)
        record.payload = {"姓名": found.person.name, "账号": found.username}
    return found


def reset_password(actor: Actor, *, account_id: int, password: str) -> Account:
    """Set a new password, which ends every session of the login and must be changed at the next log-in.

    The log keeps that it was set, never the password.
    """
    found = _account(actor, account_id)
    with act(
        actor,
        "重置口令",
        needs=KEEP,
        subject_kind="人员",
        subject_id=found.person_id,
        court=found.person.court,
    ) as record:
        require_strong(password, found)
        found.set_password(password)
        found.save(update_fields=["password"])
        note_changed(found, by_owner=False)
        end_of_person(found.person)
        record.payload = {"姓名": found.person.name, "账号": found.username}
    return found


def _account(actor: Actor, account_id: int) -> Account:
    account = Account.objects.select_related("person__court").filter(pk=account_id).first()
    if account is None:
        raise NotVisible
    court_kept(actor, account.person.court_id)
    return account
