"""What an actor may see and do. Everything not granted by a role is refused."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.asking import anybody, shape_of, values_of
from mingjing.storage.cases.models import Case, PanelMember
from mingjing.storage.kept import Given, ask_rows
from mingjing.storage.people.models import Court

PLACES = ("court", "department", "handler")
MOST_KEY = 2**63 - 1
"""No database keeps a larger number: no case has it."""


class NotVisible(Exception):  # noqa: N818 — it is an answer, not a fault
    """The record does not exist for this actor; pages answer 404, as for one that never existed."""


class NotAllowed(Refusal):
    """No role of the actor lists the act."""

    code = "not-allowed"


def require(actor: Actor, act: str) -> None:
    """Refuse unless a role of ``actor`` lists ``act``."""
    if not actor.may(act):
        roles = "、".join(actor.roles) or "没有角色"
        raise NotAllowed(f"您（{roles}）不能“{act}”。谁可以，见 制度 · 角色与权限。")


def courts_seen(actor: Actor) -> QuerySet[Court]:
    """The courts whose records the actor may see."""
    return Court.objects.filter(pk__in=[court.pk for court in actor.courts])


def reach(actor: Actor, path: str = "", *, open_only: bool = False) -> Q:
    """What makes a case visible to the actor; ``path`` leads from a row to its case (``case__``).

    With ``open_only`` the rows are known to be open cases: a judge has closed many more than are pending.
    """
    if actor.scope == "辖区案件":
        return Q((f"{path}court__in", [court.pk for court in actor.courts]))
    own = Q((f"{path}court", actor.court))
    if actor.scope == "本院案件":
        return own
    if actor.scope == "本庭案件":
        of_departments = Q((f"{path}department__pk__in", [d.pk for d in actor.departments]))
        return own & (of_departments | Q((f"{path}handler", actor.person)))
    if actor.scope == "本人案件":  # gathered by identity: no index serves an OR over two tables
        sitting = PanelMember.objects.filter(person=actor.person).values("case")
        handled = Case.objects.filter(handler=actor.person).values("pk")
        if open_only:
            handled = handled.filter(closed_on__isnull=True)
        return own & Q((f"{path}pk__in", handled.union(sitting, all=True)))
    return Q(pk__in=[])


def of_cases_seen(actor: Actor) -> Q:
    """What makes a row visible that belongs to a case of the actor's own court.

    Each way to a case is read from an index of its own; asked together, every case of the court would be.
    """
    handled = Case.objects.filter(court=actor.court, handler=actor.person).order_by().values("pk")
    if actor.scope == "本人案件":
        sitting = PanelMember.objects.filter(person=actor.person).order_by().values("case")
        return Q(case__in=handled) | Q(case__in=sitting)
    if actor.scope == "本庭案件":
        departments = [one.pk for one in actor.departments]
        of_departments = Case.objects.filter(court=actor.court, department__pk__in=departments)
        return Q(case__in=handled) | Q(case__in=of_departments.order_by().values("pk"))
    return Q(case__in=cases_seen(actor))


def cases_seen(actor: Actor) -> QuerySet[Case]:
    """The cases the actor may see, ready for further filters."""
    return Case.objects.filter(reach(actor))


def open_cases_seen(actor: Actor) -> QuerySet[Case]:
    """The cases of ``cases_seen`` that are not closed."""
    return Case.objects.filter(reach(actor, open_only=True), closed_on__isnull=True)


def seen_case(actor: Actor, case_id: int) -> Case:
    """The case, if this actor may see it.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor (the two look alike)
    """
    require(actor, "查看案件")
    if case_id > MOST_KEY:
        raise NotVisible
    found = ask_rows(
        ("case seen", *shape_of(actor)),
        lambda: cases_seen(anybody(actor)).filter(pk=Given("case")).select_related(*PLACES),
        {**values_of(actor), "case": case_id},
    )
    if not found:
        raise NotVisible
    return found[0]
