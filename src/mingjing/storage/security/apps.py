"""Registration of the security tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    """The security tables."""

    name = "mingjing.storage.security"
    label = "security"
    verbose_name = "身份安全"
