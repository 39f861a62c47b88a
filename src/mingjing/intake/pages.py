"""What every page of the public entrances shares: nothing kept by the browser or on the way, no cookie, its
own content policy. Forms are guarded by a signed ticket that is good once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
BIG = "big"
ASKED = "q."
"""Begins the name of every question of a form: none can be taken for a part of the page itself."""


def public(view: View) -> View:
    """A page that anybody may open and send."""

    @csrf_exempt
    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.setdefault("Content-Security-Policy", POLICY)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return serve


def page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of the window; ``size=big`` in the address makes its letters larger, on every link it shows."""
    big = request.GET.get("size") == BIG
    shared = {"big": big, "size": f"?size={BIG}" if big else "", "here": request.path}
    return HttpResponse(render_to_string(f"intake/window/{name}.html", {**shared, **context}), status=status)
