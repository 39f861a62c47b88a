"""Ed25519 keys as files that only their owner reads, and what they sign: checkpoints and countersignatures.

A key file holds one line in the form of C2SP signed-note, ``PRIVATE+KEY+name+hash+base64``. SM2 is not
offered: the library used here (``cryptography``) has none, and a signature scheme is not written by hand.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mingjing.domain.auditlog.checkpoints import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    Signature,
    cosigned_text,
    key_hash,
    read_verifier_key,
    verifier_key,
)
from mingjing.domain.reasons import Refusal
from mingjing.services.on_disk import settle_folder

_BEGINS = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+]{1,60}")
_SECONDS = 8
"""Bytes of the time that a countersignature begins with."""


class BadKey(Refusal):
    """A key file that cannot be used, or a name no key may have."""

    code = "bad-key"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name; ``kind`` is ED25519 for a log, COSIGNATURE for a witness."""

    name: str
    kind: bytes
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The raw public key."""
        form = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return self.private.public_key().public_bytes(*form)

    @property
    def vkey(self) -> str:
        """The public key as people exchange it."""
        return verifier_key(self.name, self.public, self.kind)

    def sign(self, checkpoint: Checkpoint) -> Signature:
        """The log's own signature under a checkpoint."""
        signed = self.private.sign(checkpoint.text().encode())
        return Signature(self.name, key_hash(self.name, self.public, self.kind), signed)

    def countersign(self, checkpoint: Checkpoint, seconds: int) -> Signature:
        """A witness's signature at its own time, seconds since 1970 (C2SP tlog-cosignature)."""
        signed = self.private.sign(cosigned_text(checkpoint, seconds))
        return Signature(
            self.name,
            key_hash(self.name, self.public, self.kind),
            seconds.to_bytes(_SECONDS, "big") + signed,
        )


def make_key(path: Path, name: str, kind: bytes = ED25519) -> Signer:
    """A fresh key in a new file of mode 600, in a folder of mode 700.

    Raises
    ------
    BadKey            the name holds a space or a plus sign, or is too long
    FileExistsError   there is a file already: no key is ever written over
    """
    if not _NAME.fullmatch(name):
        raise BadKey(f"“{name}”不能做密钥的名称：不能有空格和加号，最多 60 字。", example="云9801/witness")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = Ed25519PrivateKey.generate()
    signer = Signer(name, kind, private)
    secret = base64.b64encode(kind + private.private_bytes_raw()).decode()
    line = f"{_BEGINS}{name}+{key_hash(name, signer.public, kind).hex()}+{secret}\n"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    settle_folder(path.parent)
    return signer


def read_key(path: Path) -> Signer:
    """The key of a file.

    Raises
    ------
    BadKey   it is no such file, was altered, or other accounts of the machine may read it
    """
    if path.stat().st_mode & 0o077:
        raise BadKey(f"密钥文件 {path} 别的账户也能读。请先执行：chmod 600 {path}")
    parts = path.read_text(encoding="utf-8").strip().removeprefix(_BEGINS).split("+", 2)
    try:
        name, stated, encoded = parts
        raw = base64.b64decode(encoded, validate=True)
        signer = Signer(name, raw[:1], Ed25519PrivateKey.from_private_bytes(raw[1:]))
    except (ValueError, binascii.Error):
        raise BadKey(f"密钥文件 {path} 读不懂。") from None
    if key_hash(name, signer.public, signer.kind).hex() != stated:
        raise BadKey(f"密钥文件 {path} 的校验位与内容不符，被改过或者损坏了。")
    return signer


def signed_at(vkey: str, checkpoint: Checkpoint, signatures: tuple[Signature, ...]) -> int | None:
    """When the owner of a public key signed: seconds since 1970 for a witness, 0 for a log, None if not.

    Raises
    ------
    BadNote   the public key is misspelt
    """
    found = signature_of(vkey, checkpoint, signatures)
    return None if found is None else found[1]


def signature_of(
    vkey: str, checkpoint: Checkpoint, signatures: tuple[Signature, ...]
) -> tuple[Signature, int] | None:
    """The valid signature of a public key under a checkpoint, with its moment as in ``signed_at``."""
    name, public, kind = read_verifier_key(vkey)
    for one in signatures:
        if (one.name, one.key_hash) != (name, key_hash(name, public, kind)):
            continue
        if kind == ED25519 and _holds(public, one.signature, checkpoint.text().encode()):
            return one, 0
        if kind == COSIGNATURE and len(one.signature) > _SECONDS:
            seconds = int.from_bytes(one.signature[:_SECONDS], "big")
            if _holds(public, one.signature[_SECONDS:], cosigned_text(checkpoint, seconds)):
                return one, seconds
    return None


def _holds(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
