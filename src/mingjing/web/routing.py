"""The table of pages: path, view, name and the act a role must list. What is not in it is not served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from mingjing.services.actors import Actor
from mingjing.services.reading.counts import Waiting
from mingjing.web.fresh import is_fresh, prove_first

ANYONE = "任何人"
SIGNED_IN = "已登录"


class StaffRequest(HttpRequest):
    """A request whose actor is known; ``waiting`` where the page has counted it already."""

    actor: Actor
    family: str
    waiting: Waiting


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Route:
    """One page. ``needs`` is an act of dictionary.acts, or SIGNED_IN, or ANYONE.

    ``fresh`` names a matter of dictionary.fresh_proof: after some minutes it is proved anew who asks.
    """

    path: str
    view: View
    name: str
    needs: str
    fresh: str = ""


def guarded(route: Route) -> View:
    """The view behind its permission: log-in page before log-in, 404 without the act (G8)."""
    if route.needs == ANYONE:
        return route.view

    @wraps(route.view)
    @never_cache
    def serve(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            return redirect_to_login(request.get_full_path())
        if route.needs != SIGNED_IN and not actor.may(route.needs):
            raise Http404
        if route.fresh and not is_fresh(request, route.fresh):
            return prove_first(request, route.fresh)
        return route.view(request, *args, **kwargs)

    return serve


def patterns(routes: tuple[Route, ...]) -> list[URLPattern]:
    """Django's URL patterns for a table of routes."""
    return [path(route.path, guarded(route), name=route.name) for route in routes]
