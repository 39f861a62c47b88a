"""The Merkle tree over the log: leaves stand in the entries, the nodes above them in a table of their own.

The tree follows the log at a distance: an act never waits for it. ``extend`` brings it up before a checkpoint
is signed or a proof is made. Each node is stored once, when it is complete, and never touched again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db import connection, transaction

from mingjing.domain.auditlog.merkle import (
    Growing,
    NodeAt,
    consistency_proof,
    inclusion_proof,
    nodes_of,
    place_of,
    root_of,
    size_of,
)
from mingjing.domain.reasons import Refusal
from mingjing.storage.auditlog.models import Act, Node

TREE_LOCK = 9162  # PostgreSQL advisory lock: the tree grows by one hand at a time
CHUNK = 10_000
SOME = 500
"""Places asked for in one statement."""
TABLE, ACTS = Node._meta.db_table, Act._meta.db_table
_NEXT = f"SELECT seq, leaf FROM {ACTS} WHERE seq >= %s ORDER BY seq LIMIT %s"  # noqa: S608
_LEAVES = f"SELECT seq, leaf FROM {ACTS} WHERE seq IN (%s)"  # noqa: S608
_NODES = f"SELECT place, digest FROM {TABLE} WHERE place IN (%s)"  # noqa: S608
_STORE = f"INSERT INTO {TABLE} (place, digest) VALUES (%s, %s)"  # noqa: S608

Address = tuple[int, int]
Found = TypeVar("Found")


class MissingEntry(Refusal):
    """The numbers of the entries have a hole: an entry was taken out."""

    code = "missing-entry"


def size() -> int:
    """How many entries the log has: the number after the last."""
    last = Act.objects.order_by("-seq").values_list("seq", flat=True).first()
    return 0 if last is None else last + 1


def extend(*, step: Callable[[int], None] | None = None) -> int:
    """Bring the tree up to every entry committed so far; how many leaves it covers then.

    Written in chunks of a transaction each, so that a log of a million entries does not keep writers waiting.

    Raises
    ------
    MissingEntry   the numbers have a hole
    """
    while True:
        with transaction.atomic():
            reached, more = _extend_once()
        if step is not None:
            step(reached)
        if not more:
            return reached


def _extend_once() -> tuple[int, bool]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])
        cursor.execute(f"SELECT MAX(place) FROM {TABLE}")  # noqa: S608 — the name of our own table
        last = cursor.fetchone()[0]
        built = size_of(0 if last is None else int(last) + 1)
        growing = at_size(built)
        cursor.execute(_NEXT, [built, CHUNK])
        leaves = cursor.fetchall()
        stored = []
        for seq, leaf in leaves:
            if seq != growing.size:
                raise MissingEntry(f"日志缺第 {growing.size} 条，后面紧接着的是第 {seq} 条：有条目被删掉了。")
            for level, index, digest in growing.add(bytes.fromhex(leaf)):
                if level:
                    stored.append((place_of(level, index), digest))
        cursor.executemany(_STORE, stored)
    return growing.size, len(leaves) == CHUNK


def at_size(leaves: int) -> Growing:
    """The tree as it was with so many leaves, ready to grow; its nodes must be stored."""
    return _with_nodes(lambda node_at: Growing.at(leaves, node_at))


def root_at(leaves: int) -> bytes:
    """The root over the first entries, from stored nodes."""
    return _with_nodes(lambda node_at: root_of(leaves, node_at))


def inclusion(seqs: Iterable[int], leaves: int) -> dict[int, tuple[bytes, ...]]:
    """The audit paths of entries in the tree of so many leaves, in two statements for up to 500 nodes."""
    wanted = sorted(set(seqs))
    return _with_nodes(lambda node_at: {seq: inclusion_proof(seq, leaves, node_at) for seq in wanted})


def consistency(old: int, new: int) -> tuple[bytes, ...]:
    """What shows that the log of ``new`` entries continues that of ``old``."""
    return _with_nodes(lambda node_at: consistency_proof(old, new, node_at))


def nodes_missing(leaves: int) -> int:
    """How many nodes of the tree of so many leaves are not stored."""
    return nodes_of(leaves) - Node.objects.filter(place__lt=nodes_of(leaves)).count()


def _with_nodes(compute: Callable[[NodeAt], Found]) -> Found:
    """What ``compute`` finds, with the nodes it asks for read together: it is run once to hear which."""
    wanted: set[Address] = set()

    def note(level: int, index: int) -> bytes:
        wanted.add((level, index))
        return bytes(32)

    compute(note)
    known = _leaves(index for level, index in wanted if not level)
    known |= _nodes({place_of(*one): one for one in wanted if one[0]})
    return compute(lambda level, index: known[level, index])


def _leaves(indexes: Iterable[int]) -> dict[Address, bytes]:
    return {(0, seq): bytes.fromhex(leaf) for seq, leaf in _found(_LEAVES, [*indexes])}


def _nodes(places: dict[int, Address]) -> dict[Address, bytes]:
    return {places[place]: bytes(digest) for place, digest in _found(_NODES, [*places])}


def _found(asked: str, wanted: list[int]) -> Iterator[tuple[int, Any]]:
    """The rows with the wanted numbers, asked for directly: a proof is two statements and little else."""
    with connection.cursor() as cursor:
        for first in range(0, len(wanted), SOME):
            some = wanted[first : first + SOME]
            cursor.execute(asked % ",".join(["%s"] * len(some)), some)
            yield from cursor.fetchall()
