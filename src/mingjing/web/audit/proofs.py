"""Checkpoints, witnesses, verification of the whole log; and what of them anybody may fetch."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.exporting import export
from mingjing.services.highest import highest_court, is_highest
from mingjing.services.proving import witnesses as verbs
from mingjing.services.proving.asked_checks import ask_check
from mingjing.services.proving.bundles import bundle_of_case, bundle_of_day, bundle_of_record
from mingjing.services.proving.checkpoints import NoCheckpoint, handed, latest, sign_checkpoint, signed_note
from mingjing.services.proving.own_key import key_state, own_key
from mingjing.services.reading import proofs as reading
from mingjing.storage.auditlog.models import LogCheck
from mingjing.web.acting import act_page, post_act
from mingjing.web.audit.forms import EndForm, ReceiveForm, WitnessForm
from mingjing.web.downloads import attachment
from mingjing.web.listing import choice, linked
from mingjing.web.routing import ANYONE, Route, StaffRequest

TEXT = "text/plain; charset=utf-8"
LOG, VERIFY = "查看日志", "核验日志"


def checkpoint_list(request: StaffRequest) -> HttpResponse:
    """Every checkpoint, newest first."""
    request.family = "审计"
    chosen = reading.read(request.GET.dict())
    page, lines = reading.checkpoints(request.actor, chosen)
    key, problem = key_state()
    export_url = linked("checkpoints-export", since=chosen.since, by=chosen.by)
    context = {
        "page": page,
        "lines": lines,
        "key": key,
        "problem": problem,
        "fields": [
            {"name": "since", "label": "哪天起", "value": chosen.since},
            choice("by", "副署", chosen.by, (reading.SIGNED, reading.UNSIGNED), "全部"),
        ],
        "tools": [{"label": "导出 Excel", "url": export_url}] if request.actor.may("导出日志") else [],
        "query": " · ".join(chosen.sentence()),
        "may_sign": request.actor.may(VERIFY),
    }
    return render(request, "pages/audit/checkpoints.html", context)


def checkpoints_export(request: StaffRequest) -> HttpResponse:
    """The same list as .xlsx."""
    sheet = reading.sheet(request.actor, reading.read(request.GET.dict()))
    content = export(request.actor, sheet, verb="导出检查点", needs="导出日志")
    return attachment(content, f"检查点{request.actor.on:%Y%m%d}.xlsx")


def checkpoint_sign(request: StaffRequest) -> HttpResponse:
    """现在签一个."""

    def run() -> str:
        found = sign_checkpoint(request.actor)
        return f"已签检查点：{found.size} 条，根 {found.root[:16]}…"

    return post_act(request, run, reverse("checkpoints"))


def checkpoint_file(request: StaffRequest, size: int) -> HttpResponse:
    """One checkpoint with its countersignatures, as a file."""
    response = HttpResponse(signed_note(_known(size)), content_type=TEXT)
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{size}.txt"'
    return response


def _known(size: int | None = None) -> Any:
    try:
        return latest(size)
    except NoCheckpoint:
        raise Http404 from None


def witness_list(request: StaffRequest) -> HttpResponse:
    """Who countersigns."""
    request.family = "审计"
    key, problem = key_state()
    context = {
        "witnesses": reading.witnesses(),
        "key": key,
        "problem": problem,
        "may_keep": request.actor.may(VERIFY),
        "may_admit": request.actor.may(VERIFY) and is_highest(request.actor),
        "highest": highest_court(),
        "address": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "pages/audit/witnesses.html", context)


def witness_new(request: StaffRequest) -> HttpResponse:
    """登记见证单位."""
    request.family = "审计"

    def run(data: dict[str, Any]) -> str:
        return f"已登记“{verbs.admit(request.actor, data['name'], data['vkey']).name}”。"

    return act_page(
        request,
        title="登记见证单位",
        lead="本院以外的单位：上级法院、检察院、纪检监察机关都可以。",
        form_class=WitnessForm,
        run=run,
        back=reverse("witnesses"),
        button="登记",
    )


def witness_end(request: StaffRequest, witness_id: int) -> HttpResponse:
    """停用见证单位."""
    request.family = "审计"
    known = next((one for one in reading.witnesses() if one.pk == witness_id), None)
    if known is None:
        raise Http404

    def run(data: dict[str, Any]) -> str:
        return f"“{verbs.end(request.actor, witness_id, data['why']).name}”今天起停用，以前的副署都保留。"

    lead = f"{known.name}。停用后不再收它的副署。"
    back = reverse("witnesses")
    return act_page(request, title="停用见证单位", lead=lead, form_class=EndForm, run=run, back=back)


def countersignature_new(request: StaffRequest) -> HttpResponse:
    """收下副署."""
    request.family = "审计"

    def run(data: dict[str, Any]) -> str:
        found = verbs.receive(request.actor, data["note"])
        names = "、".join(one.witness.name for one in found)
        return f"收到{names}对 {found[0].checkpoint.size} 条的副署。"

    return act_page(
        request,
        title="收下副署",
        lead="见证人副署后送回的文件。验过是本院签出的检查点、登记过的公钥，才收。",
        form_class=ReceiveForm,
        run=run,
        back=reverse("checkpoints"),
        button="验一验，收下",
    )


def log_check(request: StaffRequest) -> HttpResponse:
    """核验: start, progress, results."""
    request.family = "审计"
    if request.method == "POST":
        return post_act(request, lambda: _asked(request), reverse("log-check"))
    checks = reading.checks()
    newest = checks[0] if checks else None
    running = newest if newest and newest.finished_at is None else None
    context = {"checks": checks, "newest": newest, "job": _job(running) if running else None}
    if request.headers.get("HX-Request") and running:
        return render(request, "base/_progress.html", context)
    response = render(request, "pages/audit/check.html", context)
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


def _asked(request: StaffRequest) -> str:
    ask_check(request.actor)
    return "已开始核验，可以离开这一页。"


def _job(check: LogCheck) -> dict[str, object]:
    words = "正在逐条重算" if check.started_at else "排队等候"
    return {
        "title": "核验整本日志",
        "words": words,
        "done": check.done,
        "total": check.total,
        "url": reverse("log-check"),
        "finished": False,
    }


def case_proof(request: StaffRequest, case_id: int) -> HttpResponse:
    """The proof bundle of a case."""
    title, packed = bundle_of_case(request.actor, case_id)
    return attachment(packed, f"{title}证明.zip")


def record_proof(request: StaffRequest, record_id: int) -> HttpResponse:
    """The proof bundle of a record."""
    title, packed = bundle_of_record(request.actor, record_id)
    return attachment(packed, f"{title}证明.zip")


def day_proof(request: StaffRequest, day_id: int) -> HttpResponse:
    """The proof bundle of a filing day."""
    title, packed = bundle_of_day(request.actor, day_id)
    return attachment(packed, f"{title}证明.zip")


def public_checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint for whoever asks; ``old`` asks for what shows that it continues that size."""
    old = request.GET.get("old", "0")
    _known()
    text = handed(int(old) if old.isdecimal() and len(old) < 19 else 0).text()
    return HttpResponse(text, content_type=TEXT)


def public_key(request: HttpRequest) -> HttpResponse:
    """The public key of the log."""
    _known()
    return HttpResponse(own_key().vkey + "\n", content_type=TEXT)


routes = (
    Route("acts/checkpoints", checkpoint_list, "checkpoints", LOG),
    Route("acts/checkpoints/export", checkpoints_export, "checkpoints-export", "导出日志"),
    Route("acts/checkpoints/sign", checkpoint_sign, "checkpoint-sign", VERIFY),
    Route("acts/checkpoints/<int:size>", checkpoint_file, "checkpoint-file", LOG),
    Route("acts/witnesses", witness_list, "witnesses", LOG),
    Route("acts/witnesses/new", witness_new, "witness-new", VERIFY),
    Route("acts/witnesses/<int:witness_id>/end", witness_end, "witness-end", VERIFY),
    Route("acts/countersignatures/new", countersignature_new, "countersignature-new", VERIFY),
    Route("acts/check", log_check, "log-check", VERIFY),
    Route("cases/<int:case_id>/proof", case_proof, "case-proof", "查看案件"),
    Route("records/<int:record_id>/proof", record_proof, "record-proof", "查看台账"),
    Route("draws/days/<int:day_id>/proof", day_proof, "filing-day-proof", "查看分案"),
    Route("log/checkpoint", public_checkpoint, "public-checkpoint", ANYONE),
    Route("log/key", public_key, "public-key", ANYONE),
)
