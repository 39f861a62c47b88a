"""Asking for more time: by when, from whom, and what the new last day would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.offsets import day_before
from mingjing.domain.deadlines import facts as read
from mingjing.domain.deadlines.computing import due_date, select_version
from mingjing.domain.deadlines.granting import GRANTED, ExtensionRefused, next_step
from mingjing.domain.deadlines.rules import Deadline, DueState, Extension, Fact, Facts
from mingjing.domain.reasons import Answer, Step


@dataclass(frozen=True, slots=True)
class ExtensionWindow:
    """One extension that may be asked for now. All days are the last on which the act is in time.

    ``expires_on`` is the day on which the limit really ends today, extensions, exclusions and roll-over
    included; ``apply_by`` and ``decide_by`` are counted back from it.
    """

    approver: str
    expires_on: date
    apply_by: date
    decide_by: date
    new_last_day: date


def check_extension(
    rule: Deadline, facts: Facts, calendar: WorkCalendar, *, asked: Duration, applied_on: date
) -> Answer[ExtensionWindow]:
    """Whether ``asked`` may be applied for on ``applied_on``, to whom, and where it would lead.

    Extensions granted before stand in the facts under 延长.

    Raises
    ------
    ExtensionRefused   too late, more than allowed or nothing at all, no step left, or the limit stands still
    Refusal            whatever ``due_date`` refuses
    """
    now = due_date(rule, facts, calendar, as_of=applied_on)
    expires_on = now.value.last_day
    if expires_on is None:
        state = now.value.state
        why = "没有期限，不需要延长" if state is DueState.NO_LIMIT else "正在停止计算，恢复计算后才能申请延长"
        raise ExtensionRefused(f"“{rule.label}”{why}。")
    version = select_version(rule, facts)
    if version.due:
        raise ExtensionRefused(f"“{rule.label}”的届满日 {expires_on} 由来源系统给出，请在来源系统办理延长。")
    granted = read.durations(facts, GRANTED)
    step = next_step(version, len(granted))
    apply_by = _days_before(expires_on, step.apply_before, calendar)
    decide_by = _days_before(expires_on, step.decide_before, calendar)
    if applied_on > apply_by:
        raise ExtensionRefused(_too_late(step, expires_on, apply_by, applied_on))
    if asked.minutes and version.limit is not None and not version.limit.minutes:
        raise ExtensionRefused(f"“{rule.label}”按日计算，不能延长 {asked}。", example="1 个月")
    after = due_date(rule, _with_granted(facts, (*granted, asked)), calendar, as_of=applied_on)
    new_last_day = after.value.last_day or expires_on
    if new_last_day <= expires_on:
        raise ExtensionRefused(f"延长 {asked}，期限仍于 {expires_on} 届满，没有延长什么。", example="1 个月")
    window = ExtensionWindow(step.approver, expires_on, apply_by, decide_by, new_last_day)
    law = step.basis or version.basis
    steps = (
        *now.steps,
        Step(f"- {step.apply_before or '0 天'}", f"→ {apply_by}，至迟这一天申请", law),
        Step(f"- {step.decide_before or '0 天'}", f"→ {decide_by}，至迟这一天决定", law),
        Step(f"+ {asked}", f"→ {new_last_day}，{step.approver}批准后的最后一日", law),
    )
    return Answer(window, steps, after.definition, after.questions, after.caveats)


def _with_granted(facts: Facts, granted: tuple[Duration, ...]) -> Mapping[str, Fact]:
    return {**facts, GRANTED: granted}


def _days_before(day: date, before: Duration | None, calendar: WorkCalendar) -> date:
    """``day`` itself where the definition sets no window: then asking before the limit ends is enough."""
    return day if before is None else day_before(day, before, calendar)


def _too_late(step: Extension, expires_on: date, apply_by: date, applied_on: date) -> str:
    if step.apply_before is None:
        return f"应于 {apply_by} 届满前申请，{applied_on} 已过。"
    window = str(step.apply_before).removesuffix("天") + "日" if step.apply_before.days else step.apply_before
    return f"应于 {apply_by} 前申请（届满 {window}前），{applied_on} 已过。期限于 {expires_on} 届满。"
