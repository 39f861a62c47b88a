"""Whether a session was proved shortly ago, and the page to which whoever was not is led first."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mingjing.services.actors import Actor
from mingjing.services.security.fresh import good_for
from mingjing.services.security.wall import wall
from mingjing.services.sessions import DOOR

PROVED = "proved"


class Asking(Protocol):
    """What is needed of a request."""

    method: str | None
    session: SessionBase
    actor: Actor

    def get_full_path(self, force_append_slash: bool = False) -> str:
        """The address asked for."""


def proved_at(session: SessionBase) -> datetime | None:
    """When the person last proved who they are: at the log-in, or since; None where a program logged in."""
    told = [session.get(PROVED), session.get(DOOR, {}).get("begun")]
    return max((datetime.fromisoformat(one) for one in told if one), default=None)


def is_fresh(request: Asking, matter: str) -> bool:
    """Whether the matter may be opened without asking again.

    A form may be sent for as long again: it was opened with a fresh proof, and filling it in takes time.
    """
    good = good_for(request.actor, matter)
    if good is None:
        return True
    proved = proved_at(request.session)
    longest = good * 2 if request.method == "POST" else good
    return proved is not None and wall() - proved <= longest


def prove_first(request: Asking, matter: str) -> HttpResponse:
    """To the page that asks, and from there back to where they wanted to go."""
    wanted = urlencode({"for": matter, "next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('my-proof')}?{wanted}")


def note_proof(session: SessionBase) -> None:
    """The person has proved it now; the key of the session changes with it."""
    session[PROVED] = wall().isoformat()
    session.cycle_key()
