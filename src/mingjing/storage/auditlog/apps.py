"""Registration of the auditlog tables with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AuditLogConfig(AppConfig):
    """The auditlog tables."""

    name = "mingjing.storage.auditlog"
    label = "auditlog"
    verbose_name = "日志"
