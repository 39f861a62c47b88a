"""The hash functions a log can be built with: SHA-256, or SM3 (GB/T 32905) where OpenSSL offers it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from mingjing.domain.reasons import Refusal

LEAF, NODE = b"\x00", b"\x01"
SIZE = 32
"""Bytes of every digest; SHA-256 and SM3 agree on it."""


class NoSuchHash(Refusal):
    """This machine cannot compute the hash function a log names."""

    code = "no-such-hash"


@dataclass(frozen=True, slots=True)
class Hashing:
    """Leaf and node hashes of RFC 6962, section 2.1, over one hash function."""

    name: str
    digest: Callable[[bytes], bytes]

    def leaf(self, data: bytes) -> bytes:
        """The hash of an entry's bytes as a leaf."""
        return self.digest(LEAF + data)

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash over two subtrees."""
        return self.digest(NODE + left + right)

    def empty(self) -> bytes:
        """The root of a tree without leaves."""
        return self.digest(b"")


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


SHA256 = Hashing("sha256", _sha256)
_NAMES = ("sha256", "sm3")


def hashing(name: str) -> Hashing:
    """The hash function of this name.

    Raises
    ------
    NoSuchHash   an unknown name, or SM3 on a machine whose OpenSSL was built without it
    """
    if name == SHA256.name:
        return SHA256
    if name == "sm3":
        if "sm3" in hashlib.algorithms_available:
            return Hashing(name, _sm3)
        raise NoSuchHash("本机的 OpenSSL 不带国密 SM3，算不了这份日志的摘要。请换一台带 SM3 的机器核验。")
    raise NoSuchHash(f"没有名为“{name}”的摘要算法。", allowed=_NAMES, example="sha256")
