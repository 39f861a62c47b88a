"""Rows that are the same in every column are one row: what is asked of the domain once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mingjing.analytics.columns import Places

_ADDRESSABLE = 1 << 22
_LARGEST = 1 << 62


def distinct(columns: Sequence[NDArray[np.integer]]) -> tuple[Places, Places]:
    """One row of each kind of row, and for every row the place of its own kind among them.

    ``columns`` are of one length, at least one row long.
    """
    packed, size = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        low = int(column.min())
        width = int(column.max()) - low + 1
        if width == 1:
            continue
        if size * width >= _LARGEST:
            packed = np.unique(packed, return_inverse=True)[1]
            size = int(packed.max()) + 1
            if size * width >= _LARGEST:
                column = np.unique(column, return_inverse=True)[1]
                low, width = 0, int(column.max()) + 1
        packed = packed * width + (column.astype(np.int64) - low)
        size *= width
    return _places(packed, size)


def _places(packed: Places, size: int) -> tuple[Places, Places]:
    """As ``distinct``, for one column of values from 0 below ``size``; few possible ones are not sorted."""
    if size > min(_ADDRESSABLE, 64 * len(packed) + 4096):
        _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
        return first, inverse
    row_of = np.full(size, -1, np.int64)
    row_of[packed] = np.arange(len(packed))
    present = np.flatnonzero(row_of >= 0)
    place_of = np.empty(size, np.int64)
    place_of[present] = np.arange(len(present))
    return row_of[present], place_of[packed]
