"""The verifier's own Ed25519 agrees with the vectors of RFC 8032 and refuses everything beside them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verifier.tool import verify

VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard_are_accepted(key: str, message: str, signature: str) -> None:
    assert verify.signed(bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(VECTORS), st.integers(0, 2), st.integers(0, 511))
def test_one_flipped_bit_is_refused(vector: tuple[str, str, str], which: int, bit: int) -> None:
    parts = [bytearray.fromhex(part) for part in vector]
    if not parts[which]:
        parts[which] = bytearray(b"\x01")
    bit %= len(parts[which]) * 8
    parts[which][bit // 8] ^= 1 << bit % 8
    assert not verify.signed(*map(bytes, parts))


def test_a_signature_moved_up_by_the_order_is_refused() -> None:
    """Malleability: S + L satisfies the equation but is not canonical (RFC 8032, 5.1.7)."""
    key, message, signature = (bytes.fromhex(part) for part in VECTORS[1])
    moved = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert not verify.signed(key, message, signature[:32] + moved.to_bytes(32, "little"))
