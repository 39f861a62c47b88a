"""The one table of kinds. Adding a kind is writing its module and adding one line here."""

from __future__ import annotations

from typing import Any

from mingjing.definitions.kinds.activity import ACTIVITY
from mingjing.definitions.kinds.approval import APPROVAL
from mingjing.definitions.kinds.assignment import ASSIGNMENT
from mingjing.definitions.kinds.calendar import CALENDAR
from mingjing.definitions.kinds.card import CARD
from mingjing.definitions.kinds.caseflow import CASEFLOW
from mingjing.definitions.kinds.deadline import DEADLINE
from mingjing.definitions.kinds.detector import DETECTOR
from mingjing.definitions.kinds.dictionary import DICTIONARY
from mingjing.definitions.kinds.document import DOCUMENT
from mingjing.definitions.kinds.filing import FILING
from mingjing.definitions.kinds.indicator import INDICATOR
from mingjing.definitions.kinds.kind import Kind
from mingjing.definitions.kinds.ledger import LEDGER
from mingjing.definitions.kinds.meeting import MEETING
from mingjing.definitions.kinds.quota import QUOTA
from mingjing.definitions.kinds.roles import ROLES
from mingjing.definitions.kinds.screening import SCREENING
from mingjing.definitions.kinds.sheet import SHEET

_ALL: tuple[Kind[Any], ...] = (
    CALENDAR,
    DICTIONARY,
    ROLES,
    DEADLINE,
    CASEFLOW,
    SCREENING,
    DOCUMENT,
    LEDGER,
    FILING,
    ACTIVITY,
    APPROVAL,
    MEETING,
    INDICATOR,
    ASSIGNMENT,
    SHEET,
    CARD,
    DETECTOR,
    QUOTA,
)
KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in _ALL}
