"""The key of a page's reader: taken from the session for one request, kept for a quarter of an hour more."""

from __future__ import annotations

from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from mingjing.services.leads.holding import COOKIE, HELD, hold, take
from mingjing.services.leads.keys import Opened
from mingjing.web.routing import StaffRequest

PATH = "/leads/"


def opened_of(request: StaffRequest) -> Opened | None:
    """The reader's key, or None where it must be unlocked first."""
    return take(request.session, request.COOKIES.get(COOKIE, ""), request.actor)


def unlock_first(request: StaffRequest) -> HttpResponseRedirect:
    """To the page that asks for the passphrase, and back here."""
    return HttpResponseRedirect(f"{reverse('lead-keys')}?{urlencode({'next': request.get_full_path()})}")


def keep_open(request: StaffRequest, response: HttpResponseBase, opened: Opened) -> HttpResponseBase:
    """The answer with the cookie that opens the key again; nothing sealed may stay in a browser's store."""
    response.set_cookie(
        COOKIE,
        hold(request.session, opened),
        max_age=int(HELD.total_seconds()),
        path=PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    response["Cache-Control"] = "private, no-store"
    return response
