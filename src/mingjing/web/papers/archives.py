"""档案目录: seal the files of an archived case, compare them again, the list of sealed cases; 监督留痕."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.papers.sealing import SEAL, seal_case, verify_seal
from mingjing.services.permissions import NotVisible
from mingjing.services.reading import archives as reading
from mingjing.services.reading.supervision_traces import traces
from mingjing.services.records.opening import openings
from mingjing.services.records.powers import REGISTER
from mingjing.storage.papers.models import Seal
from mingjing.web.acting import post_act
from mingjing.web.listing import choice
from mingjing.web.papers.opening import form_url
from mingjing.web.routing import Route, StaffRequest


def case_archive(request: StaffRequest, case_id: int) -> HttpResponse:
    """The catalogue of one case."""
    request.family = "案件"
    actor = request.actor
    found = reading.catalogue(actor, case_id)
    context = {"found": found, "case": found.case, "may_seal": actor.may(SEAL), "on": actor.on}
    return render(request, "pages/papers/archive.html", context)


def case_seal(request: StaffRequest, case_id: int) -> HttpResponse:
    """封存."""
    found = reading.catalogue(request.actor, case_id)

    def run() -> str:
        seal = seal_case(request.actor, case_id=found.case.pk)
        return f"已封存 {seal.files} 个文件，以后不能再加；目录摘要 {seal.root[:16]}……"

    return post_act(request, run, reverse("case-archive", args=[found.case.pk]))


def seal_verify(request: StaffRequest, seal_id: int) -> HttpResponse:
    """逐件核验."""
    known = Seal.objects.filter(pk=seal_id).first()
    if known is None:
        raise NotVisible
    found = reading.catalogue(request.actor, known.case_id)

    def run() -> str:
        seal = verify_seal(request.actor, seal_id=known.pk)
        said = f"有不符的：{'、'.join(seal.broken)}" if seal.broken else "都与封存时一致"
        return f"核验 {seal.files} 个文件：{said}。"

    return post_act(request, run, reverse("case-archive", args=[found.case.pk]))


def archive_list(request: StaffRequest) -> HttpResponse:
    """Sealed cases; or those archived and not sealed yet."""
    request.family = "案件"
    chosen = reading.ArchiveFilter.read(request.GET.dict())
    unsealed = chosen.state == reading.STATES[2]
    context = {
        "page": None if unsealed else reading.seals(request.actor, chosen),
        "waiting": list(reading.waiting(request.actor)) if unsealed else [],
        "unsealed": unsealed,
        "chosen": chosen,
        "fields": [choice("state", "状态", chosen.state, reading.STATES)],
        "query": chosen.state,
        "on": request.actor.on,
    }
    return render(request, "pages/papers/archives.html", context)


def supervision(request: StaffRequest, case_id: int) -> HttpResponse:
    """Every supervisory act on a case."""
    request.family = "案件"
    actor = request.actor
    case, found = traces(actor, case_id)
    context = {
        "case": case,
        "traces": found,
        "outside": sum(one.outside for one in found),
        "asks": [
            (one.act, form_url(actor, REGISTER, case, act=one.act)) for one in openings(actor, REGISTER)
        ],
        "on": actor.on,
    }
    return render(request, "pages/papers/supervision.html", context)


routes = (
    Route("cases/<int:case_id>/archive", case_archive, "case-archive", reading.CHECK),
    Route("cases/<int:case_id>/archive/seal", case_seal, "case-seal", SEAL),
    Route("seals/<int:seal_id>/verify", seal_verify, "seal-verify", SEAL),
    Route("cases/archives", archive_list, "archives", reading.CHECK),
    Route("cases/<int:case_id>/supervision", supervision, "case-supervision", "查看案件"),
)
