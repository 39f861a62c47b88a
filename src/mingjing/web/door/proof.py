"""再验身份: the password or six digits once more, then on to what was wanted."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.security.fresh import MATTERS, prove
from mingjing.services.security.guessing import TooManyGuesses
from mingjing.web.door.entering import address_of, onward
from mingjing.web.fresh import note_proof
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest


class ProofAgainForm(forms.Form):
    """口令或者六位验证码."""

    given = forms.CharField(
        label="口令，或者六位验证码",
        strip=False,
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


def proof(request: StaffRequest) -> HttpResponse:
    """Ask once more who it is; nowhere but to a page of this site from here."""
    wanted = request.POST.get("next", "") or request.GET.get("next", "")
    onward_to = onward(request, wanted) if wanted else reverse("my-security")
    form, status = ProofAgainForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            prove(request.actor, form.cleaned_data["given"], address_of(request))
        except Refusal as refused:
            form.add_error(None, str(refused))
            status = 429 if isinstance(refused, TooManyGuesses) else 422
        else:
            note_proof(request.session)
            return HttpResponseRedirect(onward_to)
    matter = request.POST.get("for", "") or request.GET.get("for", "")
    context = {"form": form, "next": onward_to, "matter": matter if matter in MATTERS else ""}
    return render(request, "pages/door/proof.html", context, status=status)


routes = (Route("my/proof", proof, "my-proof", SIGNED_IN),)
