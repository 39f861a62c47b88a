"""The log of acts, and one entry of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.exporting import export
from mingjing.services.permissions import cases_seen
from mingjing.services.reading import acts as reading
from mingjing.services.reading.acts import CASE, PERSON, ActFilter, Line
from mingjing.web.downloads import attachment
from mingjing.web.listing import Field, choice, linked
from mingjing.web.routing import Route, StaffRequest


def _fields(chosen: ActFilter, verbs: list[str]) -> list[Field]:
    return [
        choice("verb", "做了什么", chosen.verb, verbs, "全部事情"),
        {"name": "actor", "label": "谁", "value": chosen.actor},
        {"name": "case", "label": "案号", "value": chosen.case},
        {"name": "on", "label": "哪一天", "value": chosen.on},
    ]


def act_list(request: StaffRequest) -> HttpResponse:
    """The log, newest first."""
    request.family = "审计"
    actor = request.actor
    chosen = reading.read(request.GET.dict())
    page, lines = reading.acts(actor, chosen)
    tools = []
    if actor.may("导出日志"):
        query = {name: getattr(chosen, name) for name in ("actor", "verb", "case", "on")}
        tools.append({"label": "导出 Excel", "url": linked("acts-export", **query)})
    context = {
        "page": page,
        "lines": lines,
        "fields": _fields(chosen, reading.verbs(actor)),
        "tools": tools,
        "query": " · ".join(chosen.sentence()),
        "on": actor.on,
    }
    return render(request, "pages/audit/list.html", context)


def act_export(request: StaffRequest) -> HttpResponse:
    """The same list as .xlsx."""
    sheet = reading.sheet(request.actor, reading.read(request.GET.dict()))
    content = export(request.actor, sheet, verb="导出日志", needs="导出日志")
    return attachment(content, f"日志{request.actor.on:%Y%m%d}.xlsx")


def act_detail(request: StaffRequest, seq: int) -> HttpResponse:
    """One entry: what was written, and whether it still is what was written."""
    request.family = "审计"
    actor = request.actor
    found = reading.checked(actor, seq)
    act = found.line.act
    context = {
        "found": found,
        "question": "这一条还是原来的吗" if found.sound else "这一条被改过",
        "act": act,
        "line": found.line,
        "subject_url": _subject_url(request, found.line),
        "pairs": [
            ("序号", f"{act.seq:,}"),
            ("法院", act.court or "全部"),
            ("对象", act.subject_kind),
            ("标识", act.subject_id),
            ("依据版本", act.definition),
            ("从哪里", act.whence or ""),
        ],
        "on": actor.on,
    }
    return render(request, "pages/audit/detail.html", context)


def _subject_url(request: StaffRequest, line: Line) -> str:
    """Where the record stands, for whoever may see it."""
    act, actor = line.act, request.actor
    if not act.subject_id.isdigit():
        return ""
    pk = int(act.subject_id)
    if act.subject_kind == CASE and actor.may("查看案件") and cases_seen(actor).filter(pk=pk).exists():
        return reverse("case", args=[pk])
    if act.subject_kind == PERSON and actor.may("查看机构人员"):
        return reverse("person", args=[pk])
    return ""


routes = (
    Route("acts", act_list, "acts", "查看日志"),
    Route("acts/export", act_export, "acts-export", "导出日志"),
    Route("acts/<int:seq>", act_detail, "act", "查看日志"),
)
