"""Registration of the drafts tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """The drafts tables."""

    name = "mingjing.storage.drafts"
    label = "drafts"
    verbose_name = "制度草稿"
