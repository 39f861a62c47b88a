"""挂图作战: a wall that turns its own pages, the page to choose what hangs there, and the same on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.installation import now
from mingjing.services.reading.records.filters import RecordFilter
from mingjing.services.reading.records.listing import RecordRow
from mingjing.services.reading.records.wall import Wall, wall, wall_registers
from mingjing.services.records.sight import registers_seen
from mingjing.web import wording
from mingjing.web.records.rows import shorter
from mingjing.web.routing import Route, StaffRequest

SECONDS = 20
BEFORE, AFTER = 90, 60
"""Days the time line of a row shows before and after today."""
PAPER_ROWS = 400
PROGRAMMES = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A record on the time line, in hundredths of its width: from the day it was opened to its last day, the
    stretch past that day, and where today is."""

    start: float
    width: float
    late: float
    due: float
    today: float


def bar_of(row: RecordRow, on: date) -> Bar:
    """Where the record stands on the time line around ``on``."""
    first, days = on - timedelta(days=BEFORE), BEFORE + AFTER

    def place(day: date) -> float:
        return round(100 * min(1.0, max(0.0, (day - first).days / days)), 1)

    today, start = place(on), place(row.opened_on)
    due = place(row.due_on) if row.due_on else today
    return Bar(start, max(0.0, round(due - start, 1)), max(0.0, round(today - due, 1)), due, today)


def _lines(rows: Sequence[RecordRow], labels: Mapping[str, str], on: date) -> list[dict[str, object]]:
    """Each record as the wall and the paper say it."""
    return [
        {
            "row": row,
            "title": shorter(row.title or row.number, 30),
            "register": labels.get(row.register, ""),
            "who": " ".join(
                part for part in (wording.short_department(row.unit or ""), row.holder or "") if part
            ),
            "words": wording.days_away(row.due_on, on) if row.due_on else "没有期限",
            "shade": _shade(row, on),
            "bar": bar_of(row, on),
        }
        for row in rows
    ]


def _shade(row: RecordRow, on: date) -> str:
    if row.due_on is None:
        return ""
    days = (row.due_on - on).days
    return "red" if days < 0 else "yellow" if days <= 7 else "blue"


def _asked(request: StaffRequest) -> tuple[list[str], RecordFilter, int]:
    """Registers, filter and seconds in the address."""
    wanted = [str(one) for one in request.GET.getlist("register") if one]
    chosen = RecordFilter.read({"unit": request.GET.get("unit", ""), "due": request.GET.get("due", "")})
    seconds = request.GET.get("seconds", "")
    return wanted, chosen, min(600, max(5, int(seconds))) if seconds.isdecimal() else SECONDS


def choose(request: StaffRequest) -> HttpResponse:
    """Which registers hang on the wall."""
    request.family = "台账"
    seen = sorted(registers_seen(request.actor), key=lambda one: (one.owner, one.label))
    context = {
        "groups": [(owner, list(rows)) for owner, rows in groupby(seen, lambda one: one.owner)],
        "seconds": SECONDS,
        "on": request.actor.on,
    }
    return render(request, "pages/records/wall_choose.html", context)


def show(request: StaffRequest) -> HttpResponse:
    """One page of the wall, which asks for the next by itself."""
    request.family = "台账"
    wanted, chosen, seconds = _asked(request)
    registers = wall_registers(request.actor, wanted)
    found = wall(request.actor, registers, chosen)
    text = request.GET.get("page", "1")
    number = min(found.pages, max(1, int(text))) if text.isdecimal() else 1
    following = number % found.pages + 1
    query = [*(("register", one) for one in wanted), ("unit", chosen.unit), ("due", chosen.due)]
    query += [("seconds", str(seconds)), ("page", str(following))]
    labels = {one.id: one.label for one in registers}
    context = {
        **_totals(found),
        "programmes": found.programmes[:PROGRAMMES] if number == 1 else (),
        "rest": max(0, len(found.programmes) - PROGRAMMES),
        "lines": _lines(found.page(number), labels, request.actor.on) if number > 1 else [],
        "number": number,
        "page_number": number,
        "pages_total": found.pages,
        "next_url": f"{reverse('wall-show')}?{urlencode([pair for pair in query if pair[1]])}",
        "seconds": seconds,
        "cut_off": now(),
        "cut": found.cut,
        "several": len(registers) > 1,
        "heading": registers[0].label if len(registers) == 1 else "挂图作战",
        "on": request.actor.on,
    }
    return render(request, "pages/records/wall.html", context)


def _totals(found: Wall) -> dict[str, object]:
    """The numbers of the head."""
    return {
        "total": sum(one.total for one in found.programmes),
        "over": sum(one.over for one in found.programmes),
        "open": sum(one.open for one in found.programmes),
        "late": sum(one.late for one in found.programmes),
        "week": sum(one.week for one in found.programmes),
    }


def paper(request: StaffRequest) -> HttpResponse:
    """The wall on paper: A4 landscape, every open record."""
    request.family = "台账"
    wanted, chosen, _ = _asked(request)
    registers = wall_registers(request.actor, wanted)
    found = wall(request.actor, registers, chosen, PAPER_ROWS)
    labels = {one.id: one.label for one in registers}
    context = {
        **_totals(found),
        "programmes": found.programmes,
        "lines": _lines(found.rows, labels, request.actor.on),
        "cut": found.cut,
        "cut_off": now(),
        "query": "、".join(one.label for one in registers[:6]) + ("等" if len(registers) > 6 else ""),
        "on": request.actor.on,
    }
    return render(request, "pages/records/wall_paper.html", context)


routes = (
    Route("wall", choose, "wall", "查看台账"),
    Route("wall/show", show, "wall-show", "查看台账"),
    Route("wall/paper", paper, "wall-paper", "查看台账"),
)
