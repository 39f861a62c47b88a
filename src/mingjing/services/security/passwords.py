"""One's own password."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import WrongEntry
from mingjing.services.security.ending import end_others
from mingjing.services.security.standing import note_changed, require_strong
from mingjing.storage.people.models import Account


def change_password(actor: Actor, *, old: str, new: str, again: str, keep: str = "") -> Account:
    """One's own new password; every other session ends; ``keep`` is the key of the one that stays.

    Raises
    ------
    WrongEntry   the old one is wrong, the two new ones differ, the new one is weak or the old one again
    """
    account = own_account(actor)
    with act(actor, "改口令", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        require_password(account, old)
        if new != again:
            raise WrongEntry("两次填的新口令不一样。", example="两处填同一个")
        if new == old:
            raise WrongEntry("新口令与现在的相同。", example="换一个没有用过的")
        require_strong(new, account)
        account.set_password(new)
        account.save(update_fields=["password"])
        note_changed(account, by_owner=True)
        end_others(account, keep)
        record.payload = {"账号": account.username}
    return account


def own_account(actor: Actor) -> Account:
    """The login of the person who acts."""
    return Account.objects.select_related("person__court").get(person=actor.person)


def require_password(account: Account, password: str) -> None:
    """Refuse unless ``password`` is the one in use: asked again before a login's safety is lowered."""
    if not account.check_password(password):
        raise WrongEntry("“现在的口令”不对。", example="忘了的，请系统管理员重置")
