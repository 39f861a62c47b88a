"""Filing days, one day, one draw, one's own share, all draws together: what is looked at."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.draws import papers
from mingjing.services.draws.days import may_be_void
from mingjing.services.exporting import Column, Sheet
from mingjing.services.reading import draw_figures, draws
from mingjing.services.reading.draws import DayView
from mingjing.storage.assignment.models import Deviation, FilingDay
from mingjing.web.downloads import attachment
from mingjing.web.draws.forms import Drawing
from mingjing.web.listing import choice, tools, workbook
from mingjing.web.routing import Route, StaffRequest

SEE = "查看分案"


def tabs(current: str) -> list[dict[str, object]]:
    """The four views of the draw."""
    views = (
        ("立案日", "draws"),
        ("例外分案", "deviations"),
        ("我的分案", "draws-mine"),
        ("统计检验", "draw-figures"),
    )
    return [{"label": label, "url": reverse(name), "current": name == current} for label, name in views]


def day_list(request: StaffRequest) -> HttpResponse:
    """The filing days of one's court."""
    request.family = "案件"
    state = request.GET.get("state", "")
    states = [one.value for one in FilingDay.State]
    context = {
        "tabs": tabs("draws"),
        "fields": [choice("state", "状态", state, states, "全部状态")],
        "tools": tools(request, "draws-export"),
        "rows": draws.days(request.actor, state if state in states else ""),
        "may_run": request.actor.may("组织分案"),
        "on": request.actor.on,
    }
    return render(request, "pages/draws/days.html", context)


def day_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    columns: tuple[Column[FilingDay], ...] = (
        Column("立案日", lambda row: row.on),
        Column("第几次", lambda row: row.turn),
        Column("状态", lambda row: row.state),
        Column("案件", lambda row: getattr(row, "cases", 0)),
        Column("有标记的抽取", lambda row: getattr(row, "flagged", 0)),
        Column("组织人", lambda row: row.opened_by.name),
    )
    rows = draws.days(request.actor, request.GET.get("state", ""))
    return workbook(request, Sheet("立案日", columns, rows, unit="天"), verb="导出立案日")


STEPS = ("备名单", "等承诺", "等揭示", "已抽取", "入案")


def _steps(view: DayView) -> list[dict[str, object]]:
    """The way of the day, with where it stands."""
    state = view.day.state
    done = len(STEPS) if state == "已抽取" and not view.untaken else None
    at = (
        done
        if done is not None
        else STEPS.index("入案" if state == "已抽取" else state)
        if state != "作废"
        else -1
    )
    words = ("列名单", "各部门承诺", "各部门揭示", "抽取并公布", "结果入案")
    return [{"label": words[place], "done": place < at, "now": place == at} for place in range(len(STEPS))]


def day_page(request: StaffRequest, day_id: int) -> HttpResponse:
    """One filing day, step by step."""
    request.family = "案件"
    actor = request.actor
    view = draws.day_view(actor, day_id)
    running = actor.may("组织分案")
    context = {
        "view": view,
        "day": view.day,
        "steps": _steps(view),
        "may_run": running,
        "may_give": actor.may("提交随机数") and view.mine is not None,
        "may_ask": draws.askable(actor, [one for _, views in view.cases for one in views]),
        "candidates": draws.waiting_cases(actor) if running and view.day.state == "备名单" else [],
        "public_form": Drawing() if view.day.public_source and not view.day.public else None,
        "may_void": running and view.day.state not in ("已抽取", "作废") and may_be_void(view.day),
        "on": actor.on,
    }
    return render(request, "pages/draws/day.html", context)


def draw_page(request: StaffRequest, draw_id: int) -> HttpResponse:
    """One draw with its list and its working."""
    request.family = "案件"
    view = draws.draw_view(request.actor, draw_id)
    context = {
        "view": view,
        "draw": view.draw,
        "may_ask": draws.askable(request.actor, [view]),
        "on": request.actor.on,
    }
    return render(request, "pages/draws/draw.html", context)


def draw_paper(request: StaffRequest, draw_id: int) -> HttpResponse:
    """The notice of composition as .docx, with the code that leads to the public page."""
    number = draws.draw_view(request.actor, draw_id).draw.number
    address = request.build_absolute_uri(reverse("public-draw", args=[number]))
    paper = papers.composition_paper(request.actor, draw_id, address=address)
    return attachment(paper.content, paper.name)


def deviation_list(request: StaffRequest) -> HttpResponse:
    """Departures from the draw, those that wait first."""
    request.family = "案件"
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    context = {
        "tabs": tabs("deviations"),
        "fields": [
            choice("state", "状态", state, [one.value for one in Deviation.State], "全部状态"),
            choice("kind", "例外", kind, [one.value for one in Deviation.Kind], "全部例外"),
        ],
        "tools": tools(request, "deviations-export"),
        "rows": draws.deviations(request.actor, state, kind)[: draws.ALL_DAYS],
        "may_decide": request.actor.may("批准例外分案"),
        "on": request.actor.on,
    }
    return render(request, "pages/draws/deviations.html", context)


def deviation_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    columns: tuple[Column[Deviation], ...] = (
        Column("案号", lambda row: row.case.number),
        Column("例外", lambda row: row.kind),
        Column("理由类别", lambda row: row.ground),
        Column("理由", lambda row: row.why),
        Column("申请人", lambda row: row.asked_by.name),
        Column("状态", lambda row: row.state),
        Column("批准人", lambda row: row.decided_by.name if row.decided_by else ""),
        Column("意见", lambda row: row.opinion),
    )
    rows = draws.deviations(request.actor, request.GET.get("state", ""), request.GET.get("kind", ""))
    return workbook(request, Sheet("例外分案", columns, rows), verb="导出例外分案")


def mine(request: StaffRequest) -> HttpResponse:
    """“Why did I get fifteen and not eleven?”: nobody else's figures are shown (G11)."""
    request.family = "案件"
    own = draw_figures.own_share(request.actor)
    context = {"tabs": tabs("draws-mine"), "own": own, "on": request.actor.on}
    return render(request, "pages/draws/mine.html", context)


def figures(request: StaffRequest) -> HttpResponse:
    """All draws of the court over a year: tests, flags, departures."""
    request.family = "案件"
    context = {
        "tabs": tabs("draw-figures"),
        "whole": draw_figures.whole(request.actor),
        "on": request.actor.on,
    }
    return render(request, "pages/draws/figures.html", context)


routes = (
    Route("draws", day_list, "draws", SEE),
    Route("draws/export", day_export, "draws-export", "导出数据"),
    Route("draws/days/<int:day_id>", day_page, "filing-day", SEE),
    Route("draws/<int:draw_id>", draw_page, "draw", SEE),
    Route("draws/<int:draw_id>/notice", draw_paper, "draw-paper", SEE),
    Route("draws/exceptions", deviation_list, "deviations", SEE),
    Route("draws/exceptions/export", deviation_export, "deviations-export", "导出数据"),
    Route("draws/mine", mine, "draws-mine", SEE),
    Route("draws/figures", figures, "draw-figures", SEE),
)
