"""Through the door: whose password it is, what is still owed, the entry in the log."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import authenticate

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor, actor_of
from mingjing.services.acts import act
from mingjing.services.security.directory import directory, known_by_directory
from mingjing.services.security.guessing import forgive, knock
from mingjing.services.security.rules import must_have_second
from mingjing.services.security.second import check_second, has_second
from mingjing.services.security.standing import must_change
from mingjing.storage.people.models import Account

PASSWORD, SECOND = "口令", "双因素"
"""What a login may owe before it is let in anywhere else."""


class WrongPassword(Refusal):
    """Unknown login, wrong password or a shut login: the answer is the same."""

    code = "wrong-password"


@dataclass(frozen=True, slots=True)
class Known:
    """Whose password it was, how it was checked, and whether a second factor is asked for."""

    account: Account
    way: str
    asks_second: bool


def check_password(username: str, password: str, address: str) -> Known:
    """The login of a name and a password, tried in our own table, then in the directory where one is set.

    Raises
    ------
    TooManyGuesses       an attempt may not be made yet
    WrongPassword        unknown, wrong, or shut
    DirectoryUnreachable the directory was asked and did not answer
    """
    knock(username, address)
    way = PASSWORD
    account = authenticate(username=username.strip(), password=password)
    if account is None and directory() is not None:
        way, account = "统一目录", known_by_directory(username.strip(), password)
    if not isinstance(account, Account) or not account.is_active:
        raise WrongPassword("账号或口令不对。请核对大小写；忘了口令请找系统管理员重置。")
    return Known(account, way, has_second(account))


def check_code(account: Account, code: str, address: str) -> str:
    """Six digits or a recovery code for a login whose password was right; which of the two it was.

    Raises
    ------
    TooManyGuesses   an attempt may not be made yet
    WrongCode        wrong, or used before
    """
    knock(account.username, address)
    return check_second(account, code)


def note_entry(account: Account, way: str, address: str) -> list[str]:
    """Write the log-in to the log; what the login owes before it is let in anywhere else.

    ``way`` is how it came in. By a passkey or from the court's identity server, no second factor is owed.
    """
    actor: Actor = actor_of(account)
    owed = []
    if way.startswith((PASSWORD, "通行密钥")) and must_change(account):
        owed.append(PASSWORD)
    if "通行密钥" not in way and way != "统一身份" and must_have_second(actor) and not has_second(account):
        owed.append(SECOND)
    with act(actor, "登录", needs=None, subject_kind="人员", subject_id=account.person_id) as record:
        forgive(account.username, address)
        record.payload = {"账号": account.username, "方式": way, "地址": address}
    return owed
