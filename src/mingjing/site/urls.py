"""The whole address space: staff pages, and the interface for other systems."""

from __future__ import annotations

from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern


class Late(URLResolver):
    """Addresses loaded when the first of them is visited or written. Django would load them with the first
    page of any kind: writing one address gathers all of them, those of a namespace for nothing."""

    def _populate(self) -> None:
        if "urlconf_module" in self.__dict__:
            super()._populate()


# Named by its module: a house nobody pushes to never loads the interface and what it is made of.
interface = Late(RoutePattern("api/v1/"), "mingjing.api.addresses", None, app_name="ninja", namespace="api")

urlpatterns = [
    interface,
    path("", include("mingjing.intake.reports")),
    path("", include("mingjing.intake.window")),
    path("", include("mingjing.intake.terminals")),
    path("", include("mingjing.portal.pages")),
    path("", include("mingjing.portal.board")),
    path("", include("mingjing.web.urls")),
]
