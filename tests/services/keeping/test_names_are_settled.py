"""A power cut takes what was not settled: the bytes of a file and its name are, before the file counts."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from mingjing.services import on_disk
from mingjing.services.importing import uploading
from mingjing.services.leads import parts, sealing
from mingjing.services.proving.signing import make_key
from mingjing.services.records import evidence

Written = Callable[[Path], Path]
KEPT = "材料第三页".encode()


def _evidence(media: Path) -> Path:
    incoming = evidence.receive(SimpleUploadedFile("说明.txt", KEPT))
    incoming.settle()
    return media / incoming.stored


def _import(media: Path) -> Path:
    uploading.keep([KEPT, KEPT], "0042.csv")
    return media / "imports" / "0042.csv"


def _lead(media: Path) -> Path:
    return media / parts._store(KEPT, sealing.seal(b"{}", [sealing.public_of(sealing.new_private())]))


def _key(media: Path) -> Path:
    make_key(media / "keys" / "log-signing-key", "云98/mingjing-log")
    return media / "keys" / "log-signing-key"


@pytest.mark.parametrize("write", [_evidence, _import, _lead, _key])
def test_the_bytes_are_settled_and_then_the_name(
    write: Written, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    settled: list[int] = []
    real = os.fsync

    def told(handle: int) -> None:
        settled.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", told)
    place = write(settings.MEDIA_ROOT)
    file, folder, above = (one.stat().st_ino for one in (place, place.parent, place.parent.parent))
    assert settled.index(file) < settled.index(folder) < settled.index(above)


def test_a_file_system_that_settles_no_folder_is_left_alone_and_a_broken_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(number: int) -> Callable[[int], None]:
        def fsync(_: int) -> None:
            raise OSError(number, os.strerror(number))

        return fsync

    monkeypatch.setattr(os, "fsync", failing(on_disk.UNABLE[0]))
    on_disk.settle_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        on_disk.settle_folder(tmp_path)
