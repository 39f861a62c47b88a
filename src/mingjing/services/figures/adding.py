"""Many parts, each reaching several cells, added up at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

Noted = tuple[int, int, int, int, int]
"""Which cells it reaches (a place in ``reached``), the number of its key, rows, rows that lack, a sum."""
MOST = 2**62
"""Up to so much is added in whole numbers of the machine, beyond it in Python's own."""


def added_up(
    parts: Sequence[Noted], reached: Sequence[tuple[int, ...]], keys: int
) -> Iterator[tuple[int, int, int, int, int]]:
    """For every cell and key that some part reaches: cell, key, rows, rows that lack, sum."""
    import numpy as np  # a tenth of a second that only whoever counts should wait for

    if not parts:
        return
    table = _columns(parts)
    at = table[0].astype(np.int64)
    lengths = np.array([len(one) for one in reached], dtype=np.int64)
    flat = np.array([cell for one in reached for cell in one], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    often = lengths[at]
    if not often.any():
        return
    of = np.repeat(np.arange(len(parts)), often)
    within = np.arange(len(of)) - np.repeat(np.cumsum(often) - often, often)
    cells = flat[starts[at][of] + within]
    places = cells * keys + table[1].astype(np.int64)[of]
    order = np.argsort(places, kind="stable")
    places, of = places[order], of[order]
    first = np.flatnonzero(np.concatenate(([True], places[1:] != places[:-1])))
    sums = [np.add.reduceat(column[of], first).tolist() for column in table[2:]]
    for place, n, missing, total in zip(places[first].tolist(), *sums, strict=True):
        cell, key = divmod(place, keys)
        yield cell, key, n, missing, total


def _columns(parts: Sequence[Noted]) -> Any:
    """Five columns, of Python's own numbers where the machine's could be too small."""
    import numpy as np

    try:
        flat = np.fromiter(chain.from_iterable(parts), dtype=np.int64, count=5 * len(parts))
        table = np.ascontiguousarray(flat.reshape(-1, 5).T)
        if np.abs(table[4].astype(float)).sum() < MOST:
            return table
    except OverflowError:
        pass
    return np.array(parts, dtype=object).T
