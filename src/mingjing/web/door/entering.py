"""What every way in has in common: who is halfway, who is let in, where they go on to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from mingjing.services.security.entering import note_entry
from mingjing.services.security.passkeys import Site
from mingjing.services.security.wall import wall
from mingjing.services.sessions import begin
from mingjing.services.whence import device_of
from mingjing.storage.people.models import Account

HALF, OWED, CHALLENGE, JOURNEY = "half", "owed", "challenge", "journey"
HALFWAY = timedelta(minutes=5)
BACKEND = "mingjing.services.sign_in.AccountBackend"


def address_of(request: HttpRequest) -> str:
    """The address a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def site_of(request: HttpRequest) -> Site:
    """The place a passkey is bound to, as the browser knows it."""
    host = request.get_host()
    return Site(host.rsplit(":", 1)[0].strip("[]"), f"{request.scheme}://{host}")


def onward(request: HttpRequest, given: str) -> str:
    """Where to go after the log-in: a page of this site that was asked for, else 今日."""
    safe = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if safe else resolve_url(settings.LOGIN_REDIRECT_URL)


def halt_halfway(request: HttpRequest, account: Account, way: str, onward_to: str) -> None:
    """The password was right; remember whose it was until the second factor comes, at most five minutes."""
    request.session.cycle_key()
    request.session[HALF] = {
        "account": account.pk, "way": way, "next": onward_to, "until": (wall() + HALFWAY).isoformat(),
    }  # fmt: skip


def halfway(request: HttpRequest) -> tuple[Account, str, str] | None:
    """Who is halfway, how they came, where they want to go; None where nobody is, or it was too long ago."""
    half = request.session.get(HALF)
    if not half or datetime.fromisoformat(half["until"]) < wall():
        return None
    account = Account.objects.select_related("person__court__parent").filter(pk=half["account"]).first()
    return (account, half["way"], half["next"]) if account and account.is_active else None


def let_in(request: HttpRequest, account: Account, way: str, onward_to: str) -> HttpResponse:
    """Open the session under a new key, write the log-in down, go on."""
    owed = note_entry(account, way, address_of(request))
    request.session.pop(HALF, None)
    login(request, account, backend=BACKEND)
    device = device_of(request.headers.get("User-Agent", ""))
    begin(request.session, account, address=address_of(request), device=device, way=way)
    request.session[OWED] = owed
    return HttpResponseRedirect(onward_to)


def settled(request: HttpRequest, what: str) -> None:
    """Something owed has been done."""
    request.session[OWED] = [one for one in request.session.get(OWED, []) if one != what]
