"""A definition as read from its file: the head every kind shares, its examples, its typed value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingjing.definitions.nodes import MapNode
from mingjing.definitions.notes import Reference
from mingjing.definitions.shapes import Record
from mingjing.domain.reasons import reference


@dataclass(frozen=True, slots=True)
class Head:
    """What a kind may use besides its own keys when it builds its value."""

    id: str
    label: str
    owner: str
    basis: str
    questions: tuple[str, ...]
    content_hash: str
    remarks: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a file: what is given and what must come out, or which refusal."""

    name: str
    record: Record
    line: int
    column: int

    @property
    def refused(self) -> str:
        """A part of the expected refusal, or an empty text when an answer is expected."""
        return self.record.text("refused")


@dataclass(frozen=True, slots=True)
class Definition:
    """One file. ``since`` is its effective date when the file as a whole is one version; ``versions``
    lists every effective date it holds, newest first, and is empty for kinds without dates."""

    id: str
    kind: str
    label: str
    owner: str
    question: str
    path: Path
    basis: str
    questions: tuple[str, ...]
    since: date | None
    versions: tuple[date, ...]
    text: str
    content_hash: str
    examples: tuple[Example, ...]
    value: object
    record: Record
    references: tuple[Reference, ...]
    layer: int = 0

    @property
    def root(self) -> MapNode:
        """The outermost mapping of the file."""
        return self.record.node

    def version_on(self, on: date) -> date | None:
        """The effective date of the version in force on a day."""
        return next((day for day in self.versions if day <= on), None)

    def reference(self, version: date | None) -> str:
        """``id @ effective date # hash`` as records keep it; the date is left out for undated kinds."""
        if version is None:
            return f"{self.id} # {self.content_hash[:8]}"
        return reference(self.id, version, self.content_hash)
