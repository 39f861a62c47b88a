"""Periods of filings and activities: who has not reported, who still owes what, a campaign, the letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.activities.rules import Activity
from mingjing.domain.dates.periods import Every
from mingjing.domain.filings.rates import Standing, attainable_rates, percent
from mingjing.domain.filings.rules import SIGN, Filing
from mingjing.domain.filings.stepping import pending
from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records import periods as reading
from mingjing.services.reading.records.overview import seen_register
from mingjing.services.records import campaigns
from mingjing.services.records.acting import do, options
from mingjing.services.records.obligations import duties
from mingjing.services.records.sight import find_record
from mingjing.services.records.versions import value_at, value_of
from mingjing.services.records.words import by_label
from mingjing.storage.records.models import Obligation, Record
from mingjing.web.acting import DayField, post_act
from mingjing.web.records.acts import act_form
from mingjing.web.records.addresses import within
from mingjing.web.records.pledges import letter
from mingjing.web.routing import Route, StaffRequest

Told = tuple[str, dict[str, object]] | None
MOST_NAMES = 12
_GROUPS = (
    ("逾期未报", (Standing.MISSING,), True),
    ("核查不实", (Standing.UNTRUE,), True),
    ("逾期补报", (Standing.LATE,), False),
    ("还没报", (Standing.EXPECTED,), False),
    ("按时", (Standing.IN_TIME,), False),
    ("免报", (Standing.EXCUSED,), False),
)


class CallForm(forms.Form):
    """The last day of a campaign; what the caller fills for everybody is asked with its register."""

    due = DayField(label="截止日", required=False, help_text="不填就按制度算。")


def filing_panel(request: StaffRequest, register: Register) -> Told:
    """Above the list of a filing: the newest period by name, one's own, past periods."""
    value = value_of(request.actor.court, register.id, request.actor.on)
    if not isinstance(value, Filing) or value.every is Every.EVENT:
        return None
    rows = reading.periods(request.actor, register)
    context: dict[str, object] = {
        "register": register,
        "filing": value,
        "mine": [_mine(value, one) for one in reading.own_reports(request.actor, register)],
        "call_url": _call_url(request, value),
        "now": _filed(request, register, rows[0]) if rows else None,
        "matrix": _matrix(reading.filing_matrix(request.actor, register, rows), request.actor.on)
        if len(rows) > 1
        else None,
        "on": request.actor.on,
    }
    now = context["now"]
    if isinstance(now, dict) and len(now["found"].owed) <= 1 < len(now["row"].roster):
        context |= {"now": None, "matrix": None, "own": now["found"].owed}  # whoever sees only their own
    return "pages/records/_panel_filing.html", context


def _call_url(request: StaffRequest, value: Filing | Activity) -> str:
    called = any(one.every is Every.CALLED for one in duties(value))
    may = called and campaigns.may_call(request.actor, value)
    return reverse("register-call", args=[value.register.id]) if may else ""


def _mine(filing: Filing, record: Record) -> dict[str, object]:
    waiting = record.state == "待报"
    return {
        "record": record,
        "nil": filing.nil if waiting and filing.nil else "",
        "act": reverse("record-act", args=[record.pk, filing.files[0]]) if waiting else "",
        "label": filing.files[0],
    }


def _filed(request: StaffRequest, register: Register, row: Obligation) -> dict[str, object]:
    found = reading.filed(request.actor, register, row)
    groups = [
        {
            "label": label,
            "rows": found.of(*standings),
            "some": found.of(*standings)[:MOST_NAMES],
            "rest": max(len(found.of(*standings)) - MOST_NAMES, 0),
            "must": must,
        }
        for label, standings, must in _GROUPS
    ]
    return {
        "found": found,
        "row": row,
        "tally": found.tally,
        "rate": percent(found.tally.rate),
        "complete": percent(found.tally.complete),
        "groups": [group for group in groups if group["rows"]],
        "names": [group for group in groups[:4] if group["rows"]],
        "units": [{"name": name, "tally": count, "rate": percent(count.rate)} for name, count in found.units],
        "over": row.due_on < request.actor.on,
        "url": reverse("period", args=[row.pk]),
    }


def _matrix(matrix: reading.Matrix, on: date) -> dict[str, object] | None:
    """The table; what is not due before ``on`` is not short yet."""
    if not matrix.lines:
        return None
    shown = matrix.periods
    return {
        "periods": [(row, reverse("period", args=[row.pk])) for row in matrix.periods],
        "lines": [
            (
                name,
                [(cell, one.due_on < on and _is_short(cell)) for one, cell in zip(shown, cells, strict=True)],
            )
            for name, cells in matrix.lines
        ],
    }


def _is_short(cell: str) -> bool:
    """Whether a cell says that something is still owed."""
    done, slash, of = cell.partition("/")
    return done != of if slash else cell not in ("", "✓", "免办")


def activity_panel(request: StaffRequest, register: Register) -> Told:
    """Above the list of an activity: who still owes what this period, the three counts, past periods."""
    value = value_of(request.actor.court, register.id, request.actor.on)
    if not isinstance(value, Activity):
        return None
    actor = request.actor
    rows = reading.periods(actor, register)
    running = [row for row in rows if row.first_day <= actor.on <= row.last_day] or rows[:1]
    year = date(actor.on.year, 1, 1)
    context: dict[str, object] = {
        "register": register,
        "activity": value,
        "call_url": _call_url(request, value),
        "now": [_held(request, register, row) for row in running],
        "counts": reading.totals(actor, register, year, actor.on),
        "year": actor.on.year,
        "matrix": _matrix(reading.activity_matrix(actor, register, rows), actor.on)
        if len(rows) > 1
        else None,
        "on": actor.on,
    }
    return "pages/records/_panel_activity.html", context


def _held(request: StaffRequest, register: Register, row: Obligation) -> dict[str, object]:
    found = reading.held(request.actor, register, row)
    return {
        "found": found,
        "row": row,
        "done": percent(found.done),
        "covered": percent(found.covered) if found.covered is not None else "",
        "met": sum(one.met for one in found.owing),
        "lines": [{"one": one, "cells": _cells(one, found.columns)} for one in found.owing],
        "gaps": [one for one in found.owing if not one.met],
        "url": reverse("period", args=[row.pk]),
    }


def _cells(one: reading.Owing, columns: tuple[str, ...]) -> list[tuple[str, bool, str]]:
    """What stands under each column: words, whether it is done, the heading."""
    first = one.rows[0]
    if len(one.rows) == 1 and first.quota.covers and not first.quota.among:
        return [("—" if label in first.lacks else "✓", label not in first.lacks, label) for label in columns]
    return [
        (f"{row.has.normalize():f} / {row.needs.normalize():f}", row.met, label)
        for row, label in zip(one.rows, columns, strict=True)
    ]


def period(request: StaffRequest, period_id: int) -> HttpResponse:
    """Everybody of one period, by name, for looking and printing."""
    request.family = "台账"
    register, row = reading.period_page(request.actor, period_id)
    value = value_of(request.actor.court, register.id, request.actor.on)
    shown = _filed(request, register, row) if isinstance(value, Filing) else None
    context = {
        "register": register,
        "row": row,
        "filed": shown,
        "held": _held(request, register, row) if isinstance(value, Activity) else None,
        "claimed": _claimed(request, shown) if shown else None,
        "may_draw": campaigns.may_draw(request.actor, value) and shown is not None,
        "join": _joiners(request, value, row),
        "on": request.actor.on,
    }
    return render(request, "pages/records/period.html", context)


def _claimed(request: StaffRequest, shown: Mapping[str, Any]) -> dict[str, object]:
    """A rate somebody has said, held against the rates so many people can have at all."""
    text = request.GET.get("claimed", "").strip().rstrip("%％")
    try:
        claimed = Decimal(text)
    except InvalidOperation:
        return {"text": text}
    near = attainable_rates(shown["tally"].obliged, claimed) if 0 <= claimed <= 100 else ()
    wanted = f"{claimed.normalize():f}%"
    return {
        "text": text,
        "near": [(people, percent(rate)) for people, rate in near],
        "possible": any(percent(rate) == wanted for _, rate in near),
        "asked": True,
    }


def _joiners(request: StaffRequest, value: object, row: Obligation) -> list[tuple[int, str]]:
    """Who is on today's roster and not on that of a campaign the actor may change."""
    if not isinstance(value, (Filing, Activity)) or not _call_url(request, value):
        return []
    return campaigns.joiners(request.actor, row)


def call(request: StaffRequest, filing_id: str) -> HttpResponse:
    """发起一期."""
    request.family = "台账"
    register = seen_register(request.actor, filing_id)
    value = _callable(request, filing_id)
    fill = value.called_with if isinstance(value, Filing) else ()
    form = CallForm(request.POST or None)
    asked = act_form(request, register, Permitted(campaigns.CALL, fill), {})
    refusal = None
    if request.method == "POST" and form.is_valid() and asked.is_valid():
        refusal = _called(request, filing_id, form.cleaned_data["due"], asked.entered())
        if refusal is None:
            return HttpResponseRedirect(within("register", register))
    bad = refusal or form.errors or asked.errors
    context = {"register": register, "lead": _call_lead(value), "forms": (form, asked), "refusal": refusal}
    return render(request, "pages/records/call.html", context, status=422 if bad else 200)


def _callable(request: StaffRequest, register_id: str) -> Filing | Activity:
    """A definition whose campaigns this actor may call. Raises NotVisible."""
    value = value_of(request.actor.court, register_id, request.actor.on)
    if not isinstance(value, (Filing, Activity)) or not _call_url(request, value):
        raise NotVisible
    return value


def _called(
    request: StaffRequest, register_id: str, due: date | None, given: Mapping[str, object]
) -> Refusal | None:
    """Call it and say so, or what was refused."""
    try:
        row = campaigns.call(request.actor, register_id, due=due, given=given)
    except Refusal as refused:
        return refused
    messages.success(request, f"已发起：{row.label}，{len(row.roster)} 份，{row.due_on} 截止。")
    return None


def _call_lead(value: object) -> str:
    for duty in duties(value):
        due = duty.due.text if duty.due else "期末"
        return f"按今天的“{'、'.join(duty.words)}”名册，每人（每部门）一份；{due}截止。"
    return ""


def draw(request: StaffRequest, period_id: int) -> HttpResponse:
    """抽取核查."""

    def run() -> str:
        found = campaigns.draw_sample(request.actor, period_id)
        return f"抽中 {len(found)} 份，种子和名单已记入日志，任何人都可以复算。"

    return post_act(request, run, reverse("period", args=[period_id]))


def join(request: StaffRequest, period_id: int) -> HttpResponse:
    """补入名册."""

    def run() -> str:
        text = str(request.POST.get("member", ""))
        campaigns.add_joiner(request.actor, period_id, int(text) if text.isdecimal() else 0)
        return "已补入名册。"

    return post_act(request, run, reverse("period", args=[period_id]))


def nil(request: StaffRequest, record_id: int) -> HttpResponse:
    """零报告: one button, no form."""
    record = find_record(request.actor, record_id)
    value = value_at(record)

    def run() -> str:
        label = value.nil if isinstance(value, Filing) else ""
        do(request.actor, record_id, label, {})
        return f"已报“{label}”：{record.title}。"

    return post_act(request, run, reverse("record", args=[record_id]))


def filing_record(request: StaffRequest, record: Record) -> Told:
    """On a report: the nil report in one tap; the letter with its blanks filled and its signatures."""
    value = value_at(record)
    if not isinstance(value, Filing):
        return None
    values = by_label(value.register, record.data)
    offered = {one.act for one in options(request.actor, record) if not one.refusal}
    signed = record.inner.get("signed")
    context: dict[str, object] = {
        "record": record,
        "nil": value.nil if value.nil in offered else "",
        "sign_url": reverse("record-act", args=[record.pk, SIGN]) if SIGN in offered else "",
        "paragraphs": letter(value, record, values),
        "filed": record.inner.get("filed"),
        "signed": signed if isinstance(signed, list) else [],
        "pending": pending(values, record.inner) if record.inner.get("filed") else (),
        "on": request.actor.on,
    }
    if not (context["nil"] or context["paragraphs"]):
        return None
    return "pages/records/_panel_report.html", context


routes = (
    Route("registers/<str:filing_id>/call", call, "register-call", campaigns.CALL),
    Route("periods/<int:period_id>", period, "period", "查看台账"),
    Route("periods/<int:period_id>/draw", draw, "period-draw", "办理台账"),
    Route("periods/<int:period_id>/join", join, "period-join", campaigns.CALL),
    Route("records/<int:record_id>/nil", nil, "record-nil", "办理台账"),
)
