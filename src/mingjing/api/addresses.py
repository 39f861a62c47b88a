"""The addresses of the interface, loaded when the first of them is asked for."""

from __future__ import annotations

from mingjing.api.endpoints import api

urlpatterns = api.urls[0]
