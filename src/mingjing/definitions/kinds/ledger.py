"""``ledger``: what is kept of a matter, through which states it goes, who acts, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.kind import Kind, Outcome
from mingjing.definitions.kinds.registers.building import build_register
from mingjing.definitions.kinds.registers.examples import run_example
from mingjing.definitions.kinds.registers.links import check_register
from mingjing.definitions.kinds.registers.parts import EXAMPLE, register_parts
from mingjing.definitions.kinds.registers.rules import register_rules
from mingjing.definitions.kinds.registers.sections import register_sections
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Record
from mingjing.domain.ledgers.register import Register
from mingjing.domain.ledgers.stepping import step

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf


def _build(record: Record, head: Head) -> Register:
    return build_register(record, head)


def _run(register: Register, example: Example, shelf: Shelf) -> Outcome:
    filled = shelf.with_options(register)
    return run_example(filled, lambda matter, deed: step(filled, matter, deed), example, shelf)


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    if isinstance(definition.value, Register):
        check_register(definition.value, definition.record, shelf, notes)


LEDGER = Kind(
    name="ledger",
    title="台账",
    question="一件事从哪里来，谁在什么时候办了什么，现在到哪一步，还有多久。",
    fields=register_parts(),
    example=EXAMPLE,
    build=_build,
    run=_run,
    sections=register_sections,
    check=_check,
    rules=register_rules(),
    dated=True,
    refusable=True,
)
