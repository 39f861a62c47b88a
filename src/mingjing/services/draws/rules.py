"""Which rule draws a case."""

from __future__ import annotations

from datetime import date

from mingjing.definitions.precedence import is_narrower
from mingjing.domain.assignment.rules import AssignmentRule
from mingjing.domain.reasons import Ambiguous, Refusal, reference
from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court


class NoRule(Refusal):
    """No rule in force draws cases of this kind."""

    code = "no-assignment-rule"


def rules_of(court: Court, on: date) -> tuple[AssignmentRule, ...]:
    """Every rule in force at a court on a day."""
    known = registry(court)
    found = []
    for id_ in known.ids("assignment"):
        in_force = next((one for one in known.files(id_) if one.since and one.since <= on), None)
        if in_force is not None and isinstance(in_force.value, AssignmentRule):
            found.append(in_force.value)
    return tuple(found)


def case_facts(case: Case) -> dict[str, str]:
    """What a rule asks about a case."""
    plain = {name: str(value) for name, value in case.facts.items() if isinstance(value, str)}
    return {**plain, "案件类型": case.kind, "审理程序": case.procedure, "案由": case.cause}


def rule_for(case: Case, on: date) -> AssignmentRule:
    """The rule in force for a case; the narrower goes before the wider.

    Raises
    ------
    NoRule      none serves such cases
    Ambiguous   two do, and neither is narrower
    """
    facts = case_facts(case)
    fitting = [rule for rule in rules_of(case.court, on) if rule.serves(facts)]
    foremost = [
        rule for rule in fitting if not any(is_narrower(two.applies, rule.applies) for two in fitting)
    ]
    if not foremost:
        raise NoRule(
            f"{case.number}（{case.kind or '未登记'}，{case.procedure or '未登记'}）没有适用的分案规则。"
            "请核对案件类型和审理程序，或者在制度里补一份分案规则。",
            allowed=[rule.label for rule in rules_of(case.court, on)],
        )
    if len(foremost) > 1:
        raise Ambiguous(f"{case.number}有几份分案规则同时适用。", allowed=[rule.id for rule in foremost])
    return foremost[0]


def reference_of(rule: AssignmentRule) -> str:
    """``id @ effective date # hash``."""
    return reference(rule.id, rule.since, rule.content_hash)


def rule_at(court: Court, definition: str) -> AssignmentRule:
    """The rule a draw was made under. Raises NoRule where its file is gone."""
    id_, _, rest = definition.partition(" @ ")
    day = rest.partition(" # ")[0].strip()
    for one in registry(court).files(id_):
        if isinstance(one.value, AssignmentRule) and one.since and one.since.isoformat() == day:
            return one.value
    raise NoRule(f"找不到分案规则“{definition}”。", allowed=registry(court).ids("assignment"))
