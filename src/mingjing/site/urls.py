"""The whole address space: staff pages, and the interface for other systems."""

from __future__ import annotations

from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern

# Named by its module: a house nobody pushes to never loads the interface and what it is made of.
interface = URLResolver(
    RoutePattern("api/v1/"), "mingjing.api.addresses", None, app_name="ninja", namespace="api"
)

urlpatterns = [
    interface,
    path("", include("mingjing.intake.reports")),
    path("", include("mingjing.portal.pages")),
    path("", include("mingjing.web.urls")),
]
