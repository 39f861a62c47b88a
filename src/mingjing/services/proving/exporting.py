"""The log as files that ``verify.py`` checks alone: one entry a line, and the checkpoint it stands under."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from mingjing.domain.auditlog.entries import LINES, canonical_payload
from mingjing.services.acts import CONSOLE, act
from mingjing.services.proving.checkpoints import KIND, latest, signed_note
from mingjing.services.proving.own_key import own_vkeys
from mingjing.storage.auditlog.appending import TABLE
from mingjing.storage.auditlog.models import Act

EXPORT = "导出日志全文"
CHUNK = 5_000
_ROWS = f"SELECT {', '.join(LINES)}, payload, salt FROM {TABLE} WHERE seq >= %s AND seq < %s ORDER BY seq"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Exported:
    """How many entries went into which files."""

    entries: int
    lines: Path
    checkpoint: Path


def lines(size: int, *, contents: bool) -> Iterator[str]:
    """The first entries of the log, each as canonical JSON with a line feed; with ``contents`` the payload
    and its salt too, where they still exist."""
    for first in range(0, size, CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [first, min(first + CHUNK, size)])
            for *entry, payload, salt in cursor.fetchall():
                found = {name: value for name, value in zip(LINES, entry, strict=True) if value is not None}
                yield canonical_payload(item(found, payload, salt, contents=contents)).decode() + "\n"


def item(entry: dict[str, object], payload: str, salt: str, *, contents: bool) -> dict[str, object]:
    """An entry as it is published; content that was destroyed or is not to be shown is None."""
    shown = contents and bool(payload)
    return {
        "entry": entry,
        "payload": json.loads(payload) if shown else None,
        "salt": salt if shown else None,
    }


def published(row: Act, *, contents: bool) -> dict[str, object]:
    """One stored entry as it is published."""
    entry = {name: getattr(row, name) for name in LINES if getattr(row, name) is not None}
    return item(entry, row.payload, row.salt, contents=contents)


def export(folder: Path, *, contents: bool) -> Exported:
    """Write the log up to its newest checkpoint, the checkpoint and the public keys into a folder, with one
    entry that says so.

    Raises
    ------
    NoCheckpoint   there is none yet
    """
    checkpoint = latest()
    folder.mkdir(parents=True, exist_ok=True)
    found = Exported(checkpoint.size, folder / "entries.jsonl", folder / "checkpoint.txt")
    with act(CONSOLE, EXPORT, needs=None, subject_kind=KIND, subject_id=checkpoint.size) as entry:
        with found.lines.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines(checkpoint.size, contents=contents))
        found.checkpoint.write_text(signed_note(checkpoint), encoding="utf-8", newline="\n")
        (folder / "keys.txt").write_text("\n".join(own_vkeys()) + "\n", encoding="utf-8")
        entry.payload = {"条数": checkpoint.size, "含内容": contents}
    return found
