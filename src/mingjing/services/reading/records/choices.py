"""Whom and what a form offers: the people and departments of the court on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.storage.people.models import Department, Posting
from mingjing.storage.records.models import Evidence


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody in post. ``label`` tells them apart: name and department, the staff number where two agree."""

    pk: int
    name: str
    staff_number: str
    unit: str
    label: str


def people(actor: Actor) -> tuple[Somebody, ...]:
    """Everybody in post at the court on the actor's day, by department and staff number: one statement."""
    rows = Posting.objects.on(actor.on).filter(person__court=actor.court)
    found: dict[int, tuple[str, str, str]] = {}
    ordered = rows.order_by("department__order", "department__name", "person__staff_number", "since")
    for pk, name, number, unit in ordered.values_list(
        "person", "person__name", "person__staff_number", "department__name"
    ):
        found.setdefault(pk, (name, number, unit or "院领导"))
    alike: dict[tuple[str, str], int] = {}
    for name, _, unit in found.values():
        alike[name, unit] = alike.get((name, unit), 0) + 1
    return tuple(
        Somebody(pk, name, number, unit, _label(name, number, unit, alike[name, unit] > 1))
        for pk, (name, number, unit) in found.items()
    )


def _label(name: str, number: str, unit: str, double: bool) -> str:
    return f"{name}（{unit}，{number}）" if double else f"{name}（{unit}）"


def departments(actor: Actor) -> tuple[tuple[int, str], ...]:
    """The departments of the court on the actor's day."""
    rows = Department.objects.filter(court=actor.court).on(actor.on).order_by("order", "name")
    return tuple(rows.values_list("pk", "name"))


def evidence(digests: Iterable[str]) -> dict[str, Evidence]:
    """The files kept under these digests."""
    return {one.digest: one for one in Evidence.objects.filter(digest__in=list(digests))}


def content_of(digest: str) -> bytes:
    """The bytes kept under a digest.

    Raises
    ------
    NotVisible   there are none
    """
    found = Evidence.objects.filter(digest=digest).first()
    path = Path(settings.MEDIA_ROOT) / found.stored if found else None
    if path is None or not path.is_file():
        raise NotVisible
    return path.read_bytes()
