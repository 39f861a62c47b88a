"""The shape of a deadline rule: what the definition file says, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.months import MonthRule as MonthRule
from mingjing.domain.dates.spans import Span


class RollRule(Enum):
    """What happens when the last day is a day of rest."""

    ROLL = "遇休假日顺延"
    NEVER = "不顺延"
    ROLL_UNLESS_CUSTODY = "遇休假日顺延，在押除外"  # 刑事诉讼法第一百零五条


class Direction(Enum):
    """Whether the period is counted forward from its start or back from it (“开庭三日前”)."""

    FORWARD = "往后数"
    BACKWARD = "往前数"


@dataclass(frozen=True, slots=True)
class Counting:
    """How days are counted. ``starts`` and ``stops`` name facts; ``stops`` may be empty."""

    starts: str
    stops: str = ""
    first_day_counts: bool = False
    no_such_day: MonthRule = MonthRule.MONTH_END_IF_MISSING
    last_day: RollRule = RollRule.ROLL
    direction: Direction = Direction.FORWARD
    calendar: str = "calendar.cn"
    law: Mapping[str, str] = field(default_factory=dict, compare=False)  # key of this table → article


@dataclass(frozen=True, slots=True)
class Extension:
    """One step by which a limit may be lengthened, who allows it and when it must be asked for.

    ``at_most`` bounds this step, ``in_total`` the whole limit with this step; ``needs`` names a fact
    that must be 是; ``apply_before`` and ``decide_before`` are counted back from the day on which the
    limit really ends. ``repeatable`` steps may be used again (最高人民法院批准).
    """

    approver: str
    at_most: Duration | None = None
    in_total: Duration | None = None
    needs: str = ""
    apply_before: Duration | None = None
    decide_before: Duration | None = None
    repeatable: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What the rule said from a day on. Exactly one of ``limit``, ``no_limit``, ``due`` is given.

    ``due`` names an imported fact that *is* the due date.
    """

    since: date
    limit: Duration | None = None
    no_limit: bool = False
    due: str = ""
    extensions: tuple[Extension, ...] = ()
    basis: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        if [self.limit is not None, self.no_limit, bool(self.due)].count(True) != 1:
            raise ValueError("a version has exactly one of limit, no_limit, due")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline definition. ``versions`` are newest first; ``clock`` is the slot it fills (审理期限)."""

    id: str
    label: str
    owner: str
    clock: str
    applies: Mapping[str, tuple[str, ...]]
    counting: Counting
    versions: tuple[Version, ...]
    excludes: tuple[str, ...] = ()
    suspends: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()
    excludes_law: Mapping[str, str] = field(default_factory=dict)  # excludes, suspends, restarts → article
    version_by: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""


Fact = date | datetime | str | bool | Duration | tuple[Span, ...] | tuple[Duration, ...] | tuple[date, ...]
"""A fact a rule may read: a day, a moment, a word, 是/否, a duration, spans, or several of them."""

Facts = Mapping[str, Fact]


class DueState(Enum):
    """Whether a due day exists now."""

    RUNNING = "计算中"
    SUSPENDED = "停止计算"
    NO_LIMIT = "没有期限"


@dataclass(frozen=True, slots=True)
class Due:
    """The last day in time, and how much of it was used.

    ``last_day`` is a civil date in the court's zone and is None unless ``state`` is RUNNING.
    ``moment`` is set as well when the period ends within the day (hours, or a half day that ends at
    noon) and carries the zone of the start. ``started`` is the original start, before any restart.
    ``gross_days`` runs from it, not counted, to the stop or to the day asked about; ``net_days`` leaves
    out the excluded days of that time. ``excluded_days`` is by how much exclusions lengthened the limit,
    in working days where the limit is in working days.
    """

    state: DueState
    last_day: date | None = None
    moment: datetime | None = None
    started: date | None = None
    gross_days: int | None = None
    net_days: int | None = None
    excluded_days: int = 0
