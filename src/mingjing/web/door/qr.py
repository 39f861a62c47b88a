"""A QR code as the path of a drawing: one run of dark squares is one rectangle, no style, no script."""

from __future__ import annotations

from dataclasses import dataclass

QUIET = 4
"""White squares around it, as the standard asks for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The side of the square drawing in units, and the path of its dark squares."""

    side: int
    path: str


def picture(text: str) -> Picture:
    """The QR code of ``text``."""
    import segno  # loaded by whoever enrols, not by every process

    rows = [list(row) for row in segno.make(text, micro=False, error="m").matrix]
    pieces = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                pieces.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h-{x - start}z")
                start = None
    return Picture(len(rows) + 2 * QUIET, "".join(pieces))
