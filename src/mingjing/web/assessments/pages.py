"""考核: what waits for one's marks, rankings of a period, cards of the departments and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.assessments.cards import CardColour, CardRules, Happening, Month, Year, earliest
from mingjing.domain.dates.periods import Period
from mingjing.domain.reasons import Answer
from mingjing.services.exporting import Column, Sheet, export
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.assessments import rankings as reading
from mingjing.services.reading.assessments.luck import luck
from mingjing.services.reading.assessments.rankings import CardsView, RankLine, UnitLine
from mingjing.services.reading.records import choices
from mingjing.services.records.compiling import INTEGRITY, may_compile
from mingjing.services.records.opening import openings
from mingjing.services.records.rounds import is_of_units, open_round, sheet_of
from mingjing.web import charts
from mingjing.web.acting import act_page
from mingjing.web.assessments.chances import chance_rows
from mingjing.web.assessments.places import places
from mingjing.web.downloads import attachment
from mingjing.web.records.fields import ManyField, by_unit
from mingjing.web.routing import Route, StaffRequest

DONE = {Happening.GIVEN: "发", Happening.RENEWED: "续", Happening.ENDED: "止"}
LAMPS = {CardColour.BLUE.value: "蓝", CardColour.YELLOW.value: "黄", CardColour.RED.value: "红"}
YEAR, YEAR_ONE = 12, 2026
"""Months shown; any year, to count from its first month."""


def assessments(request: StaffRequest) -> HttpResponse:
    """What waits for one's own marks; every sheet and card scheme one may see."""
    request.family = "考核"
    found = reading.overview(request.actor)
    context = {
        "found": found,
        "sheets": [_sheet_line(request, one) for one in found.sheets],
        "places": places(request.actor),
        "on": request.actor.on,
    }
    return render(request, "pages/assessments/overview.html", context)


def _sheet_line(request: StaffRequest, one: reading.SheetLine) -> dict[str, object]:
    id_ = one.sheet.register.id
    can = bool(openings(request.actor, id_))
    return {
        "one": one,
        "url": reverse("register", args=[id_]),
        "ranking_url": reverse("ranking", args=[id_]) if one.of_units and one.open + one.over else "",
        "round_url": reverse("round", args=[id_]) if one.of_units and can else "",
        "new_url": reverse("register-new", args=[id_]) if can and not one.of_units else "",
    }


def ranking(request: StaffRequest, sheet_id: str, period: str = "") -> HttpResponse:
    """One period of a sheet of departments, ranked once every sheet is confirmed."""
    request.family = "考核"
    view = reading.ranking(request.actor, sheet_id, period)
    tabs = [
        {
            "label": one.code,
            "url": reverse("ranking-of", args=[sheet_id, one.code]),
            "current": one.code == view.period.code,
        }
        for one in view.periods[-YEAR:]
    ]
    context = {
        "view": view,
        "sheet": view.sheet,
        "tabs": tabs,
        "on": request.actor.on,
        "may_export": request.actor.may("导出数据"),
    }
    return render(request, "pages/assessments/ranking.html", context)


_COLUMNS: tuple[Column[RankLine], ...] = (
    Column("名次", lambda row: row.rank),
    Column("部门", lambda row: row.name),
    Column("总分", lambda row: float(row.total)),
    Column("等级", lambda row: row.grade),
    Column("末位", lambda row: "是" if row.last else ""),
)


def ranking_book(request: StaffRequest, sheet_id: str, period: str) -> HttpResponse:
    """The ranking as a workbook."""
    view = reading.ranking(request.actor, sheet_id, period)
    title = f"{view.sheet.register.label}{view.label}"
    sheet = Sheet(title[:31], _COLUMNS, view.lines, title, "个部门")
    return attachment(export(request.actor, sheet, verb="导出排名"), f"{title}.xlsx")


class RoundForm(forms.Form):
    """Which period, and who scores: offered are the next one to open and whoever scored last."""

    def __init__(self, *args: Any, people: Any, periods: Sequence[Period], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["period"] = forms.ChoiceField(
            choices=[(one.code, one.label) for one in periods], label="考核期"
        )
        self.fields["jury"] = ManyField(
            keys=True,
            tall=True,
            choices=by_unit(people),
            label="评分人",
            help_text="各部门都由这些人评；谁也不评自己的部门，系统自动去掉。",
        )


def round_page(request: StaffRequest, sheet_id: str) -> HttpResponse:
    """Open the sheets of a period for every department."""
    request.family = "考核"
    actor, sheet = request.actor, sheet_of(request.actor, sheet_id)
    if not is_of_units(sheet) or not openings(actor, sheet_id):
        raise NotVisible

    periods = reading.periods_to_open(sheet, actor.on)

    def run(entered: dict[str, Any]) -> str:
        done = open_round(actor, sheet_id, entered["period"], entered["jury"])
        there = f"，另有 {done.there} 份早就开了" if done.there else ""
        return f"开了 {done.made} 份评分表{there}。"

    return act_page(
        request,
        title=f"{sheet.register.label}：按期开评",
        form_class=RoundForm,
        run=run,
        back=reverse("assessments"),
        lead="给每个部门各开一份，同一期只开一次。",
        button="开评",
        initial=reading.next_round(actor, sheet, periods),
        arguments={"people": choices.people(actor), "periods": periods},
    )


def cards(request: StaffRequest, card_id: str) -> HttpResponse:
    """Every department's months and cards, and what chance alone would do."""
    request.family = "考核"
    view = reading.cards_view(request.actor, card_id)
    context = {
        "view": view,
        "card": view.card,
        "lines": [_unit(one) for one in view.lines],
        "soonest": [_soonest(replace(view.card.rules, year=one), request.actor.on.year) for one in Year],
        "rules": view.card.rules,
        "first_year_red": _red_in_first_year(view.card.rules),
        "luck": chance_rows(luck(view.card.rules, view.units, YEAR)) if view.units > 1 else [],
        "proposed": [record for one in view.lines for record in one.records if record.state == "待确认"],
        "circular": may_compile(request.actor, INTEGRITY),
        "on": request.actor.on,
    }
    return render(request, "pages/assessments/cards.html", context)


def _soonest(rules: CardRules, year: int) -> dict[str, object]:
    """The first possible day of each card under one reading of 全年, counted from 1 January."""
    days = earliest(rules, Month(year, 1))
    return {"year": rules.year, "days": [(one.value, days[one]) for one in CardColour]}


def _red_in_first_year(rules: CardRules) -> bool:
    """Whether a red card can be given in the calendar year in which the scheme begins (N-063)."""
    red = earliest(rules, Month(YEAR_ONE, 1))[CardColour.RED]
    return red is not None and red.year == YEAR_ONE


def _unit(one: UnitLine) -> dict[str, object]:
    cells = [
        {
            "cell": cell,
            "events": [
                {"shade": LAMPS[each.colour.value], "words": f"{LAMPS[each.colour.value]}{DONE[each.what]}"}
                for each in cell.events
            ],
        }
        for cell in one.cells[-YEAR:]
    ]
    return {"one": one, "cells": cells, "shade": LAMPS.get(one.card, "")}


def unit_cards(request: StaffRequest, card_id: str, unit: int) -> HttpResponse:
    """One department: every month's total, every card with its derivation."""
    request.family = "考核"
    view, line = reading.unit_line(request.actor, card_id, unit)
    return render(request, "pages/assessments/unit.html", _unit_context(view, line, request))


def _unit_context(view: CardsView, line: UnitLine, request: StaffRequest) -> dict[str, object]:
    totals = [(f"{one.month.month}月", float(one.total) if one.total else None) for one in line.cells]
    events = [
        {
            "one": one,
            "shade": LAMPS[one.colour.value],
            "why": Answer(str(one.on), one.steps, view.card.register.id),
        }
        for one in reversed(line.walk.events)
    ]
    return {
        "view": view,
        "card": view.card,
        "line": line,
        "chart": charts.line(totals, unit=" 分"),
        "events": events,
        "shade": LAMPS.get(line.card, ""),
        "on": request.actor.on,
    }


routes = (
    Route("assessments", assessments, "assessments", "查看台账"),
    Route("assessments/<str:sheet_id>/ranking", ranking, "ranking", "查看台账"),
    Route("assessments/<str:sheet_id>/ranking/<str:period>", ranking, "ranking-of", "查看台账"),
    Route("assessments/<str:sheet_id>/ranking/<str:period>/xlsx", ranking_book, "ranking-book", "导出数据"),
    Route("assessments/<str:sheet_id>/round", round_page, "round", "办理台账"),
    Route("assessments/<str:card_id>/cards", cards, "cards", "查看台账"),
    Route("assessments/<str:card_id>/cards/<int:unit>", unit_cards, "unit-cards", "查看台账"),
)
