"""Who it is, asked again before a dangerous act: an open browser is not yet the person it belongs to."""

from __future__ import annotations

from datetime import timedelta

from mingjing.domain.dates.reading import read_date
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.installation import registry
from mingjing.services.numbers_set import number_set
from mingjing.services.security.directory import directory, known_by_directory
from mingjing.services.security.entering import WrongPassword, check_code
from mingjing.services.security.guessing import forgive, knock
from mingjing.services.security.passwords import own_account
from mingjing.storage.people.models import Account

TABLE = "dictionary.fresh_proof"
GRANT, ACCOUNTS, RESET, KEYS, SEED, ESCROW = (
    "授予职务", "维护账号", "重置双因素", "变动密钥", "揭示随机数", "动用托管",
)  # fmt: skip


MATTERS = (GRANT, ACCOUNTS, RESET, KEYS, SEED, ESCROW)


def good_for(actor: Actor, matter: str) -> timedelta | None:
    """How long a proof opens a matter of dictionary.fresh_proof; None where none is asked on the actor's day.

    Raises
    ------
    Refusal   the table's number of minutes is none
    """
    table = registry(actor.court).dictionary(TABLE)
    if matter not in table.keys:
        return None
    row = table.row(matter)
    if actor.on < read_date(row["since"]):
        return None
    return timedelta(minutes=number_set(TABLE, matter, actor.court, "minutes"))


def prove(actor: Actor, given: str, address: str) -> None:
    """The person types the password once more, or six digits of their telephone, each good once.

    Guesses count like those at the door. One entry in the log.

    Raises
    ------
    TooManyGuesses   an attempt may not be made yet
    WrongPassword    neither fits
    WrongCode        wrong digits, or used before
    """
    account = own_account(actor)
    if len(given.strip()) == 6 and given.strip().isdigit():
        way = check_code(account, given, address)
    else:
        knock(account.username, address)
        way = _by_password(account, given)
    with act(actor, "再验身份", needs=None, subject_kind="人员", subject_id=actor.person.pk) as record:
        forgive(account.username, address)
        record.payload = {"账号": account.username, "方式": way, "地址": address}


def _by_password(account: Account, password: str) -> str:
    if account.check_password(password):
        return "口令"
    if directory() is not None and known_by_directory(account.username, password) == account:
        return "统一目录"
    raise WrongPassword("口令不对。也可以填手机上的六位验证码；都没有的，退出后重新登录。")
