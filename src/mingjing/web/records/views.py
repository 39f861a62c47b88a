"""The same records as a board, a calendar, a tree, as numbers and on paper: one filter for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.ledgers.register import Register
from mingjing.services.reading.records import boards, filters
from mingjing.services.reading.records.boards import Day, StateColumn
from mingjing.services.reading.records.choices import departments
from mingjing.services.reading.records.figures import Counted, Figures, figures
from mingjing.services.reading.records.filters import RecordFilter
from mingjing.services.reading.records.listing import columns_shown, every_row, names_of
from mingjing.services.reading.records.overview import seen_register
from mingjing.services.reading.records.trees import tree
from mingjing.web import wording
from mingjing.web.listing import Field
from mingjing.web.records.addresses import asked, chosen_of, within
from mingjing.web.records.lists import filter_fields, frame
from mingjing.web.records.rows import columns_of, shorter, table
from mingjing.web.records.tree import lines
from mingjing.web.routing import Route, StaffRequest

PAPER_LIMIT = 2000


def register_board(request: StaffRequest, register_id: str) -> HttpResponse:
    """By state."""
    request.family = "台账"
    register = seen_register(request.actor, register_id)
    chosen = chosen_of(request, register)
    found = boards.board(request.actor, register, chosen)
    columns = [_column(one, request, register) for one in found]
    context = {
        **frame(request, register, "register-board"),
        "columns": [one for one in columns if one["count"] or not one["final"]],
        "open": sum(one.count for one in found if not one.final),
        "late": sum(one.late for one in found),
        "late_url": within("register", register, asked(request), due=filters.LATE),
        "fields": _fields(request, register, chosen, without=("status", "state", "order", "rows")),
        "query": " · ".join(replace(chosen, status="").sentence()),
    }
    return render(request, "pages/records/board.html", context)


def _column(one: StateColumn, request: StaffRequest, register: Register) -> dict[str, object]:
    on = request.actor.on
    cards = [
        {
            "url": reverse("record", args=[row.pk]),
            "title": shorter(row.title or row.number, 40),
            "sub": row.holder or wording.short_department(row.unit or "") or row.number,
            "colour": 3 if row.due_on and row.due_on < on and not row.over else row.colour,
            "words": wording.days_away(row.due_on, on) if row.due_on and not row.over else "",
        }
        for row in one.cards
    ]
    url = within("register", register, asked(request), state=one.label, status="")
    head = {"label": one.label, "count": one.count, "late": one.late, "final": one.final}
    return {**head, "cards": cards, "rest": one.count - len(cards), "url": url}


def _fields(
    request: StaffRequest, register: Register, chosen: RecordFilter, *, without: tuple[str, ...]
) -> list[Field]:
    """The filters of the list that make sense in this view."""
    units = tuple(name for _, name in departments(request.actor)) if register.unit else ()
    return [one for one in filter_fields(register, chosen, units) if one["name"] not in without]


def register_calendar(request: StaffRequest, register_id: str) -> HttpResponse:
    """By the day they are due."""
    request.family = "台账"
    actor = request.actor
    register = seen_register(actor, register_id)
    chosen = chosen_of(request, register)
    month = boards.month_of(request.GET.get("month", ""), actor.on)
    weeks = boards.calendar(actor, register, chosen, month)
    inside = [day for week in weeks for day in week if not day.outside]
    context = {
        **frame(request, register, "register-calendar"),
        "month": month,
        "weeks": [[_day(day, request, register) for day in week] for week in weeks],
        "count": sum(day.count for day in inside),
        "late": sum(day.late for day in inside),
        "month_url": within("register", register, asked(request), falls=f"{month:%Y-%m}"),
        "earlier": _month_url(request, register, month - timedelta(days=1)),
        "later": _month_url(request, register, month + timedelta(days=32)),
        "fields": _fields(request, register, chosen, without=("falls", "due", "order", "rows")),
        "query": f"{month:%Y-%m} 到期",
    }
    return render(request, "pages/records/calendar.html", context)


def _day(day: Day, request: StaffRequest, register: Register) -> dict[str, object]:
    rows = [
        {
            "url": reverse("record", args=[row.pk]),
            "title": shorter(row.title or row.number, 18),
            "shade": "done" if row.over else "red" if day.on < request.actor.on else "",
        }
        for row in day.rows
    ]
    url = within("register", register, asked(request), falls=day.on.isoformat())
    return {
        "day": day,
        "rows": rows,
        "rest": day.count - len(rows),
        "url": url,
        "today": day.on == request.actor.on,
    }


def _month_url(request: StaffRequest, register: Register, day: date) -> str:
    base = within("register-calendar", register, asked(request))
    return f"{base}{'&' if '?' in base else '?'}month={day:%Y-%m}"


def register_tree(request: StaffRequest, register_id: str) -> HttpResponse:
    """By what stands under what."""
    request.family = "台账"
    actor = request.actor
    register = seen_register(actor, register_id)
    chosen = chosen_of(request, register)
    found = tree(actor, register, chosen)
    context = {
        **frame(request, register, "register-tree"),
        "tops": len(found.tops),
        "leaves": sum(one.leaves for one in found.tops),
        "done": sum(one.done for one in found.tops),
        "late": sum(one.late for one in found.tops),
        "lines": lines(found.tops, actor.on),
        "cut": found.cut,
        "found": found,
        "part": bool(found.next_after or found.previous),
        "fields": _fields(request, register, chosen, without=("order", "rows")),
        "query": " · ".join(chosen.sentence()),
    }
    return render(request, "pages/records/tree.html", context)


def register_figures(request: StaffRequest, register_id: str) -> HttpResponse:
    """How many, by state, department and month; in time and late."""
    request.family = "台账"
    actor = request.actor
    register = seen_register(actor, register_id)
    chosen = chosen_of(request, register)
    found = figures(actor, register, chosen)
    context = {
        **frame(request, register, "register-figures"),
        "whole": _line(found.whole, request, register, {}),
        "parts": _parts(found, request, register),
        "fields": _fields(request, register, chosen, without=("status", "due", "colour", "order", "rows")),
        "query": " · ".join(replace(chosen, status="").sentence()),
    }
    return render(request, "pages/records/figures.html", context)


def _parts(found: Figures, request: StaffRequest, register: Register) -> list[dict[str, object]]:
    tables = (
        ("按状态", "状态", found.states, "state"),
        (
            f"按{register.unit or '部门'}",
            register.unit or "部门",
            found.units if register.unit else (),
            "unit",
        ),
        ("按登记月份", "月份", found.months, "opened"),
    )
    return [
        {
            "title": title,
            "head": head,
            "rows": [_line(one, request, register, {name: one.label}) for one in rows],
        }
        for title, head, rows, name in tables
        if rows
    ]


def _line(one: Counted, request: StaffRequest, register: Register, more: dict[str, str]) -> dict[str, object]:
    """A line of a table, each number with the list behind it."""
    base = {**asked(request), **more}

    def link(**query: str) -> str:
        return within("register", register, {**base, **query})

    decided = one.in_time + one.past
    return {
        "one": one,
        "clocked": decided,
        "rate": f"{100 * one.in_time / decided:.1f}%" if decided else "没有走完的时限",
        "total_url": link(status=filters.ALL),
        "open_url": link(status=filters.OPEN),
        "over_url": link(status=filters.OVER),
        "late_url": link(status=filters.OPEN, due=filters.LATE),
        "in_time_url": link(status=filters.ALL, kept=filters.IN_TIME),
        "past_url": link(status=filters.ALL, kept=filters.PAST),
    }


def register_paper(request: StaffRequest, register_id: str) -> HttpResponse:
    """The list for printing: A4, every row, no chrome."""
    request.family = "台账"
    actor = request.actor
    register = seen_register(actor, register_id)
    chosen = chosen_of(request, register)
    rows = every_row(actor, register, chosen, PAPER_LIMIT)
    fields = columns_shown(register, chosen)
    columns = columns_of(register, fields, names_of(fields, rows), actor.on)
    context = {
        **frame(request, register, "register-paper"),
        "table": table(rows, columns) if rows else "",
        "count": len(rows),
        "most": PAPER_LIMIT if len(rows) == PAPER_LIMIT else 0,
        "query": " · ".join(chosen.sentence()),
        "wide": len(columns) > 7,
    }
    return render(request, "pages/records/paper.html", context)


routes = (
    Route("registers/<str:register_id>/board", register_board, "register-board", "查看台账"),
    Route("registers/<str:register_id>/calendar", register_calendar, "register-calendar", "查看台账"),
    Route("registers/<str:register_id>/tree", register_tree, "register-tree", "查看台账"),
    Route("registers/<str:register_id>/figures", register_figures, "register-figures", "查看台账"),
    Route("registers/<str:register_id>/paper", register_paper, "register-paper", "查看台账"),
)
