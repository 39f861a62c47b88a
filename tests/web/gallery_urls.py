"""Addresses that the base templates name, for rendering the gallery without the product's views."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def _nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", _nowhere, name="today"),
    path("cases", _nowhere, name="case-list"),
    path("logout", _nowhere, name="logout"),
    path("institutions/<str:id>", _nowhere, name="institution"),
    path("views", _nowhere, name="saved-views"),
]
