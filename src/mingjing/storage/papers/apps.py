"""Registration of the tables of documents with Django."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The tables of documents."""

    name = "mingjing.storage.papers"
    label = "papers"
    verbose_name = "裁判文书与档案"
