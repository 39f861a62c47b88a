"""Registration of the records tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records tables."""

    name = "mingjing.storage.records"
    label = "records"
    verbose_name = "台账"
