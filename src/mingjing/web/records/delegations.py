"""休假委托: what somebody lends to whom, until when; lending it and taking it back."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.definitions.kinds.table import KINDS
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.reading.records import choices
from mingjing.services.records.delegating import LONGEST, delegate, delegations_of, revoke
from mingjing.services.records.sight import registers_seen
from mingjing.storage.records.models import Delegation
from mingjing.web.acting import DayField, post_act
from mingjing.web.records.fields import ManyField, PersonField
from mingjing.web.routing import Route, StaffRequest


class DelegationForm(forms.Form):
    """Whom, for what, from when until when."""

    def __init__(self, *args: object, actor: Actor) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        people = [one for one in choices.people(actor) if one.pk != actor.person.pk]
        known = sorted(registers_seen(actor), key=lambda one: (one.kind, one.label))
        self.fields["taker"] = PersonField(people, label="委托给", help_text="本院在任的同事。")
        self.fields["since"] = DayField(label="从哪天起", initial=actor.on)
        self.fields["until"] = DayField(
            label="到哪天止",
            initial=actor.on + timedelta(days=7),
            help_text=f"这一天也算；到期自动收回。一次最长 {LONGEST.days} 天。",
        )
        self.fields["reason"] = forms.CharField(label="事由", max_length=200, help_text="例如：年休假")
        self.fields["registers"] = ManyField(
            keys=False,
            tall=True,
            required=False,
            choices=[
                (KINDS[kind].title, [(one.id, one.label) for one in of])
                for kind, of in groupby(known, lambda one: one.kind)
            ],
            label="只限哪些台账和审批",
            help_text="一个也不选，就是全部。",
        )


def delegations(request: StaffRequest) -> HttpResponse:
    """What this person lent and was lent; lending."""
    request.family = "台账"
    actor = request.actor
    form = DelegationForm(request.POST if request.method == "POST" else None, actor=actor)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        refusal = _give(request, form)
        if refusal is None:
            return HttpResponseRedirect(reverse("delegations"))
    rows = [_row(one, actor) for one in delegations_of(actor)[:100]]
    context = {"form": form, "refusal": refusal, "rows": rows, "on": actor.on}
    return render(request, "pages/records/delegations.html", context, status=422 if refusal else 200)


def _give(request: StaffRequest, form: DelegationForm) -> Refusal | None:
    given = form.cleaned_data
    try:
        made = delegate(
            request.actor,
            taker_id=given["taker"],
            reason=given["reason"],
            since=given["since"],
            until=given["until"],
            registers=given["registers"],
        )
    except Refusal as refusal:
        return refusal
    messages.success(request, f"已委托 {made.taker.name}，{made.since} 至 {made.until}。")
    return None


def _row(one: Delegation, actor: Actor) -> dict[str, object]:
    """One delegation, and how it stands today."""
    if one.revoked_on is not None:
        standing = f"{one.revoked_on} 撤回"
    elif one.until < actor.on:
        standing = "已到期"
    else:
        standing = "委托中" if one.since <= actor.on else "还没有开始"
    given = one.giver_id == actor.person.pk
    live = given and one.revoked_on is None and one.until >= actor.on
    return {"one": one, "given": given, "standing": standing, "live": live}


def take_back(request: StaffRequest, delegation_id: int) -> HttpResponse:
    """Take one back."""

    def run() -> str:
        return f"已撤回对 {revoke(request.actor, delegation_id).taker.name} 的委托，从今天起不再有效。"

    return post_act(request, run, reverse("delegations"))


routes = (
    Route("delegations", delegations, "delegations", "委托办理"),
    Route("delegations/<int:delegation_id>/revoke", take_back, "delegation-revoke", "委托办理"),
)
