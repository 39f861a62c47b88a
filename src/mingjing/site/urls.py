"""The whole address space: staff pages, and the interface for other systems."""

from __future__ import annotations

from django.urls import include, path

from mingjing.api.endpoints import api

urlpatterns = [path("api/v1/", api.urls), path("", include("mingjing.web.urls"))]
