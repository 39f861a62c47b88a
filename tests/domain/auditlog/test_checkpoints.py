"""A checkpoint is read as it was written, and anything else is refused with its line."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.auditlog.checkpoints import (
    BadNote,
    Checkpoint,
    Signature,
    cosigned_text,
    key_hash,
    read_note,
    read_verifier_key,
    verifier_key,
    write_note,
)

KEY = bytes(range(32))
CHECKPOINT = Checkpoint("yunxi.example/log", 1024, bytes(32))
SIGNED = Signature("yunxi.example/log", key_hash("yunxi.example/log", KEY), bytes(64))


@given(st.integers(0, 10**18), st.binary(min_size=32, max_size=32), st.integers(1, 3))
def test_what_was_written_is_read(size: int, root: bytes, hands: int) -> None:
    checkpoint = Checkpoint("云溪市中级人民法院/日志", size, root, ("算法 sha256",))
    assert read_note(write_note(checkpoint, (SIGNED,) * hands)) == (checkpoint, (SIGNED,) * hands)


def test_the_text_is_that_of_the_format() -> None:
    assert CHECKPOINT.text() == f"yunxi.example/log\n1024\n{base64.b64encode(bytes(32)).decode()}\n"
    assert cosigned_text(CHECKPOINT, 7).startswith(b"cosignature/v1\ntime 7\nyunxi.example/log\n1024\n")


def test_a_public_key_is_exchanged_with_its_check() -> None:
    text = verifier_key("witness.example", KEY)
    assert read_verifier_key(text) == ("witness.example", KEY, b"\x01")
    with pytest.raises(BadNote, match="抄错"):
        read_verifier_key(text.replace("witness", "witless"))


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("", "空行"),
        ("log\n1\n\n— a AAAA\n", "三行"),
        ("log\n01\n" + base64.b64encode(bytes(32)).decode() + "\n\n— a AAAAAAAA\n", "不是条数"),
        ("log\n1\nAAAA\n\n— a AAAAAAAA\n", "32 字节"),
        ("log\n1\n" + base64.b64encode(bytes(32)).decode() + "\n\na AAAAAAAA\n", "签名行"),
        ("log\n1\n" + base64.b64encode(bytes(32)).decode() + "\n\n— a AAAA\n", "太短"),
        ("log\n1\n" + base64.b64encode(bytes(32)).decode() + "\n\n— a AAAAAAAB=\n", "Base64"),
    ],
)
def test_another_shape_is_refused(note: str, says: str) -> None:
    with pytest.raises(BadNote, match=says):
        read_note(note)
