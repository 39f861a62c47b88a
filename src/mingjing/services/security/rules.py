"""The court's own numbers about logging in, and which roles must bring a second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from mingjing.domain.dates.reading import read_date
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.numbers_set import number_set
from mingjing.storage.people.models import Court

SETTINGS = "dictionary.security_settings"
SECOND = "dictionary.second_factor"
MUST = "必须"


def number(name: str, court: Court | None = None) -> int:
    """A value of dictionary.security_settings.

    Raises
    ------
    Refusal   no such setting, or its value is not a whole number
    """
    return number_set(SETTINGS, name, court)


@dataclass(frozen=True, slots=True)
class Patience:
    """How wrong passwords are answered: how many lock, for how long, from which one on they are slowed."""

    most: int
    slow_after: int
    slow: timedelta
    lock: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long nothing is tried after so many wrong passwords in a row; never more than the lock."""
        if failures >= self.most:
            return self.lock
        if failures < self.slow_after:
            return timedelta(0)
        doublings = min(failures - self.slow_after, 20)
        longer: timedelta = self.slow * (1 << doublings)
        return min(longer, self.lock)


def patience(kind: str) -> Patience:
    """With an 账号 or an 地址. An address, which many share, is slowed from three quarters of its number."""
    most = number(f"{kind}锁定次数")
    slow_after = number("放慢起算") if kind == "账号" else most * 3 // 4
    return Patience(
        most,
        slow_after,
        timedelta(seconds=number("放慢起步")),
        timedelta(minutes=number("锁定时长")),
    )


def must_have_second(actor: Actor) -> bool:
    """Whether a role of this person must bring a second factor on the actor's day."""
    table = registry(actor.court).dictionary(SECOND)
    for role in actor.roles:
        row = table.row(role)
        if row.get("need") == MUST and read_date(row["since"]) <= actor.on:
            return True
    return False
