"""Many parts, each reaching several cells, added up at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    sized = sum(abs(part[4]) for part in parts) < MOST
    table = np.array(parts, dtype=np.int64 if sized else object)
    at = table[:, 0].astype(np.int64)
    lengths = np.array([len(one) for one in reached], dtype=np.int64)
    flat = np.array([cell for one in reached for cell in one], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    often = lengths[at]
    if not often.any():
        return
    of = np.repeat(np.arange(len(parts)), often)
    within = np.arange(len(of)) - np.repeat(np.cumsum(often) - often, often)
    cells = flat[starts[at][of] + within]
    places = cells * keys + table[:, 1].astype(np.int64)[of]
    order = np.argsort(places, kind="stable")
    places, of = places[order], of[order]
    first = np.flatnonzero(np.concatenate(([True], places[1:] != places[:-1])))
    sums = [np.add.reduceat(table[:, column][of], first).tolist() for column in (2, 3, 4)]
    for place, n, missing, total in zip(places[first].tolist(), *sums, strict=True):
        cell, key = divmod(place, keys)
        yield cell, key, n, missing, total
