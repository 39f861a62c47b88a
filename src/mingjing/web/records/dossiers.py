"""廉政档案: the leaves about one person, one's own or somebody else's, on the screen and on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.reading.dossiers import SEE_DOSSIERS, Dossier, dossier, dossier_paper, taken_out
from mingjing.services.records.sight import SEE
from mingjing.web.downloads import attachment
from mingjing.web.routing import Route, StaffRequest


def dossier_page(request: StaffRequest, person_id: int) -> HttpResponse:
    """Somebody's dossier."""
    return _page(request, dossier(request.actor, person_id))


def dossier_mine(request: StaffRequest) -> HttpResponse:
    """One's own."""
    return _page(request, dossier(request.actor, request.actor.person.pk))


def dossier_file(request: StaffRequest, person_id: int) -> HttpResponse:
    """The list of leaves as .docx."""
    paper = dossier_paper(taken_out(request.actor, person_id), request.actor.on)
    return attachment(paper.content, paper.name)


def _page(request: StaffRequest, found: Dossier) -> HttpResponse:
    request.family = "台账"
    on, own = request.actor.on, found.person == request.actor.person
    groups = [
        (group, [(leaf, leaf.until is not None and leaf.until < on) for leaf in leaves])
        for group, leaves in found.grouped()
    ]
    context = {
        "found": found,
        "person": found.person,
        "own": own,
        "groups": groups,
        "on": on,
        "paper": "" if own else reverse("dossier-file", args=[found.person.pk]),
    }
    return render(request, "pages/records/dossier.html", context)


routes = (
    Route("dossiers/mine", dossier_mine, "dossier-mine", SEE),
    Route("dossiers/<int:person_id>", dossier_page, "dossier", SEE_DOSSIERS),
    Route("dossiers/<int:person_id>/paper", dossier_file, "dossier-file", SEE_DOSSIERS),
)
