"""Tips at the nodes a case has reached, and who has read them (S-178)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet, Value

from mingjing.domain.caseflow.rules import Node
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.clocks import rules_for
from mingjing.services.demands import known_word
from mingjing.services.facts import THE_CASE, case_facts
from mingjing.services.installation import now
from mingjing.services.permissions import seen_case
from mingjing.storage.cases.models import Case
from mingjing.storage.kept import Given, ask
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Clock, TipAcknowledgement

WAITS, READ = "等着", "已阅"
WAITING = (Clock.State.RUNNING, Clock.State.SUSPENDED, Clock.State.NO_LIMIT)


@dataclass(frozen=True, slots=True)
class Tip:
    """What to mind at a node, by which article, and whether this person has said they read it."""

    node: str
    texts: tuple[str, ...]
    law: str
    read: bool


def tips(actor: Actor, case_id: int) -> list[Tip]:
    """The tips of every node whose clock runs now, in the order of the flow."""
    case = seen_case(actor, case_id)
    return tips_of(actor, case, _nodes(case))


def tips_of(actor: Actor, case: Case, nodes: Iterable[Node]) -> list[Tip]:
    """As ``tips``, of a case that is at hand with the nodes that apply to it. One statement at most."""
    told = [node for node in nodes if node.tips]
    if not told:
        return []
    marks: dict[str, set[str]] = {WAITS: set(), READ: set()}
    for mark, label in ask("tips", _marks, {"case": case.pk, "person": actor.person.pk}):
        marks[mark].add(label)
    return [
        Tip(node.label, node.tips, node.law, node.label in marks[READ])
        for node in told
        if node.label in marks[WAITS]
    ]


def acknowledge_tip(actor: Actor, *, case_id: int, node: str) -> TipAcknowledgement:
    """Say that the tips of a node were read; saying it again changes nothing.

    Raises
    ------
    WrongEntry   the case is not at such a node, or the node has no tips
    """
    case = seen_case(actor, case_id)
    known = TipAcknowledgement.objects.filter(case=case, node=node, person=actor.person).first()
    if known is not None:
        return known
    with act(
        actor, "阅知提示", needs="查看案件", subject_kind="案件", subject_id=case_id, why=node
    ) as record:
        known_word(node, [tip.node for tip in tips_of(actor, case, _nodes(case))], "节点")
        read, _ = TipAcknowledgement.objects.get_or_create(
            case=case, node=node, person=actor.person, defaults={"at": now()}
        )
        record.payload = {"案号": case.number, "节点": node}
    return read


def _marks() -> QuerySet[Any, Any]:
    """The nodes of a given case that wait now, and those whose tips a given person has read."""
    mine = TipAcknowledgement.objects.filter(case=THE_CASE, person=cast(Person, Given("person")))
    waiting = Clock.objects.filter(case=THE_CASE, state__in=WAITING).order_by()
    rows: QuerySet[Any, Any] = waiting.annotate(mark=Value(WAITS)).values_list("mark", "label")
    return rows.union(mine.order_by().annotate(mark=Value(READ)).values_list("mark", "node"))


def _nodes(case: Case) -> tuple[Node, ...]:
    """The nodes of the flow that apply to a case."""
    facts = case_facts(case)
    return rules_for(case, facts).nodes(facts)
