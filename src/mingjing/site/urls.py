"""The whole address space: staff pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("mingjing.web.urls"))]
