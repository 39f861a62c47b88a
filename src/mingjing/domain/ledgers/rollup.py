"""What stands under a record, summed up: how many are done, how many are overdue, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Piece:
    """A record in a tree: what it stands under, which register it is of, whether it is over, by when."""

    key: int
    above: int | None
    register: str
    over: bool
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """The records of one register at one depth below a record; depth 1 stands directly under it."""

    depth: int
    register: str
    total: int
    done: int
    overdue: int


def roll_up(pieces: Iterable[Piece], top: int, today: date) -> tuple[Level, ...]:
    """The levels below ``top``, nearest first. A piece that stands, by mistake, above itself counts once;
    one whose ``top`` is not among its ancestors does not count. Overdue: not over, and due before today."""
    found: list[Level] = []
    for depth, level in enumerate(_levels(_below(pieces), top), start=1):
        for register in dict.fromkeys(piece.register for piece in level):
            own = [piece for piece in level if piece.register == register]
            overdue = sum(not one.over and one.due_on is not None and one.due_on < today for one in own)
            found.append(Level(depth, register, len(own), sum(one.over for one in own), overdue))
    return tuple(found)


def open_below(pieces: Iterable[Piece], top: int) -> int:
    """How many records at any depth below ``top`` are not over: ``未结下级``."""
    return sum(not piece.over for level in _levels(_below(pieces), top) for piece in level)


def _below(pieces: Iterable[Piece]) -> Mapping[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for piece in pieces:
        if piece.above is not None:
            found.setdefault(piece.above, []).append(piece)
    return found


def _levels(below: Mapping[int, list[Piece]], top: int) -> Iterable[list[Piece]]:
    seen = {top}
    level = [top]
    while level:
        pieces = [piece for key in level for piece in below.get(key, ()) if piece.key not in seen]
        pieces = list({piece.key: piece for piece in pieces}.values())
        if pieces:
            yield pieces
        level = [piece.key for piece in pieces]
        seen.update(level)
