"""A second check of proof bundles, written apart from ``verify.py``: recursive, with a library's Ed25519."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ENTRY = ["seq", "at", "actor", "actor_name", "court", "verb", "subject_kind", "subject_id"]
ENTRY += ["definition", "why", "payload_commitment"]


def holds(raw: bytes, keys: tuple[str, ...]) -> bool:
    """Whether a bundle is what it says it is, under these public keys."""
    try:
        return _holds(json.loads(raw.decode("utf-8")), raw, keys)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError):
        return False


def _holds(bundle: Any, raw: bytes, keys: tuple[str, ...]) -> bool:
    if _written(bundle) != raw or sorted(bundle) != ["checkpoint", "entries", "format", "hash"]:
        return False
    if (bundle["format"], bundle["hash"]) != ("mingjing-proof-1", "sha256") or not bundle["entries"]:
        return False
    body, _, tail = bundle["checkpoint"].rpartition("\n\n")
    origin, size, root, *more = body.split("\n")
    if not origin or not all(more) or str(int(size)) != size or int(size) < 0 or not tail.endswith("\n"):
        return False
    signed = [_line(line) for line in tail[:-1].split("\n")]
    top = _b64(root)
    if not all(_entry_holds(item, int(size), top) for item in bundle["entries"]):
        return False
    return all(_signed(key, body + "\n", signed) for key in keys)


def _written(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return b"" if _has_fraction(value) else text.encode("utf-8")


def _has_fraction(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, float) or any(_has_fraction(one) for one in inner)


def _b64(text: str) -> bytes:
    raw = base64.b64decode(text.encode("ascii"), validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError(text)
    return raw


def _line(line: str) -> tuple[str, bytes]:
    dash, name, rest = line.split(" ")
    raw = _b64(rest)
    if dash != "—" or not name or len(raw) < 5:
        raise ValueError(line)
    return name, raw


def _entry_holds(item: dict[str, Any], size: int, root: bytes) -> bool:
    entry = item["entry"]
    shapes = (sorted(ENTRY), sorted([*ENTRY, "whence"]))
    if sorted(item) != ["entry", "payload", "proof", "salt"] or sorted(entry) not in shapes:
        return False
    if item["payload"] is None:
        if item["salt"] is not None:
            return False
    else:
        salt = bytes.fromhex(item["salt"])
        if salt.hex() != item["salt"]:
            return False
        if hashlib.sha256(salt + _written(item["payload"])).hexdigest() != entry["payload_commitment"]:
            return False
    steps = [_b64(step) for step in item["proof"]]
    if any(len(step) != 32 for step in steps) or not 0 <= entry["seq"] < size:
        return False
    leaf = hashlib.sha256(b"\0" + _written(entry)).digest()
    return _climb(leaf, entry["seq"], size, steps) == root


def _climb(leaf: bytes, index: int, size: int, steps: list[bytes]) -> bytes:
    """The root over ``size`` leaves, from the definition of the tree (RFC 6962, 2.1.1), top down."""
    if size == 1:
        if steps:
            raise ValueError("too long")
        return leaf
    half = 1 << (size - 1).bit_length() - 1
    *lower, beside = steps
    if index < half:
        return hashlib.sha256(b"\1" + _climb(leaf, index, half, lower) + beside).digest()
    return hashlib.sha256(b"\1" + beside + _climb(leaf, index - half, size - half, lower)).digest()


def _signed(key: str, text: str, signed: list[tuple[str, bytes]]) -> bool:
    name, stated, encoded = key.split("+", 2)
    raw = _b64(encoded)
    mark = hashlib.sha256(f"{name}\n".encode() + raw).digest()[:4]
    if mark.hex() != stated:
        return False
    for signer, line in signed:
        if signer != name or line[:4] != mark:
            continue
        if raw[0] == 1 and _valid(raw[1:], line[4:], text.encode()):
            return True
        if raw[0] == 4 and len(line) > 12:
            seconds = int.from_bytes(line[4:12], "big")
            if _valid(raw[1:], line[12:], f"cosignature/v1\ntime {seconds}\n{text}".encode()):
                return True
    return False


@lru_cache(maxsize=64)
def _valid(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
