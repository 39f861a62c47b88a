"""A case and its events as plain values: what is stored, and what a row of a file would make of it.

A model object costs twenty times as much as the comparison it is made for; a file brings them by the
hundred thousand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from mingjing.storage.people.models import Court


@dataclass(slots=True, eq=False)
class HeldCase:
    """The columns of a case; ``pk`` is None until it is stored. The last three belong to other tables."""

    court_id: int
    number: str
    pk: int | None = None
    number_year: int | None = None
    serial: int | None = None
    type_code: str = ""
    kind: str = ""
    procedure: str = ""
    cause: str = ""
    filed_on: date | None = None
    original_filed_on: date | None = None
    closed_on: date | None = None
    closing_approved_on: date | None = None
    outcome: str = ""
    amount: Decimal | None = None
    in_custody: bool = False
    party_count: int = 0
    parties_text: str = ""
    department_id: int | None = None
    handler_id: int | None = None
    handler_name: str = ""
    facts: dict[str, str | bool | int] = field(default_factory=dict)
    milestones: dict[str, str] = field(default_factory=dict)
    department_name: str | None = None
    person_name: str | None = None
    staff_number: str | None = None

    @property
    def key(self) -> int:
        """The primary key of a case that is stored."""
        assert self.pk is not None, self.number
        return self.pk

    @property
    def handler_shown(self) -> str:
        """The judge in charge as a difference shows them."""
        return f"{self.person_name}（{self.staff_number}）" if self.handler_id else self.handler_name


_ELSEWHERE = {
    "department_name": "department__name",
    "person_name": "handler__name",
    "staff_number": "handler__staff_number",
}
CASE_FIELDS = tuple(one.name for one in fields(HeldCase))
CASE_LOOKUPS = tuple(_ELSEWHERE.get(name, name) for name in CASE_FIELDS)
"""How the database is asked for the fields of a HeldCase, in their order."""
CASE_COLUMNS = tuple(name for name in CASE_FIELDS if name not in _ELSEWHERE and name != "pk")
"""The columns of the table of cases that an import may fill."""


@dataclass(slots=True, eq=False)
class NewCase(HeldCase):
    """A case that a file brings and that is not stored yet, with what its clocks will say of it."""

    court: Court | None = None
    known_since: date | None = None
    stage: str = ""
    due_on: date | None = None
    due_state: str = ""
    next_due_on: date | None = None
    colour: int = 0


SAID_BY_CLOCKS = ("known_since", "stage", "due_on", "due_state", "next_due_on", "colour")


@dataclass(slots=True, eq=False)
class HeldEvent:
    """A stored event, as far as a file may change it."""

    case_id: int
    pk: int
    source_key: str
    kind: str
    happened: date
    until: date | None
    due: date | None
    finished: date | None
    recorded_at: datetime | None
    recorded_by_id: int | None
    struck_at: datetime | None
    struck_reason: str


EVENT_FIELDS = tuple(one.name for one in fields(HeldEvent))


class HeldSpan(NamedTuple):
    """A stored exclusion; ``last`` is None while it is open."""

    case_id: int
    pk: int
    kind: str
    first: date
    last: date | None
