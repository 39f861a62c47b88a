"""Stretches of the log in which everything fits, told by their leaf hashes alone; by several processes at
once where there are processors for them.

Whoever finds anything to say about a stretch says nothing here: its rows are read again and looked at one by
one by ``checking``, which alone words what it finds.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, connections

from mingjing.domain.auditlog.entries import LINES, leaf_of_lines
from mingjing.services.destroying import DESTROYED
from mingjing.storage.auditlog.appending import TABLE as ACTS

CHUNK = 20_000
"""Entries in a stretch."""
WORTH = 5 * CHUNK
"""Fewer entries than these are sooner done than other processes begun."""
_ROWS = (
    f"SELECT {', '.join(LINES)}, payload, salt, leaf FROM {ACTS} "  # noqa: S608 — the name of our own table
    "WHERE seq >= %s AND seq < %s ORDER BY seq"
)
AT, COMMITMENT, SEQ = LINES.index("at"), LINES.index("payload_commitment"), LINES.index("seq")

Row = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Sound:
    """A stretch in which nothing is left to say: its entries follow one another without a hole, none earlier
    than the one before."""

    first: int
    first_at: str
    last_at: str
    leaves: tuple[bytes, ...]


def rows_of(first: int, end: int) -> list[Row]:
    """The entries numbered from ``first`` to before ``end``, their lines in the order of ``LINES``, then
    content, salt and stored leaf."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [first, end])
        return list(cursor.fetchall())


def stretches(count: int, hands: int) -> Iterator[tuple[int, Sound | None]]:
    """The first number of each stretch up to ``count``, in turn, and the stretch where it is sound.

    With more than one hand, processes are copied from this one: not for a process with threads, nor inside a
    transaction.
    """
    firsts = range(0, count, CHUNK)
    if hands < 2 or count < WORTH:
        yield from zip(firsts, map(_sound_from, firsts), strict=True)
        return
    connections.close_all()  # a connection is of one process
    with multiprocessing.get_context("fork").Pool(hands) as pool:
        yield from zip(firsts, pool.imap(_sound_from, firsts), strict=True)


def _sound_from(first: int) -> Sound | None:
    rows = rows_of(first, first + CHUNK)
    leaves: list[bytes] = []
    last_at = ""
    for number, row in enumerate(rows, start=first):
        leaf = leaf_of_sound(row)
        at = row[AT]
        if leaf is None or row[SEQ] != number or str(at) < last_at:
            return None
        last_at = str(at)
        leaves.append(leaf)
    return Sound(first, str(rows[0][AT]), last_at, tuple(leaves)) if rows else None


def leaf_of_sound(row: Sequence[str | int | None]) -> bytes | None:
    """The leaf hash of a row in which everything fits and nothing is left to say; None of any other."""
    payload, salt, stored = row[-3:]
    try:
        leaf = leaf_of_lines(row[:-3])
        committed = hashlib.sha256(bytes.fromhex(salt) + payload.encode()).hexdigest()  # type: ignore[arg-type, union-attr]
        if leaf.hex() == stored and committed == row[COMMITMENT] and DESTROYED not in payload:  # type: ignore[operator]
            return leaf
    except (TypeError, ValueError, AttributeError):
        pass
    return None
