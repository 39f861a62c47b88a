"""Small wrong edits of a file that no example notices: the lines nothing stands guard over."""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.definitions.definition import Definition
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.notes import Notes
from mingjing.definitions.reading import head_of
from mingjing.definitions.running import all_hold
from mingjing.definitions.shapes import Edit
from mingjing.definitions.shelf import Shelf


@dataclass(frozen=True, slots=True)
class WeakLine:
    """An edit that every example lets pass."""

    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}\n  {self.says}，没有例子会发现。"


@dataclass(frozen=True, slots=True)
class Weakness:
    """How many wrong edits were tried on a file, and those nobody noticed."""

    tried: int
    lines: tuple[WeakLine, ...]


def find_weak_lines(definition: Definition, shelf: Shelf) -> Weakness:
    """Make every small wrong edit in turn, in memory, and see whether an example fails.

    An edit that the loader itself refuses counts as noticed; one that changes nothing is not tried.
    """
    kind = KINDS[definition.kind]
    tried = 0
    weak: list[WeakLine] = []
    for edit in list(kind.edits(definition)):
        noticed = _notices(definition, edit, shelf)
        if noticed is None:
            continue
        tried += 1
        if not noticed:
            weak.append(WeakLine(f"{definition.path}:{edit.line}:{edit.column}", edit.says))
    return Weakness(tried, tuple(weak))


def _notices(definition: Definition, edit: Edit, shelf: Shelf) -> bool | None:
    """Whether the loader or an example notices the edit; None where the meaning stays the same."""
    kind = KINDS[definition.kind]
    lines = tuple(definition.text.split("\n"))
    undo = edit.make()
    try:
        notes = Notes(definition.path, lines)
        record = kind.whole.read(definition.root, notes)
        if record is None or notes.failed:
            return True
        value = kind.build(record, head_of(record, lines, definition.content_hash))
        if value == definition.value:
            return None
        return not all_hold(value, definition, definition.examples, shelf)
    finally:
        undo()
