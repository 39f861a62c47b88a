"""What every request passes: strict content policy, the actor behind the login, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mingjing.definitions.problems import DefinitionErrors
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import actor_of
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.whence import coming_from, device_of

Next = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


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
    is answered is logged as coming from its address and device."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        request.actor = actor_of(account) if account.is_authenticated else None  # type: ignore[attr-defined]
        device = device_of(request.headers.get("User-Agent", ""))
        with coming_from(request.META.get("REMOTE_ADDR", ""), device):
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
        return None
