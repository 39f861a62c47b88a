"""Registration of the window's tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class WindowConfig(AppConfig):
    """The tables of the public window."""

    name = "mingjing.storage.window"
    label = "window"
    verbose_name = "公众窗口"
