"""Signed checkpoints: what the log was at one size, in the C2SP tlog-checkpoint and signed-note formats.

A note is text, an empty line, and signature lines ``— name base64(key hash ‖ signature)``. The first three
lines of a checkpoint's text are the log's origin, its size, and its root in base64. Witnesses add lines of
their own (C2SP tlog-cosignature) and never change the text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from mingjing.domain.auditlog.hashing import SIZE
from mingjing.domain.reasons import Refusal

ED25519, COSIGNATURE = b"\x01", b"\x04"
_LINE = re.compile(r"— (\S+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class BadNote(Refusal):
    """The text is no signed note, or no checkpoint."""

    code = "bad-checkpoint"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose key, the first four bytes of its hash, the signature itself."""

    name: str
    key_hash: bytes
    signature: bytes

    def line(self) -> str:
        """As it stands in the note."""
        return f"— {self.name} {base64.b64encode(self.key_hash + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log ``origin`` had ``size`` entries and this root. ``extra`` are further lines, signed with it."""

    origin: str
    size: int
    root: bytes
    extra: tuple[str, ...] = ()

    def text(self) -> str:
        """What is signed; ends with a line feed."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, self.size, root, *self.extra))


def key_hash(name: str, public_key: bytes, kind: bytes = ED25519) -> bytes:
    """Four bytes by which a signature line tells its key (C2SP signed-note)."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public_key).digest()[:4]


def verifier_key(name: str, public_key: bytes, kind: bytes = ED25519) -> str:
    """A public key as people exchange it: ``name+hash+base64`` (C2SP signed-note, vkey)."""
    return f"{name}+{key_hash(name, public_key, kind).hex()}+{base64.b64encode(kind + public_key).decode()}"


def read_verifier_key(text: str) -> tuple[str, bytes, bytes]:
    """Name, public key and kind of a vkey.

    Raises
    ------
    BadNote   another shape, or a hash that does not fit the key
    """
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        raise BadNote("公钥应写作“名称+8 位十六进制+Base64”。", example="yunxi.example/log+1a2b3c4d+AQ…")
    name, stated, encoded = parts
    raw = _decode(encoded)
    kind, public_key = raw[:1], raw[1:]
    if len(public_key) != SIZE or key_hash(name, public_key, kind).hex() != stated:
        raise BadNote(f"公钥“{name}”的校验位与内容不符，可能抄错了。")
    return name, public_key, kind


def cosigned_text(checkpoint: Checkpoint, seconds: int) -> bytes:
    """What a witness signs: its time (seconds since 1970, UTC) and the text of the checkpoint."""
    return f"cosignature/v1\ntime {seconds}\n{checkpoint.text()}".encode()


def write_note(checkpoint: Checkpoint, signatures: tuple[Signature, ...]) -> str:
    """The signed note: text, an empty line, signatures."""
    return f"{checkpoint.text()}\n{''.join(one.line() for one in signatures)}"


def read_note(note: str) -> tuple[Checkpoint, tuple[Signature, ...]]:
    """A signed checkpoint as it was written.

    Raises
    ------
    BadNote   not this format: says which line
    """
    text, gap, tail = note.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise BadNote("检查点应是正文、一个空行、签名行，每行以换行结束。")
    return _read_text(text), tuple(_read_signature(line) for line in tail[:-1].split("\n"))


def _read_text(text: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) < 3 or not all(lines):
        raise BadNote("检查点正文至少三行：日志名称、条数、根。")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size):
        raise BadNote(f"第二行“{size}”不是条数。", example="1024")
    digest = _decode(root)
    if len(digest) != SIZE:
        raise BadNote(f"第三行的根应是 {SIZE} 字节，现在是 {len(digest)} 字节。")
    return Checkpoint(origin, int(size), digest, tuple(lines[3:]))


def _read_signature(line: str) -> Signature:
    match = _LINE.fullmatch(line)
    if match is None:
        raise BadNote(f"签名行“{line[:40]}”不合格式。", example="— yunxi.example/log 4DH1…")
    raw = _decode(match[2])
    if len(raw) <= 4:
        raise BadNote(f"“{match[1]}”的签名太短。")
    return Signature(match[1], raw[:4], raw[4:])


def _decode(text: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise BadNote(f"“{text[:40]}”不是 Base64。") from None
    if base64.b64encode(found).decode() != text:
        raise BadNote(f"“{text[:40]}”不是规范的 Base64。")
    return found
