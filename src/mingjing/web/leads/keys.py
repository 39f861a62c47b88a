"""密钥: make one's own, unlock it for minutes, leave it with two officers, get it back from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from mingjing.domain.reasons import Refusal
from mingjing.services.leads import keys
from mingjing.services.leads.holding import drop, held_until
from mingjing.services.leads.keys import HOLD_KEY, Opened
from mingjing.services.leads.sealing import LEAST_PASSPHRASE
from mingjing.services.permissions import NotVisible
from mingjing.services.security.fresh import ESCROW
from mingjing.web.acting import act_page
from mingjing.web.leads.pages import FAMILY
from mingjing.web.leads.session import keep_open, opened_of, unlock_first
from mingjing.web.routing import Route, StaffRequest


class PassphraseForm(forms.Form):
    """打开密钥."""

    passphrase = forms.CharField(
        label="密钥口令", widget=forms.PasswordInput(attrs={"autocomplete": "off"}), strip=False
    )


class NewPassphraseForm(forms.Form):
    """新的密钥口令，写两遍."""

    passphrase = forms.CharField(
        label="密钥口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=f"至少 {LEAST_PASSPHRASE} 个字，和登录口令不同。只在您心里，管理员也不能重置。",
    )
    again = forms.CharField(
        label="再写一遍", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        said = super().clean() or {}
        if said.get("passphrase") != said.get("again"):
            raise forms.ValidationError("两遍不一样。")
        return said


class DepositForm(forms.Form):
    """托管."""

    first = forms.ChoiceField(label="第一位托管人")
    second = forms.ChoiceField(label="第二位托管人", help_text="各拿一半；少一个人，谁也拼不出来。")

    def __init__(self, *args: Any, officers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            found = self.fields[name]
            assert isinstance(found, forms.ChoiceField)
            found.choices = [(str(one.pk), one.name) for one in officers]


def key_page(request: StaffRequest) -> HttpResponseBase:
    """One's key: whether there is one, whether it is open, who keeps it, who asks for a half."""
    request.family = FAMILY
    form, refusal = PassphraseForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            opened = keys.unlock_key(request.actor, form.cleaned_data["passphrase"])
        except Refusal as refused:
            refusal = refused
        else:
            return keep_open(request, HttpResponseRedirect(_next(request)), opened)
    context = {
        "form": PassphraseForm() if refusal else form,
        "refusal": refusal,
        "key": keys.key_in_use(request.actor.person),
        "until": held_until(request.session) if opened_of(request) else None,
        "asked": keys.own_recovery(request.actor),
        "waiting": keys.waiting_recoveries(request.actor),
        "next": request.GET.get("next", ""),
        "shown": _demo_passphrase(),
    }
    return render(request, "pages/leads/keys.html", context, status=422 if refusal else 200)


def _demo_passphrase() -> str:
    """The passphrase of the demonstration's keys; nothing anywhere else."""
    if not settings.CONFIGURATION.demo:
        return ""
    from mingjing.services.demo.leads import PASSPHRASE

    return PASSPHRASE


def _next(request: StaffRequest) -> str:
    """Where to go once the key is open: back where it was asked for, within this site."""
    wanted = request.POST.get("next", "")
    fits = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted.startswith("/leads/") and fits else reverse("leads")


def key_new(request: StaffRequest) -> HttpResponse:
    """Make a key; where one is lost for good, a new one in its place."""
    request.family = FAMILY

    def run(entered: dict[str, Any]) -> str:
        make = keys.start_over if keys.key_in_use(request.actor.person) else keys.make_key
        make(request.actor, entered["passphrase"])
        return "密钥已生成。请再找两位托管人各存一半，忘了口令还能恢复。"

    lost = keys.key_in_use(request.actor.person) is not None
    lead = "从前封给您的线索，要由同专班的人重新封给您，才打得开。" if lost else ""
    return _act(request, "重新生成密钥" if lost else "生成密钥", NewPassphraseForm, run, lead=lead)


def key_lock(request: StaffRequest) -> HttpResponse:
    """Forget the open key at once."""
    if request.method == "POST":
        drop(request.session)
        messages.success(request, "密钥已锁上。")
    return HttpResponseRedirect(reverse("lead-keys"))


def key_change(request: StaffRequest) -> HttpResponseBase:
    """Another passphrase for the same key."""
    return _with_key(
        request,
        "更换密钥口令",
        NewPassphraseForm,
        lambda opened, said: keys.change_passphrase(request.actor, opened, said["passphrase"]),
        "口令已更换。",
    )


def key_replace(request: StaffRequest) -> HttpResponseBase:
    """Another key pair; everything sealed to the old one is sealed to the new one too."""
    fresh: list[Opened] = []
    done = "密钥已更换；从前封给您的，也都重新封给了新的密钥。"

    def run(opened: Opened, said: dict[str, Any]) -> None:
        fresh.append(keys.replace_key(request.actor, opened, said["passphrase"]))

    response = _with_key(request, "更换密钥", NewPassphraseForm, run, done)
    return keep_open(request, response, fresh[0]) if fresh else response


def key_deposit(request: StaffRequest) -> HttpResponseBase:
    """Leave the key in two halves with two officers."""
    officers = keys.possible_officers(request.actor)
    by_key = {str(one.pk): one for one in officers}

    def run(opened: Opened, said: dict[str, Any]) -> None:
        keys.deposit(request.actor, opened, by_key[said["first"]], by_key[said["second"]])

    done = "已托管。忘了口令时，两位各交出自己的一半，密钥才回得来。"
    return _with_key(request, "托管密钥", DepositForm, run, done, arguments={"officers": officers})


def key_recover(request: StaffRequest) -> HttpResponse:
    """Ask the two officers for the halves, or put the two halves together."""
    request.family = FAMILY
    asked = keys.own_recovery(request.actor)

    def run(entered: dict[str, Any]) -> str:
        if asked is None:
            keys.ask_recovery(request.actor, entered["passphrase"])
            return "已申请。请两位托管人各自打开密钥，交出一半。"
        keys.recover(request.actor, entered["passphrase"])
        return "密钥已恢复，口令是刚才写的这一个。"

    form = NewPassphraseForm if asked is None else PassphraseForm
    title = "申请恢复密钥" if asked is None else "恢复密钥"
    lead = "先写一个新的密钥口令；两位托管人交出各自的一半以后，用它恢复。" if asked is None else ""
    return _act(request, title, form, run, lead=lead)


def key_give(request: StaffRequest, recovery_id: int) -> HttpResponseBase:
    """Hand over the half one keeps."""
    if all(one.pk != recovery_id for one in keys.waiting_recoveries(request.actor)):
        raise NotVisible
    return _with_key(
        request,
        "交出托管的一半",
        forms.Form,
        lambda opened, _: keys.give_half(request.actor, opened, recovery_id),
        "已交出您的一半。",
    )


def _act(
    request: StaffRequest,
    title: str,
    form_class: type[forms.Form],
    run: Callable[[dict[str, Any]], str],
    *,
    lead: str = "",
    arguments: dict[str, Any] | None = None,
) -> HttpResponse:
    back = reverse("lead-keys")
    return act_page(
        request,
        title=title,
        form_class=form_class,
        run=run,
        back=back,
        lead=lead,
        button="确定",
        arguments=arguments,
    )


def _with_key(
    request: StaffRequest,
    title: str,
    form_class: type[forms.Form],
    run: Callable[[Opened, dict[str, Any]], None],
    done: str,
    *,
    arguments: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """An act that needs the key open."""
    request.family = FAMILY
    opened = opened_of(request)
    if opened is None:
        return unlock_first(request)

    def use(entered: dict[str, Any]) -> str:
        run(opened, entered)
        return done

    return keep_open(request, _act(request, title, form_class, use, arguments=arguments), opened)


routes = (
    Route("leads/keys/", key_page, "lead-keys", HOLD_KEY),
    Route("leads/keys/new/", key_new, "lead-key-new", HOLD_KEY),
    Route("leads/keys/lock/", key_lock, "lead-key-lock", HOLD_KEY),
    Route("leads/keys/change/", key_change, "lead-key-change", HOLD_KEY),
    Route("leads/keys/replace/", key_replace, "lead-key-replace", HOLD_KEY),
    Route("leads/keys/deposit/", key_deposit, "lead-key-deposit", HOLD_KEY, ESCROW),
    Route("leads/keys/recover/", key_recover, "lead-key-recover", HOLD_KEY, ESCROW),
    Route("leads/keys/halves/<int:recovery_id>/", key_give, "lead-key-give", HOLD_KEY, ESCROW),
)
