"""The rows of the list of cases, written in one go: this table is what the program shows most often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape

from django.template import Library
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mingjing.services.reading.case_list import CaseRow
from mingjing.web import wording
from mingjing.web.templatetags.mingjing_ui import NOTHING, lamp

register = Library()


@register.simple_tag
def case_rows(rows: Iterable[CaseRow], on: date, several_courts: bool, pick: bool) -> SafeString:
    """One table row per case; with the court where there are several, with a box to ``pick`` it."""
    address = reverse("case", args=[0]).removesuffix("0")
    lines = [_row(case, address, on, several_courts, pick) for case in rows]
    return mark_safe("".join(lines))  # noqa: S308  every text is escaped below


def _row(case: CaseRow, address: str, on: date, several_courts: bool, pick: bool) -> str:
    number = escape(case.number)
    box = (
        f'<td class="pick"><input type="checkbox" name="case" value="{case.pk}" '
        f'aria-label="选择 {number}"></td>'
        if pick
        else ""
    )
    place = escape(case.court) if several_courts else _place(case.department or "")
    procedure = f'<span class="sub">{escape(case.procedure[:2])}</span>' if case.procedure else ""
    return (
        f'<tr>{box}<td class="id"><a href="{address}{case.pk}">{number}</a></td>\n'
        f'<td data-label="案由">{_short_cause(case.cause, 11)}{procedure}</td>\n'
        f'<td class="cut" data-label="当事人">{_short(case.parties_text, 12)}</td>\n'
        f'<td class="who" data-label="{"法院" if several_courts else "部门"}">{place}</td>\n'
        f'<td class="who" data-label="承办人">{escape(case.handler or case.handler_name) or NOTHING}</td>\n'
        f'<td class="who" data-label="环节">{escape(case.stage) or NOTHING}</td>\n'
        f'<td class="num" data-label="立案">{case.filed_on or NOTHING}</td>\n'
        f'<td class="num" data-label="审限届满">{_limit(case, on)}</td>\n'
        f'<td data-label="预警">{_light(case)}</td></tr>\n'
    )


def _short(text: str, length: int) -> str:
    if not text:
        return NOTHING
    return escape(text if len(text) <= length else f"{text[: length - 1]}…")


_short_cause = lru_cache(maxsize=2048)(_short)
_place = lru_cache(maxsize=1024)(lambda name: escape(wording.short_department(name)) or NOTHING)
_lamp = lru_cache(maxsize=64)(lamp)


def _limit(case: CaseRow, on: date) -> str:
    """When it was closed, when its trial limit ends, or why none runs."""
    if case.closed_on:
        return f'<span class="note">{case.closed_on.isoformat()} 结案</span>'
    if case.due_on:
        return f'{case.due_on.isoformat()}<span class="sub">{wording.days_away(case.due_on, on)}</span>'
    return f'<span class="note">{escape(case.due_state) or NOTHING}</span>'


def _light(case: CaseRow) -> str:
    if case.closed_on:
        return _lamp("done", "已结")
    return _lamp(case.colour) if case.colour else ""
