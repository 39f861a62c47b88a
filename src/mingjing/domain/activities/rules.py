"""What an activity definition says: what is held, what counts, how much of it each branch or person owes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mingjing.domain.dates.period_days import END, PeriodDay
from mingjing.domain.dates.periods import Every
from mingjing.domain.ledgers.register import Register

HELD_ON, ORGANISER, PERIOD, DUE = "日期", "承办人", "期间", "截止日"
CANCELLED_WHY, RETURNED, EXCUSE, LACKS = "取消原因", "退回理由", "免办理由", "还差"
"""Labels of the fields every activity has."""

PLANNED, HELD, RECORDED, CHECKED, CANCELLED = "已安排", "已举行", "已记录", "已核验", "已取消"
OWED, MET, SHORT, EXCUSED = "待完成", "已完成", "到期未完成", "免办"
"""The states built in: of a session, and of what somebody owes in a period."""

PLAN, HOLD, RECORD, CHECK, CANCEL, RETURN = "安排", "举行", "记录", "核验", "取消", "退回"
OPEN, MEET, UNMEET, UPDATE, EXCUSE_ACT = "开启", "达到要求", "重新应办", "更新差额", "准予免办"
"""The acts built in; all of these but 准予免办 are the clock's own."""

COUNTED = (RECORDED, CHECKED)
OFF_ROSTER = "不在名册"
"""The reason by which the clock excuses whoever left the roster before its day."""


@dataclass(frozen=True, slots=True)
class Session:
    """One thing held. ``on`` is its day; ``counts_on`` the day it counts for, another one only where it makes
    up for something missed. ``attended`` are the people there; ``heads`` how many came where only their
    number is known. ``values`` go by field label."""

    key: int
    on: date
    counts_on: date
    attended: tuple[int, ...] = ()
    heads: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quota:
    """What each on the roster ``who`` owes in each period.

    One of: ``times`` sessions; every option of the field ``covers`` (where ``among`` is a word of
    ``dictionary.rosters``, every person it means for the one who owes); a sum of at least ``least`` in the
    number field ``total``. ``by`` is the field that says whose session it is (one or several). ``only``
    narrows which sessions count; ``only_text`` is the condition as written.
    """

    label: str
    who: str
    every: Every
    by: str
    due: PeriodDay = field(default_factory=lambda: PeriodDay(END))
    times: int = 0
    covers: str = ""
    among: str = ""
    total: str = ""
    least: Decimal = Decimal(0)
    only: Callable[[Mapping[str, object]], bool] | None = None
    only_text: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of activity. ``attended`` (多人) and ``heads`` (整数) name the fields with who came,
    ``makes_up`` (日期) the field with the day a make-up counts for, ``counted`` the states whose sessions
    count, ``sums`` the number fields that are added up; ``called_by`` may call a round by hand."""

    register: Register
    quotas: tuple[Quota, ...] = ()
    attended: str = ""
    heads: str = ""
    makes_up: str = ""
    excuses: tuple[str, ...] = ()
    called_by: tuple[str, ...] = ()
    counted: tuple[str, ...] = COUNTED
    sums: tuple[str, ...] = ()

    def quotas_of(self, every: Every) -> tuple[Quota, ...]:
        """The quotas of one kind of period."""
        return tuple(quota for quota in self.quotas if quota.every is every)

    def options(self, quota: Quota) -> tuple[str, ...]:
        """What a quota that covers a field without ``among`` has to cover: every option of it."""
        return self.register.field(quota.covers).options if quota.covers and not quota.among else ()
