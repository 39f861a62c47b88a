"""Running the examples of definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mingjing.definitions.definition import Definition, Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Tried:
    """One example and what came of it."""

    definition: Definition
    example: Example
    outcome: Outcome

    @property
    def place(self) -> str:
        """``cn/deadlines/civil/summary.yaml:41:5``."""
        return f"{self.definition.path}:{self.example.line}:{self.example.column}"

    def __str__(self) -> str:
        outcome = self.outcome
        return f"{self.place}\n  例子“{self.example.name}”：应得 {outcome.expected}，实得 {outcome.got}"


def try_examples(definition: Definition, shelf: Shelf) -> Iterator[Tried]:
    """Every example of a definition with its outcome."""
    kind = KINDS[definition.kind]
    for example in definition.examples:
        yield Tried(definition, example, kind.run(definition.value, example, shelf))


def all_hold(value: object, definition: Definition, examples: Iterable[Example], shelf: Shelf) -> bool:
    """Whether ``value`` (a bent reading of ``definition``) still satisfies every example."""
    kind = KINDS[definition.kind]
    return all(kind.run(value, example, shelf).ok for example in examples)
