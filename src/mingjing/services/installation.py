"""The installation's definitions, clock and folders, as the use cases see them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from mingjing.definitions.registry import Registry
from mingjing.storage.people.models import Court


def institutions_folder() -> Path:
    """The folder that holds ``cn/`` and one folder per court."""
    return Path(settings.CONFIGURATION.institutions)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of the definition files: an edited file is read again."""
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        stat = path.stat()
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@lru_cache(maxsize=16)
def _load(root: Path, folder: str, _stamp: tuple[tuple[str, int, int], ...]) -> Registry:
    folders = [root / "cn"]
    if folder and (root / folder).is_dir():
        folders.append(root / folder)
    return Registry.load_strict(*folders)


_checked: dict[str, tuple[float, Registry]] = {}


def registry(court: Court | None = None) -> Registry:
    """The definitions in force at ``court``: nationwide ones, its own folder over them.

    The files are looked at again at most every two seconds.

    Raises
    ------
    DefinitionErrors   a file does not load; nothing runs on half a set of rules
    """
    folder = court.folder if court else ""
    now = timezone.now().timestamp()
    known = _checked.get(folder)
    if known and now - known[0] < 2:
        return known[1]
    root = institutions_folder()
    loaded = _load(root, folder, _stamp(root / "cn") + (_stamp(root / folder) if folder else ()))
    _checked[folder] = (now, loaded)
    return loaded


def now() -> datetime:
    """The moment it is: the wall clock, or the fixed moment set for a demonstration or a test."""
    fixed = settings.CONFIGURATION.now
    if fixed:
        moment = datetime.fromisoformat(fixed)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    return timezone.now()


def today(court: Court | None = None) -> date:
    """The civil date at ``court``."""
    return now().astimezone(ZoneInfo(court.time_zone if court else settings.TIME_ZONE)).date()
