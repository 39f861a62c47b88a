"""Which machinery moves the records of a register: every kind of definition with a register, one protocol."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from mingjing.domain.activities import stepping as activities
from mingjing.domain.approvals import stepping as approvals
from mingjing.domain.assessments import dealing
from mingjing.domain.filings import stepping as filings
from mingjing.domain.ledgers import stepping as ledgers
from mingjing.domain.ledgers.matters import Deed, Matter, Permitted, Stepped, Who
from mingjing.domain.ledgers.register import Register
from mingjing.services.records import meetings, sheets

Permitting = Callable[[Any, Matter, Who, date], tuple[Permitted, ...]]
Stepping = Callable[[Any, Matter, Deed], Stepped]

MACHINERIES: dict[str, tuple[Permitting, Stepping]] = {
    "ledger": (ledgers.permitted, ledgers.step),
    "meeting": (meetings.permitted, meetings.step),
    "approval": (approvals.permitted, approvals.step),
    "filing": (filings.permitted, filings.step),
    "activity": (activities.permitted, activities.step),
    "sheet": (sheets.permitted, sheets.step),
    "card": (dealing.permitted, dealing.step),
}
"""Kind of definition → what may be done now, and what an act makes of a record. Each takes the typed value of
the definition: the register itself for ``ledger``, else a value with an attribute ``register``."""


def register_of(value: object) -> Register:
    """The register of a typed definition, whichever machinery it belongs to."""
    found = value if isinstance(value, Register) else getattr(value, "register", None)
    if not isinstance(found, Register):
        raise TypeError(f"no register in {type(value).__name__}")
    return found


def permitted(value: object, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What ``who`` may do to the record now."""
    return MACHINERIES[register_of(value).kind][0](value, matter, who, on)


def step(value: object, matter: Matter, deed: Deed) -> Stepped:
    """The record after ``deed``. Raises Refusal."""
    return MACHINERIES[register_of(value).kind][1](value, matter, deed)
