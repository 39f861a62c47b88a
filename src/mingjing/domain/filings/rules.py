"""What a filing definition says: who reports what for each period, until when, who is excused, who signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.period_days import BEGIN, PeriodDay
from mingjing.domain.dates.periods import Every, Period
from mingjing.domain.ledgers.register import Register

PERSON, UNIT, HEAD, PERIOD, DUE = "应报人", "应报部门", "负责人", "期间", "截止日"
EXCUSE, RETURNED, SIGNERS, OTHER_SIDE, CHECKED = "免报理由", "退回理由", "会签顺序", "会签人意见", "核查情况"
"""Labels of the fields every filing by period has."""

LINE = (f"{PERSON}负责人", f"{PERSON}分管领导", "院长")
"""The line of command above one person: who stands at a step, or has nobody there, is signed by the next."""

WAITING, FILED, NIL, EXCUSED = "待报", "已报", "零报告", "免报"
TO_SIGN, SIGNED, DRAWN, TRUE, UNTRUE = "待会签", "已签", "待核查", "抽查属实", "抽查不实"
"""The states built in."""

OPEN, FILE, SIGN, EXCUSE_ACT, COUNTERSIGN = "开启", "填报", "签署", "准予免报", "会签"
RETURN, DRAW, MEND, RESTORE = "退回", "抽取核查", "更正", "恢复应报"
"""The acts built in; the nil report carries the label the definition gives it."""

LATE_FLAG = "逾期"
OFF_ROSTER = "不在名册"
"""The reason by which the clock excuses whoever left the roster before its day."""


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """Which share of the reports is looked at more closely, and by whom."""

    share: Fraction
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """A duty to report or to sign.

    ``who`` is a word of ``dictionary.rosters``; several words are groups, the first that fits a person
    counts. ``due`` is the last day; ``opens`` the day from which a period is open. ``nil`` is the label of
    the nil report, empty where none is allowed. ``signs`` lists, by group (empty: everybody), the
    counter-signatures in order after the person's own. ``files`` are the acts that count as reporting.
    ``called_by`` may call a campaign, and fill ``called_with`` for everybody. ``text`` is the letter
    signed, with ``{字段}`` blanks.
    """

    register: Register
    who: tuple[str, ...]
    every: Every
    due: PeriodDay | None = None
    opens: PeriodDay = field(default_factory=lambda: PeriodDay(BEGIN, anchor=BEGIN))
    nil: str = ""
    files: tuple[str, ...] = (FILE,)
    excuses: tuple[str, ...] = ()
    called_by: tuple[str, ...] = ()
    called_with: tuple[str, ...] = ()
    check: SpotCheck | None = None
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""

    def due_day(self, period: Period, calendar: WorkCalendar) -> date:
        """The last day to report for ``period``. Raises CalendarMissing."""
        return self.due.of(period, calendar) if self.due else period.last

    def roster_day(self, period: Period, calendar: WorkCalendar) -> date:
        """The day whose roster counts: the end of the period, or the due day where that is earlier; of a
        campaign the day it is called."""
        if self.every is Every.CALLED:
            return period.first
        return min(period.last, self.due_day(period, calendar))

    def signers(self, group: str) -> tuple[str, ...]:
        """The counter-signatures asked of a group of the roster."""
        return self.signs.get(group, self.signs.get("", ()))
