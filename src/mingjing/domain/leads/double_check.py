"""一案双查: whose supervision and whose leadership a breach puts in question, on its day (R-044)."""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.domain.leads.routing import Organisation

SUPERVISION, LEADERSHIP = "监管责任", "领导责任"


@dataclass(frozen=True, slots=True)
class Check:
    """One of the two checks; ``persons`` is empty where the post was vacant, which is itself reported."""

    kind: str
    persons: tuple[int, ...]


def double_check(organisation: Organisation, person: int, unit: int, court: int) -> tuple[Check, Check]:
    """The two checks a breach by ``person`` of a department opens; ``organisation`` is of the day of it.

    The head answers for supervision, the leader in charge for leadership. Nobody is checked for overseeing
    himself: a head's breach moves both one level up, and so does a leader's.
    """
    heads = organisation.heads.get(unit, frozenset())
    leaders = organisation.leaders.get(unit, frozenset())
    chiefs = organisation.chiefs.get(court, frozenset())
    higher = organisation.above.get(court)
    over = organisation.chiefs.get(higher, frozenset()) if higher is not None else frozenset()
    ladder = (heads, leaders, chiefs, over)
    place = max((number for number, group in enumerate(ladder) if person in group), default=-1)
    above = [tuple(sorted(group - {person})) for group in ladder[place + 1 :]]
    first, second, *_ = (*above, (), ())
    return Check(SUPERVISION, first), Check(LEADERSHIP, second)
