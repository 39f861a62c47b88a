"""Logs, checkpoints, bundles and draws as a court would publish them, made by the house's own modules."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from mingjing.domain.assignment.drawing import Contribution, commit, draw, seed_input, seed_of
from mingjing.domain.assignment.pools import Candidate, Excluded, Pool
from mingjing.domain.auditlog.checkpoints import (
    COSIGNATURE,
    Checkpoint,
    Signature,
    cosigned_text,
    key_hash,
    verifier_key,
    write_note,
)
from mingjing.domain.auditlog.entries import Entry, canonical, commit_payload, plain
from mingjing.domain.auditlog.hashing import SHA256, Hashing
from mingjing.domain.auditlog.merkle import Growing, inclusion_proof
from tests.verifier.tool import verify

SECRET, WITNESS = b"\x07" * 32, b"\x09" * 32
LOG, OFFICE = "yunxi.example/log", "zhongyuan.example/witness"


def public(secret: bytes) -> bytes:
    """The public key of a secret (RFC 8032, 5.1.5), by the verifier's own arithmetic."""
    return _encode(verify._times(_scalar(secret), verify.BASE))


def sign(secret: bytes, message: bytes) -> bytes:
    """RFC 8032, 5.1.6."""
    scalar, prefix = _scalar(secret), hashlib.sha512(secret).digest()[32:]
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % verify.ORDER
    first = _encode(verify._times(nonce, verify.BASE))
    digest = hashlib.sha512(first + public(secret) + message).digest()
    second = int((nonce + int.from_bytes(digest, "little") * scalar) % verify.ORDER)
    return first + second.to_bytes(32, "little")


def _scalar(secret: bytes) -> int:
    head = bytearray(hashlib.sha512(secret).digest()[:32])
    head[0] &= 248
    head[31] = head[31] & 127 | 64
    return int.from_bytes(head, "little")


def _encode(point: Any) -> bytes:
    inverse = pow(point[2], verify.P - 2, verify.P)
    x, y = int(point[0] * inverse % verify.P), int(point[1] * inverse % verify.P)
    return (y | (x & 1) << 255).to_bytes(32, "little")


LOG_KEY = verifier_key(LOG, public(SECRET))
WITNESS_KEY = verifier_key(OFFICE, public(WITNESS), COSIGNATURE)


def items(count: int) -> list[dict[str, Any]]:
    """Entries with their payloads and salts."""
    found = []
    for seq in range(count):
        payload, salt = {"事由": f"第 {seq} 件"}, bytes([seq % 256]) * 16
        moment = f"2026-03-02T01:{seq // 60 % 60:02}:{seq % 60:02}.000000Z"
        told = ("延长审限", "case", str(seq), "deadline.civil @ 2024-01-01 # 12345678", "鉴定")
        whence = "10.2.0.17 · Windows Chrome" if seq >= 2 else None
        entry = Entry(seq, moment, "17", "沈知白", "云9821", *told, commit_payload(payload, salt), whence)
        found.append({"entry": plain(entry), "payload": payload, "salt": salt.hex()})
    return found


def checkpoint(entries: Sequence[dict[str, Any]], mode: Hashing = SHA256) -> str:
    """The signed and witnessed note over these entries."""
    tree = Growing(mode)
    for item in entries:
        list(tree.add(mode.leaf(canonical(Entry(**item["entry"])))))
    point = Checkpoint(LOG, tree.size, tree.root())
    moment = 1_772_400_000
    seen = moment.to_bytes(8, "big") + sign(WITNESS, cosigned_text(point, moment))
    return write_note(
        point,
        (
            Signature(LOG, key_hash(LOG, public(SECRET)), sign(SECRET, point.text().encode())),
            Signature(OFFICE, key_hash(OFFICE, public(WITNESS), COSIGNATURE), seen),
        ),
    )


def bundle(count: int, chosen: Sequence[int], mode: Hashing = SHA256) -> dict[str, Any]:
    """The proof bundle of some entries of a log of ``count``."""
    entries = items(count)
    tree, stored = Growing(mode), {}
    for item in entries:
        for level, index, node in tree.add(mode.leaf(canonical(Entry(**item["entry"])))):
            stored[level, index] = node
    paths = {
        seq: inclusion_proof(seq, count, lambda level, index: stored[level, index], mode) for seq in chosen
    }
    return {
        "format": "mingjing-proof-1",
        "hash": mode.name,
        "checkpoint": checkpoint(entries, mode),
        "entries": [
            {**entries[seq], "proof": [base64.b64encode(step).decode() for step in paths[seq]]}
            for seq in chosen
        ],
    }


def published_draw(seats: int = 1) -> dict[str, Any]:
    """A draw as the public page offers it."""
    people = tuple(Candidate(f"J{number:02}", 50 + number) for number in range(1, 13))
    rule = "assignment.civil @ 2026-01-01 # 12345678"
    pool = Pool("（2026）云9821民初77号", rule, "2026-03-02", people, (Excluded("J13", "请假"),), seats)
    hands = []
    for number, by in enumerate(("立案庭", "督察室"), start=1):
        value = hashlib.sha256(bytes([number])).digest()
        hands.append(Contribution(by, commit(by, value), value))
    pools = [pool.digest(), "0" * 64]
    return {
        "format": "mingjing-draw-1",
        "pool": dict(pool.plain()),
        "seed": dict(seed_input(pools, hands)),
        "drawn": list(draw(pool, seed_of(pools, hands)).people),
    }


def as_file(content: dict[str, Any]) -> str:
    """JSON as published."""
    return json.dumps(content, ensure_ascii=False, indent=1)
