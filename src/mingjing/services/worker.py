"""The background hand of one machine: waiting imports first, then what time does, then the figures."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import close_old_connections, connection
from django.db.utils import OperationalError

from mingjing.services.figures.following import step as counting
from mingjing.services.importing.working import work_one
from mingjing.services.installation import now, today
from mingjing.services.leads import clocks as lead_clocks
from mingjing.services.proving.asked_checks import work_one_check
from mingjing.services.records.ticking import is_due
from mingjing.services.tick import fingerprint, run
from mingjing.storage.supervision.models import Clock, SweepRun

logger = logging.getLogger(__name__)
BETWEEN_PASSES = timedelta(minutes=10)


def step() -> bool:
    """Do one piece of waiting work; whether there was any. A locked database is left for the next step."""
    close_old_connections()
    try:
        if work_one() or work_one_check():
            return True
        if _pass_is_due(today()):
            run(today())
            _refresh_statistics()
            return True
        return counting()
    except OperationalError as error:
        connection.close()
        logger.warning("数据库暂时不可用，稍后再试：%s", error)
    return False


def _pass_is_due(on: date) -> bool:
    """No pass finished today yet, or a rung or other rules have come since; else one in ten minutes."""
    last = SweepRun.objects.filter(finished_at__isnull=False).order_by("-pk").first()
    if last is None or last.day != on:
        return True
    rested = last.finished_at is not None and now() - last.finished_at >= BETWEEN_PASSES
    if rested or last.definitions != fingerprint():
        return True
    return Clock.objects.filter(next_on__lte=on).exists() or is_due(on) or lead_clocks.is_due(on)


def _refresh_statistics() -> None:
    """SQLite chooses its indexes by statistics that nobody gathers for it; a sample is enough, and quick."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 400")
            cursor.execute("PRAGMA optimize")
