"""The stage kept for lists, from first days alone, is the one the domain says."""

from __future__ import annotations

import random
from datetime import date, timedelta

from mingjing.domain.caseflow.clocks import stage_of, stage_places
from mingjing.domain.caseflow.rules import Event
from mingjing.services.clocks import Summing
from mingjing.storage.cases.models import Case
from tests.domain.caseflow.flows import FLOW


def test_the_stage_from_first_days_is_the_stage_the_events_come_to() -> None:
    """Two stages often begin on one day here, and some cases know nothing that begins one."""
    chance, seen = random.Random(20240305), set()
    kinds = [*stage_places(FLOW), "阅卷", "合议"]
    for _ in range(300):
        days = {
            kind: date(2024, 3, 1) + timedelta(chance.randrange(3))
            for kind in chance.sample(kinds, chance.randrange(len(kinds)))
        }
        case = Case(stage="", milestones={kind: day.isoformat() for kind, day in days.items()})
        Summing.of(FLOW).summarise(case, ())
        assert case.stage == stage_of(FLOW, [Event(kind, day) for kind, day in days.items()]), days
        seen.add(case.stage)
    assert seen == {"", *(stage.label for stage in FLOW.stages)}


def test_a_case_without_a_flow_keeps_its_stage() -> None:
    case = Case(stage="审理", milestones={"结案": "2024-06-13"})
    Summing.of(None).summarise(case, ())
    assert case.stage == "审理"
