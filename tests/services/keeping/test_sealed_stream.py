"""An encrypted file: what was written comes out; any change, cut or addition is found."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.services.keeping import sealed_stream
from mingjing.services.keeping.sealed_stream import (
    BadBackup,
    BadBackupKey,
    SealedReader,
    SealedWriter,
    make_key,
    read_key,
)

KEY = bytes(range(32))


def sealed(plain: bytes, key: bytes = KEY) -> bytes:
    """What is written for ``plain``."""
    file = io.BytesIO()
    writer = SealedWriter(file, key)
    writer.write(plain)
    writer.close()
    return file.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    """What is read, to the very end of the file."""
    reader = SealedReader(io.BytesIO(data), key)
    plain = reader.read()
    reader.finish()
    assert plain is not None
    return plain


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of sixteen bytes, so that a short text has several."""
    monkeypatch.setattr(sealed_stream, "PIECE", 16)


@given(st.binary(max_size=100))
def test_what_was_written_comes_out(plain: bytes) -> None:
    assert opened(sealed(plain)) == plain


@settings(max_examples=300)
@given(st.binary(min_size=1, max_size=100), st.data())
def test_no_bit_can_be_changed_unseen(plain: bytes, data: st.DataObject) -> None:
    file = bytearray(sealed(plain))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BadBackup):
        opened(bytes(file))


@given(st.binary(min_size=1, max_size=100), st.data())
def test_a_file_that_was_cut_off_is_found(plain: bytes, data: st.DataObject) -> None:
    file = sealed(plain)
    with pytest.raises(BadBackup):
        opened(file[: data.draw(st.integers(0, len(file) - 1))])


def test_pieces_cannot_be_left_out_or_added() -> None:
    file = sealed(b"a" * 40)
    head = len(sealed_stream.MAGIC) + sealed_stream.HEADER
    piece = 4 + 16 + sealed_stream.OVERHEAD
    with pytest.raises(BadBackup):
        opened(file[:head] + file[head + piece :])
    with pytest.raises(BadBackup):
        opened(file[: head + piece] + file[head : head + piece] + file[head + piece :])
    with pytest.raises(BadBackup, match="结尾多了内容"):
        opened(file + b"x")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(BadBackup, match="密钥不对"):
        opened(sealed(b"text"), bytes(32))


def test_what_is_no_backup_is_called_so() -> None:
    with pytest.raises(BadBackup, match="不是明镜的备份文件"):
        opened(b"PK\x03\x04 something else")


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "keys" / "backup-key"
    key = make_key(place)
    assert read_key(place) == key
    assert place.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(place)
    assert read_key(place) == key


def test_a_key_file_that_is_missing_or_holds_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackupKey, match="没有密钥文件"):
        read_key(tmp_path / "none")
    (tmp_path / "word").write_text("口令", encoding="utf-8")
    with pytest.raises(BadBackupKey, match="不是备份密钥"):
        read_key(tmp_path / "word")
