"""Several records at once, and records that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.reading.records.finding import linked_registers, named
from mingjing.services.reading.records.overview import chosen_records, seen_register
from mingjing.services.records import linking
from mingjing.services.records.acting import options
from mingjing.services.records.bulk import MOST_AT_ONCE, do_to_many
from mingjing.services.records.sight import find_record
from mingjing.services.records.versions import register_at
from mingjing.storage.records.models import Record
from mingjing.web.acting import act_page, post_act
from mingjing.web.listing import numbers
from mingjing.web.records.acts import act_form, take_files
from mingjing.web.records.acts import named as record_name
from mingjing.web.records.addresses import within
from mingjing.web.records.forms import KEPT, WHY, sealed
from mingjing.web.routing import Route, StaffRequest

LOOKED_AT = 20
"""How many of the chosen records are asked what may be done with them: the others say so when it is done."""


def bulk(request: StaffRequest, register_id: str) -> HttpResponse:
    """One act on the records chosen in the list."""
    request.family = "台账"
    actor = request.actor
    register = seen_register(actor, register_id)
    asked = request.POST if request.method == "POST" else request.GET
    records = chosen_records(actor, register, numbers(asked.getlist("record"))[: MOST_AT_ONCE + 1])
    back = within("register", register)
    if not records:
        messages.error(request, "还没有选记录。请先在列表里勾选，再成批办理。")
        return HttpResponseRedirect(back)
    offered = _common(actor, records)
    act = next((one for one in offered if one.act == asked.get("act")), None)
    if act is None:
        return _choose(request, register, records, offered, back)
    return _fill(request, register, records, act, back)


def _common(actor: Actor, records: Sequence[Record]) -> list[Permitted]:
    """The acts that at least one of the first records is open to, in the order met."""
    found: dict[str, Permitted] = {}
    for record in records[:LOOKED_AT]:
        for one in options(actor, record):
            if not one.refusal:
                found.setdefault(one.act, one)
    return list(found.values())


def _choose(
    request: StaffRequest,
    register: Register,
    records: Sequence[Record],
    offered: Sequence[Permitted],
    back: str,
) -> HttpResponse:
    context = {
        "register": register,
        "records": records,
        "offered": offered,
        "back": back,
        "on": request.actor.on,
    }
    return render(request, "pages/records/bulk.html", context)


def _fill(
    request: StaffRequest, register: Register, records: Sequence[Record], act: Permitted, back: str
) -> HttpResponse:
    sent = request.method == "POST" and "confirm" in request.POST
    form = act_form(request, register, act, {}, sent=sent)
    refusal = outcome = None
    if sent and form.is_valid():
        try:
            keys = [record.pk for record in records]
            outcome = do_to_many(
                request.actor,
                keys,
                act.act,
                form.entered(),
                why=form.cleaned_data[WHY],
                files=take_files(form),
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"“{act.act}”办好了 {len(outcome.done)} 条。")
            if not outcome.refused:
                return HttpResponseRedirect(back)
    context = {
        "register": register, "records": records, "act": act, "form": form, "refusal": refusal, "back": back,
        "outcome": outcome, "sealed": sealed(form.received), "kept": KEPT, "on": request.actor.on,
    }  # fmt: skip
    status = 422 if refusal or (sent and form.errors) else 200
    return render(request, "pages/records/bulk.html", context, status=status)


class LinkForm(forms.Form):
    """Another record, and in what words they belong together."""

    register = forms.ChoiceField(label="哪本台账")
    number = forms.CharField(label="编号或者标题", max_length=200, help_text="照那条记录上写的编号填。")
    label = forms.CharField(
        label="关系", max_length=40, initial="关联", help_text="例如：同一问题、由此引出。"
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["register"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered


def link(request: StaffRequest, record_id: int) -> HttpResponse:
    """关联别的记录."""
    request.family = "台账"
    actor = request.actor
    record = find_record(actor, record_id)
    register = register_at(record)

    def run(data: dict[str, Any]) -> str:
        other = named(actor, data["register"], data["number"])
        linking.link(actor, record.pk, other.pk, data["label"])
        return f"已关联 {other.number}。"

    return act_page(
        request,
        title="关联别的记录",
        lead=record_name(record, actor),
        form_class=LinkForm,
        run=run,
        back=reverse("record", args=[record.pk]),
        arguments={"offered": linked_registers(actor, register)},
        button="关联",
    )


def unlink(request: StaffRequest, record_id: int, link_id: int) -> HttpResponse:
    """解除一个关联."""
    record = find_record(request.actor, record_id)

    def run() -> str:
        linking.unlink(request.actor, link_id)
        return "已解除关联。"

    return post_act(request, run, reverse("record", args=[record.pk]))


routes = (
    Route("registers/<str:register_id>/bulk", bulk, "register-bulk", "办理台账"),
    Route("records/<int:record_id>/link", link, "record-link", "办理台账"),
    Route("records/<int:record_id>/unlink/<int:link_id>", unlink, "record-unlink", "办理台账"),
)
