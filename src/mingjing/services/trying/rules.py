"""What one rule says of one case, in a form in which two versions of it can be laid side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from mingjing.definitions.registry import Registry
from mingjing.definitions.values.screenings import Screening
from mingjing.domain.caseflow.clocks import speaking
from mingjing.domain.caseflow.rules import Caseflow, Node, NodeClock
from mingjing.domain.deadlines.computing import applies_to, due_date
from mingjing.domain.deadlines.rules import Deadline, Due, Facts
from mingjing.domain.reasons import Refusal
from mingjing.services.clocks import Rules, computed
from mingjing.services.entry_rules import ENTRY_CHECK, EntryRules
from mingjing.services.facts import case_facts, facts_for
from mingjing.services.proposals import fields_of
from mingjing.services.recipients import Roster, load_roster
from mingjing.services.trying.trial import Told
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court

ROSTERS = 256
"""Rosters kept at hand: one per court and day of a reminder."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a rule says of a case: a phrase, whether it is late, and who has been told by now."""

    label: str
    phrase: str
    late: bool
    told: tuple[Told, ...] = ()


Sayings = Mapping[tuple[str, str], Said]
Ask = Callable[[Case, Registry], Sayings]


def asking(kind: type, id_: str, on: date) -> Ask:
    """How to ask a case about the rule of that id, as of ``on``."""
    if kind is Screening:
        return lambda case, known: _screened(case, known, id_, on)
    rosters = lru_cache(maxsize=ROSTERS)(load_roster)
    if kind is Deadline:
        return lambda case, known: _clocks(case, known, on, rosters, id_) or _by_itself(case, known, id_, on)
    return lambda case, known: _clocks(case, known, on, rosters, id_)


def concerns(value: object, facts: Facts) -> bool:
    """Whether a rule can say anything of a case with these facts."""
    return applies_to(value.applies, facts) if isinstance(value, Deadline | Caseflow) else True


def _clocks(
    case: Case, known: Registry, on: date, rosters: Callable[[Court, date], Roster], id_: str
) -> Sayings:
    """The clocks of the nodes that the rule governs."""
    rules, found = computed(case, on=on, definitions=known)
    said: dict[tuple[str, str], Said] = {}
    for node, result in found:
        if not _governs(id_, rules, node):
            continue
        if isinstance(result, Refusal):
            said[node.label, ""] = Said(node.label, f"算不出：{result.message}", late=False)
            continue
        for clock in result:
            told = tuple(_told(case, clock, on, rosters))
            said[node.label, clock.occurrence] = Said(
                node.label, _phrase(clock.due), clock.late_days > 0, told
            )
    return said


def _governs(id_: str, rules: Rules, node: Node) -> bool:
    rule = rules.deadlines.get(node.clock)
    return (rules.flow is not None and rules.flow.id == id_) or (rule is not None and rule.id == id_)


def _phrase(due: object) -> str:
    if isinstance(due, Refusal):
        return f"算不出：{due.message}"
    value = getattr(due, "value", None)
    assert isinstance(value, Due)
    return f"最迟 {value.last_day}" if value.last_day else value.state.value


def _told(case: Case, clock: NodeClock, on: date, rosters: Callable[[Court, date], Roster]) -> list[Told]:
    found = []
    for rung in speaking(clock, on):
        person = rosters(case.court, rung.on).recipient(case, rung.tell)
        name = person.name if person else f"（{rung.tell}无人担任）"
        found.append(Told(name, rung.on, rung.colour.value, case.pk, case.number, clock.node.label))
    return found


def _by_itself(case: Case, known: Registry, id_: str, on: date) -> Sayings:
    """The last day of a deadline that no node of the case's flow is measured by; nobody is told."""
    facts = case_facts(case)
    rule = next((one for one in known.deadlines() if one.id == id_), None)
    if rule is None or known.deadline_for(rule.clock, facts) is not rule:
        return {}
    calendar = known.calendar(rule.counting.calendar)
    try:
        due = due_date(rule, facts_for(case, facts, rule), calendar, as_of=on)
    except Refusal as refusal:
        return {(rule.label, ""): Said(rule.label, f"算不出：{refusal.message}", late=False)}
    stop = facts.get(rule.counting.stops)
    ended = stop if isinstance(stop, date) else on
    last = due.value.last_day
    return {(rule.label, ""): Said(rule.label, _phrase(due), last is not None and ended > last)}


def _screened(case: Case, known: Registry, id_: str, on: date) -> Sayings:
    """What a screening proposes for a case, or which of its entries it finds at fault."""
    if id_ not in known.ids("screening"):
        return {}
    screening = known.screening(id_, on)
    names = tuple(known.dictionary("dictionary.case_fields").keys)
    if screening.marks != ENTRY_CHECK and screening.over == "案件":
        found = screening.screen(fields_of(case, on), names).findings
        return {(one.label, ""): Said(one.label, one.reason, late=False) for one in found}
    rules = EntryRules(
        on,
        {screening.over: [(known.ref(id_, on), screening.tests(names))]},
        known.dictionary("dictionary.case_fields"),
        known.calendar(case.court.calendar),
        ZoneInfo(case.court.time_zone),
        "",
    )
    return {
        (one.rule, one.subject): Said(
            one.rule,
            f"{one.subject}：{one.detail}",
            late=False,
            told=(
                Told(
                    one.person.name if one.person else "（没有承办人）",
                    on,
                    "",
                    case.pk,
                    case.number,
                    one.rule,
                ),
            ),
        )
        for one in rules.found_in([case])
    }
