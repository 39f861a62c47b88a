"""A register as a workbook: the list as it stands, an empty one to fill, and rows that become records."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.exporting import LIMIT
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records.choices import content_of
from mingjing.services.reading.records.listing import every_key
from mingjing.services.reading.records.overview import seen_register
from mingjing.services.records import evidence, excel
from mingjing.services.records.excel import Checked
from mingjing.services.records.opening import openings
from mingjing.web.downloads import attachment
from mingjing.web.records.addresses import chosen_of, within
from mingjing.web.routing import Route, StaffRequest

SALT = "records.import"
HOURS = 12


class UploadForm(forms.Form):
    """A filled workbook."""

    file = forms.FileField(label="填好的表", help_text="用上面的模板填；也可以用导出的表改。只看、不写入。")


def register_export(request: StaffRequest, register_id: str) -> HttpResponse:
    """The list by the same filter as a workbook; each cell only as far as the reader may read it."""
    actor = request.actor
    register = seen_register(actor, register_id)
    keys = every_key(actor, register, chosen_of(request, register), LIMIT)
    return attachment(excel.export(actor, register.id, keys), f"{register.label}{actor.on:%Y%m%d}.xlsx")


def register_template(request: StaffRequest, register_id: str) -> HttpResponse:
    """The empty workbook."""
    register = _register(request, register_id)
    book = excel.template(request.actor, register.id, _act(request, register))
    return attachment(book, f"{register.label}模板.xlsx")


def _register(request: StaffRequest, register_id: str) -> Register:
    """A register in which the actor may open records."""
    register = seen_register(request.actor, register_id)
    if not openings(request.actor, register.id):
        raise NotVisible
    return register


def _act(request: StaffRequest, register: Register) -> str:
    """The opening act asked for, else the first one allowed."""
    offered = [one.act for one in openings(request.actor, register.id)]
    asked = request.POST.get("act") or request.GET.get("act", "")
    return asked if asked in offered else offered[0]


def register_import(request: StaffRequest, register_id: str) -> HttpResponse:
    """Upload, look at what it would do, confirm."""
    request.family = "台账"
    register = _register(request, register_id)
    act = _act(request, register)
    if request.POST.get("sealed"):
        return _confirm(request, register, act)
    form = UploadForm(request.POST or None, request.FILES or None)
    refusal, found = None, None
    if request.method == "POST" and form.is_valid():
        try:
            found = _look(request, register, act, form.cleaned_data["file"])
        except Refusal as refused:
            refusal = refused
    context = {
        "register": register, "act": act, "form": form, "refusal": refusal, "found": found,
        "back": within("register", register), "on": request.actor.on,
    }  # fmt: skip
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/records/import.html", context, status=status)


def _look(request: StaffRequest, register: Register, act: str, upload: Any) -> dict[str, object]:
    """What the file would do; the file is kept under its digest until it is confirmed."""
    kept = evidence.keep(upload)
    content = content_of(kept.digest)
    checked = excel.precheck(request.actor, register.id, act, BytesIO(content), upload.name)
    sealed = signing.dumps([register.id, act, kept.digest, upload.name], salt=SALT)
    return {"checked": checked, "sealed": sealed, "name": upload.name, "errors": _errors(checked)}


def _errors(checked: Checked) -> list[dict[str, object]]:
    """The faults of the first refused rows."""
    return [
        {"row": one.source_row, "column": fault.column, "value": fault.value, "reason": fault.reason}
        for one in checked.errors[:50]
        for fault in one.errors
    ]


def _confirm(request: StaffRequest, register: Register, act: str) -> HttpResponse:
    """Register the accepted rows of the file that was looked at."""
    back = within("register", register)
    try:
        id_, act, digest, name = signing.loads(request.POST["sealed"], salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        messages.error(request, "上传的表已经过期，请重新上传。什么也没有写入。")
        return HttpResponseRedirect(back)
    content = content_of(digest)
    if "errors" in request.POST:
        checked = excel.precheck(request.actor, id_, act, BytesIO(content), name)
        return attachment(excel.error_workbook(checked, name), f"{register.label}退回的行.xlsx")
    try:
        done = excel.confirm(request.actor, id_, act, BytesIO(content), name)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, f"已登记 {done.added} 条，未变 {done.unchanged} 条，退回 {done.refused} 行。"
        )
    return HttpResponseRedirect(back)


routes = (
    Route("registers/<str:register_id>/export", register_export, "register-export", "导出数据"),
    Route("registers/<str:register_id>/template", register_template, "register-template", "办理台账"),
    Route("registers/<str:register_id>/import", register_import, "register-import", "办理台账"),
)
