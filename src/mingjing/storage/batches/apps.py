"""Registration of the batches tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class BatchesConfig(AppConfig):
    """The batches tables."""

    name = "mingjing.storage.batches"
    label = "batches"
    verbose_name = "导入"
