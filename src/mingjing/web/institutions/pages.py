"""The list of definitions, and one of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.installation import definition_problems
from mingjing.services.reading import institutions as reading
from mingjing.services.reading.institutions import Institution, InstitutionFilter, Institutions, Use
from mingjing.services.reading.records.doers import left_behind, stuck
from mingjing.web.institutions.diagram import diagram
from mingjing.web.institutions.register_diagram import register_diagram
from mingjing.web.listing import Field, choice
from mingjing.web.routing import Route, StaffRequest

LONG = 24
TRIABLE = (
    "deadline",
    "caseflow",
    "screening",
    "ledger",
    "filing",
    "activity",
    "approval",
    "meeting",
    "sheet",
    "card",
)
"""Rows of a table beyond which it is folded away."""


def _fields(chosen: InstitutionFilter, found: Institutions) -> list[Field]:
    return [
        {"name": "kind", "label": "类别", "value": chosen.kind, "hidden": True},
        choice("family", "业务", chosen.family, found.families, "全部业务"),
        choice("owner", "归口", chosen.owner, found.owners, "全部归口部门"),
        {
            "name": "questions",
            "label": "待确认",
            "value": chosen.questions,
            "options": [("", "不论有无待确认"), ("有", "有待确认"), ("没有", "没有待确认")],
        },
        {"name": "q", "label": "搜索", "value": chosen.q},
    ]


def _tabs(chosen: InstitutionFilter, found: Institutions) -> list[dict[str, object]]:
    rest = {"family": chosen.family, "owner": chosen.owner, "questions": chosen.questions, "q": chosen.q}
    kept = {name: value for name, value in rest.items() if value}
    titles = ["", *reading.KIND_ORDER]
    return [
        {
            "label": title or "全部",
            "url": "?" + urlencode({**kept, **({"kind": title} if title else {})}),
            "count": found.counts.get(title, 0) if title else sum(found.counts.values()),
            "current": chosen.kind == title,
        }
        for title in titles
    ]


def institution_list(request: StaffRequest) -> HttpResponse:
    """Every definition in force at the court."""
    request.family = "制度"
    actor = request.actor
    chosen = reading.read(request.GET.dict())
    found = reading.institutions(actor, chosen)
    context = {
        "found": found,
        "chosen": chosen,
        "tabs": _tabs(chosen, found),
        "fields": _fields(chosen, found),
        "query": " · ".join(chosen.sentence()),
        "problems": definition_problems(actor.court) if may_see_problems(request) else (),
        **(_stranded(request) if may_see_problems(request) else {}),
        "on": actor.on,
    }
    return render(request, "pages/institutions/list.html", context)


def may_see_problems(request: StaffRequest) -> bool:
    """Whether this person is told that the definition files are broken."""
    return request.actor.may("查看系统") or request.actor.may("起草制度")


def _stranded(request: StaffRequest, register_id: str = "") -> dict[str, object]:
    """Open records that nobody can move on, of one register or of all: a post left empty, a holder gone."""
    actor = request.actor
    lines = [
        {
            "label": one.register.label,
            "url": f"{reverse('register', args=[one.register.id])}?{urlencode({'state': one.state})}",
            "state": one.state,
            "count": one.count,
            "acts": "、".join(one.acts),
            "words": "、".join(one.words),
        }
        for one in stuck(actor, register_id)
    ]
    left = [
        {
            "label": one.register.label,
            "url": reverse("register", args=[one.register.id]),
            "count": one.count,
            "holder": one.register.holder or "责任人",
        }
        for one in left_behind(actor, register_id)
    ]
    return {"stuck": lines, "left": left}


def institution_detail(request: StaffRequest, definition_id: str) -> HttpResponse:
    """One definition: what it says, its examples, its history, who uses it."""
    request.family = "制度"
    actor = request.actor
    found = reading.institution(actor, definition_id, _place(request))
    context = {
        "found": found,
        "described": found.description,
        "sections": [(section, len(section.rows) > LONG) for section in found.description.sections],
        "unfolded": len(found.description.sections) == 1,
        "pairs": _pairs(found),
        "uses": [(use, _cases_url(use)) for use in found.uses],
        "used_total": sum(use.cases for use in found.uses),
        "diagram": diagram(found.flow) if found.flow else None,
        "drawn": register_diagram(found.register) if found.register else None,
        "texts": _law_texts(found),
        **(_stranded(request, definition_id) if found.register and may_see_problems(request) else {}),
        "may_try": actor.may("试算制度") and found.definition.kind in TRIABLE,
        "place": request.GET.get("file", ""),
        "on": actor.on,
    }
    return render(request, "pages/institutions/detail.html", context)


def _law_texts(found: Institution) -> list[tuple[str, str, str, str, str]]:
    """The versions of a deadline: number and the words of the law side by side."""
    versions = next((s for s in found.description.sections if s.title == "各个版本"), None)
    if versions is None:
        return []
    return [(row[0], row[1], row[2], row[3], row[4]) for row in versions.rows]


def _pairs(found: Institution) -> list[tuple[object, ...]]:
    described = found.description
    return [
        ("编号", described.id),
        ("类别", described.kind_title),
        ("归口", described.owner),
        ("现行版本", str(described.in_force) if described.in_force else ""),
        ("指纹", found.definition.content_hash[:8]),
        (
            "文件",
            next(
                (one.path for one in found.versions if one.content_hash == found.definition.content_hash), ""
            ),
        ),
    ]


def _cases_url(use: Use) -> str:
    query = {"kind": use.kind, "procedure": use.procedure}
    return f"{reverse('case-list')}?" + urlencode({key: value for key, value in query.items() if value})


def _place(request: StaffRequest) -> int | None:
    given = request.GET.get("file", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else None


def institution_text(request: StaffRequest, definition_id: str) -> HttpResponse:
    """The file as it is written, with line numbers."""
    request.family = "制度"
    definition, path = reading.text_of(request.actor, definition_id, _place(request))
    context = {
        "definition": definition,
        "path": path,
        "lines": list(enumerate(definition.text.rstrip("\n").split("\n"), 1)),
        "on": request.actor.on,
    }
    return render(request, "pages/institutions/text.html", context)


routes = (
    Route("institutions", institution_list, "institutions", "查看制度"),
    Route("institutions/<str:definition_id>", institution_detail, "institution", "查看制度"),
    Route("institutions/<str:definition_id>/text", institution_text, "institution-text", "查看制度"),
)
