"""Examples of a meeting: its steps, where they end, what is refused, marked, opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.kinds.registers.examples import run_example
from mingjing.domain.ledgers.matters import Deed, Matter, Stepped
from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.domain.meetings.outline import ASKS
from mingjing.domain.meetings.rules import Meeting
from mingjing.domain.meetings.stepping import step

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

PEOPLE = "人员"


def with_targets(register: Register) -> Register:
    """The register with what its acts are aimed at as fields, so that the steps of an example may name it."""
    known = {one.label for one in register.fields}
    keys = dict.fromkeys(key for asked in ASKS.values() for key in asked if key not in known)
    targets = (
        Field(f"target_{at}", key, FieldType.PEOPLE if key == PEOPLE else FieldType.LONG)
        for at, key in enumerate(keys)
    )
    return replace(register, fields=(*register.fields, *targets))


def run_meeting(meeting: Meeting, example: Example, shelf: Shelf) -> Outcome:
    """Play the steps; compare what every register compares, and the marks left on the way."""
    calendar = shelf.calendar(meeting.register.calendar)
    own = {one.label for one in meeting.register.fields}
    marks: list[str] = []

    def move(matter: Matter, deed: Deed) -> Stepped:
        values = {label: value for label, value in deed.values.items() if label in own}
        target = {label: value for label, value in deed.values.items() if label not in own}
        stepped = step(meeting, matter, replace(deed, values=values, target=target), calendar)
        marks.extend(stepped.flags)
        return stepped

    outcome = run_example(with_targets(meeting.register), move, example, shelf)
    if "marks" not in example.record or not outcome.ok:
        return outcome
    wanted = list(example.record.texts("marks"))
    expected = "；".join((outcome.expected, f"标记：{'、'.join(wanted) or '无'}"))
    return Outcome(wanted == marks, expected, "；".join((outcome.got, f"标记：{'、'.join(marks) or '无'}")))
