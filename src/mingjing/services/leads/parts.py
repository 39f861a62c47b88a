"""Sealed pieces of a lead: written for its readers, read by one of them, sealed again to one reader more."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from nacl.secret import SecretBox

from mingjing.services.leads import sealing
from mingjing.services.leads.entries import commitment
from mingjing.services.leads.keys import Opened
from mingjing.services.on_disk import settle_folder
from mingjing.services.permissions import NotVisible
from mingjing.storage.leads.models import Lead, LeadPart, PartKey, SealKey

FOLDER = "sealed"
REPORT, MESSAGE, ANSWER, WORK, FILE = "举报内容", "来信", "答复", "办理", "附件"
FROM_REPORTER = (REPORT, MESSAGE)


@dataclass(frozen=True, slots=True)
class Piece:
    """An opened piece: what it says, by label, and where it stands."""

    part: LeadPart
    says: Mapping[str, object]


def readers_of(lead: Lead) -> list[SealKey]:
    """The keys in use of everybody who works on a lead."""
    people = lead.members.filter(until__isnull=True).values("person")
    return list(SealKey.objects.filter(person__in=people, retired_on__isnull=True))


def write_part(
    lead: Lead,
    kind: str,
    says: Mapping[str, object],
    on: date,
    *,
    readers: Sequence[SealKey],
    reporter: bool = False,
    file: bytes | None = None,
) -> LeadPart:
    """A piece sealed to some keys, and to the reporter's where they shall read it too.

    Nothing of ``says`` or ``file`` reaches the database or the disk in the open.
    """
    content = json.dumps({"盐": secrets.token_hex(16), **says}, ensure_ascii=False, default=str).encode()
    publics = {bytes(one.public): one for one in readers}
    wanted = [*publics, *([bytes(lead.reporter)] if reporter else [])]
    sealed = sealing.seal(content, wanted)
    stored = ""
    if file is not None:
        stored = _store(file, sealed)
    part = LeadPart.objects.create(
        lead=lead,
        kind=kind,
        on=on,
        content=sealed.content,
        stored=stored,
        commitment=commitment(content, b""),
    )
    PartKey.objects.bulk_create(
        PartKey(part=part, key=publics.get(public), box=box) for public, box in sealed.boxes.items()
    )
    return part


def _store(file: bytes, sealed: sealing.Sealed) -> str:
    """The bytes of a file, sealed under the key of its piece, below the files folder."""
    name = f"{FOLDER}/{secrets.token_hex(16)}"
    place = Path(settings.MEDIA_ROOT) / name
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as out:
        out.write(bytes(SecretBox(sealed.key).encrypt(file)))
        out.flush()
        os.fsync(out.fileno())
    settle_folder(place.parent)
    return name


def open_parts(lead: Lead, opened: Opened, kinds: Iterable[str] = ()) -> list[Piece]:
    """The pieces sealed to a key, oldest first; those that came before somebody joined may be missing."""
    rows = PartKey.objects.filter(part__lead=lead, key=opened.row).select_related("part").order_by("part")
    wanted = tuple(kinds)
    return [_opened(row, opened.private) for row in rows if not wanted or row.part.kind in wanted]


def open_for_reporter(lead: Lead, receipt: sealing.Receipt) -> list[Piece]:
    """What the holder of the receipt may read: their own words and the answers."""
    rows = PartKey.objects.filter(part__lead=lead, key__isnull=True).select_related("part").order_by("part")
    return [_opened(row, receipt.private) for row in rows]


def _opened(row: PartKey, private: bytes) -> Piece:
    key = sealing.key_of(bytes(row.box), private)
    says = json.loads(sealing.open_with(bytes(row.part.content), key))
    says.pop("盐", None)
    return Piece(row.part, says)


def numbered_files(lead: Lead, pieces: Iterable[Piece]) -> list[tuple[int, Piece]]:
    """The files among opened pieces, each under its number among the files of its lead.

    An address names a file by that number: keys are counted over all leads, and a gap between two of them
    would tell that somewhere else something was reported or written.
    """
    found = [one for one in pieces if one.part.kind == FILE]
    if not found:
        return []
    numbers = {pk: number for number, pk in enumerate(_files(lead), 1)}
    return [(numbers[one.part.pk], one) for one in found]


def _files(lead: Lead) -> Iterable[int]:
    return lead.parts.filter(kind=FILE).order_by("pk").values_list("pk", flat=True)


def open_file(lead: Lead, opened: Opened, number: int) -> tuple[str, str, bytes]:
    """Name, media type and bytes of a file, by its number among the files of its lead.

    Raises
    ------
    NotVisible   no such file, or not sealed to this key
    """
    among = list(_files(lead))
    if not 1 <= number <= len(among):
        raise NotVisible
    row = PartKey.objects.filter(part=among[number - 1], key=opened.row).select_related("part").first()
    if row is None:
        raise NotVisible
    piece = _opened(row, opened.private)
    sealed = (Path(settings.MEDIA_ROOT) / row.part.stored).read_bytes()
    key = sealing.key_of(bytes(row.box), opened.private)
    return str(piece.says["文件名"]), str(piece.says["类型"]), sealing.open_with(sealed, key)


def without(lead: Lead) -> frozenset[int]:
    """Who works on a lead and has a key that does not open all of it: the key is new."""
    whole = lead.parts.count()
    opening = PartKey.objects.filter(part__lead=lead, key__in=readers_of(lead)).values_list(
        "key__person", "part"
    )
    counted: dict[int, int] = {}
    for person, _ in opening:
        counted[person] = counted.get(person, 0) + 1
    return frozenset(one.person_id for one in readers_of(lead) if counted.get(one.person_id, 0) < whole)


def reseal_all(lead: Lead, opened: Opened, reader: SealKey) -> int:
    """Everything of a lead that a key opens, sealed to one reader more. How many pieces."""
    known = set(PartKey.objects.filter(part__lead=lead, key=reader).values_list("part", flat=True))
    rows = PartKey.objects.filter(part__lead=lead, key=opened.row).exclude(part__in=known)
    fresh = [
        PartKey(
            part_id=row.part_id,
            key=reader,
            box=sealing.reseal(bytes(row.box), opened.private, bytes(reader.public)),
        )
        for row in rows
    ]
    PartKey.objects.bulk_create(fresh)
    return len(fresh)
