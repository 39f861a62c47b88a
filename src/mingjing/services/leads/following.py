"""What follows a founded lead: 一案双查 on the roster of that day, measures by the four forms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mingjing.domain.leads.double_check import Check, double_check
from mingjing.domain.leads.measures import FormCount, Measure, count_forms
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.leads import parts
from mingjing.services.leads.entries import sealed_act
from mingjing.services.leads.keys import Opened
from mingjing.services.leads.organisations import organisation_on
from mingjing.services.leads.sight import SEE_LEADS, find_lead, leads_seen
from mingjing.services.permissions import NotVisible
from mingjing.storage.leads.models import Lead, LeadCheck, LeadMeasure
from mingjing.storage.people.models import Person, Posting

FORMS = "dictionary.four_forms"
CHECK, MEASURE = "双查", "处理"
FOUNDED = ("属实", "部分属实")


class NotFounded(Refusal):
    """A lead that was not found true has no such consequences."""

    code = "not-founded"


class CheckedAlready(Refusal):
    """Both checks of this lead were opened before."""

    code = "checked-already"


class NoPostThen(Refusal):
    """Somebody had no department on the day of the breach."""

    code = "no-post-then"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One of the two checks, opened: its number within the lead, whom it is about, what was found."""

    number: int
    check: LeadCheck
    about: str
    finding: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure, opened: against whom, which."""

    measure: LeadMeasure
    person: str
    kind: str


def _founded(actor: Actor, pk: int) -> Lead:
    lead = find_lead(actor, pk, lock=True)
    if lead.data.get("ending") not in FOUNDED or lead.over:
        raise NotFounded("结论是属实、部分属实，还没有归档的线索，才有双查和处理。")
    return lead


@transaction.atomic
def open_checks(actor: Actor, pk: int, person_id: int, breach_on: date) -> list[LeadCheck]:
    """Open both checks a breach by somebody calls for: their head's and their leader's on that day (R-044).

    Raises
    ------
    NotVisible       not on the lead
    NotFounded       the lead was not found true
    CheckedAlready   it has its two checks
    NoPostThen       the person had no department on the day
    """
    with sealed_act(actor, "启动一案双查", needs=SEE_LEADS):
        lead = _founded(actor, pk)
        if lead.checks.exists():
            raise CheckedAlready("这件线索的双查已经启动。")
        posting = (
            Posting.objects.on(breach_on)
            .filter(person=person_id, department__isnull=False)
            .select_related("person", "department")
            .order_by("since")
            .first()
        )
        if posting is None or posting.department is None:
            raise NoPostThen(f"{breach_on} 这一天，此人没有在任何部门任职。请核对违纪日期。")
        known = organisation_on(breach_on)
        two = double_check(known, person_id, posting.department.pk, posting.person.court_id)
        return [_opened(lead, one, posting, breach_on, actor.on) for one in two]


def _opened(lead: Lead, one: Check, posting: Posting, breach_on: date, on: date) -> LeadCheck:
    names = list(Person.objects.filter(pk__in=one.persons).order_by("pk").values_list("name", flat=True))
    place = posting.department.name if posting.department else ""
    says = {"涉事人": posting.person.name, "部门": place, "受查人": names}
    part = parts.write_part(lead, CHECK, says, on, readers=parts.readers_of(lead))
    return LeadCheck.objects.create(lead=lead, kind=one.kind, breach_on=breach_on, part=part)


@transaction.atomic
def conclude_check(actor: Actor, pk: int, number: int, *, accountable: bool, finding: str) -> None:
    """Conclude one check, by its number within the lead: a key would tell how many others were checked.

    Raises NotVisible.
    """
    with sealed_act(actor, "办结双查", needs=SEE_LEADS):
        lead = find_lead(actor, pk, lock=True)
        check = dict(enumerate(lead.checks.order_by("pk"), 1)).get(number)
        if check is None or check.concluded_on is not None:
            raise NotVisible
        readers = parts.readers_of(lead)
        check.finding = parts.write_part(lead, CHECK, {"查明": finding}, actor.on, readers=readers)
        check.accountable, check.concluded_on = accountable, actor.on
        check.save()


@transaction.atomic
def record_measure(
    actor: Actor, pk: int, opened: Opened, *, person: str, form: str, kind: str, on: date
) -> LeadMeasure:
    """Record a measure taken, under one of the four forms; the same person keeps the same mark.

    Raises NotVisible, NotFounded.
    """
    with sealed_act(actor, "登记处理", needs=SEE_LEADS):
        lead = _founded(actor, pk)
        registry(lead.court).dictionary(FORMS).row(form)
        known = {line.person: line.measure.person_mark for line in measures(lead, opened)}
        name = "".join(person.split())
        part = parts.write_part(
            lead, MEASURE, {"人": name, "处理": kind}, actor.on, readers=parts.readers_of(lead)
        )
        mark = known.get(name) or secrets.token_hex(8)
        return LeadMeasure.objects.create(lead=lead, person_mark=mark, form=form, on=on, part=part)


def checks(lead: Lead, opened: Opened) -> list[CheckLine]:
    """The checks of a lead, opened."""
    said = {one.part.pk: one.says for one in parts.open_parts(lead, opened, (CHECK,))}
    found = []
    for number, check in enumerate(lead.checks.order_by("pk"), 1):
        about = said.get(check.part_id, {})
        named = about.get("受查人")
        who = "、".join(named) if isinstance(named, list) and named else "当时无人在任"
        finding = said.get(check.finding_id or 0, {}).get("查明", "")
        found.append(CheckLine(number, check, f"{who}（{about.get('涉事人', '')}违纪）", str(finding)))
    return found


def measures(lead: Lead, opened: Opened) -> list[MeasureLine]:
    """The measures of a lead, opened."""
    said = {one.part.pk: one.says for one in parts.open_parts(lead, opened, (MEASURE,))}
    return [
        MeasureLine(one, str(said[one.part_id]["人"]), str(said[one.part_id]["处理"]))
        for one in lead.measures.order_by("pk")
        if one.part_id in said
    ]


def forms_counted(actor: Actor, year: int) -> tuple[FormCount, ...]:
    """The four forms of a year over the leads the actor works on, in people and in measures (S-119)."""
    rows = LeadMeasure.objects.filter(lead__in=leads_seen(actor), on__year=year)
    taken = [Measure(mark, form, "") for mark, form in rows.values_list("person_mark", "form")]
    return count_forms(taken, registry(actor.court).dictionary(FORMS).keys)


def forms() -> list[str]:
    """The four forms, the mildest first."""
    return list(registry().dictionary(FORMS).keys)


def people_of(lead: Lead) -> list[Person]:
    """Who may have committed the breach: everybody of the lead's court and of those below it."""
    return list(
        Person.objects.filter(court__in=[lead.court_id, *lead.court.children.values_list("pk", flat=True)])
        .select_related("court")
        .order_by("court", "staff_number")
    )
