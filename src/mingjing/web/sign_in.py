"""Log-in and log-out. In a demonstration the page lists the demo logins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.security.entering import check_password
from mingjing.services.security.guessing import TooManyGuesses
from mingjing.services.security.outside import provider
from mingjing.web.door.entering import address_of, halt_halfway, let_in, onward
from mingjing.web.routing import ANYONE, SIGNED_IN, Route


class SignInForm(forms.Form):
    """Account and password."""

    username = forms.CharField(
        label="账号",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="口令",
        max_length=300,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def sign_in(request: HttpRequest) -> HttpResponse:
    """The log-in page."""
    onward_to = onward(request, request.POST.get("next", "") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward_to)
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            return _entered(request, form.cleaned_data, onward_to)
        except Refusal as refused:
            form.add_error(None, str(refused))
            status = 429 if isinstance(refused, TooManyGuesses) else 200
    return render(request, "pages/sign_in.html", _context(request, form), status=status)


def _entered(request: HttpRequest, given: dict[str, Any], onward_to: str) -> HttpResponse:
    known = check_password(given["username"], given["password"], address_of(request))
    if not known.asks_second:
        return let_in(request, known.account, known.way, onward_to)
    halt_halfway(request, known.account, known.way, onward_to)
    return HttpResponseRedirect(reverse("second-factor"))


def _context(request: HttpRequest, form: SignInForm) -> dict[str, Any]:
    """The form, other ways in, and the demo logins in a demonstration."""
    context: dict[str, Any] = {
        "form": form,
        "next": request.POST.get("next", "") or request.GET.get("next", ""),
        "outside": provider(),
    }
    if settings.CONFIGURATION.demo:
        from mingjing.services.demo.build import PASSWORD, logins

        context["logins"] = logins()
        context["password"] = PASSWORD
    return context


routes = (
    Route("login", sign_in, "login", ANYONE),
    Route("logout", LogoutView.as_view(), "logout", SIGNED_IN),
)
