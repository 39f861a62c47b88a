"""One writer at a time: the row an act changes is locked until its transaction ends."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.permissions import seen_case
from mingjing.storage.cases.models import Case


def lock_case(actor: Actor, case_id: int) -> Case:
    """The case, if this actor may see it, locked. SQLite has one writer anyway.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    seen_case(actor, case_id)
    return lock_any_case(case_id)


def lock_any_case(case_id: int) -> Case:
    """The case, locked, for acts whose permission does not follow from seeing the case."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("court", "department", "handler")
    return rows.get(pk=case_id)
