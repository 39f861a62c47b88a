"""Which court leader is in charge of which department (分管), between which days."""

from __future__ import annotations

from datetime import date

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, WrongEntry
from mingjing.services.people import court_kept
from mingjing.services.permissions import NotVisible
from mingjing.services.postings import GRANT, end_on, found_department, found_person, overlapping
from mingjing.services.security.separation import require_another
from mingjing.storage.people.models import Court, Oversight


def put_in_charge(actor: Actor, *, leader_id: int, department_id: int, since: date) -> Oversight:
    """Put a court leader in charge of a department (分管); the same again returns it.

    Raises
    ------
    Taken   somebody is in charge of it on some of these days
    """
    leader, department = found_person(leader_id), found_department(department_id)
    if department is None:
        raise NotVisible
    court = court_kept(actor, department.court_id)
    known = Oversight.objects.filter(leader=leader, department=department, since=since, until=None).first()
    if known is not None:
        return known
    with act(
        actor,
        "确定分管",
        needs=GRANT,
        subject_kind="人员",
        subject_id=leader.pk,
        court=court,
        why=department.name,
    ) as record:
        Court.objects.select_for_update().get(pk=court.pk)
        require_another(actor, leader)
        if leader.court_id != court.pk:
            raise WrongEntry(f"{leader}不在{court}工作，不能分管“{department}”。")
        other = overlapping(Oversight.objects.filter(department=department), since, None).first()
        if other is not None:
            raise Taken(
                f"“{department}”由 {other.leader} 分管（{other.since} 至 {other.until or '今'}）。请先结束。"
            )
        oversight = Oversight.objects.create(leader=leader, department=department, since=since)
        record.payload = {"分管领导": leader.name, "部门": department.name, "起": since}
    return oversight


def end_oversight(actor: Actor, *, oversight_id: int, until: date) -> Oversight:
    """The last day on which the leader is in charge (counted)."""
    found = Oversight.objects.select_related("leader", "department").filter(pk=oversight_id).first()
    if found is None:
        raise NotVisible
    court = court_kept(actor, found.department.court_id)
    if found.until == until:
        return found
    with act(
        actor, "结束分管", needs=GRANT, subject_kind="人员", subject_id=found.leader_id, court=court
    ) as record:
        oversight = end_on(
            Oversight.objects.all(), oversight_id, until, f"{found.leader}对“{found.department}”的分管"
        )
        record.payload = {"分管领导": found.leader.name, "部门": found.department.name, "止": until}
    return oversight
