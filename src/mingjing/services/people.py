"""Courts, departments and the people who work in them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.courts import numbered_code
from mingjing.services.demands import Taken, day_within, filled
from mingjing.services.highest import require_highest
from mingjing.services.permissions import NotVisible
from mingjing.storage.people.models import Court, Department, Person

KEEP, ADD = "维护机构人员", "设立法院"


def courts_kept(actor: Actor) -> QuerySet[Court]:
    """The actor's own court, and those directly below it."""
    return Court.objects.filter(Q(pk=actor.court.pk) | Q(parent=actor.court))


def court_kept(actor: Actor, court_id: int) -> Court:
    """The actor's own court, or one directly below it.

    Raises
    ------
    NotVisible   any other court
    """
    court = courts_kept(actor).filter(pk=court_id).first()
    if court is None:
        raise NotVisible
    return court


def add_court(actor: Actor, *, code: str, name: str, short_name: str, level: str, folder: str = "") -> Court:
    """A court below the actor's own. ``code`` is its 法院代字, ``folder`` its folder of definitions.

    Raises
    ------
    Taken        the code is in use
    Unreadable   the code is none
    NotAllowed   of another court than the highest
    """
    require_highest(actor, ADD)
    code = numbered_code(filled(code, "法院代字", example="云0102", longest=40))
    with act(actor, ADD, needs=KEEP, subject_kind="法院", subject_id=code) as record:
        other = Court.objects.filter(code=code).first()
        if other is not None:
            raise Taken(f"法院代字“{code}”已经是{other}的。")
        court = Court.objects.create(
            code=code,
            name=filled(name, "名称", example="青川区人民法院", longest=100),
            short_name=filled(short_name, "简称", example="青川法院", longest=40),
            level=filled(level, "级别", example="基层", longest=10),
            parent=actor.court,
            time_zone=actor.court.time_zone,
            calendar=actor.court.calendar,
            folder=folder.strip(),
        )
        record.subject_id = str(court.pk)
        record.payload = {"法院代字": code, "名称": court.name}
    return court


def add_department(actor: Actor, *, court_id: int, name: str, since: date, field: str = "") -> Department:
    """A department from ``since`` on; adding the same again returns it.

    Raises
    ------
    Taken   a department of that name was closed; it cannot be opened twice
    """
    court = court_kept(actor, court_id)
    words = filled(name, "部门名称", example="民事审判第一庭", longest=60)
    known = Department.objects.filter(court=court, name=words).first()
    if known is not None and known.until is None and known.since == since:
        return known
    with act(actor, "设立部门", needs=KEEP, subject_kind="法院", subject_id=court.pk, court=court) as record:
        if known is not None:
            ended = f"，{known.until} 撤销" if known.until else ""
            raise Taken(f"{court}已有“{words}”（{known.since} 设立{ended}）。请用另一个名称。")
        order = Department.objects.filter(court=court).count() + 1
        department = Department.objects.create(
            court=court, name=words, field=field.strip(), order=order, since=since
        )
        record.payload = {"部门": words, "设立日期": since}
    return department


def close_department(actor: Actor, *, department_id: int, until: date) -> Department:
    """Close a department as of the end of ``until``; nobody may hold a post there later, no case be open.

    Raises
    ------
    Refusal   posts or open cases remain (both are counted)
    """
    found = Department.objects.filter(pk=department_id).first()
    if found is None:
        raise NotVisible
    court = court_kept(actor, found.court_id)
    with act(actor, "撤销部门", needs=KEEP, subject_kind="法院", subject_id=court.pk, court=court) as record:
        department = Department.objects.select_for_update().get(pk=department_id)
        if department.until is not None:
            raise Taken(f"“{department}”已于 {department.until} 撤销。")
        day_within(until, "撤销日期", first=department.since, last=None, cause="在设立之前")
        posts = department.postings.filter(Q(until__isnull=True) | Q(until__gt=until)).count()
        cases = department.cases.filter(closed_on__isnull=True).count()
        if posts or cases:
            raise Refusal(
                f"“{department}”还有 {posts} 个任职、{cases} 件未结案件。请先免去职务、移交案件，再撤销。"
            )
        department.until = until
        department.save(update_fields=["until"])
        record.payload = {"部门": department.name, "撤销日期": until}
    return department


def add_person(
    actor: Actor, *, court_id: int, name: str, staff_number: str, initials: str = "", email: str = ""
) -> Person:
    """Somebody who works at a court; adding the same again returns them.

    Raises
    ------
    Taken   the staff number belongs to somebody else
    """
    court = court_kept(actor, court_id)
    words = filled(name, "姓名", example="林知远", longest=60)
    number = filled(staff_number, "工号", example="0102031", longest=30)
    known = Person.objects.filter(court=court, staff_number=number).first()
    if known is not None and known.name == words:
        return known
    with act(actor, "登记人员", needs=KEEP, subject_kind="人员", subject_id="", court=court) as record:
        if known is not None:
            raise Taken(f"工号 {number} 已经是 {known} 的。")
        person = Person.objects.create(
            court=court,
            name=words,
            staff_number=number,
            initials=initials.strip().lower(),
            email=email.strip(),
        )
        record.subject_id = str(person.pk)
        record.payload = {"姓名": words, "工号": number}
    return person


def correct_person(actor: Actor, *, person_id: int, name: str, initials: str = "", email: str = "") -> Person:
    """Mend a name, initials or mail address; the staff number stays."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotVisible
    court = court_kept(actor, found.court_id)
    with act(actor, "更正人员", needs=KEEP, subject_kind="人员", subject_id=person_id, court=court) as record:
        person = Person.objects.select_for_update().get(pk=person_id)
        record.payload = {"原姓名": person.name, "工号": person.staff_number}
        person.name = filled(name, "姓名", example="林知远", longest=60)
        person.initials, person.email = initials.strip().lower(), email.strip()
        person.save(update_fields=["name", "initials", "email"])
    return person
