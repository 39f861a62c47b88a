"""Registration of the published tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    """The published tables."""

    name = "mingjing.storage.published"
    label = "published"
    verbose_name = "公开"
