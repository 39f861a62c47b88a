"""What cases and records give now against what they gave before: the difference goes to the cells."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from mingjing.services.bulk_writing import insert, update
from mingjing.services.figures.cells import AXES, Changes, Given, Part, Places
from mingjing.storage.among import among
from mingjing.storage.indicators.models import RecordShare, Share

Kind = TypeVar("Kind", Share, RecordShare)
AXES_KEY = f"axes {len(AXES)}"
"""Stands among the keys that are counted, so that everything is read anew when an axis is added."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What one case or record gives now, and the first day on which it gives something else."""

    key: int
    given: Given
    next_on: date | None

    @classmethod
    def of(cls, key: int, places: Places, parts: tuple[Part, ...], day: date) -> Fresh:
        """What it gives up to ``day``."""
        ahead = min((part.day for part in parts if part.day > day), default=None)
        if ahead is not None:
            parts = tuple(part for part in parts if part.day <= day)
        return cls(key, Given(places, parts), ahead)


def renew(model: type[Kind], court_id: int, rows: Iterable[Fresh], read_at: datetime) -> None:
    """Keep what is given now as the shares of ``model``, and bring the cells up to it."""
    listed, column = list(rows), model._meta.pk.attname
    stored = model._default_manager.filter(pk__in=among([row.key for row in listed]))
    before = {pk: (given, next_on) for pk, given, next_on in stored.values_list("pk", "given", "next_on")}
    changes, changed, fresh = Changes(court_id), [], []
    for row in listed:
        text, (old, was) = row.given.dump(), before.get(row.key, ("", None))
        if text == old and row.next_on == was:
            continue
        if text != old:
            changes.replace(Given.load(old) if old else None, row.given)
        if old:
            changed.append((text, read_at, row.next_on, row.key))
        else:
            fresh.append((row.key, text, read_at, row.next_on))
    changes.write()
    insert(model, (column, "given", "read_at", "next_on"), fresh)
    update(model, ("given", "read_at", "next_on"), changed)


def digest(keys: frozenset[str]) -> str:
    """One word for everything that is counted."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()
