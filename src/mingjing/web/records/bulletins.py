"""通报: the two counts side by side, what differs, a check of typed numbers, the numbered .docx."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records.overview import seen_register
from mingjing.services.records.bulletins import Bulletin, bulletin, bulletins_of, issue
from mingjing.web.downloads import attachment
from mingjing.web.records.lists import frame
from mingjing.web.routing import Route, StaffRequest


class NotANumber(Refusal):
    """A count typed into the form is not a number."""

    code = "not-a-number"


def register_bulletin(request: StaffRequest, register_id: str) -> HttpResponse:
    """The draft of a bulletin; sent, the .docx, or why the typed numbers cannot stand."""
    request.family = "台账"
    register = seen_register(request.actor, register_id)
    offered = bulletins_of(request.actor, register)
    if not offered:
        raise NotVisible
    chosen = request.GET.get("document") or offered[0].id
    found, refusal = None, None
    try:
        found = bulletin(request.actor, register, chosen)
        if request.method == "POST":
            paper = issue(request.actor, register, chosen, _typed(request, found))
            return attachment(paper.content, paper.name)
    except Refusal as refused:
        refusal = refused
    context = {
        **frame(request, register, "register-bulletin"),
        "template": next((one for one in offered if one.id == chosen), None),
        "found": found,
        "lines": _lines(request, found) if found else [],
        "refusal": refusal,
    }
    return render(request, "pages/records/bulletin.html", context, status=422 if refusal else 200)


def _typed(request: StaffRequest, found: Bulletin) -> dict[str, int]:
    """The numbers of somebody's draft; those left empty are not compared."""
    typed = {}
    for place, label in enumerate(found.counts.labels):
        text = request.POST.get(f"typed{place}", "").strip()
        if text and not (text.isascii() and text.isdecimal() and len(text) < 9):
            raise NotANumber(f"“{label}”写的“{text}”不是件数。", example="9")
        if text:
            typed[label] = int(text)
    return typed


def _lines(request: StaffRequest, found: Bulletin) -> list[dict[str, object]]:
    """A line for each word: what is borne out, what is claimed, what was typed."""
    return [
        {
            "label": label,
            "borne": number,
            "claimed": found.claimed[label],
            "name": f"typed{place}",
            "typed": request.POST.get(f"typed{place}", ""),
        }
        for place, (label, number) in enumerate(found.borne.items())
    ]


routes = (Route("registers/<str:register_id>/bulletin", register_bulletin, "register-bulletin", "办理台账"),)
