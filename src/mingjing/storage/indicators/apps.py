"""Registration of the indicators tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The indicators tables."""

    name = "mingjing.storage.indicators"
    label = "indicators"
    verbose_name = "指标"
