"""Reading a backup: into an empty installation all of it, or nothing; or only to see that it is whole."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, Any, cast

from django.conf import settings
from django.db import transaction

from mingjing.domain.auditlog.merkle import Growing
from mingjing.domain.reasons import Refusal
from mingjing.services.keeping.backup import MANIFEST, is_kept
from mingjing.services.keeping.sealed_stream import BadBackup, SealedReader
from mingjing.services.keeping.tables import (
    Model,
    filled,
    kept_models,
    load,
    reset_keys,
    root_of_log,
    versions,
)
from mingjing.services.on_disk import settle_folder
from mingjing.storage.auditlog.models import Act

LEAF = "leaf"
MOST_RATIO, RATIO_FROM = 200, 64 << 20
"""A backup that unpacks to more than this many times its size, and to more bytes than this, is a bomb."""
CHUNK = 1 << 20


class NotEmpty(Refusal):
    """The installation holds data already; a restore never writes over it."""

    code = "restore-not-empty"


class OtherVersion(Refusal):
    """The backup was made by a version whose tables have another shape."""

    code = "restore-other-version"


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds and was proved to hold: rows, files, size and root of the log."""

    made_at: str
    version: str
    rows: int
    files: int
    log_size: int
    log_root: str


Table = Callable[[str, Iterator[str]], int]
File = Callable[[str, IO[bytes]], str]
"""Takes the bytes of a file; returns their SHA-256."""


def verify_backup(path: Path, key: bytes) -> Held:
    """Read a backup to its end: every piece decrypted, every sum compared, the log's root computed from its
    entries. Changes nothing.

    Raises
    ------
    BadBackup   it is not whole, with what is wrong
    """
    log = Growing()
    places = {model._meta.db_table: model for model in kept_models()}

    def table(name: str, lines: Iterator[str]) -> int:
        place = _leaf_place(places.get(name))
        count = 0
        for line in lines:
            if place is not None:
                log.complete(bytes.fromhex(json.loads(line)[place]))
            count += 1
        return count

    manifest = _read(path, key, table, lambda name, content: _copied(content, None))
    return _held(manifest, log.root().hex() if log.size else "")


def restore(path: Path, key: bytes) -> Held:
    """Everything of a backup into this installation, whose tables exist and are empty. Rows, files and the
    root of the log are compared with the backup before anything stays.

    Raises
    ------
    NotEmpty       there are rows already (names the tables)
    OtherVersion   the backup's tables have another shape
    BadBackup      the backup is not whole
    """
    if held := filled():
        raise NotEmpty(
            f"这里已经有数据（{'、'.join(held[:3])}），恢复不会覆盖。请换一个空的数据目录或者空的数据库。",
            example="MINGJING_DATA=/srv/mingjing-new mingjing restore 备份/2026-09-30.mjb",
        )
    data = Path(settings.CONFIGURATION.data)
    aside = Path(mkdtemp(prefix=".restoring-", dir=data))
    try:
        with transaction.atomic():
            found = _restored(path, key, aside)
        _settle(aside, data)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return found


def _restored(path: Path, key: bytes, aside: Path) -> Held:
    models = {model._meta.db_table: model for model in kept_models()}

    def table(name: str, lines: Iterator[str]) -> int:
        if name not in models:
            raise OtherVersion(f"备份里有表 {name}，本版本没有。请用做备份时的版本恢复，再升级。")
        return load(models[name], lines)

    def file(name: str, content: IO[bytes]) -> str:
        place = (aside / name).resolve()
        if not place.is_relative_to(aside.resolve()):
            raise BadBackup(f"备份里的文件名“{name}”指到了数据目录外面。")
        if not is_kept(name):
            raise BadBackup(f"备份里有“{name}”：数据库文件和备份不在备份里，这份备份不是明镜做的。")
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            digest = _copied(content, out)
            out.flush()
            os.fsync(out.fileno())
        return digest

    manifest = _read(path, key, table, file)
    made, here = cast(list[list[str]], manifest["migrations"]), versions()
    if made != here:
        other = [f"{app} {name}" for app, name in made if [app, name] not in here]
        differs = "、".join(other[:3]) or "本版本更新"
        raise OtherVersion(
            f"备份是 {manifest['version']} 版做的，表的样子与本版本不同（{differs}）。"
            "请用做备份时的版本恢复，再升级。"
        )
    reset_keys(list(models.values()))
    return _held(manifest, root_of_log()[1])


def _copied(content: IO[bytes], out: IO[bytes] | None) -> str:
    """Copy a stream piece by piece, or only read it; the SHA-256 of it."""
    digest = hashlib.sha256()
    while piece := content.read(CHUNK):
        digest.update(piece)
        if out is not None:
            out.write(piece)
    return digest.hexdigest()


def _read(path: Path, key: bytes, table: Table, file: File) -> Mapping[str, Any]:
    """Go through a backup and compare it with its own manifest; the manifest."""
    tables: dict[str, dict[str, object]] = {}
    files: dict[str, str] = {}
    manifest: Mapping[str, Any] | None = None
    with path.open("rb") as raw:
        sealed = SealedReader(raw, key)
        plain = _Measured(gzip.GzipFile(fileobj=io.BufferedReader(sealed)), path.stat().st_size)
        try:
            with tarfile.open(fileobj=io.BufferedReader(plain), mode="r|") as archive:
                for member, content in _members(archive):
                    if member == MANIFEST:
                        manifest = json.load(content)
                    elif member.startswith("tables/"):
                        name = Path(member).stem
                        summed = _Summed(content)
                        rows = table(name, summed.lines())
                        tables[name] = {"rows": rows, "sha256": summed.digest.hexdigest()}
                    else:
                        name = member.removeprefix("files/")
                        files[name] = file(name, content)
        except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
            raise BadBackup("备份文件解不开，可能没有拷完，或者磁盘写坏了。请换一份备份。") from error
        sealed.finish()
    if manifest is None or manifest["tables"] != tables or manifest["files"] != files:
        raise BadBackup("备份里的内容与它自己的清单对不上，不能用。请换一份备份。")
    return manifest


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and bytes of every member: plain files, each once."""
    seen: set[str] = set()
    for member in archive:
        content = archive.extractfile(member) if member.isreg() else None
        if content is None or member.name in seen:
            raise BadBackup(
                f"备份里的“{member.name}”不是文件，或者出现了两次：这份备份不是明镜做的，不能用。"
            )
        seen.add(member.name)
        yield member.name, content


class _Measured(io.RawIOBase):
    """What was unpacked, for as long as it is no more than an honest backup of that size unpacks to."""

    def __init__(self, inner: gzip.GzipFile, size: int) -> None:
        self._inner, self._left = inner, max(RATIO_FROM, MOST_RATIO * size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        """The next bytes. Raises BadBackup."""
        taken = self._inner.readinto(buffer)  # type: ignore[arg-type]
        self._left -= taken
        if self._left < 0:
            raise BadBackup("备份解开后大得不正常，没有再读，什么都没有写。请换一份备份。")
        return taken


class _Summed:
    """The lines of a member, and the SHA-256 of what was read."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content, self.digest = content, hashlib.sha256()

    def lines(self) -> Iterator[str]:
        for line in self.content:
            self.digest.update(line)
            yield line.decode()


def _held(manifest: Mapping[str, Any], root: str) -> Held:
    log = manifest["log"]
    if log["root"] != root:
        raise BadBackup(
            f"备份里的日志算出的根是 {root[:16]}…，做备份时记的是 {log['root'][:16]}…：日志被改过，不能用。"
        )
    rows = sum(one["rows"] for one in manifest["tables"].values())
    return Held(
        manifest["made_at"], manifest["version"], rows, len(manifest["files"]), log["size"], log["root"]
    )


def _leaf_place(model: Model | None) -> int | None:
    """Where in a row of the log its leaf stands; None for other tables."""
    if model is not Act:
        return None
    return [field.attname for field in Act._meta.local_concrete_fields].index(LEAF)


def _settle(aside: Path, data: Path) -> None:
    """Move the files where they belong; what is there already by that name stays beside as ``.before``."""
    for place in sorted(aside.rglob("*")):
        if place.is_dir():
            continue
        target = data / place.relative_to(aside)
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            target.rename(target.with_name(target.name + ".before"))
        place.rename(target)
        settle_folder(target.parent)
