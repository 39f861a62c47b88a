"""Registration of the pages with Django."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates, static files."""

    name = "mingjing.web"
    label = "web"
    verbose_name = "页面"
