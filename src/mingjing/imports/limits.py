"""How large a file may be. The limits are arguments, so that a court with more memory can raise them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``bytes``: the file as uploaded; ``inflated``: after unpacking; ``ratio``: inflated ÷ packed, looked
    at only above ``ratio_from`` inflated bytes; ``rows``, ``columns``, ``area``: of one sheet (``area`` is
    rows × columns, empty cells included, because a sheet is laid out in memory as a rectangle)."""

    bytes: int = 256 << 20
    inflated: int = 1 << 30
    ratio: int = 200
    ratio_from: int = 32 << 20
    rows: int = 500_000
    columns: int = 512
    area: int = 20_000_000


STANDARD = Limits()


def in_megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"
