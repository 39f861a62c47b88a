"""Files on their way: set aside before their content is destroyed, and what a process that died left behind.

A file and its row cannot go in one step. It is set aside first, then its row is deleted, then it is removed:
whichever step is the last one done, the row says afterwards whether the file comes back or goes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from mingjing.services.records.evidence import FOLDER, INCOMING
from mingjing.storage.records.models import Evidence

LEAVING = "leaving-"
DAY = 86_400
"""Seconds after which a file that is still being received belongs to a process that died."""


def set_aside(several: Iterable[Evidence]) -> None:
    """Out of their places, before their rows go."""
    for one in several:
        with suppress(FileNotFoundError):
            (Path(settings.MEDIA_ROOT) / one.stored).replace(_aside(one.digest))


def settle_leaving(digests: Iterable[str]) -> int:
    """Those whose rows are there go back to their places; the others are removed. How many were removed."""
    gone = 0
    for digest in digests:
        known = Evidence.objects.filter(digest=digest).first()
        with suppress(FileNotFoundError):
            if known is not None:
                _aside(digest).replace(Path(settings.MEDIA_ROOT) / known.stored)
            else:
                _aside(digest).unlink()
                gone += 1
    return gone


def settle_files() -> int:
    """What processes that died left: files set aside, and files a day old that were still being received.
    How many were removed.

    What lies in its place is never touched: it may be somebody's.
    """
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    gone = settle_leaving([path.name.removeprefix(LEAVING) for path in folder.glob(f"{LEAVING}*")])
    latest = time.time() - DAY
    for path in folder.glob(f"{INCOMING}*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < latest:
                path.unlink()
                gone += 1
    return gone


def _aside(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / f"{LEAVING}{digest}"
