"""导入: the list with the upload, and one batch from pre-check to done."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.importing.batches import cancel, confirm, seen_batch
from mingjing.services.importing.returning import error_workbook, template
from mingjing.services.importing.uploading import same_before, upload
from mingjing.services.importing.working import work
from mingjing.services.reading.imports import (
    Progress,
    batches,
    differences,
    progress,
    refused,
    target_courts,
)
from mingjing.services.reading.keyset import Filter, read_filter
from mingjing.storage.batches.models import Batch
from mingjing.web.acting import post_act
from mingjing.web.downloads import attachment
from mingjing.web.imports.forms import UploadForm
from mingjing.web.routing import Route, StaffRequest

State = Batch.State


def import_list(request: StaffRequest) -> HttpResponse:
    """The files brought in, and the form for the next one."""
    request.family = "案件"
    actor = request.actor
    courts = target_courts(actor)
    initial = {"court": str(actor.court.pk)}
    form = UploadForm(request.POST or None, request.FILES or None, courts=courts, initial=initial)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        court = next(one for one in courts if str(one.pk) == form.cleaned_data["court"])
        file = form.cleaned_data["file"]
        try:
            batch = upload(
                actor,
                court=court,
                filename=file.name,
                chunks=file.chunks(),
                encoding=form.cleaned_data["encoding"],
            )
        except Refusal as refused_file:
            refusal = refused_file
        else:
            return HttpResponseRedirect(reverse("import-mapping", args=[batch.pk]))
    context = {
        "page": batches(actor, read_filter(Filter, request.GET.dict(), {})),
        "form": form,
        "refusal": refusal,
        "several": len(courts) > 1,
        "on": actor.on,
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/imports/list.html", context, status=status)


def import_template(request: StaffRequest) -> HttpResponse:
    """The workbook to fill in, with the court's own dictionaries as lists."""
    chosen = request.GET.get("court", "")
    court = next((one for one in target_courts(request.actor) if one.code == chosen), request.actor.court)
    return attachment(template(request.actor, court), f"导入模板-{court.short_name}.xlsx")


def import_detail(request: StaffRequest, batch_id: int) -> HttpResponse:
    """One batch: what it is doing, what it would change, what was refused."""
    request.family = "案件"
    actor = request.actor
    batch = seen_batch(actor, batch_id)
    if batch.state == State.UPLOADED:
        return HttpResponseRedirect(reverse("import-mapping", args=[batch.pk]))
    found = progress(batch)
    context = {
        "batch": batch,
        "job": _job(batch, found),
        "progress": found,
        "checked": batch.state == State.CHECKED,
        "done": batch.state == State.DONE,
        "may_confirm": actor.may("确认导入"),
        "table": bool(batch.refused) and batch.mapping.get("shape") != "log",
        "same": same_before(batch) if batch.state == State.CHECKED else None,
        "lateness_url": reverse("import-lateness", args=[batch.pk]),
        "refused": [] if found.waiting else refused(batch),
        "differences": differences(batch) if batch.state == State.CHECKED else [],
        "on": actor.on,
    }
    if request.headers.get("HX-Request") and found.waiting:
        return render(request, "pages/imports/_working.html", {**context, "partial": True})
    response = render(request, "pages/imports/detail.html", context)
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


def _job(batch: Batch, found: Progress) -> dict[str, object]:
    """The progress bar of a batch at work."""
    words = "正在写入" if batch.state == State.WRITING else "正在预检"
    return {
        "title": f"{words} {batch.filename}",
        "words": f"前面还有 {found.ahead} 批，排队等候" if found.ahead else words,
        "done": batch.progress if batch.state == State.CHECKING else 0,
        "total": 0,
        "url": reverse("import", args=[batch.pk]),
        "finished": not found.waiting,
    }


def import_errors(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Every refused row as a workbook, the reason in the cell."""
    batch = seen_batch(request.actor, batch_id)
    stem = batch.filename.rpartition(".")[0] or batch.filename
    return attachment(error_workbook(batch), f"{stem}-退回.xlsx")


def import_confirm(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Asks once, with the consequences in numbers; then sends the batch to be written."""
    request.family = "案件"
    batch = seen_batch(request.actor, batch_id)
    back = reverse("import", args=[batch.pk])
    if request.method == "POST":

        def run() -> str:
            confirm(request.actor, batch)
            return "已确认，正在写入。可以离开这一页。"

        return post_act(request, run, back)
    if batch.confirmed_at:
        return HttpResponseRedirect(back)
    consequences = [
        f"新增 {batch.added:,} 件、更新 {batch.updated:,} 件，{batch.unchanged:,} 件不变；"
        f"写入“{batch.court.name}”。",
        f"退回的 {batch.refused:,} 行不写入，可以下载改好再导。" if batch.refused else "没有退回的行。",
        "期限随之重算；已经到点的提醒会发给承办人和上级。",
    ]
    context = {
        "question": f"把 {batch.filename} 写入案件库吗？",
        "consequences": consequences,
        "yes": "确认写入",
        "back_url": back,
        "on": request.actor.on,
    }
    return render(request, "base/confirm.html", context)


def import_cancel(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Gives a batch up; nothing of it was written."""
    batch = seen_batch(request.actor, batch_id)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("import", args=[batch.pk]))

    def run() -> str:
        cancel(request.actor, batch)
        return f"已放弃 {batch.filename}，没有写入任何内容。"

    return post_act(request, run, reverse("imports"))


def import_run(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Does the waiting work within the request, where no clock process takes it up and the file is small."""
    batch = seen_batch(request.actor, batch_id)
    back = reverse("import", args=[batch.pk])
    found = progress(batch)
    if request.method == "POST" and found.waiting and found.small:

        def run() -> str:
            work(batch)
            return "已办完。" if batch.state != State.FAILED else "没有办成，原因在下面。"

        return post_act(request, run, back)
    return HttpResponseRedirect(back)


def import_lateness(request: StaffRequest, batch_id: int) -> HttpResponse:
    """How late the file is by the due dates it carries itself."""
    request.family = "案件"
    batch = seen_batch(request.actor, batch_id)
    lines = [
        {**one, "share": 100 * one["late"] / one["with_both"] if one["with_both"] else 0.0}
        for one in batch.lateness
    ]
    context = {"batch": batch, "lines": lines, "on": request.actor.on}
    return render(request, "pages/imports/lateness.html", context)


routes = (
    Route("imports", import_list, "imports", "导入数据"),
    Route("imports/template", import_template, "import-template", "导入数据"),
    Route("imports/<int:batch_id>", import_detail, "import", "导入数据"),
    Route("imports/<int:batch_id>/errors", import_errors, "import-errors", "导入数据"),
    Route("imports/<int:batch_id>/confirm", import_confirm, "import-confirm", "确认导入"),
    Route("imports/<int:batch_id>/cancel", import_cancel, "import-cancel", "导入数据"),
    Route("imports/<int:batch_id>/run", import_run, "import-run", "导入数据"),
    Route("imports/<int:batch_id>/lateness", import_lateness, "import-lateness", "导入数据"),
)
