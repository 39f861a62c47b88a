"""The list and the board of cases, and the list as .xlsx."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.export_cases import export_cases
from mingjing.services.reading.board import Column, stages
from mingjing.services.reading.case_list import COLOURS, DUE, ORDERS, STATUS, CaseFilter, page
from mingjing.services.reading.choices import CaseChoices, case_choices
from mingjing.web import wording
from mingjing.web.downloads import attachment
from mingjing.web.routing import Route, StaffRequest

AGES = (("", "不限案龄"), *((str(months), f"超 {months} 个月") for months in (6, 12, 18, 24, 36)))


def _any(words: str, options: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", words), *((option, option) for option in options)]


def _fields(chosen: CaseFilter, choices: CaseChoices) -> list[dict[str, object]]:
    """The filters that read as a sentence."""
    fields: list[dict[str, object]] = [
        {"name": "status", "label": "状态", "value": chosen.status, "options": STATUS},
        {"name": "due", "label": "期限", "value": chosen.due, "options": _any("不限期限", tuple(DUE))},
        {
            "name": "colour",
            "label": "预警",
            "value": chosen.colour,
            "options": _any("不限预警", tuple(COLOURS)),
        },
    ]
    if choices.courts:
        options = [("", "全部法院"), *choices.courts]
        fields.append({"name": "court", "label": "法院", "value": chosen.court, "options": options})
    if choices.departments:
        options = _any("全部部门", choices.departments)
        fields.append({"name": "department", "label": "部门", "value": chosen.department, "options": options})
    fields += [
        {
            "name": "kind",
            "label": "案件类型",
            "value": chosen.kind,
            "options": _any("全部类型", choices.kinds),
        },
        {
            "name": "procedure",
            "label": "程序",
            "value": chosen.procedure,
            "options": _any("全部程序", choices.procedures),
        },
        {"name": "tag", "label": "标签", "value": chosen.tag, "options": _any("全部标签", choices.tags)},
        {"name": "older", "label": "案龄", "value": chosen.older, "options": AGES},
        {
            "name": "order",
            "label": "排序",
            "value": chosen.order,
            "options": [(o, f"按{o}排") for o in ORDERS],
        },
    ]
    dated = (("filed", chosen.filed), ("closed", chosen.closed), ("open_on", chosen.open_on))
    carried = (("stage", chosen.stage), ("handler", chosen.handler), ("q", chosen.q), *dated)
    fields += [{"name": name, "label": name, "value": value, "hidden": True} for name, value in carried]
    return fields


def case_list(request: StaffRequest) -> HttpResponse:
    """Cases by filter."""
    request.family = "案件"
    actor = request.actor
    asked = request.GET.dict()
    if asked.get("q") and "status" not in asked:
        asked["status"] = "全部"  # whoever searches wants the case, open or closed
    chosen = CaseFilter.read(asked)
    found = page(actor, chosen)
    if chosen.q and len(found.rows) == 1 and set(asked) == {"q", "status"}:
        return HttpResponseRedirect(reverse("case", args=[found.rows[0].pk]))
    choices = case_choices(actor)
    tools = []
    if actor.may("导出数据"):
        tools.append(
            {"label": "导出 Excel", "url": f"{reverse('case-export')}?{urlencode(request.GET.dict())}"}
        )
    context = {
        "page": found,
        "chosen": chosen,
        "choices": choices,
        "several_courts": bool(choices.courts),
        "fields": _fields(chosen, choices),
        "tools": tools,
        "query": " · ".join(chosen.sentence()),
        "may_urge": actor.may("签发督办"),
        "may_import": actor.may("导入数据"),
        "on": actor.on,
    }
    return render(request, "pages/cases/list.html", context)


def case_export(request: StaffRequest) -> HttpResponse:
    """The same list, same columns, as a workbook."""
    book = export_cases(request.actor, CaseFilter.read(request.GET.dict()))
    return attachment(book, f"案件{request.actor.on:%Y%m%d}.xlsx")


def _column(column: Column, kind: str, request: StaffRequest) -> dict[str, object]:
    """A board column as the template shows it."""
    cards = [
        {
            "url": reverse("case", args=[case.pk]),
            "title": case.number,
            "sub": f"{case.cause} · {case.handler.name if case.handler else case.handler_name}",
            "colour": case.colour,
            "words": wording.days_away(case.next_due_on, request.actor.on) if case.next_due_on else "",
        }
        for case in column.cards
    ]
    query = urlencode({"stage": column.stage, **({"kind": kind} if kind else {})})
    return {
        "label": column.stage,
        "count": column.open,
        "late": column.late,
        "cards": cards,
        "rest": column.open - len(cards),
        "url": f"{reverse('case-list')}?{query}",
    }


def case_board(request: StaffRequest) -> HttpResponse:
    """Open cases by stage."""
    request.family = "案件"
    kind = request.GET.get("kind", "")
    columns = stages(request.actor, kind)
    kinds = case_choices(request.actor).kinds
    context = {
        "columns": [_column(column, kind, request) for column in columns],
        "fields": [{"name": "kind", "label": "案件类型", "value": kind, "options": _any("全部类型", kinds)}],
        "total": sum(column.open for column in columns),
        "late": sum(column.late for column in columns),
        "on": request.actor.on,
    }
    return render(request, "pages/cases/board.html", context)


routes = (
    Route("cases", case_list, "case-list", "查看案件"),
    Route("cases/export", case_export, "case-export", "导出数据"),
    Route("cases/board", case_board, "case-board", "查看案件"),
)
