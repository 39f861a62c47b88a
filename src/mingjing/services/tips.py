"""Tips at the nodes a case has reached, and who has read them (S-178)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet

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
    return tips_of(actor, seen_case(actor, case_id))


def tips_of(actor: Actor, case: Case) -> list[Tip]:
    """As ``tips``, of a case that is at hand."""
    read = {node for (node,) in ask("tips read", _read, {"case": case.pk, "person": actor.person.pk})}
    return [Tip(node, texts, law, node in read) for node, (texts, law) in _reached(case).items()]


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
        known_word(node, _reached(case), "节点")
        read, _ = TipAcknowledgement.objects.get_or_create(
            case=case, node=node, person=actor.person, defaults={"at": now()}
        )
        record.payload = {"案号": case.number, "节点": node}
    return read


def _read() -> QuerySet[TipAcknowledgement, Any]:
    """The nodes of a given case whose tips a given person has read."""
    mine = TipAcknowledgement.objects.filter(case=THE_CASE, person=cast(Person, Given("person")))
    return mine.values_list("node")


def _waiting() -> QuerySet[Clock, Any]:
    """The nodes of a given case that wait now."""
    return Clock.objects.filter(case=THE_CASE, state__in=WAITING).values_list("label")


def _reached(case: Case) -> dict[str, tuple[tuple[str, ...], str]]:
    """Node → its tips and article, for nodes that wait now."""
    facts = case_facts(case)
    waiting = {label for (label,) in ask("nodes that wait", _waiting, {"case": case.pk})}
    nodes = rules_for(case, facts).nodes(facts)
    return {node.label: (node.tips, node.law) for node in nodes if node.tips and node.label in waiting}
