"""The installation's definitions, clock and folders, as the use cases see them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections

from mingjing.definitions.problems import DefinitionErrors, Problem
from mingjing.definitions.reading import ReadFile, read_file
from mingjing.definitions.registry import Registry
from mingjing.storage.people.models import Court

NATIONWIDE = "cn"
NOT_COURTS = (NATIONWIDE, "mappings")
LOOK_AGAIN = 2.0
"""Seconds between two looks at the definition files."""


def institutions_folder() -> Path:
    """The folder that holds ``cn/`` and one folder per court."""
    return Path(settings.CONFIGURATION.institutions)


def court_folders() -> tuple[Path, ...]:
    """The folders that hold the definitions of one court each, over the nationwide ones."""
    root = institutions_folder()
    folders = (path for path in root.iterdir() if path.is_dir()) if root.is_dir() else ()
    return tuple(sorted(path for path in folders if path.name not in NOT_COURTS))


def published_folder(court: Court) -> Path:
    """Where a court publishes what it approved in the browser: over its own folder, beside no program."""
    return Path(settings.CONFIGURATION.data) / "institutions" / court.code


def folders_of(court: Court | None) -> tuple[Path, ...]:
    """The folders ``court`` reads, the later one over the earlier."""
    root = institutions_folder()
    own = [root / court.folder] if court and court.folder else []
    approved = [published_folder(court)] if court else []
    return (root / NATIONWIDE, *(folder for folder in (*own, *approved) if folder.is_dir()))


Stamp = tuple[tuple[str, int, int], ...]


def _stamp(folders: tuple[Path, ...]) -> Stamp:
    """Names, times and sizes of the definition files: an edited file is read again."""
    return tuple(sorted(one for folder in folders for one in _files(str(folder))))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """The definition files of a folder and of those below it. Some page waits for this every two seconds."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.name.endswith(".yaml"):
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size
        except FileNotFoundError:  # an editor replaces a file by another of the same name
            continue


_read_before: dict[tuple[Path, int], tuple[int, int, ReadFile]] = {}


def _read(path: Path, layer: int) -> ReadFile:
    """What came of a file, read again only where it was changed: courts share the nationwide files, and an
    edit is one file among hundreds."""
    try:
        stat = path.stat()
    except OSError:
        return read_file(path, layer)
    key, stamp = (path, layer), (stat.st_mtime_ns, stat.st_size)
    known = _read_before.get(key)
    if known is None or known[:2] != stamp:
        known = _read_before[key] = (*stamp, read_file(path, layer))
    return known[2]


@dataclass(frozen=True, slots=True)
class _InForce:
    """The last good set of a folder, and what is wrong with its files now."""

    looked: float
    stamp: Stamp
    registry: Registry
    problems: tuple[Problem, ...]


_known: dict[tuple[Path, ...], _InForce] = {}
_folders: dict[tuple[Path, Path, str, str], tuple[float, tuple[Path, ...]]] = {}
_before: dict[tuple[Path, ...], tuple[Path, ...]] = {}
"""The folders a court read before one of its own appeared or went."""


def _folders_now(court: Court | None) -> tuple[Path, ...]:
    """``folders_of``, looked up at most every two seconds: this is asked many times for every page."""
    place = (court.folder, court.code) if court else ("", "")
    key, now_ = (institutions_folder(), Path(settings.CONFIGURATION.data), *place), monotonic()
    looked, found = _folders.get(key, (-LOOK_AGAIN, ()))
    if now_ - looked >= LOOK_AGAIN:
        before, found = found, folders_of(court)
        if before and before != found:
            _before[found] = before
        _folders[key] = (now_, found)
    return found


def _in_force(court: Court | None) -> _InForce:
    folders, now_ = _folders_now(court), monotonic()
    known = _known.get(folders)
    if known and now_ - known.looked < LOOK_AGAIN:
        return known
    stamp = _stamp(folders)
    if known and known.stamp == stamp:
        found = replace(known, looked=now_)
    else:
        try:
            found = _InForce(now_, stamp, Registry.load_strict(*folders, read=_read), ())
        except DefinitionErrors as errors:
            last = known or _known.get(_before.get(folders, ()))
            if last is None:
                raise
            found = _InForce(now_, stamp, last.registry, errors.problems)
    _known[folders] = found
    return found


def look_again() -> None:
    """Let the next question see the definition files as they are now, for whoever has just written one."""
    for key, (_, found) in _folders.items():
        _folders[key] = (-LOOK_AGAIN, found)
    for folders, known in _known.items():
        _known[folders] = replace(known, looked=-LOOK_AGAIN)


def registry(court: Court | None = None) -> Registry:
    """The definitions in force at ``court``: nationwide ones, its own folder over them.

    The files are looked at again at most every two seconds. While they do not load, the last set that did
    stays in force; see ``definition_problems``.

    Raises
    ------
    DefinitionErrors   a file does not load and no earlier set is known: nothing runs on half a set of rules
    """
    return _in_force(court).registry


def label_of(reference: str) -> str:
    """What the definition of ``id @ effective date # hash`` is called; empty where no set in force has it.

    Sets already read are asked, the one with the fewest folders first, so that a page never waits for files.
    """
    id_, _, rest = reference.partition(" # ")[0].partition(" @ ")
    for folders in sorted(_known, key=len):
        files = _known[folders].registry.files(id_)
        if files:
            return next((one for one in files if str(one.since) == rest), files[0]).label
    return ""


def definition_problems(court: Court | None = None) -> tuple[Problem, ...]:
    """What keeps the files as they are now from coming into force; empty while they are in force."""
    return _in_force(court).problems


def read_every_court() -> None:
    """Read the definitions of every court once, so that a later mistake finds a good set in force.

    Raises
    ------
    DefinitionErrors   the files of some court do not load
    """
    for court in (None, *Court.objects.all()):
        _in_force(court)


def let_connections_go() -> None:
    """Close this process's connections to the database: copies of it may not share them."""
    connections.close_all()


def now() -> datetime:
    """The moment it is: the wall clock, or the fixed moment set for a demonstration or a test."""
    fixed = settings.CONFIGURATION.now
    if fixed:
        moment = datetime.fromisoformat(fixed)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    return datetime.now(UTC)


def today(court: Court | None = None) -> date:
    """The civil date at ``court``."""
    return now().astimezone(ZoneInfo(court.time_zone if court else settings.TIME_ZONE)).date()


def day_begins(court: Court | None, day: date) -> datetime:
    """The moment at which ``day`` begins at ``court``."""
    zone = ZoneInfo(court.time_zone if court else settings.TIME_ZONE)
    return datetime.combine(day, time.min, zone)
