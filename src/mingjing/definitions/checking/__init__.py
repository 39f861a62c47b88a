"""What only shows when all files lie side by side: names nobody defined, rules that overlap, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing.definitions.checking.names import Names
from mingjing.definitions.checking.overlaps import say_overlaps
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import Problem, Severity

if TYPE_CHECKING:
    from mingjing.definitions.definition import Definition
    from mingjing.definitions.shelf import Shelf

__all__ = ["check_links"]


def check_links(shelf: Shelf) -> tuple[Problem, ...]:
    """Every problem between the files of a shelf, file by file in order of place."""
    names = Names(shelf)
    found: list[Problem] = []
    for definition in shelf.definitions:
        notes = Notes(definition.path, tuple(definition.text.split("\n")))
        names.check(definition, notes)
        KINDS[definition.kind].check(definition, shelf, notes)
        _say_examples(definition, notes)
        say_overlaps(definition, shelf, notes)
        found += sorted(notes.problems, key=lambda problem: (problem.line, problem.column))
    return tuple(found)


def _say_examples(definition: Definition, notes: Notes) -> None:
    kind = KINDS[definition.kind]
    if kind.examples_needed and not definition.examples:
        cause = "没有例子（examples）。没有例子的制度，改错了谁也不会发现。请至少写一个，最好写在边界上。"
        notes.say(definition.root, "no-examples", cause, example=f"examples:\n  - {kind.example.example}")
    elif kind.refusable and definition.examples and not any(one.refused for one in definition.examples):
        cause = "没有一个拒绝的例子（refused）。请写一个本制度应当拒绝回答的情形。"
        at = definition.record.at("examples")
        notes.say(at, "no-refusal-example", cause, severity=Severity.WARNING)
