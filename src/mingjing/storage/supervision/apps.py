"""Registration of the supervision tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The supervision tables."""

    name = "mingjing.storage.supervision"
    label = "supervision"
    verbose_name = "监督"
