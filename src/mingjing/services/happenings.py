"""What a sweep reads of a case besides the case itself, whether it is stored yet or not."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

Excluded = tuple[int, str, date, date | None]
"""What is excluded from the limits of a case: the case, kind, first and last day."""


class Happening(NamedTuple):
    """What is read of an event."""

    case_id: int
    kind: str
    happened: date
    moment: datetime | None
    source_key: str
