"""An encrypted file written and read as a stream: no part can be changed, left out, added or moved unseen.

The format is a line ``mingjing-backup-1``, the 24 bytes of a libsodium secretstream header
(XChaCha20-Poly1305), and pieces of at most 1 MiB, each behind its length in 4 bytes. The last piece carries
the final tag: a file that ends before it was cut off.
"""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError

from mingjing.domain.reasons import Refusal
from mingjing.services.on_disk import settle_folder

MAGIC = b"mingjing-backup-1\n"
HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
OVERHEAD = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
PIECE = 1024 * 1024
KEY_BYTES = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES


class BadBackup(Refusal):
    """The file is no backup, is cut off, was changed, or belongs to another key."""

    code = "bad-backup"


class BadBackupKey(Refusal):
    """The key file is missing or holds no key."""

    code = "bad-backup-key"


def make_key(path: Path) -> bytes:
    """A new key in a file only its owner can read: 64 hexadecimal digits.

    Raises
    ------
    FileExistsError   a key is there already; it is never overwritten
    """
    key = secrets.token_bytes(KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    settle_folder(path.parent)
    return key


def read_key(path: Path) -> bytes:
    """The key of a file.

    Raises
    ------
    BadBackupKey   there is no such file, or it holds anything but 64 hexadecimal digits
    """
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise BadBackupKey(
            f"没有密钥文件 {path}。备份时用哪一把锁的，恢复就要那一把；丢了密钥，备份打不开。"
        ) from None
    except (ValueError, UnicodeDecodeError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadBackupKey(f"{path} 里不是备份密钥。", allowed=[f"{2 * KEY_BYTES} 位十六进制数字"])
    return key


class SealedWriter(io.RawIOBase):
    """Encrypts what is written into ``file``; ``close`` writes the final piece."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._held = file, bytearray()
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        file.write(MAGIC + header)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        """Take ``data``; whole pieces are written at once."""
        taken = bytes(data)  # type: ignore[call-overload]
        self._held += taken
        while len(self._held) >= PIECE:
            self._push(bytes(self._held[:PIECE]), MESSAGE)
            del self._held[:PIECE]
        return len(taken)

    def close(self) -> None:
        """Write what is left with the final tag."""
        if not self.closed:
            self._push(bytes(self._held), FINAL)
        super().close()

    def _push(self, plain: bytes, tag: int) -> None:
        piece = bindings.crypto_secretstream_xchacha20poly1305_push(self._state, plain, b"", tag)
        self._file.write(len(piece).to_bytes(4, "big") + piece)


class SealedReader(io.RawIOBase):
    """Decrypts a file written by ``SealedWriter``.

    Raises
    ------
    BadBackup   at the first piece that is not as it was written, or where the end is missing
    """

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._held, self._ended, self._pieces = file, b"", False, 0
        if file.read(len(MAGIC)) != MAGIC:
            raise BadBackup("这不是明镜的备份文件。", example="mingjing backup 备份/2026-09-30.mjb")
        header = file.read(HEADER)
        if len(header) != HEADER:
            raise BadBackup("备份文件不完整，开头就断了。请换一份备份。")
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(self._state, header, key)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        """The next decrypted bytes; 0 behind the final piece."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._held and not self._ended:
            self._held = self._pull()
        taken = self._held[: len(view)]
        view[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)

    def finish(self) -> None:
        """Read to the final piece, so that a cut or a change behind the last wanted byte is found as well."""
        while not self._ended:
            self._pull()
        if self._file.read(1):
            raise BadBackup("备份文件结尾多了内容，不是写好的样子。")

    def _pull(self) -> bytes:
        self._pieces += 1
        size = int.from_bytes(self._file.read(4), "big")
        piece = self._file.read(size) if OVERHEAD <= size <= PIECE + OVERHEAD else b""
        try:
            if len(piece) != size:
                raise ValueError("the file ends within a piece")
            plain, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(self._state, piece, b"")
        except (CryptoError, ValueError, RuntimeError):
            raise BadBackup(
                f"备份文件第 {self._pieces} 段打不开：密钥不对，或者文件被改过、没有拷完。",
                example="换一把密钥，或者换一份备份",
            ) from None
        self._ended = tag == FINAL
        return bytes(plain)
