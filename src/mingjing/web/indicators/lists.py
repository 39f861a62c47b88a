"""指标: every indicator of a place with its own history; no page sorts people or courts by a figure (G11)."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.definitions.kinds.indicator import GROUPS
from mingjing.domain.indicators.counts import Direction
from mingjing.domain.indicators.lights import Light
from mingjing.services.exporting import Column, Sheet, export
from mingjing.services.figures.following import freshness
from mingjing.services.figures.reading import Line, board, relative_change
from mingjing.services.figures.signals import Signal, Stage, signals
from mingjing.web.downloads import attachment
from mingjing.web.indicators.asking import asked_period, asked_place, link, place_fields, span_code
from mingjing.web.indicators.drawings import spark
from mingjing.web.routing import Route, StaffRequest

COLUMNS: tuple[Column[Line], ...] = (
    Column("类别", lambda line: line.indicator.group),
    Column("指标", lambda line: line.indicator.label),
    Column("数字", lambda line: shown(line)),
    Column("缺数据", lambda line: line.answer.value.missing if line.answer else ""),
    Column("上年同期", lambda line: line.before.text if line.before else ""),
    Column("同比", lambda line: line.change),
    Column("同比增长", lambda line: growth_of(line)),
    Column("参考区间", lambda line: range_words(line)),
    Column("亮灯", lambda line: line.light.value if line.light else ""),
    Column("依据", lambda line: line.answer.definition if line.answer else ""),
)
DIRECTIONS = {Direction.UP: "越高越好", Direction.DOWN: "越低越好", Direction.NEITHER: "不分好坏"}


def shown(line: Line) -> str:
    """The figure as written; a dash where ``why_not`` says why there is none."""
    return line.answer.value.text if line.answer else "—"


def growth_of(line: Line) -> str:
    """Year on year in percent."""
    return relative_change(line.answer.value, line.before) if line.answer and line.before else ""


def range_words(line: Line) -> str:
    """The range the court entered: ``90 至 98``, ``不低于 90``, empty where there is none."""
    if line.range is None:
        return ""
    low, high = (
        None if one is None else format(one.normalize(), "f") for one in (line.range.low, line.range.high)
    )
    if low is None and high is None:
        return ""
    if low is None:
        return f"不高于 {high}"
    return f"不低于 {low}" if high is None else f"{low} 至 {high}"


TOLD = {
    Stage.RAISED: "还没有请人说明",
    Stage.ASKED: "已请人说明，还没有了结",
    Stage.HANDLED: "说明已审看了结",
    Stage.RECOVERED: "前面过线，请人说明过，现在回到线内",
}


def staged(row: dict[str, object], signal: Signal | None) -> dict[str, object]:
    """A line as pages show it, with how far its signal has come."""
    recovered = signal is not None and signal.stage is Stage.RECOVERED
    stage, told = (signal.stage.value, TOLD[signal.stage]) if signal else ("", "")
    return {**row, "signal": stage, "signal_told": told, "recovered": recovered}


def row_of(line: Line, **query: str) -> dict[str, object]:
    """A line as pages show it."""
    return {
        "line": line,
        "url": link("indicator", line.indicator.id, **query),
        "shown": shown(line),
        "missing": line.answer.value.missing if line.answer else 0,
        "range": range_words(line),
        "spark": spark([value for _, value in line.months]),
        "growth": growth_of(line),
        "direction": DIRECTIONS[line.indicator.direction],
    }


def listed(request: StaffRequest) -> HttpResponse:
    """Every indicator by group, with value, year on year, history and range."""
    request.family, text = "指标", request.GET.get("period", "")
    actor, seen = request.actor, asked_place(request)
    period = asked_period(text, actor.on)
    lines = sorted(board(actor, seen, period), key=lambda one: GROUPS.index(one.indicator.group))
    raised = signals(actor, seen, period, lines)
    query = {"period": text or "本年", **seen.query}
    if "export" in request.GET and actor.may("导出数据"):
        sheet = Sheet("指标", COLUMNS, lines, f"{seen.name} {span_code(period)}", "项")
        return attachment(export(actor, sheet, verb="导出指标"), f"指标{period.last:%Y%m%d}.xlsx")
    again = link("indicators", export="1", **query)
    context = {
        "seen": seen,
        "period": period,
        "groups": [
            (group, [staged(row_of(line, **query), raised.get(line.indicator.id)) for line in rows])
            for group, rows in groupby(lines, lambda one: one.indicator.group)
        ],
        "outside": sum(line.outside for line in lines),
        "warned": sum(line.warned for line in lines),
        "lit": [
            staged(row_of(line, **query), raised.get(line.indicator.id))
            for line in lines
            if line.light in (Light.AMBER, Light.RED)
        ],
        "number": len(lines),
        "fields": place_fields(actor, seen, text),
        "tools": [{"label": "导出 Excel", "url": again}] if actor.may("导出数据") else [],
        "fresh": freshness(seen.place.courts),
        "ranges_url": reverse("indicator-ranges"),
        "query": f"{seen.name}　{span_code(period)}",
        "on": actor.on,
    }
    return render(request, "pages/indicators/list.html", context)


routes = (Route("indicators", listed, "indicators", "查看指标"),)
