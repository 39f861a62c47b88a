"""One entry of the log of acts: its shape, its canonical bytes, its leaf hash (RFC 6962).

The payload itself stays outside: the entry holds a salted commitment to it, so that personal data can be
shredded later while every proof about the log stays valid.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from typing import cast

LEAF_PREFIX = b"\x00"
SALT_BYTES = 16
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to which record, under which definition, why, and when.

    ``seq`` counts from 0. ``at`` is UTC with microseconds, ``2024-03-13T01:30:00.000000Z``. ``actor`` is
    a stable id, ``actor_name`` the name as it was then. ``payload_commitment`` comes from
    ``commit_payload``. ``whence`` is the address and the device the act came from, empty where nobody sat at
    one; None is the first shape of an entry, which had no such line and keeps its hash without it. A wrong
    shape is a ValueError: an entry once written cannot be repaired.
    """

    seq: int
    at: str
    actor: str
    actor_name: str
    court: str
    verb: str
    subject_kind: str
    subject_id: str
    definition: str
    why: str
    payload_commitment: str
    whence: str | None = None

    def __post_init__(self) -> None:
        if self.seq < 0:
            raise ValueError(f"seq counts from 0, not {self.seq}")
        if not _MOMENT.fullmatch(self.at):
            raise ValueError(f"at must look like 2024-03-13T01:30:00.000000Z, not {self.at!r}")
        if not _DIGEST.fullmatch(self.payload_commitment):
            raise ValueError("payload_commitment must be 64 lower-case hexadecimal digits")


def canonical(entry: Entry) -> bytes:
    """The bytes that are hashed: JSON in UTF-8, keys sorted, no spaces, no floats."""
    return canonical_payload(plain(entry))


LINES = tuple(sorted(Entry.__dataclass_fields__))
"""The names of an entry's lines in the order in which they are hashed."""
_SEQ = LINES.index("seq")
_SHAPE = "{" + ",".join(f'"{name}":%s' for name in LINES) + "}"
_FIRST_SHAPE = _SHAPE.replace('"whence":%s,', "%.0s")
_WHENCE = LINES.index("whence")
_TEXT = frozenset({str})
_PLAIN = frozenset({str, int, bool, type(None)})


def _writer() -> Callable[[Mapping[str, object]], str]:
    """JSON with keys sorted, no spaces, no floats; what writes it is made once, not with every entry."""
    if c_make_encoder is None:
        made = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return made.encode
    parts = c_make_encoder(None, _refused, encode_basestring, None, ":", ",", True, False, False)
    return lambda payload: "".join(parts(payload, 0))


def _refused(part: object) -> object:
    raise TypeError(f"{type(part).__name__} has no canonical form; write it as text")


_WRITTEN = _writer()


def leaf_of_lines(lines: Sequence[object]) -> bytes:
    """The leaf hash of an entry given as its lines in the order of ``LINES``, as they were read from where
    they are stored; quicker than ``leaf_hash`` by not looking whether they have the right shape.

    Raises
    ------
    TypeError   a line is neither text nor, where it may be, a whole number or None
    """
    seq, shape, texts = lines[_SEQ], _SHAPE, [*lines]
    if seq.__class__ is not int:
        raise TypeError("the number of an entry is no number")
    if texts[_WHENCE] is None:
        shape, texts[_WHENCE] = _FIRST_SHAPE, ""
    texts[_SEQ] = ""
    found = [*map(encode_basestring, cast(list[str], texts))]  # refuses what is no text
    found[_SEQ] = str(seq)
    return hashlib.sha256(LEAF_PREFIX + (shape % tuple(found)).encode()).digest()


def plain(entry: Entry) -> dict[str, object]:
    """The entry as it is hashed and published: the lines of its shape, no others."""
    lines = asdict(entry)
    if entry.whence is None:
        del lines["whence"]
    return lines


def canonical_payload(payload: Mapping[str, object]) -> bytes:
    """Any JSON-like mapping as canonical bytes.

    Raises
    ------
    TypeError   a float (its text differs between programs), a key that is not text, or an object that is
                none of text, whole number, bool, None, list, mapping
    """
    return canonical_text(payload).encode()


def canonical_text(payload: Mapping[str, object]) -> str:
    """``canonical_payload`` as text. Raises what that raises."""
    if not _is_flat(payload):
        _require_plain(payload, "payload")
    return _WRITTEN(payload)


def commit_payload(payload: Mapping[str, object], salt: bytes) -> str:
    """Hexadecimal SHA-256 of the salt followed by the canonical payload.

    The salt must be fresh and at least 16 bytes (ValueError): without it a short payload could be guessed
    from its hash after it was shredded.
    """
    if len(salt) < SALT_BYTES:
        raise ValueError(f"a salt has at least {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + canonical_payload(payload)).hexdigest()


def leaf_hash(entry: Entry) -> str:
    """Hexadecimal Merkle leaf hash of the entry: SHA-256 of 0x00 and its canonical bytes (RFC 6962, 2.1)."""
    return hashlib.sha256(LEAF_PREFIX + canonical(entry)).hexdigest()


def _is_flat(payload: Mapping[str, object]) -> bool:
    """Whether texts lead to plain values and to nothing deeper: what most payloads are, seen at a glance."""
    return _TEXT.issuperset(map(type, payload)) and _PLAIN.issuperset(map(type, payload.values()))


def _require_plain(part: object, where: str) -> None:
    if part.__class__ in _PLAIN or isinstance(part, (str, int)):
        return
    if isinstance(part, Mapping):
        for key, inner in part.items():
            if not isinstance(key, str):
                raise TypeError(f"{where}: key {key!r} is not text")
            if inner.__class__ not in _PLAIN:
                _require_plain(inner, f"{where}.{key}")
    elif isinstance(part, (list, tuple)):
        for index, inner in enumerate(part):
            if inner.__class__ not in _PLAIN:
                _require_plain(inner, f"{where}[{index}]")
    else:
        raise TypeError(f"{where}: {type(part).__name__} has no canonical form; write it as text")
