"""在线索里找: words are sent in the body of a form, never in an address, which servers write down."""

from __future__ import annotations

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render

from mingjing.services.leads.searching import FoundLead, search
from mingjing.services.leads.sight import SEE_LEADS
from mingjing.web.leads.pages import FAMILY
from mingjing.web.leads.session import keep_open, opened_of, unlock_first
from mingjing.web.routing import Route, StaffRequest


class FindForm(forms.Form):
    """在线索里找."""

    words = forms.CharField(
        label="找什么",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="姓名、编号、内容里的字；几个词用空格分开，都要有。只在您办的、打得开的线索里找。",
    )


def lead_find(request: StaffRequest) -> HttpResponseBase:
    """The form, and what was found."""
    request.family = FAMILY
    opened = opened_of(request)
    if opened is None:
        return unlock_first(request)
    form = FindForm(request.POST if request.method == "POST" else None)
    found: list[FoundLead] | None = None
    if request.method == "POST" and form.is_valid():
        found = search(request.actor, opened, form.cleaned_data["words"])
    context = {"form": form, "found": found, "on": request.actor.on}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return keep_open(request, render(request, "pages/leads/find.html", context, status=status), opened)


routes = (Route("leads/find/", lead_find, "lead-find", SEE_LEADS),)
