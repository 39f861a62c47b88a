"""Writing a backup: all tables as they were at one moment, all files, in one encrypted file."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings
from django.db import connection, transaction

from mingjing import __version__
from mingjing.domain.reasons import Refusal
from mingjing.services.acts import CONSOLE, act
from mingjing.services.installation import now
from mingjing.services.keeping.sealed_stream import SealedWriter
from mingjing.services.keeping.tables import dumped, kept_models, root_of_log, versions
from mingjing.services.on_disk import settle_folder

DATABASE = "mingjing.sqlite3"
LEFT_OUT = frozenset({"static", "tmp"})
BACKUPS = frozenset({".mjb", ".part"})
"""What of the data folder is no part of a backup: the database itself, what is made anew, and backups."""
MANIFEST = "manifest.json"

Report = Callable[[str], None]


class TargetTaken(Refusal):
    """A file of that name is there already."""

    code = "backup-target-taken"


@dataclass(frozen=True, slots=True)
class Written:
    """What a backup holds: rows by table, number of files, size and root of the log (hexadecimal)."""

    path: Path
    rows: int
    files: int
    log_size: int
    log_root: str


def write_backup(path: Path, key: bytes, report: Report = lambda _: None) -> Written:
    """Everything of this installation, encrypted under ``key``. The file appears under its name only when it
    is whole; the making of it is an entry of the log, written before, so that the backup holds it.

    Raises
    ------
    TargetTaken   the file is there already
    """
    if path.exists():
        raise TargetTaken(f"{path} 已经有了，不会覆盖。请换一个名称。", example="备份/2026-09-30.mjb")
    path.parent.mkdir(parents=True, exist_ok=True)
    with act(CONSOLE, "备份", needs="", subject_kind="系统", subject_id="备份") as record:
        record.payload = {"文件": path.name, "版本": __version__}
    half = path.with_name(path.name + ".part")
    try:
        with half.open("wb") as file:
            written = _write(cast(BinaryIO, file), key, path, report)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
        settle_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)
    return written


def _write(file: BinaryIO, key: bytes, path: Path, report: Report) -> Written:
    sealed = SealedWriter(file, key)
    manifest: dict[str, object] = {"version": __version__, "made_at": now().isoformat()}
    packed = gzip.GzipFile(filename="", fileobj=sealed, mode="wb", compresslevel=1, mtime=0)
    with packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        with one_moment():
            tables = {}
            for model in kept_models():
                name = model._meta.db_table
                tables[name] = _add_table(archive, name, dumped(model))
                report(f"{name}：{tables[name]['rows']} 行")
            size, root = root_of_log()
            manifest |= {"migrations": versions(), "tables": tables, "log": {"size": size, "root": root}}
        files = {name: _add_file(archive, name, place) for name, place in kept_files()}
        report(f"文件：{len(files)} 个")
        _add(archive, MANIFEST, json.dumps({**manifest, "files": files}, ensure_ascii=False).encode())
    sealed.close()
    rows = sum(cast(int, one["rows"]) for one in tables.values())
    return Written(path, rows, len(files), size, root)


@contextmanager
def one_moment() -> Iterator[None]:
    """All queries inside see the database as it was at the first of them; nobody waits for it."""
    if connection.in_atomic_block:  # whoever opened it sees to that
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # a reader's snapshot: writers go on beside it
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def kept_files() -> Iterator[tuple[str, Path]]:
    """Name in the archive and place of every file of the data folder that is kept, in the order of names."""
    root = Path(settings.CONFIGURATION.data)
    for place in sorted(root.rglob("*")):
        name = place.relative_to(root).as_posix()
        if place.is_file() and is_kept(name):
            yield name, place


def is_kept(name: str) -> bool:
    """Whether a file of the data folder, by its name below it, is part of a backup."""
    first, _, _ = name.partition("/")
    return not name.startswith(DATABASE) and first not in LEFT_OUT and Path(name).suffix not in BACKUPS


def _add_table(archive: tarfile.TarFile, name: str, lines: Iterable[str]) -> dict[str, object]:
    """A table as one member; how many rows, and the SHA-256 of its lines."""
    digest, rows = hashlib.sha256(), 0
    with TemporaryFile() as file:
        for line in lines:
            data = line.encode()
            digest.update(data)
            file.write(data)
            rows += 1
        info = tarfile.TarInfo(f"tables/{name}.jsonl")
        info.size = file.tell()
        file.seek(0)
        archive.addfile(info, file)
    return {"rows": rows, "sha256": digest.hexdigest()}


def _add_file(archive: tarfile.TarFile, name: str, place: Path) -> str:
    data = place.read_bytes()
    _add(archive, f"files/{name}", data)
    return hashlib.sha256(data).hexdigest()


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))
