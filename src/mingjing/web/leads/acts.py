"""One act on a lead: the form its definition asks for, sealed as it is sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import Field, FieldType
from mingjing.domain.reasons import Refusal
from mingjing.services.leads.duplicates import link
from mingjing.services.leads.keys import Opened
from mingjing.services.leads.shell import register_at
from mingjing.services.leads.sight import SEE_LEADS, find_lead
from mingjing.services.leads.uploads import check_files, sealed_uploads
from mingjing.services.leads.working import COMPUTED, do, eligible, hand_again, options
from mingjing.services.permissions import NotVisible
from mingjing.storage.leads.models import Lead
from mingjing.storage.people.models import Person
from mingjing.web.acting import DayField, post_act
from mingjing.web.leads.pages import FAMILY
from mingjing.web.leads.session import keep_open, opened_of, unlock_first
from mingjing.web.routing import Route, StaffRequest

WITH_FILES = ("记核查", "报结论")


def _control(field: Field, able: list[Person]) -> forms.Field:
    """The form field of a field of the definition."""
    if field.type is FieldType.LONG:
        return forms.CharField(label=field.label, widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)
    if field.type is FieldType.DAY:
        return DayField(label=field.label)
    if field.type is FieldType.FLAG:
        return forms.BooleanField(label=field.label, required=False, help_text=field.help)
    if field.type is FieldType.CHOICE:
        return forms.ChoiceField(label=field.label, choices=[(one, one) for one in field.options])
    if field.type is FieldType.PEOPLE:
        return forms.MultipleChoiceField(
            label=field.label,
            choices=[(str(one.pk), one.name) for one in able],
            widget=forms.CheckboxSelectMultiple,
            help_text="只列出可以办这件线索的人；涉及被反映人的、没有密钥的都不在里面。",
        )
    return forms.CharField(label=field.label, max_length=60)


def _form(request: StaffRequest, found: Lead, chosen: Permitted, opened: Opened) -> forms.Form:
    register = register_at(found)
    form = forms.Form(request.POST if request.method == "POST" else None)
    wanted = [label for label in (*chosen.fill, *chosen.may_fill) if label not in COMPUTED]
    picking = any(register.field(label).type is FieldType.PEOPLE for label in wanted)
    able = eligible(request.actor, found, opened) if picking else []
    for label in wanted:
        form.fields[register.field(label).key] = _control(register.field(label), able)
    return form


def _entered(found: Lead, cleaned: dict[str, Any]) -> dict[str, object]:
    """What was entered, by label, in the storage form of its type."""
    values: dict[str, object] = {}
    for field in register_at(found).fields:
        if field.key in cleaned:
            value = cleaned[field.key]
            if field.type is FieldType.DAY:
                value = value.isoformat()
            values[field.label] = [int(one) for one in value] if field.type is FieldType.PEOPLE else value
    return values


def _allowed(request: StaffRequest, found: Lead) -> Permitted:
    wanted = request.GET.get("act", "")
    for one in options(request.actor, found):
        if one.act == wanted:
            return one
    raise NotVisible


@sealed_uploads
def lead_act(request: StaffRequest, lead_id: int) -> HttpResponseBase:
    """The form of one act, or the act."""
    request.family = FAMILY
    found = find_lead(request.actor, lead_id)
    opened = opened_of(request)
    if opened is None:
        return unlock_first(request)
    chosen = _allowed(request, found)
    form = _form(request, found, chosen, opened)
    refusal, ready = None, request.method == "POST" and (not form.fields or form.is_valid())
    if ready:
        try:
            _run(request, found, chosen, form, opened)
        except Refusal as refused:
            refusal = refused
        else:
            back = HttpResponseRedirect(reverse("lead", args=[lead_id]))
            return keep_open(request, back, opened)
    return keep_open(request, _page(request, found, chosen, form, refusal), opened)


def _run(request: StaffRequest, found: Lead, chosen: Permitted, form: forms.Form, opened: Opened) -> None:
    files = check_files(request.FILES.getlist("files"))
    values = _entered(found, form.cleaned_data if form.fields else {})
    do(request.actor, found.pk, chosen.act, values, opened, files)


def _page(
    request: StaffRequest, found: Lead, chosen: Permitted, form: forms.Form, refusal: Refusal | None
) -> HttpResponseBase:
    context = {
        "lead": found,
        "chosen": chosen,
        "form": form,
        "refusal": refusal,
        "with_files": chosen.act in WITH_FILES,
    }
    failed = bool(refusal or (form.is_bound and form.fields and form.errors))
    return render(request, "pages/leads/act.html", context, status=422 if failed else 200)


def lead_hand(request: StaffRequest, lead_id: int, person_id: int) -> HttpResponseBase:
    """Seal a lead again to a member whose key is new."""
    find_lead(request.actor, lead_id)
    opened = opened_of(request)
    if opened is None:
        return unlock_first(request)

    def run() -> str:
        count = hand_again(request.actor, lead_id, person_id, opened)
        return f"已重新封给对方 {count} 件。" if count else "对方本来就打得开，没有要重新封的。"

    return keep_open(request, post_act(request, run, reverse("lead", args=[lead_id])), opened)


def lead_link(request: StaffRequest, lead_id: int, other_id: int) -> HttpResponseBase:
    """Say that two leads report the same."""
    find_lead(request.actor, lead_id)

    def run() -> str:
        link(request.actor, lead_id, other_id)
        return "已关联。两件分别办，互相看得到编号。"

    return post_act(request, run, reverse("lead", args=[lead_id]))


routes = (
    Route("leads/<int:lead_id>/alike/<int:other_id>/", lead_link, "lead-link", SEE_LEADS),
    Route("leads/<int:lead_id>/do/", lead_act, "lead-act", SEE_LEADS),
    Route("leads/<int:lead_id>/hand/<int:person_id>/", lead_hand, "lead-hand", SEE_LEADS),
)
