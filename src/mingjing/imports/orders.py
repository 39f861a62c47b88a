"""Which of the small numbers of ``13/04/2024`` is the month, where the cells of a file leave no choice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingjing.imports.mapping import DateOrder
from mingjing.imports.rows import Cell

_YEAR_LAST = re.compile(r"\s*(\d{1,2})[-./](\d{1,2})[-./]\d{4}(?!\d)")
UNTOLD: DateOrder = "年月日"


def order_of(cells: Iterable[Cell]) -> DateOrder:
    """``日月年`` where some first number is above twelve and no second one is; ``月日年`` where the reverse.

    ``年月日`` where the cells do not tell, or contradict each other: such dates are then refused one by one.
    """
    first = second = False
    for cell in cells:
        match = _YEAR_LAST.match(cell) if isinstance(cell, str) else None
        if match:
            first, second = first or int(match[1]) > 12, second or int(match[2]) > 12
    if first == second:
        return UNTOLD
    return "日月年" if first else "月日年"
