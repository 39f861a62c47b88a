"""Evidence: files kept once under their digest, accepted as what they are, given to who sees them."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import quote

from django.conf import settings

from mingjing.services.actors import Actor
from mingjing.services.importing.uploading import disk_words
from mingjing.services.installation import now
from mingjing.services.on_disk import settle_folder
from mingjing.services.permissions import NotVisible
from mingjing.services.records.filetypes import FileRefused, clean_name, kind_of
from mingjing.services.records.sight import fields_seen, seen_record
from mingjing.services.records.versions import register_at
from mingjing.storage.records.models import Attachment, Evidence

FOLDER = "evidence"
INCOMING = "incoming-"


class Upload(Protocol):
    """A file on its way in, as Django hands it over."""

    @property
    def name(self) -> str | None:
        """The name it came with."""

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, a piece at a time."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be given out: where it lies, its name, its type, and headers that keep browsers from running
    what is in it."""

    path: Path
    name: str
    media_type: str
    size: int

    @property
    def headers(self) -> Mapping[str, str]:
        """What the answer must carry beside type and length."""
        return {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(self.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        }


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was received and checked, beside its place: dropped without a trace, or settled."""

    path: Path
    name: str
    digest: str
    size: int
    media_type: str

    @property
    def stored(self) -> str:
        """Where it will lie, below the files folder."""
        return f"{FOLDER}/{self.digest[:2]}/{self.digest}"

    def row(self) -> Evidence:
        """The row that stands for it, one however often it comes."""
        told = {"size": self.size, "media_type": self.media_type, "stored": self.stored, "received_at": now()}
        return Evidence.objects.get_or_create(digest=self.digest, defaults=told)[0]

    def settle(self) -> None:
        """To its place; the same bytes may lie there already.

        Raises
        ------
        FileRefused   a disk that is full
        """
        place = Path(settings.MEDIA_ROOT) / self.stored
        try:
            place.parent.mkdir(exist_ok=True)
            self.path.replace(place)
            settle_folder(place.parent)
        except OSError as error:
            raise FileRefused(disk_words(error)) from error

    def drop(self) -> None:
        """Nothing of it stays, unless it was settled."""
        self.path.unlink(missing_ok=True)


def receive(upload: Upload) -> Incoming:
    """Receive a file beside its place, and check that it is what its name says.

    Raises
    ------
    FileRefused   empty, too large, not what its name says, damaged, locked, a bomb, a disk that is full
    """
    name = clean_name(upload.name or "")
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, written = tempfile.mkstemp(dir=folder, prefix=INCOMING)
    except OSError as error:
        raise FileRefused(disk_words(error)) from error
    path = Path(written)
    try:
        with os.fdopen(handle, "w+b") as file:
            digest, size = _receive(upload, name, file)
            kind = kind_of(file, name, size)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise FileRefused(disk_words(error)) from error
        raise
    return Incoming(path, name, digest, size, kind.media_type)


def keep(upload: Upload) -> Evidence:
    """Receive a file and settle it. It is nobody's until an act puts it into a field of a record.

    Raises
    ------
    FileRefused   as ``receive``
    """
    incoming = receive(upload)
    try:
        incoming.settle()
    finally:
        incoming.drop()
    return incoming.row()


def _receive(upload: Upload, name: str, file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    megabytes = settings.CONFIGURATION.evidence_max_mb
    for chunk in upload.chunks():
        size += len(chunk)
        if size > megabytes << 20:
            raise FileRefused(
                f"“{name}”超过 {megabytes} MB。请压缩或者拆成几个文件；"
                "上限由系统管理员在 MINGJING_EVIDENCE_MAX_MB 里改。"
            )
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def download(actor: Actor, record_id: int, attachment_id: int) -> Download:
    """A file of a record, for whoever sees the record and the field it is in.

    Raises
    ------
    NotVisible   no such file, or not for this actor; or its bytes are gone
    """
    record = seen_record(actor, record_id)
    found = Attachment.objects.select_related("evidence").filter(pk=attachment_id, record=record).first()
    if found is None or found.field not in fields_seen(actor, record, register_at(record)):
        raise NotVisible
    path = Path(settings.MEDIA_ROOT) / found.evidence.stored
    if not path.is_file():
        raise NotVisible
    return Download(path, found.name, found.evidence.media_type, found.evidence.size)
