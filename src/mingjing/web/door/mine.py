"""我的安全: one's own password, second factor, passkeys and sessions."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.security import ending, passkeys, second
from mingjing.services.security.entering import PASSWORD, SECOND
from mingjing.services.security.fresh import KEYS
from mingjing.services.security.overview import safety_of
from mingjing.services.security.passwords import change_password, own_account
from mingjing.services.security.standing import told_rules
from mingjing.services.sessions import digest_of
from mingjing.web.acting import act_page, post_act
from mingjing.web.door.entering import CHALLENGE, OWED, settled, site_of
from mingjing.web.door.qr import picture
from mingjing.web.fresh import is_fresh
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest


def _secret(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=300, widget=widget, help_text=help_text)


class OwnPasswordForm(forms.Form):
    """改口令."""

    old = _secret("现在的口令", "current-password")
    new = _secret("新口令", "new-password")
    again = _secret("再填一次新口令", "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = "".join(told_rules())


class ProofForm(forms.Form):
    """The password once more, before a login is made less safe."""

    password = _secret("现在的口令", "current-password")


class DigitsForm(forms.Form):
    """The first six digits of a newly enrolled telephone."""

    digits = forms.CharField(
        label="手机上显示的六位数字",
        max_length=10,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
        ),
    )


def security(request: StaffRequest) -> HttpResponse:
    """Everything about the safety of one's own login on one page."""
    context = {
        "found": safety_of(own_account(request.actor)),
        "here": digest_of(request.session.session_key or ""),
        "owed": request.session.get(OWED, []),
        "may_add": is_fresh(request, KEYS),
        "host_is_number": site_of(request).host.replace(".", "").isdigit(),
    }
    return render(request, "pages/door/security.html", context)


def password(request: StaffRequest) -> HttpResponse:
    """改口令."""

    def run(data: dict[str, Any]) -> str:
        account = change_password(request.actor, keep=request.session.session_key or "", **data)
        update_session_auth_hash(request, account)
        settled(request, PASSWORD)
        return "口令已改，别处的登录都已退出。"

    owed = PASSWORD in request.session.get(OWED, [])
    return act_page(
        request,
        title="改口令",
        lead="口令是别人设的，或者已经到期：先改成自己的，再办别的。"
        if owed
        else "改了以后，别处的登录全部退出。",
        form_class=OwnPasswordForm,
        run=run,
        back=reverse("my-security"),
        button="改口令",
    )


def telephone(request: StaffRequest) -> HttpResponse:
    """Enrol a telephone: the QR code, the secret to type, and the digits that prove it works."""
    form, refusal = DigitsForm(request.POST or None), None
    try:
        shown = second.enrolment(request.actor)
        if request.method == "POST" and form.is_valid():
            codes = second.confirm(request.actor, form.cleaned_data["digits"])
            settled(request, SECOND)
            return render(request, "pages/door/codes.html", {"codes": codes, "title": "验证码已开通"})
    except second.WrongCode as refused:
        if "已经开通" in str(refused):
            return HttpResponseRedirect(reverse("my-security"))
        refusal = refused
    context = {"form": form, "secret": shown.secret, "qr": picture(shown.uri), "refusal": refusal}
    return render(request, "pages/door/telephone.html", context, status=422 if refusal else 200)


def telephone_off(request: StaffRequest) -> HttpResponse:
    """停用验证码."""

    def run(data: dict[str, Any]) -> str:
        second.switch_off(request.actor, data["password"])
        return "验证码和恢复码都已停用。"

    return act_page(
        request,
        title="停用验证码",
        lead="以后登录不再问验证码；换手机的，停用后重新开通。",
        form_class=ProofForm,
        run=run,
        back=reverse("my-security"),
        button="停用",
    )


def codes(request: StaffRequest) -> HttpResponse:
    """换恢复码."""
    form, refusal = ProofForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = second.new_codes(request.actor, form.cleaned_data["password"])
            return render(request, "pages/door/codes.html", {"codes": made, "title": "新的恢复码"})
        except Refusal as refused:
            refusal = refused
    context = {
        "title": "换一组恢复码", "lead": "旧的恢复码立即作废。", "form": form, "refusal": refusal,
        "button": "换一组", "back": reverse("my-security"),
    }  # fmt: skip
    return render(request, "pages/form.html", context, status=422 if refusal else 200)


def passkey_ask(request: StaffRequest) -> HttpResponse:
    """What the browser is to make, as JSON; the challenge stays in the session."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("my-security"))
    asked = passkeys.ask_for_new(request.actor, site_of(request))
    request.session[CHALLENGE] = asked.challenge
    return JsonResponse(asked.options)


def passkey_new(request: StaffRequest) -> HttpResponse:
    """Keep the passkey the browser made; the answer is JSON for the page's script."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("my-security"))
    challenge = request.session.pop(CHALLENGE, "")
    try:
        told = json.loads(request.body)
        label = str(told.get("label", "")) if isinstance(told, dict) else ""
        answer = json.dumps(told.get("answer", {})) if isinstance(told, dict) else ""
        kept = passkeys.enrol_passkey(
            request.actor, answer, challenge=challenge, site=site_of(request), label=label
        )
    except (Refusal, ValueError) as refused:
        said = str(refused) if isinstance(refused, Refusal) else "浏览器的回答看不懂。请再试一次。"
        return JsonResponse({"refused": said}, status=422)
    settled(request, SECOND)
    messages.success(request, f"通行密钥“{kept.label}”已登记，下次可以直接用它登录。")
    return JsonResponse({"next": reverse("my-security")})


def passkey_drop(request: StaffRequest, passkey_id: int) -> HttpResponse:
    """删去一把通行密钥."""
    return post_act(
        request,
        lambda: f"通行密钥“{passkeys.drop_passkey(request.actor, passkey_id)}”已删去。",
        reverse("my-security"),
    )


def session_end(request: StaffRequest, digest: str) -> HttpResponse:
    """退出一处登录."""
    return post_act(
        request,
        lambda: f"已退出 {ending.end_own_session(request.actor, digest).device or '那一处'}。",
        reverse("my-security"),
    )


def sessions_end(request: StaffRequest) -> HttpResponse:
    """退出别处的全部登录."""
    key = request.session.session_key or ""
    return post_act(
        request,
        lambda: f"已退出别处的 {ending.end_own_others(request.actor, key)} 处登录。",
        reverse("my-security"),
    )


routes = (
    Route("my/security", security, "my-security", SIGNED_IN),
    Route("my/password", password, "my-password", SIGNED_IN),
    Route("my/telephone", telephone, "my-telephone", SIGNED_IN),
    Route("my/telephone/off", telephone_off, "my-telephone-off", SIGNED_IN),
    Route("my/codes", codes, "my-codes", SIGNED_IN),
    Route("my/passkeys/ask", passkey_ask, "my-passkey-ask", SIGNED_IN, KEYS),
    Route("my/passkeys/new", passkey_new, "my-passkey-new", SIGNED_IN, KEYS),
    Route("my/passkeys/<int:passkey_id>/drop", passkey_drop, "my-passkey-drop", SIGNED_IN, KEYS),
    Route("my/sessions/end", sessions_end, "my-sessions-end", SIGNED_IN),
    Route("my/sessions/<slug:digest>/end", session_end, "my-session-end", SIGNED_IN),
)
