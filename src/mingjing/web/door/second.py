"""The second step of a log-in: six digits, a recovery code, or a passkey."""

from __future__ import annotations

import json

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.security.entering import check_code
from mingjing.services.security.passkeys import ask_for_known, open_with_passkey
from mingjing.web.door.entering import CHALLENGE, address_of, halfway, let_in, onward, site_of
from mingjing.web.routing import ANYONE, Route


class CodeForm(forms.Form):
    """六位验证码或恢复码."""

    code = forms.CharField(
        label="验证码",
        max_length=20,
        help_text="手机上的六位数字；手机不在身边的，填一个恢复码。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


def second(request: HttpRequest) -> HttpResponse:
    """Ask whoever is halfway for their second factor; back to the start where nobody is."""
    half = halfway(request)
    if half is None:
        return HttpResponseRedirect(reverse("login"))
    account, way, onward_to = half
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            kind = check_code(account, form.cleaned_data["code"], address_of(request))
            return let_in(request, account, f"{way}和{kind}", onward_to)
        except Refusal as refused:
            form.add_error(None, str(refused))
            status = 422
    return render(request, "pages/door/second.html", {"form": form}, status=status)


def passkey_asked(request: HttpRequest) -> HttpResponse:
    """What the browser is to sign, as JSON; the challenge stays in the session."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("login"))
    asked = ask_for_known(site_of(request))
    request.session[CHALLENGE] = asked.challenge
    return JsonResponse(asked.options)


def passkey_given(request: HttpRequest) -> HttpResponse:
    """What the browser signed: where to go on, or the refusal, as JSON."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("login"))
    challenge = request.session.pop(CHALLENGE, "")
    half = halfway(request)
    onward_to = half[2] if half else onward(request, request.GET.get("next", ""))
    try:
        answer = json.dumps(json.loads(request.body))
        account = open_with_passkey(answer, challenge=challenge, site=site_of(request))
        let_in(request, account, "通行密钥", onward_to)
    except (Refusal, ValueError) as refused:
        said = str(refused) if isinstance(refused, Refusal) else "浏览器的回答看不懂。请用口令登录。"
        return JsonResponse({"refused": said}, status=422)
    return JsonResponse({"next": onward_to})


routes = (
    Route("login/second", second, "second-factor", ANYONE),
    Route("login/passkey/ask", passkey_asked, "passkey-asked", ANYONE),
    Route("login/passkey", passkey_given, "passkey-given", ANYONE),
)
