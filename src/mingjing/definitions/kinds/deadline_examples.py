"""Examples of a deadline: facts given, a last day or a refusal expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome, refusal_outcome
from mingjing.definitions.shapes import Field, Table, Text
from mingjing.definitions.shapes.facts import Expected, Facts
from mingjing.definitions.shapes.tables import exactly_one
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.computing import applies_to, due_date
from mingjing.domain.deadlines.extensions import check_extension
from mingjing.domain.deadlines.facts import durations, word
from mingjing.domain.deadlines.granting import GRANTED
from mingjing.domain.deadlines.rules import Deadline, Due, DueState, Fact
from mingjing.domain.reasons import Refusal

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

AS_OF = "截至"
APPLIED_ON = "申请延长审限日期"
"""Given beside 延长: the day on which the last of these extensions was applied for."""

EXAMPLE = Table(
    (
        Field("name", Text(example="三个月后的对应日"), "例子的名字", required=True),
        Field(
            "given",
            Facts(),
            "给定的事实；“截至”写明站在哪一天看，“申请延长审限日期”写明哪一天申请的延长",
            required=True,
        ),
        Field("expect", Expected(("没有期限", "停止计算")), "应得的最后一天，或者“没有期限”“停止计算”"),
        Field("refused", Text(example="最多延长 1 个月"), "应当拒绝时，拒绝理由里的话"),
    ),
    rules=(exactly_one("expect", "refused"),),
    example="{name: 三个月后的对应日, given: {立案日期: 2024-03-13}, expect: 2024-06-13}",
)


def run(rule: Deadline, example: Example, shelf: Shelf) -> Outcome:
    """The due day of the facts given, as of ``截至`` or of the last day they mention."""
    given: Mapping[str, Fact] = example.record.get("given", dict) or {}
    facts = {name: fact for name, fact in given.items() if name != AS_OF}
    expected = example.record.text("expect")
    try:
        refuse_if_not_applicable(rule, facts)
        calendar = shelf.calendar(rule.counting.calendar)
        got = _last_day(rule, facts, calendar, as_of=_as_of(given))
    except Refusal as refusal:
        outcome = refusal_outcome(example.refused, str(refusal))
        return outcome if example.refused else Outcome(False, expected, outcome.got)
    if example.refused:
        return Outcome(False, f"拒绝：{example.refused}", got)
    return Outcome(got == expected, expected, got)


def _last_day(rule: Deadline, facts: Mapping[str, Fact], calendar: WorkCalendar, *, as_of: date) -> str:
    """What the facts come to; an extension with its day of application must be within the window."""
    applied_on, extensions = facts.get(APPLIED_ON), durations(facts, GRANTED)
    if not isinstance(applied_on, date) or not extensions:
        return due_text(due_date(rule, facts, calendar, as_of=as_of).value)
    *granted, asked = extensions
    before = {**facts, GRANTED: tuple(granted)}
    window = check_extension(rule, before, calendar, asked=asked, applied_on=_civil(applied_on))
    return str(window.value.new_last_day)


def refuse_if_not_applicable(rule: Deadline, facts: Mapping[str, Fact]) -> None:
    """Refuse facts that say the rule is not for this case; facts that are silent pass."""
    for name, words in rule.applies.items():
        if name in facts and not applies_to({name: words}, facts):
            raise Refusal(
                f"“{rule.label}”不适用于{name}为“{word(facts[name])}”的案件，只适用于：{'、'.join(words)}。"
            )


def due_text(due: Due) -> str:
    """A due day as an example writes it."""
    if due.state is not DueState.RUNNING:
        return str(due.state.value)
    return due.moment.strftime("%Y-%m-%d %H:%M") if due.moment else str(due.last_day)


def _as_of(facts: Mapping[str, Fact]) -> date:
    asked = facts.get(AS_OF)
    if isinstance(asked, date):
        return _civil(asked)
    return max((day for fact in facts.values() for day in _days(fact)), default=date(2000, 1, 1))


def _days(fact: Fact) -> list[date]:
    if isinstance(fact, date):
        return [_civil(fact)]
    if not isinstance(fact, tuple):
        return []
    return [day for item in fact for day in _days_of_item(item)]


def _days_of_item(item: date | Span | Duration) -> list[date]:
    if isinstance(item, Span):
        return [item.first] if item.last is None else [item.first, item.last]
    return [_civil(item)] if isinstance(item, date) else []


def _civil(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
