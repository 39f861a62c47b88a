"""A stored case, event or excluded span as the fields a screening rule reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.domain.dates.spans import Span, days_in
from mingjing.domain.reasons import CalendarMissing
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion

Fields = dict[str, object]

BY_MILESTONE = {
    "签发日期": "签发裁判文书",
    "宣判日期": "宣判",
    "送达日期": "送达裁判文书",
    "生效日期": "裁判生效",
    "归档日期": "归档",
    "收案日期": "收案",
}


def case_fields(
    case: Case, on: date, fields: Dictionary, spans: Iterable[Exclusion] = (), extensions: int = 0
) -> Fields:
    """The case's fields as of ``on``, typed by dictionary.case_fields; what nobody recorded is absent."""
    found: Fields = {
        name: typed
        for name, value in case.facts.items()
        if (typed := _typed(value, fields.row(name).get("type", "文字"))) is not None
    }
    found |= {f"{kind}日期": date.fromisoformat(day) for kind, day in case.milestones.items()}
    found |= {
        name: date.fromisoformat(case.milestones[kind])
        for name, kind in BY_MILESTONE.items()
        if kind in case.milestones
    }
    end = case.closed_on or on
    original = case.original_filed_on or case.filed_on
    custody = found.get("羁押日期")
    columns: Mapping[str, object] = {
        "案号": case.number,
        "案号年份": case.number_year,
        "法院": case.court.name,
        "法院代字": case.court.code,
        "类型代字": case.type_code,
        "案件类型": case.kind,
        "审理程序": case.procedure,
        "案由": case.cause,
        "承办部门": case.department.name if case.department else "",
        "承办人": case.handler_name or (case.handler.name if case.handler else ""),
        "当事人": case.parties_text,
        "标的额": _number(case.amount) if case.amount is not None else None,
        "立案日期": case.filed_on,
        "立案年份": case.filed_on.year if case.filed_on else None,
        "原始立案日期": original,
        "结案日期": case.closed_on,
        "结案审批日期": case.closing_approved_on,
        "审限届满日": case.due_on,
        "结案方式": case.outcome,
        "在押": case.in_custody,
        "当事人人数": case.party_count or None,
        "已立案月数": full_months(original, end) if original else None,
        "羁押满月数": full_months(custody, end) if isinstance(custody, date) and case.in_custody else None,
        "延长次数": extensions,
        "已结案": case.closed_on is not None,
        "有结案审批": case.closing_approved_on is not None,
        "有结案方式": bool(case.outcome),
        "有案由": bool(case.cause),
        "有承办人": bool(case.handler_id or case.handler_name),
        "有审理程序": bool(case.procedure),
        "扣除天数": days_in(Span(span.first, span.last).closed_on(on) for span in spans),
    }
    return found | {name: value for name, value in columns.items() if value is not None and value != ""}


def event_fields(event: CaseEvent, of_case: Fields, calendar: WorkCalendar, zone: ZoneInfo) -> Fields:
    """An event beside its case's fields."""
    found: Fields = {"事项": event.kind, "发生日期": event.happened, "是否作废": event.struck_at is not None}
    if event.recorded_at is not None:
        recorded = event.recorded_at.astimezone(zone).date()
        found["录入日期"] = recorded
        try:
            late = recorded > event.happened
            found["迟录工作日"] = calendar.workdays_between(event.happened, recorded) if late else 0
        except CalendarMissing:
            pass  # the rule then says which field it lacks
    if event.recorded_by is not None:
        found["录入人"] = event.recorded_by.name
    return of_case | found


def span_fields(span: Exclusion, of_case: Fields, on: date) -> Fields:
    """An excluded span beside its case's fields; an open span is counted up to ``on``."""
    last = span.last or max(on, span.first)
    found: Fields = {
        "扣除事由": span.kind,
        "起始日期": span.first,
        "起始文书": span.start_document,
        "结束文书": span.end_document,
        "有起始文书": bool(span.start_document),
        "有结束文书": bool(span.end_document),
        "未结束": span.last is None,
        "已扣天数": (last - span.first).days + 1,
    }
    if span.last is not None:
        found["结束日期"] = span.last
    return of_case | found


def full_months(first: date, last: date) -> int:
    """How many whole months lie between two days; 0 when ``last`` is earlier."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if add_months(first, months, MonthRule.MONTH_END_IF_MISSING) > last:
        months -= 1
    return max(months, 0)


def _typed(value: object, kind: str) -> object:
    """An imported fact by the type dictionary.case_fields gives it; None when it does not fit."""
    if kind == "是否":
        return value if isinstance(value, bool) else {"是": True, "否": False}.get(str(value))
    if kind == "日期":
        try:
            return date.fromisoformat(str(value)[:10])
        except ValueError:
            return None
    if kind in ("数字", "金额") and not isinstance(value, bool):
        try:
            return _number(Decimal(str(value)))
        except ArithmeticError:
            return None
    return str(value)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
