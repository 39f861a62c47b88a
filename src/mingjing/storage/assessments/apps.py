"""Registration of the assessments tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The assessments tables."""

    name = "mingjing.storage.assessments"
    label = "assessments"
    verbose_name = "考核"
