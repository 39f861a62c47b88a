"""Wrong passwords in a row: first slowed, then locked, by login name and by address.

A guess is counted before the password is looked at, and the count is taken back where it was right: many
guesses at once cannot all be tried before the first of them counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import Machine, act
from mingjing.services.security.rules import Patience, patience
from mingjing.services.security.wall import wall
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Guess

DOOR = Machine("door", "登录入口")
ACCOUNT, ADDRESS = "账号", "地址"


class TooManyGuesses(Refusal):
    """Too many wrong passwords; the message says how long to wait."""

    code = "too-many-guesses"


@dataclass(frozen=True, slots=True)
class Locked:
    """A login that is locked for wrong passwords: how many, until when."""

    failures: int
    until: datetime


def knock(username: str, address: str) -> None:
    """Count one attempt with ``username`` from ``address``.

    Raises
    ------
    TooManyGuesses   an attempt may not be made yet; says how long that lasts
    """
    now = wall()
    with transaction.atomic():
        found = [(kind, _row(kind, who, now)) for kind, who in _both(username, address)]
        for kind, row in found:
            if row.until > now:
                raise TooManyGuesses(_told(kind, row.until - now))
        for kind, row in found:
            _count(kind, row, now)


def _both(username: str, address: str) -> tuple[tuple[str, str], ...]:
    return (ACCOUNT, username.strip().casefold()[:80]), (ADDRESS, address[:80])


def _row(kind: str, who: str, now: datetime) -> Guess:
    Guess.objects.get_or_create(kind=kind, who=who, defaults={"last_at": now, "until": now})
    row = Guess.objects.select_for_update().get(kind=kind, who=who)
    if now - row.last_at >= patience(kind).lock:
        row.failures = 0
    return row


def _count(kind: str, row: Guess, now: datetime) -> None:
    rule: Patience = patience(kind)
    row.failures += 1
    row.last_at, row.until = now, now + rule.wait(row.failures)
    row.save(update_fields=["failures", "last_at", "until"])
    if row.failures == rule.most:
        with act(DOOR, "锁定登录", needs="", subject_kind=kind, subject_id=row.who) as record:
            record.payload = {"连错": row.failures, "锁到": row.until}


def forgive(username: str, address: str) -> None:
    """The password was right: nothing is held against the login, and the address gets its attempt back."""
    (_, who), (_, place) = _both(username, address)
    with transaction.atomic():
        Guess.objects.filter(kind=ACCOUNT, who=who).update(failures=0, until=wall())
        row = Guess.objects.select_for_update().filter(kind=ADDRESS, who=place).first()
        if row is not None:
            row.failures, row.until = max(0, row.failures - 1), wall()
            row.save(update_fields=["failures", "until"])


def locked(account: Account) -> Locked | None:
    """Whether a login is locked now."""
    row = Guess.objects.filter(kind=ACCOUNT, who=account.username.casefold(), until__gt=wall()).first()
    return Locked(row.failures, row.until) if row else None


def unlock(actor: Actor, account: Account) -> None:
    """Let a locked login try again at once. Needs 管理会话."""
    with act(
        actor,
        "解除登录锁定",
        needs="管理会话",
        subject_kind="人员",
        subject_id=account.person_id,
        court=account.person.court,
    ) as record:
        Guess.objects.filter(kind=ACCOUNT, who=account.username.casefold()).update(failures=0, until=wall())
        record.payload = {"账号": account.username}


def _told(kind: str, left: timedelta) -> str:
    whom = "这个账号" if kind == ACCOUNT else "这个地址"
    return f"{whom}连续输错的次数太多，暂不受理。请在 {how_long(left)}后再试；忘了口令请找系统管理员重置。"


def how_long(left: timedelta) -> str:
    """A waiting time in words, rounded up: minutes from two minutes on, else seconds."""
    seconds = -int(-left.total_seconds() // 1)
    return f"{-(-seconds // 60)} 分钟" if seconds >= 120 else f"{max(seconds, 1)} 秒"
