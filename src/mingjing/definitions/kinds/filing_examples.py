"""Examples of a filing: a period, a roster, who reported when; the last day, the rate, who lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome, refusal_outcome
from mingjing.definitions.kinds.registers.parts import EXAMPLE_FIELDS, OUTCOMES
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Day, Field, ListOf, MapOf, Number, OneOrMany, Record, Table, Text
from mingjing.definitions.shapes.scalars import share_text
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.domain.dates.periods import Every, Period, called_period, read_period
from mingjing.domain.filings.rates import Report, Standing, attainable_rates, percent, tally
from mingjing.domain.filings.rules import Filing
from mingjing.domain.filings.sampling import sample_size
from mingjing.domain.reasons import MissingFact, Refusal, Unreadable

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

THE_REST, NOT_FILED, EXCUSED, NIL, UNTRUE = "其余", "未报", "免报", "零报告", "不实"
_COUNT = re.compile(r"(\d{1,5})\s*(?:人|个|个部门)")
_DONE = re.compile(r"(?P<nil>零报告\s+)?(?P<on>\d{4}-\d{2}-\d{2})(?P<untrue>\s+不实)?")
_NAMES = ListOf(Text(example="林知远"), drops=False)

_PERIOD_OUTCOMES = (
    "due",
    "counted",
    "rate",
    "complete",
    "unfiled",
    "tardy",
    "excused",
    "nil",
    "drawn",
    "possible",
)


def _of_one_form(record: Record, notes: Notes) -> None:
    """An example plays steps, or counts a period."""
    if ("steps" in record.node.entries) == ("period" in record.node.entries):
        cause = "例子要么写 steps（依次办了什么），要么写 period（哪一期），只写一种。"
        notes.say(record.node, "conflicting-keys", cause, example="period: 2026-07")


EXAMPLE = Table(
    (
        *(
            Field(one.key, one.shape, one.title, required=one.required and one.key != "steps")
            for one in EXAMPLE_FIELDS
        ),
        Field("period", Text(example="2026-07"), "哪一期；发起的写发起那天"),
        Field("roster", OneOrMany(Text(example="400 人")), "应报的有多少人，或者依次写名字"),
        Field(
            "filed",
            MapOf(Text(example="2026-08-03"), example="{林知远: 2026-08-03, 其余: 2026-08-01}"),
            "谁哪天报的；可写“零报告 日期”“免报 事由”“日期 不实”“未报”，没有写到的写在“其余”",
        ),
        Field("due", Day(), "截止日"),
        Field("counted", Day(), "以哪一天的名册为准"),
        Field("rate", share_text("99.8%"), "按时率；没有应报的人写“无数据”"),
        Field("complete", share_text("100%"), "已报率"),
        Field("unfiled", _NAMES, "谁逾期没有报"),
        Field("tardy", _NAMES, "谁逾期补报"),
        Field("excused", _NAMES, "谁免报"),
        Field("nil", Number(0, 99999, "3"), "多少人零报告"),
        Field("drawn", Number(0, 99999, "40"), "抽查多少份"),
        Field(
            "possible",
            MapOf(OneOrMany(Text(example="100%")), example="{99.8%: [98.5%, 100%]}"),
            "对外说的比率，这些人里最接近的是多少",
        ),
    ),
    rules=(at_least_one(*OUTCOMES, *_PERIOD_OUTCOMES), _of_one_form),
    example="{name: 按时, period: 2026-07, roster: 400 人, filed: {其余: 2026-08-05}, rate: 100%}",
)


def run_period(filing: Filing, example: Example, shelf: Shelf) -> Outcome:
    """Count the period of an example and compare everything it writes."""
    record = example.record
    calendar = shelf.calendar(filing.register.calendar)
    try:
        period = _period(filing, record.text("period"))
        due = filing.due_day(period, calendar)
        reports = _reports(record, filing.nil)
    except Refusal as refusal:
        outcome = refusal_outcome(example.refused, str(refusal))
        return outcome if example.refused else replace(outcome, expected=_expected(_all_wanted(record)))
    if example.refused:
        return Outcome(False, f"拒绝：{example.refused}", f"截止日 {due}")
    on = record.get("on", date) or max(due, *(report.filed or due for report in reports), due)
    if "on" not in record and any(not report.filed and not report.excused for report in reports):
        on = max(on, date.fromordinal(due.toordinal() + 1))
    found = _found(filing, reports, due, on)
    found["due"], found["counted"] = str(due), str(filing.roster_day(period, calendar))
    wanted = _all_wanted(record)
    if "possible" in wanted:
        found["possible"] = _possible(record, len([one for one in reports if not one.excused]))
    expected = _expected(wanted)
    got = "；".join(f"{key}：{found[key]}" for key in wanted)
    return Outcome(expected == got, expected, got)


def _all_wanted(record: Record) -> dict[str, str]:
    return {key: _wanted(record, key) for key in _PERIOD_OUTCOMES if key in record}


def _expected(wanted: Mapping[str, str]) -> str:
    return "；".join(f"{key}：{text}" for key, text in wanted.items())


def _period(filing: Filing, code: str) -> Period:
    if filing.every.comes_by_itself:
        period = read_period(code)
        if period_kind(period.code) is not filing.every:
            raise Unreadable(f"“{code}”不是以{filing.every.value}为期的期间。")
        return period
    try:
        called = date.fromisoformat(code)
    except ValueError:
        raise Unreadable(f"“{code}”不是发起的日子。", example="2026-03-02") from None
    return called_period(called, called)


def period_kind(code: str) -> Every:
    """Which kind of period a code of the calendar names."""
    if "-" not in code:
        return Every.YEAR
    return {"W": Every.WEEK, "Q": Every.QUARTER, "H": Every.HALF}.get(code[5], Every.MONTH)


def _reports(record: Record, nil: str) -> list[Report]:
    filed: Mapping[str, str] = record.get("filed", dict) or {}
    listed = record.texts("roster")
    count = _COUNT.fullmatch(listed[0]) if len(listed) == 1 else None
    named = [name for name in filed if name != THE_REST]
    if count:
        unnamed = int(count[1]) - len(named)
        names = [*named, *(f"第{n}人" for n in range(1, unnamed + 1))]
    else:
        names = [name for name in listed if name]
        if strange := next((name for name in named if name not in names), ""):
            raise MissingFact(f"名册里没有“{strange}”。", allowed=names)
    rest = filed.get(THE_REST, NOT_FILED)
    return [_report(name, filed.get(name, rest), nil) for name in names]


def _report(name: str, text: str, nil: str) -> Report:
    """``nil`` is what the file calls its nil report; it may be written for 零报告."""
    text = " ".join(text.split())
    if nil and text.startswith(f"{nil} "):
        text = f"{NIL}{text.removeprefix(nil)}"
    if text == NOT_FILED:
        return Report(name)
    if text.startswith(EXCUSED):
        return Report(name, excused=text.removeprefix(EXCUSED).strip() or EXCUSED)
    match = _DONE.fullmatch(text)
    if match is None:
        allowed = (NOT_FILED, "2026-08-03", "零报告 2026-08-03", "免报 病假", "2026-08-03 不实")
        raise Unreadable(f"不认识的填报情况“{text}”。", allowed=allowed)
    try:
        on = date.fromisoformat(match["on"])
    except ValueError:
        raise Unreadable(f"没有“{match['on']}”这一天，请核对月份和日子。", example="2026-08-03") from None
    return Report(name, on, bool(match["nil"]), untrue=bool(match["untrue"]))


def _found(filing: Filing, reports: list[Report], due: date, on: date) -> dict[str, str]:
    count = tally(reports, due, on)
    by: dict[Standing, list[str]] = {}
    for report in reports:
        by.setdefault(report.standing(due, on), []).append(str(report.key))
    share = filing.check.share if filing.check else None
    return {
        "rate": percent(count.rate),
        "complete": percent(count.complete),
        "unfiled": "、".join(by.get(Standing.MISSING, [])) or "无",
        "tardy": "、".join(by.get(Standing.LATE, [])) or "无",
        "excused": "、".join(by.get(Standing.EXCUSED, [])) or "无",
        "nil": str(count.nil),
        "drawn": str(sample_size(count.filed, share)) if share else "不抽查",
    }


def _possible(record: Record, obliged: int) -> str:
    claimed: Mapping[str, tuple[str, ...]] = record.get("possible", dict) or {}
    found = {text: attainable_rates(obliged, Decimal(text.rstrip("%"))) for text in claimed}
    return "；".join(f"{text} {'、'.join(percent(rate) for _, rate in near)}" for text, near in found.items())


def _wanted(record: Record, key: str) -> str:
    value = record.values[key]
    if key == "possible" and isinstance(value, Mapping):
        return "；".join(f"{text} {'、'.join(rates)}" for text, rates in value.items())
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "无"
    return str(value)
