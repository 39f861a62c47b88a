"""Registration of the assignment tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    """The assignment tables."""

    name = "mingjing.storage.assignment"
    label = "assignment"
    verbose_name = "随机分案"
