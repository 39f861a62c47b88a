"""``calendar``: which days of one year are days of rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.kind import Kind, Outcome, Section, refusal_outcome
from mingjing.definitions.nodes import ListNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import (
    Choice,
    Day,
    DaySpan,
    Field,
    ListOf,
    Number,
    OneOrMany,
    Record,
    Table,
    Text,
)
from mingjing.definitions.shapes.tables import at_least_one, exactly_one
from mingjing.domain.dates.calendars import CalendarStatus, WorkCalendar, YearCalendar
from mingjing.domain.dates.spans import Span
from mingjing.domain.reasons import Refusal

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_HOLIDAY = Table(
    (
        Field("label", Text(example="国庆节"), "节日名称", required=True),
        Field("days", OneOrMany(DaySpan()), "放假的日子，含调休", required=True),
    ),
    example="{label: 国庆节, days: 2024-10-01 至 2024-10-07}",
)
_GIVEN = Table(
    (
        Field("日期", Day(), "问这一天是什么日子"),
        Field("起始", Day(), "从这一天的次日起数"),
        Field("工作日数", Number(1, 2000, "3"), "数几个工作日"),
    ),
    rules=(exactly_one("日期", "起始"),),
    example="{日期: 2024-02-04}",
)
_EXAMPLE = Table(
    (
        Field("name", Text(example="调休上班"), "例子的名字", required=True),
        Field("given", _GIVEN, "给定的日子", required=True),
        Field("expect", Text(example="工作日"), "工作日、休息日、节日名称，或数得的日期"),
        Field("refused", Text(example="没有 2030 年的日历"), "应当拒绝时，拒绝理由里的话"),
    ),
    rules=(exactly_one("expect", "refused"),),
    example="{name: 调休上班, given: {日期: 2024-02-04}, expect: 工作日}",
)


def _build(record: Record, head: Head) -> YearCalendar:
    holidays: dict[date, str] = {}
    for item in record.records("holidays"):
        for span in item.get("days", tuple) or ():
            holidays.update(dict.fromkeys(_days(span), item.text("label")))
    return YearCalendar(
        year=record.get("year", int) or 0,
        status=record.get("status", CalendarStatus) or CalendarStatus.PROVISIONAL,
        holidays=holidays,
        workdays=frozenset(record.get("workdays", tuple) or ()),
        basis=head.basis,
    )


def _days(span: Span) -> Iterable[date]:
    last = span.last or span.first
    return (span.first + timedelta(days=offset) for offset in range((last - span.first).days + 1))


def _no_day_twice(record: Record, notes: Notes) -> None:
    """No day is both named off and named worked, and days lie near the file's year."""
    off: dict[date, str] = {}
    year = record.get("year", int)
    for item in record.records("holidays"):
        for span in item.get("days", tuple) or ():
            for day in _days(span):
                if day in off:
                    cause = f"{day} 已经写在“{off[day]}”里了。一天只能属于一个节日。"
                    notes.say(item.at("days"), "bad-date", cause)
                off[day] = item.text("label")
                if year is not None and abs(day.year - year) > 1:
                    notes.say(item.at("days"), "bad-date", f"{day} 不在 {year} 年前后，请核对年份。")
                    break
    worked = record.at("workdays")
    places = worked.items if isinstance(worked, ListNode) else ()
    for day, place in zip(record.get("workdays", tuple) or (), places, strict=False):
        if day in off:
            notes.say(place, "bad-date", f"{day} 既写成放假（{off[day]}），又写成上班。")
        elif day.weekday() < 5:
            notes.say(place, "bad-date", f"{day} 本来就是工作日（周一至周五），不用写进 workdays。")


def _run(year: YearCalendar, example: Example, shelf: Shelf) -> Outcome:
    calendar = _with_neighbours(year, shelf)
    given = example.record.get("given", Record)
    expected = example.record.text("expect")
    if given is None:
        return Outcome(False, expected, "")
    try:
        if "日期" in given:
            day = given.day("日期")
            got = calendar.festival(day) or ("休息日" if calendar.is_rest_day(day) else "工作日")
        else:
            got = str(calendar.add_workdays(given.day("起始"), given.get("工作日数", int) or 1))
    except Refusal as refusal:
        return refusal_outcome(example.refused, refusal.message)
    return Outcome(got == expected, expected or f"拒绝：{example.refused}", got)


def _with_neighbours(year: YearCalendar, shelf: Shelf) -> WorkCalendar:
    """The year among the years next to it: New Year holidays are named by two notices."""
    others = shelf.calendar_years("calendar.cn")
    near = {y: others[y] for y in (year.year - 1, year.year + 1) if y in others}
    return WorkCalendar("calendar.cn", {**near, year.year: year})


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    if not definition.basis:
        notes.say(
            definition.root,
            "no-law",
            "没有写依据（basis）：放假通知的名称和文号。",
            example="basis: 国办发明电〔2023〕7号",
        )


def _sections(year: YearCalendar) -> Iterable[Section]:
    yield Section("概要", ("年份", "状态"), ((str(year.year), year.status.value),))
    days = tuple((str(day), label) for day, label in sorted(year.holidays.items()))
    yield Section("放假的日子", ("日期", "节日"), days)
    yield Section("照常上班的周末", ("日期",), tuple((str(day),) for day in sorted(year.workdays)))


CALENDAR = Kind(
    name="calendar",
    title="工作日历",
    question="哪天上班，哪天休息。",
    fields=(
        Field("year", Number(1990, 2100, "2024"), "年份", required=True),
        Field(
            "status",
            Choice({"正式": CalendarStatus.OFFICIAL, "暂定": CalendarStatus.PROVISIONAL}),
            "放假通知已印发的写“正式”，还没有印发的写“暂定”",
            required=True,
        ),
        Field("holidays", ListOf(_HOLIDAY, drops=False), "通知里写明放假的日子，含调休", required=True),
        Field("workdays", ListOf(Day()), "照常上班的周六、周日", required=True),
    ),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    rules=(_no_day_twice, at_least_one("holidays")),
)
