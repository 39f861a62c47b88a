"""Registration of the cases tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The cases tables."""

    name = "mingjing.storage.cases"
    label = "cases"
    verbose_name = "案件"
