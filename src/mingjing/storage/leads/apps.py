"""Registration of the leads tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """The leads tables."""

    name = "mingjing.storage.leads"
    label = "leads"
    verbose_name = "线索"
