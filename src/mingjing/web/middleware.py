"""What every request passes: strict content policy, the actor behind the login, refusals as pages."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mingjing.definitions.problems import DefinitionErrors
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import actor_of
from mingjing.services.full_disk import disk_refusal
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.whence import coming_from, device_of

logger = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


class AddressMiddleware:
    """Who really asks, where a proxy named in MINGJING_PROXIES stands in front; nobody else is believed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = settings.CONFIGURATION.proxies
        if request.META.get("REMOTE_ADDR") in known:
            told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            beyond = [address for address in told if address and address not in known]
            if beyond:
                request.META["REMOTE_ADDR"] = beyond[-1][:60]
        else:  # of others not even that they came by HTTPS: it decides where a form may be sent from
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return self.get_response(request)


class ContentSecurityMiddleware:
    """No inline script or style, nothing from outside (G13)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


class ActorMiddleware:
    """Puts the acting person on the request: ``request.actor``, or None before log-in. What is done while it
    is answered is logged as coming from its address and device; no answer to them is kept on the way, that
    there is no such page among them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        request.actor = actor_of(account) if account.is_authenticated else None  # type: ignore[attr-defined]
        device = device_of(request.headers.get("User-Agent", ""))
        with coming_from(request.META.get("REMOTE_ADDR", ""), device):
            response = self.get_response(request)
        if account.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


OWED_PAGES = {"口令": "/my/password", "双因素": "/my/security"}
OPEN_WHILE_OWED = ("/my/", "/logout", "/login")


class OwedMiddleware:
    """Whoever must change their password or bring a second factor first does that, and nothing else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        owed = request.session.get("owed", [])
        if owed and not request.path.startswith(OPEN_WHILE_OWED):
            return redirect(OWED_PAGES[owed[0]])
        return self.get_response(request)


class RefusalMiddleware:
    """Turns a refusal into a page that says what is wrong and what is allowed; hidden looks like unknown."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for refusals; None leaves every other error to Django."""
        if isinstance(error, NotVisible | NotAllowed | Http404):
            return render(request, "404.html", status=404)
        if isinstance(error, DefinitionErrors):
            return render(request, "pages/definitions_broken.html", {"problems": error.problems}, status=503)
        if isinstance(error, Refusal):
            return render(request, "pages/refused.html", {"refusal": error}, status=422)
        if refusal := disk_refusal(error):
            logger.error("磁盘：%s", error)
            return render(request, "pages/refused.html", {"refusal": refusal}, status=507)
        return None
