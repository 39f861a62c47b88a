"""Registration of the public entrance with Django, for its templates and its style."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The public entrance."""

    name = "mingjing.intake"
    label = "intake"
    verbose_name = "公开入口"
