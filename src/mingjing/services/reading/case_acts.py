"""What the forms of acts on a case need to know."""

from __future__ import annotations

from datetime import date

from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible, cases_seen
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion
from mingjing.storage.people.models import Posting

ENFORCEMENT = "首次执行"


def case_of_event(actor: Actor, event_id: int) -> tuple[Case, str]:
    """The case of an event the actor may see, and the event as a phrase."""
    event = (
        CaseEvent.objects.filter(pk=event_id, struck_at=None, case__in=cases_seen(actor))
        .select_related("case")
        .first()
    )
    if event is None:
        raise NotVisible
    return event.case, f"{event.kind} {event.happened}"


def case_of_exclusion(actor: Actor, exclusion_id: int) -> tuple[Case, str]:
    """The case of a span the actor may see, and the span as a phrase."""
    span = (
        Exclusion.objects.filter(pk=exclusion_id, struck_at=None, case__in=cases_seen(actor))
        .select_related("case")
        .first()
    )
    if span is None:
        raise NotVisible
    return span.case, f"{span.kind} {span.first} 起"


def judges(case: Case, on: date) -> list[tuple[int, str]]:
    """The judges of the case's court on a day, with their divisions, the present handler left out."""
    posts = ("审判员", "执行法官", "立案法官", "庭长", "副庭长")
    postings = Posting.objects.on(on).filter(person__court=case.court, post__in=posts)
    rows = (
        postings.exclude(person=case.handler)
        .select_related("person", "department")
        .order_by("department__order")
    )
    return [
        (row.person.pk, f"{row.person.name}（{row.department.name if row.department else row.post}）")
        for row in rows
    ]


def termination_checks(case: Case) -> tuple[str, ...]:
    """The items to tick before an enforcement procedure is ended (R-075); none for other cases."""
    if case.kind != ENFORCEMENT:
        return ()
    return tuple(registry(case.court).dictionary("dictionary.termination_checks").keys)
