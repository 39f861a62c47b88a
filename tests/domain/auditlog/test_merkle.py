"""A tree grows without changing what it stored, and its proofs show what is true and nothing else."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.auditlog import merkle
from mingjing.domain.auditlog.hashing import SHA256, Hashing, NoSuchHash, hashing

SIZES = st.integers(1, 70)
MODES = [SHA256, *([hashing("sm3")] if "sm3" in hashlib.algorithms_available else [])]


def _grown(size: int, mode: Hashing = SHA256) -> tuple[dict[tuple[int, int], bytes], list[bytes]]:
    """Stored nodes and leaves of a tree of ``size``."""
    tree, stored = merkle.Growing(mode), {}
    leaves = [mode.leaf(f"{number}".encode()) for number in range(size)]
    for leaf in leaves:
        for level, index, node in tree.add(leaf):
            assert (level, index) not in stored
            stored[level, index] = node
    return stored, leaves


def _plain_root(leaves: list[bytes], mode: Hashing = SHA256) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return mode.digest(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return mode.node(_plain_root(leaves[:split], mode), _plain_root(leaves[split:], mode))


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 64, 100])
def test_the_root_is_that_of_the_standard(size: int, mode: Hashing) -> None:
    stored, leaves = _grown(size, mode)
    root = merkle.root_of(size, lambda level, index: stored[level, index], mode)
    assert root == _plain_root(leaves, mode)
    assert merkle.Growing.at(size, lambda level, index: stored[level, index], mode).root() == root


@given(st.integers(0, 300))
def test_nodes_above_the_leaves_are_completed_in_the_order_of_their_places(size: int) -> None:
    tree, quick = merkle.Growing(), merkle.Growing()
    places = []
    for number in range(size):
        leaf = SHA256.leaf(f"{number}".encode())
        above = [(level, index, node) for level, index, node in tree.add(leaf) if level]
        assert quick.complete(leaf) == [node for _, _, node in above]
        places += [merkle.place_of(level, index) for level, index, _ in above]
    assert quick == tree
    assert places == list(range(merkle.nodes_of(size)))
    assert merkle.size_of(len(places)) == size - size % 2


@given(SIZES, st.data())
def test_every_leaf_is_shown_to_be_where_it_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    stored, leaves = _grown(size)
    proof = merkle.inclusion_proof(index, size, lambda level, place: stored[level, place])
    root = _plain_root(leaves)
    merkle.check_inclusion(leaves[index], index, size, proof, root)
    elsewhere = data.draw(st.integers(0, size - 1).filter(lambda place: place != index) | st.just(size))
    with pytest.raises(merkle.ProofError):
        merkle.check_inclusion(leaves[index], elsewhere, size, proof, root)


@given(SIZES, SIZES)
def test_a_longer_tree_is_shown_to_continue_the_shorter(one: int, other: int) -> None:
    old, new = sorted((one, other))
    stored, leaves = _grown(new)
    proof = merkle.consistency_proof(old, new, lambda level, place: stored[level, place])
    before, after = _plain_root(leaves[:old]), _plain_root(leaves)
    merkle.check_consistency(old, new, before, after, proof)
    forked = _plain_root([*leaves[: old - 1], SHA256.leaf(b"another")])
    with pytest.raises(merkle.ProofError):
        merkle.check_consistency(old, new, forked, after, proof)


@given(st.integers(2, 40), st.data())
def test_one_flipped_bit_anywhere_in_a_proof_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    stored, leaves = _grown(size)
    proof = list(merkle.inclusion_proof(index, size, lambda level, place: stored[level, place]))
    which, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
    bent = bytearray(proof[which])
    bent[bit // 8] ^= 1 << bit % 8
    proof[which] = bytes(bent)
    with pytest.raises(merkle.ProofError):
        merkle.check_inclusion(leaves[index], index, size, proof, _plain_root(leaves))


def test_what_is_not_in_the_tree_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="leaf 3 is not in a tree of 3"):
        merkle.inclusion_proof(3, 3, lambda level, index: b"")
    with pytest.raises(ValueError, match="cannot have grown"):
        merkle.consistency_proof(4, 3, lambda level, index: b"")
    with pytest.raises(merkle.ProofError, match="empty tree"):
        merkle.check_consistency(0, 3, b"", b"", [])


def test_an_unknown_hash_is_refused_by_name() -> None:
    with pytest.raises(NoSuchHash, match="md5"):
        hashing("md5")
