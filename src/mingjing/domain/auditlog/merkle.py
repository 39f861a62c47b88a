"""The Merkle tree of RFC 6962 and RFC 9162: growth, roots, proofs, and their verification.

A node is addressed as (level, index): level 0 holds the leaf hashes, and node (l, i) covers the leaves from
i·2^l to (i+1)·2^l. Only complete nodes are ever stored, so that what is stored never changes; the right edge
of a tree of any size is computed from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from mingjing.domain.auditlog.hashing import NODE, SHA256, SIZE, Hashing

NodeAt = Callable[[int, int], bytes]
"""Level and index → the hash of that complete node."""


class ProofError(ValueError):
    """A proof does not show what it should. The message says, in English, at which step."""


@dataclass(slots=True)
class Growing:
    """A tree being appended to: the roots of its complete subtrees from the largest to the smallest.

    What ``add`` yields is all there is to store; nothing stored is ever written again.
    """

    hashing: Hashing = SHA256
    size: int = 0
    edge: list[bytes] = field(default_factory=list)

    @classmethod
    def at(cls, size: int, node_at: NodeAt, hashing: Hashing = SHA256) -> Growing:
        """A tree of ``size`` leaves, its edge taken from stored nodes."""
        return cls(hashing, size, [node_at(level, index) for level, index in complete_nodes(0, size)])

    def add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Append a leaf hash; yields each node it completes as (level, index, hash), the leaf first."""
        index, level, found = self.size, 0, leaf
        yield level, index, found
        while index & 1:
            found = self.hashing.node(self.edge.pop(), found)
            index, level = index >> 1, level + 1
            yield level, index, found
        self.edge.append(found)
        self.size += 1

    def complete(self, leaf: bytes) -> list[bytes]:
        """Append a leaf hash as ``add`` does; the nodes it completes above itself, from the lowest, which is
        the order of ``place_of``."""
        edge, index, found, completed = self.edge, self.size, leaf, []
        node = self.hashing.node
        while index & 1:
            found = node(edge.pop(), found)
            completed.append(found)
            index >>= 1
        edge.append(found)
        self.size += 1
        return completed

    def complete_all(self, leaves: Sequence[bytes]) -> list[bytes]:
        """``complete`` for many leaves in turn; all the nodes they complete, in the order of ``place_of``."""
        edge, digest, completed = self.edge, self.hashing.digest, []
        for index, found in enumerate(leaves, start=self.size):
            while index & 1:
                found = digest(NODE + edge.pop() + found)
                completed.append(found)
                index >>= 1
            edge.append(found)
        self.size += len(leaves)
        return completed

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return _fold(self.edge, self.hashing)


def place_of(level: int, index: int) -> int:
    """Where a complete node above the leaves stands in the order in which such nodes are completed, from 0.

    Stored under it, nodes are only ever appended, and their number tells how far the tree has been built.
    """
    leaves = (index + 1) << level
    return leaves - 1 - (leaves - 1).bit_count() + level - 1


def nodes_of(size: int) -> int:
    """How many complete nodes above the leaves a tree of ``size`` leaves has."""
    return size - size.bit_count()


def size_of(nodes: int) -> int:
    """The largest even number of leaves whose tree has no more than ``nodes`` nodes above the leaves."""
    low, high = 0, nodes + 1
    while low < high:
        middle = (low + high + 1) // 2
        if nodes_of(2 * middle) <= nodes:
            low = middle
        else:
            high = middle - 1
    return 2 * low


def complete_nodes(first: int, end: int) -> list[tuple[int, int]]:
    """The largest complete nodes that cover leaves ``first`` … ``end`` - 1, from left to right."""
    found = []
    while first < end:
        level = min((first & -first).bit_length() - 1 if first else 64, (end - first).bit_length() - 1)
        found.append((level, first >> level))
        first += 1 << level
    return found


def _fold(nodes: Sequence[bytes], hashing: Hashing) -> bytes:
    """One hash over adjacent nodes that grow smaller to the right."""
    if not nodes:
        return hashing.empty()
    found = nodes[-1]
    for left in reversed(nodes[:-1]):
        found = hashing.node(left, found)
    return found


def _range_root(first: int, end: int, node_at: NodeAt, hashing: Hashing) -> bytes:
    return _fold([node_at(level, index) for level, index in complete_nodes(first, end)], hashing)


def root_of(size: int, node_at: NodeAt, hashing: Hashing = SHA256) -> bytes:
    """The root over the first ``size`` leaves."""
    return _range_root(0, size, node_at, hashing)


def _split(size: int) -> int:
    """The largest power of two smaller than ``size`` (RFC 6962, 2.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_proof(index: int, size: int, node_at: NodeAt, hashing: Hashing = SHA256) -> tuple[bytes, ...]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves (RFC 9162, 2.1.3.1).

    Raises
    ------
    ValueError   the leaf is not in that tree
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    first, end, path = 0, size, []
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            path.append(_range_root(middle, end, node_at, hashing))
            end = middle
        else:
            path.append(_range_root(first, middle, node_at, hashing))
            first = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, node_at: NodeAt, hashing: Hashing = SHA256) -> tuple[bytes, ...]:
    """What shows that the tree of ``new`` leaves continues that of ``old`` (RFC 9162, 2.1.4.1).

    Raises
    ------
    ValueError   ``old`` is not between 1 and ``new``
    """
    if not 1 <= old <= new:
        raise ValueError(f"a tree of {old} cannot have grown to {new}")
    first, end, whole, path = 0, new, True, []
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            path.append(_range_root(middle, end, node_at, hashing))
            end = middle
        else:
            path.append(_range_root(first, middle, node_at, hashing))
            first, whole = middle, False
    if not whole:
        path.append(_range_root(first, end, node_at, hashing))
    return tuple(reversed(path))


def root_from_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], hashing: Hashing = SHA256
) -> bytes:
    """The root that a leaf and its audit path lead to (RFC 9162, 2.1.3.2).

    Raises
    ------
    ProofError   the leaf is not in a tree of that size, or the path has the wrong length
    """
    if not 0 <= index < size:
        raise ProofError(f"leaf {index} is not in a tree of {size}")
    _require_digests(leaf, *proof)
    here, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ProofError("the path is too long")
        if here & 1 or here == last:
            found = hashing.node(step, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = hashing.node(found, step)
        here, last = here >> 1, last >> 1
    if last:
        raise ProofError("the path is too short")
    return found


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, hashing: Hashing = SHA256
) -> None:
    """Whether the leaf stands at ``index`` in the tree of that size and root.

    Raises
    ------
    ProofError   it does not, or the proof does not show it
    """
    if root_from_inclusion(leaf, index, size, proof, hashing) != root:
        raise ProofError("the path leads to another root")


def check_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes], hashing: Hashing = SHA256
) -> None:
    """Whether the tree of ``new`` leaves continues the one of ``old`` (RFC 9162, 2.1.4.2).

    An empty old tree says nothing and is refused.

    Raises
    ------
    ProofError   it does not, or the proof does not show it
    """
    if old == 0:
        raise ProofError("an empty tree is continued by every tree")
    check_subtree(0, old, new, old_root, new_root, proof, hashing)


def check_subtree_inclusion(
    leaf: bytes,
    index: int,
    first: int,
    end: int,
    proof: Sequence[bytes],
    root: bytes,
    hashing: Hashing = SHA256,
) -> None:
    """Whether the leaf stands at ``index`` within the subtree of leaves ``first`` … ``end`` - 1.

    Raises
    ------
    ProofError   it does not, or these leaves are no subtree
    """
    _require_subtree(first, end)
    check_inclusion(leaf, index - first, end - first, proof, root, hashing)


def check_subtree(
    first: int,
    end: int,
    size: int,
    subtree_root: bytes,
    root: bytes,
    proof: Sequence[bytes],
    hashing: Hashing = SHA256,
) -> None:
    """Whether the leaves ``first`` … ``end`` - 1 are a subtree of the tree of ``size`` leaves.

    Generalises the consistency proof, which is the case ``first`` = 0 (draft-ietf-plants-merkle-tree-certs,
    section 4.4). An empty range is a subtree of every tree, its root the empty one.

    Raises
    ------
    ProofError   they are not, or the proof does not show it
    """
    if end > size:
        raise ProofError(f"leaf {end - 1} is not in a tree of {size}")
    if first == end:
        if proof or subtree_root != hashing.empty():
            raise ProofError("an empty range has the empty root and no proof")
        return
    _require_subtree(first, end)
    _require_digests(*proof)
    low, high, last = first, end - 1, size - 1
    whole = high == last
    while low != high and (whole or high & 1):
        low, high, last = low >> 1, high >> 1, last >> 1
    steps = list(proof)
    if low == high:
        small = large = subtree_root
    elif steps:
        small = large = steps.pop(0)
    else:
        raise ProofError("the proof is empty")
    for step in steps:
        if last == 0:
            raise ProofError("the proof is too long")
        if high & 1 or high == last:
            if low < high:
                small = hashing.node(step, small)
            large = hashing.node(step, large)
            while not high & 1 and high:
                low, high, last = low >> 1, high >> 1, last >> 1
        else:
            large = hashing.node(large, step)
        low, high, last = low >> 1, high >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    if small != subtree_root:
        raise ProofError("the proof leads to another subtree")
    if large != root:
        raise ProofError("the proof leads to another root")


def _require_digests(*digests: bytes) -> None:
    if any(len(one) != SIZE for one in digests):
        raise ProofError(f"a digest has {SIZE} bytes")


def _require_subtree(first: int, end: int) -> None:
    if not 0 <= first < end or first % (1 << (end - first - 1).bit_length()):
        raise ProofError(f"leaves {first} to {end} are no subtree")
