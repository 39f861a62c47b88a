"""What only shows when all files lie side by side: names nobody defined, rules that overlap, gaps.

An *error* makes an answer wrong or impossible: an unknown name, two rules for one case, a ring of nodes, a
rule without its article, a rule without a single example. A *reminder* leaves every answer as it is: no
refusal among the examples, the words of an article not quoted, an act no role has, a role nobody holds, a
dictionary that is not there to check names against, a blank nobody uses, a file named after another day.
"""

from __future__ import annotations

import re
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


def check_links(shelf: Shelf, *, only: Definition | None = None) -> tuple[Problem, ...]:
    """Every problem between the files of a shelf, file by file in order of place; or those of one file."""
    names = Names(shelf)
    found: list[Problem] = []
    for definition in (only,) if only else shelf.definitions:
        notes = Notes(definition.path, tuple(definition.text.split("\n")))
        names.check(definition, notes)
        KINDS[definition.kind].check(definition, shelf, notes)
        _say_examples(definition, notes)
        _say_file_name(definition, notes)
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


def _say_file_name(definition: Definition, notes: Notes) -> None:
    """A file named by a day is the version of that day."""
    name = definition.path.stem
    if definition.since and re.fullmatch(r"\d{4}-\d{2}-\d{2}", name) and name != str(definition.since):
        cause = f"文件名写的是 {name}，from 写的是 {definition.since}。请改成一致。"
        notes.say(definition.record.at("from"), "name-differs", cause, severity=Severity.WARNING)
