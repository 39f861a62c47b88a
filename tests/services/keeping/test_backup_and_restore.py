"""A backup holds everything and proves it; a restore gives all of it back, or changes nothing."""

from __future__ import annotations

import gzip
import json
import tarfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import Settings

from mingjing.services.keeping import restore as restoring
from mingjing.services.keeping.backup import TargetTaken, Written, write_backup
from mingjing.services.keeping.restore import NotEmpty, OtherVersion, restore, verify_backup
from mingjing.services.keeping.sealed_stream import BadBackup, SealedWriter
from mingjing.services.keeping.tables import dumped, filled, kept_models, root_of_log
from mingjing.storage.auditlog.models import Act
from tests.services.builders import House, file_case
from tests.services.conftest import APPEND_ONLY, _Hand, _triggers

pytestmark = pytest.mark.django_db
KEY = bytes(range(32))


@pytest.fixture
def data(tmp_path: Path, settings: Settings) -> Path:
    """A data folder with a piece of evidence and a key, beside what is no part of a backup."""
    folder = tmp_path / "data"
    (folder / "files" / "evidence").mkdir(parents=True)
    (folder / "files" / "evidence" / "佐证.txt").write_text("已归档", encoding="utf-8")
    (folder / "secret-key").write_text("abc", encoding="ascii")
    (folder / "mingjing.sqlite3-wal").write_bytes(b"not this")
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=folder)
    return folder


@pytest.fixture
def written(house: House, data: Path, tmp_path: Path) -> Written:
    """A backup of a court with a case."""
    file_case(house)
    return write_backup(tmp_path / "a.mjb", KEY)


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    return {model._meta.db_table: list(dumped(model)) for model in kept_models()}


def emptied() -> None:
    """As a new installation: tables without rows."""
    apart = [_triggers(name) for name in APPEND_ONLY]
    for triggers in apart:
        triggers.unprotect(apps, _Hand)
    with connection.cursor() as cursor:
        for table in filled():
            cursor.execute(f"DELETE FROM {table}")
        if (
            connection.vendor == "postgresql"
        ):  # what waits to be checked would keep the triggers from returning
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for triggers in apart:
        triggers.protect(apps, _Hand)


def test_everything_comes_back_with_the_same_root(written: Written, data: Path) -> None:
    before, root = everything(), root_of_log()
    emptied()
    (data / "files" / "evidence" / "佐证.txt").unlink()
    held = restore(written.path, KEY)
    assert everything() == before
    assert root_of_log() == root == (held.log_size, held.log_root)
    assert (data / "files" / "evidence" / "佐证.txt").read_text(encoding="utf-8") == "已归档"
    assert not list(data.glob(".restoring-*"))


def test_new_rows_take_new_keys_after_a_restore(written: Written, house: House) -> None:
    last = max(Act.objects.values_list("pk", flat=True))
    emptied()
    restore(written.path, KEY)
    write_backup(written.path.with_name("b.mjb"), KEY)
    assert max(Act.objects.values_list("pk", flat=True)) > last


def test_a_backup_is_read_to_its_end_without_changing_anything(written: Written) -> None:
    before = everything()
    held = verify_backup(written.path, KEY)
    assert (held.rows, held.files) == (written.rows, written.files) == (held.rows, 2)
    assert (held.log_size, held.log_root) == root_of_log()
    assert everything() == before


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_flipped_byte_is_found_and_nothing_is_restored(written: Written, share: float) -> None:
    content = bytearray(written.path.read_bytes())
    content[int(len(content) * share)] ^= 0x10
    written.path.write_bytes(content)
    with pytest.raises(BadBackup):
        verify_backup(written.path, KEY)
    emptied()
    with pytest.raises(BadBackup):
        restore(written.path, KEY)
    assert filled() == []


def test_a_log_changed_before_the_backup_was_sealed_is_found(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = json.load

    def forged(content: object) -> object:
        manifest = real(content)  # type: ignore[arg-type]
        return {**manifest, "log": {**manifest["log"], "root": "0" * 64}}

    monkeypatch.setattr("mingjing.services.keeping.restore.json.load", forged)
    with pytest.raises(BadBackup, match="日志被改过"):
        verify_backup(written.path, KEY)


def test_a_restore_never_writes_over_data(written: Written) -> None:
    before = everything()
    with pytest.raises(NotEmpty, match="恢复不会覆盖"):
        restore(written.path, KEY)
    assert everything() == before


def test_another_version_is_refused_by_name(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    emptied()
    monkeypatch.setattr(restoring, "versions", list)
    with pytest.raises(OtherVersion, match="请用做备份时的版本恢复"):
        restore(written.path, KEY)
    assert filled() == []


def test_a_backup_is_never_overwritten_and_half_of_one_never_stays(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TargetTaken):
        write_backup(written.path, KEY)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mingjing.services.keeping.backup._write", full)
    with pytest.raises(OSError, match="No space left"):
        write_backup(written.path.with_name("c.mjb"), KEY)
    assert sorted(one.name for one in written.path.parent.glob("*.mjb*")) == ["a.mjb"]


def test_making_a_backup_is_an_entry_which_the_backup_holds(written: Written) -> None:
    (entry,) = Act.objects.filter(verb="备份")
    assert entry.actor_name == "控制台"
    assert written.log_size == Act.objects.count()


def test_backups_kept_in_the_data_folder_are_no_part_of_the_next(written: Written, data: Path) -> None:
    (data / "static-notes.txt").write_text("留着", encoding="utf-8")
    (data / "static").mkdir()
    (data / "static" / "page.css").write_text("", encoding="utf-8")
    for name in ("first.mjb", "second.mjb"):
        inside = write_backup(data / "backups" / name, KEY)
        assert inside.files == written.files + 1
        assert verify_backup(inside.path, KEY).files == inside.files


def sealed_tar(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    """A backup that somebody who holds the key made by hand."""
    with path.open("wb") as file:
        sealed = SealedWriter(file, KEY)
        packed = gzip.GzipFile(filename="", fileobj=sealed, mode="wb", mtime=0)
        with packed, tarfile.open(fileobj=packed, mode="w|") as archive:
            for info, content in members:
                info.size = len(content)
                archive.addfile(info, BytesIO(content))
        sealed.close()
    return path


def link(name: str, to: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, to
    return info


NAMED = tarfile.TarInfo


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([(NAMED("files/a.bin"), bytes(70 << 20))], "大得不正常"),
        ([(NAMED("tables/people_person.jsonl"), b"[" * (70 << 20))], "大得不正常"),
        ([(link("files/a", "/etc/passwd"), b"")], "不是文件"),
        ([(NAMED("files/a"), b"1"), (NAMED("files/a"), b"2")], "出现了两次"),
        ([(NAMED("files/../../a"), b"1")], "指到了数据目录外面"),
        ([(NAMED("files/mingjing.sqlite3"), b"1")], "不是明镜做的"),
        ([(NAMED("files/a"), b"1")], "清单对不上"),
    ],
    ids=["bomb", "endless row", "link", "twice", "outside", "database", "no manifest"],
)
def test_a_backup_made_to_harm_is_refused_and_leaves_nothing(
    members: list[tuple[tarfile.TarInfo, bytes]], words: str, data: Path, tmp_path: Path
) -> None:
    path = sealed_tar(tmp_path / "evil.mjb", *members)
    there = sorted(data.rglob("*"))
    with pytest.raises(BadBackup, match=words):
        restore(path, KEY)
    assert sorted(data.rglob("*")) == there and filled() == []
