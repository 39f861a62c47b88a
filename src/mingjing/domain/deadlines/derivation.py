"""One due date being derived: the arithmetic in its order, and the lines of the sum as they come."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from mingjing.domain.dates.calendars import WEEKDAYS, CalendarStatus, WorkCalendar
from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines import facts as read
from mingjing.domain.deadlines.counting import End, civil_day, end_of, next_hour
from mingjing.domain.deadlines.exclusions import NamedSpan, elapsed, exclude, named_spans
from mingjing.domain.deadlines.granting import GRANTED, next_step, require_allowed
from mingjing.domain.deadlines.rules import (
    Deadline,
    Direction,
    Due,
    DueState,
    Facts,
    RollRule,
    Version,
)
from mingjing.domain.reasons import MissingFact, Step

CUSTODY = "在押"
"""The fact, 是 or 否, that keeps a limit from being rolled over (刑事诉讼法第一百零五条)."""


class Derivation:
    """The due date of one rule for one case, as known on ``as_of``; collects ``steps`` and ``caveats``.

    ``dated`` says whether the version's day is worth showing; a node's own limit has none.
    """

    __slots__ = (
        "as_of",
        "calendar",
        "caveats",
        "dated",
        "facts",
        "rule",
        "spans",
        "steps",
        "stopped_on",
        "version",
    )

    def __init__(
        self,
        rule: Deadline,
        version: Version,
        facts: Facts,
        calendar: WorkCalendar,
        as_of: date,
        *,
        dated: bool = True,
    ) -> None:
        self.rule = rule
        self.version = version
        self.facts = facts
        self.calendar = calendar
        self.as_of = as_of
        self.dated = dated
        self.steps: list[Step] = []
        self.caveats: list[str] = []
        self.stopped_on = self._stopped_on()
        forward = rule.counting.direction is Direction.FORWARD
        self.spans: list[NamedSpan] = []
        if forward and (rule.excludes or rule.suspends):
            self.spans = named_spans(rule, facts, as_of, self.stopped_on)

    def count(self, limit: Duration) -> Due:
        """Start or latest restart → months → days or working days or hours → extensions → excluded days
        → roll-over. That order is a reading of the law, not a cited rule; it stands only here."""
        original = read.day_or_moment(self.facts, self.rule.counting.starts)
        start = self._restarted(original)
        self._show_start(original, start, limit)
        limit, end = self._extended(start, limit)
        end, excluded, stopped = self._excluded(start, end, workdays=limit.half_workdays > 0)
        if limit.half_workdays:
            self._doubt_workdays(civil_day(start), end.day)
        if stopped:
            self._show_stop(stopped, end.day)
            return self._due(DueState.SUSPENDED, original, excluded)
        rolled = end.moved_to(self._rolled(end.day))
        self._show_end(end, rolled)
        return self._due(DueState.RUNNING, original, excluded, rolled)

    def take_imported(self) -> Due:
        """The due day that another system has set; it is shown, not counted again."""
        given = read.day_or_moment(self.facts, self.version.due)
        moment = given if isinstance(given, datetime) else None
        day = civil_day(given)
        text = f"{self.version.due}由来源系统给出，不再推算"
        self.steps.append(Step(f"= {_shown(given)}", text, self.version.basis))
        return self._due(DueState.RUNNING, self._known_start(), 0, End(day, moment))

    def leave_unlimited(self) -> Due:
        """The law sets no limit: age is still counted, lateness never."""
        start = self._known_start()
        if start:
            self.steps.append(Step(_shown(start), _event(self.rule.counting.starts)))
        self.steps.append(Step("没有期限", f"{self.version.since} 起施行的版本不设期限", self.version.basis))
        return self._due(DueState.NO_LIMIT, start, 0)

    # The start and the stop

    def _stopped_on(self) -> date | None:
        """The day the period was brought to its end, where that has happened by ``as_of``."""
        name = self.rule.counting.stops
        if name not in self.facts:
            return None
        day = civil_day(read.day_or_moment(self.facts, name))
        return day if day <= self.as_of else None

    def _known_start(self) -> date | None:
        name = self.rule.counting.starts
        return read.day_or_moment(self.facts, name) if name in self.facts else None

    def _restarted(self, original: date) -> date:
        """The latest restart on or after the start, or the start."""
        day, latest = civil_day(original), original
        for name in self.rule.restarts:
            for again in read.days(self.facts, name):
                if civil_day(again) >= day:
                    day, latest = civil_day(again), again
        return latest

    def _show_start(self, original: date, start: date, limit: Duration) -> None:
        counting = self.rule.counting
        if counting.first_day_counts:
            first = "当日计入"
        elif limit.minutes and isinstance(start, datetime) and limit.minutes % 60 == 0:
            backward = counting.direction is Direction.BACKWARD
            first = "当时不计入" if backward else f"当时不计入，自 {next_hour(start):%H:%M} 起算"
        else:
            first = "当日不计入"
        law = counting.law.get("first_day", "")
        name = _event(counting.starts)
        if start is original:
            self.steps.append(Step(_shown(start), f"{name}，{first}", law))
            return
        self.steps.append(Step(_shown(original), name))
        again = next(one for one in self.rule.restarts if start in read.days(self.facts, one))
        law = self.rule.excludes_law.get(again, law)
        self.steps.append(Step(_shown(start), f"{_event(again)}，重新计算，{first}", law))

    # The limit and what was added to it

    def _extended(self, start: date, limit: Duration) -> tuple[Duration, End]:
        """The limit with the extensions granted, and where it ends.

        Months are added up before they are counted: 3 + 3 months from 31 December end on 30 June.
        """
        counting, calendar, version = self.rule.counting, self.calendar, self.version
        end = end_of(start, limit, counting, calendar)
        sign = "-" if counting.direction is Direction.BACKWARD else "+"
        in_force = f"（{version.since} 起施行的版本）" if self.dated else ""
        self.steps.append(Step(f"{sign} {limit}", f"→ {_shown_end(end)}{in_force}", version.basis))
        for used, granted in enumerate(read.durations(self.facts, GRANTED)):
            step = next_step(version, used)
            require_allowed(
                step, limit, granted, self.facts, lambda total: end_of(start, total, counting, calendar)
            )
            limit += granted
            end = end_of(start, limit, counting, calendar)
            text = f"→ {_shown_end(end)}，{step.approver}批准延长"
            self.steps.append(Step(f"+ {granted}", text, step.basis or version.basis))
        if limit.months:
            self._show_month_end(civil_day(start), limit)
        return limit, end

    def _show_month_end(self, start: date, limit: Duration) -> None:
        counting = self.rule.counting
        months = Duration(months=limit.months)
        reached = end_of(start, months, counting, self.calendar).day
        if reached.day == start.day or counting.first_day_counts:
            return
        if reached.day < start.day:
            text = f"{reached.month} 月没有 {start.day} 日，取月末"
        else:
            text = f"{start} 是月末，对应 {reached.month} 月的月末"
        self.steps.append(Step(f"→ {reached}", text, counting.law.get("no_such_day", "")))

    # The days that do not count

    def _excluded(self, start: date, end: End, *, workdays: bool) -> tuple[End, int, NamedSpan | None]:
        if not self.spans:
            return end, 0, None
        taken = exclude(
            self.rule,
            self.spans,
            start=civil_day(start),
            last=end.day,
            as_of=self.as_of,
            runs_to=self._rolled,
            workdays=self.calendar if workdays else None,
        )
        self.steps += taken.steps
        return end.moved_to(taken.last), taken.days, taken.stopped

    def _show_stop(self, stopped: NamedSpan, would_end: date) -> None:
        # Whether the supposed last day rolls over need not be known to say that time stands still.
        with suppress(MissingFact):
            would_end = self._rolled(would_end)
        name = stopped.name.removesuffix("期间")
        text = f"自 {stopped.span.first} {name}起停止计算；若到 {self.as_of} 为止，最后一日是 {would_end}"
        self.steps.append(Step(DueState.SUSPENDED.value, text, self.rule.excludes_law.get(stopped.name, "")))

    # The last day

    def _rolled(self, day: date) -> date:
        """The day on which a limit ending on ``day`` really ends.

        A period counted backward is rolled backward: rolling it towards the event would shorten the
        notice the law gives.
        """
        rule = self.rule.counting
        if rule.last_day is RollRule.NEVER or not self.calendar.is_rest_day(day):
            return day
        if rule.last_day is RollRule.ROLL_UNLESS_CUSTODY:
            custody = read.flag(self.facts, CUSTODY)
            if custody is None:
                raise MissingFact(
                    f"最后一日 {day} 是休假日，是否顺延要看被告人是否在押，还没有记录“{CUSTODY}”。",
                    example=f"{CUSTODY}：否",
                )
            if custody:
                return day
        if rule.direction is Direction.BACKWARD:
            return self.calendar.roll_backward(day)
        return self.calendar.roll_forward(day)

    def _show_end(self, end: End, rolled: End) -> None:
        counting, calendar = self.rule.counting, self.calendar
        law = counting.law.get("last_day", "")
        weekday = WEEKDAYS[end.day.weekday()]
        if rolled.day != end.day:
            rest = f"{calendar.festival(end.day)}假期" if calendar.festival(end.day) else weekday
            to = "提前到前一个工作日" if rolled.day < end.day else "顺延到假后第一日"
            self.steps.append(Step(f"→ {_shown_end(end)}", f"{rest}，{to}", law))
            text = WEEKDAYS[rolled.day.weekday()]
        elif not calendar.is_rest_day(end.day):
            worked = "调休上班" if calendar.is_worked_weekend(end.day) else "不是休假日"
            text = f"{weekday}，{worked}，不顺延"
        elif counting.last_day is RollRule.NEVER:
            text = f"{weekday}，是休假日，按规定不顺延"
        else:
            text = f"{weekday}，是休假日，在押，不顺延"
        self.steps.append(Step(f"= {_shown_end(rolled)}", text, "" if rolled.day != end.day else law))
        if counting.last_day is not RollRule.NEVER:
            self._doubt_roll(min(end.day, rolled.day), max(end.day, rolled.day))

    def _doubt_roll(self, first: date, last: date) -> None:
        for year in range(first.year, last.year + 1):
            status = self.calendar.status_of(year)
            if status is None:
                self._doubt(f"没有 {year} 年的放假安排，只按周末判断是否顺延。")
            elif status is CalendarStatus.PROVISIONAL:
                self._doubt(f"{year} 年的放假通知尚未录入，按暂定日历计算，录入后会重算。")

    def _doubt_workdays(self, first: date, last: date) -> None:
        for year in self.calendar.provisional_years(min(first, last), max(first, last)):
            self._doubt(f"{year} 年的放假通知尚未录入，按暂定日历计算，录入后会重算。")

    def _doubt(self, caveat: str) -> None:
        if caveat not in self.caveats:
            self.caveats.append(caveat)

    # The result

    def _due(self, state: DueState, start: date | None, excluded: int, end: End | None = None) -> Due:
        """Gross days run from the original start to the stop or to ``as_of``, however often restarted."""
        day, moment = end if end else (None, None)
        if start is None:
            return Due(state, day, moment, excluded_days=excluded)
        started = civil_day(start)
        until = self.stopped_on or self.as_of
        gross = max(0, until.toordinal() - started.toordinal())
        net = gross - elapsed(self.spans, started, until) if self.spans else gross
        return Due(state, day, moment, started, gross, net, excluded)


def _event(fact: str) -> str:
    """立案日期 → 立案: the event whose day the fact is."""
    return fact.removesuffix("日期").removesuffix("时间")


def _shown(start: date) -> str:
    return f"{start:%Y-%m-%d %H:%M}" if isinstance(start, datetime) else start.isoformat()


def _shown_end(end: End) -> str:
    return f"{end.moment:%Y-%m-%d %H:%M}" if end.moment else end.day.isoformat()
