"""Acting on a lead: its definition says who may do what; what is entered is sealed before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from mingjing.domain.leads.endings import unsigned
from mingjing.domain.ledgers.matters import Deed, Matter, Permitted, Who
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.domain.ledgers.stepping import permitted, step
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import now
from mingjing.services.leads import parts
from mingjing.services.leads.clocks import carry
from mingjing.services.leads.entries import committed, sealed_act
from mingjing.services.leads.keys import Opened, holders, keys_in_use
from mingjing.services.leads.organisations import organisation_on, receiving_posts
from mingjing.services.leads.receiving import SealedFile, keep_file
from mingjing.services.leads.shell import register_at, shell_values, split
from mingjing.services.leads.sight import SEE_LEADS, barred_from, capacities, find_lead
from mingjing.storage.leads.models import Lead, LeadAct, LeadMember
from mingjing.storage.people.models import Person

TEAM, UNSIGNED, CHECKS = "专班", "未签人数", "未结双查"
COMPUTED = (UNSIGNED, CHECKS)
"""Fields nobody enters: how many have not signed, how many checks are open."""
REPORTED, SIGNED = "报结论", "签字背书"
EARLY = ("待受理", "待会商", "待批方案")


class NotEligible(Refusal):
    """Somebody may not be taken into the team."""

    code = "not-eligible"


class SignedAlready(Refusal):
    """Somebody signs twice."""

    code = "signed-already"


def options(actor: Actor, lead: Lead) -> tuple[Permitted, ...]:
    """What the actor may do to a lead now, without what the system enters by itself."""
    register = register_at(lead)
    found = permitted(register, _matter(lead, register), _who(actor, lead), actor.on)
    return tuple(one for one in found if not _signed_by(actor, lead, one.act))


def _signed_by(actor: Actor, lead: Lead, act: str) -> bool:
    return act == SIGNED and actor.person.pk in signatures(lead)


@transaction.atomic
def do(
    actor: Actor,
    pk: int,
    act: str,
    values: Mapping[str, object],
    opened: Opened,
    files: Sequence[SealedFile] = (),
) -> Lead:
    """Do an act to a lead: all of it with its sealed entry, or nothing.

    ``values`` go by field label; people are keys. Whoever joins the team is sealed everything the actor
    can open, and gets nothing where they are reported or stand above the reported.

    Raises
    ------
    NotVisible      not on the lead
    NotEligible     somebody named for the team is barred, has no key, or no post that works on leads
    SignedAlready   a second signature by the same person
    Refusal         the definition refuses: state, person, fields, conditions
    """
    with sealed_act(actor, act, needs=SEE_LEADS) as entry:
        lead = find_lead(actor, pk, lock=True)
        register = register_at(lead)
        if _signed_by(actor, lead, act):
            raise SignedAlready("您已经签过字了，一人签一次。")
        entered = {**values, **_computed(lead, register, act, actor, values)}
        team = entered.get(TEAM)
        if isinstance(team, list):
            _check_team(actor, lead, opened, team)
        deed = Deed(act, _who(actor, lead), now().replace(tzinfo=None), entered)
        stepped = step(register, _matter(lead, register), deed)
        _write(lead, register, deed, stepped.state, actor, files)
        if isinstance(team, list):
            _seat(lead, opened, team, actor)
        entry.payload = committed(_commitment(lead))
    LeadAct.objects.filter(lead=lead, turn=lead.revision).update(entry=entry.seq)
    return lead


def _commitment(lead: Lead) -> str:
    last = LeadAct.objects.filter(lead=lead).select_related("part").latest("turn")
    assert last.part is not None
    return last.part.commitment


def _matter(lead: Lead, register: Register) -> Matter:
    """The lead as its definition sees it; sealed fields that were filled count as filled."""
    filled = {label for one in lead.acts.all() for label in one.values.get("封", [])}
    return Matter(
        lead.state,
        shell_values(lead, register),
        opened=lead.opened_on,
        assumed=frozenset(filled),
    )


def _who(actor: Actor, lead: Lead) -> Who:
    return Who(actor.person.pk, actor.person.name, capacities(actor, lead))


def signatures(lead: Lead) -> set[int]:
    """Who has signed since the ending was last reported."""
    given: set[int] = set()
    for label, actor in lead.acts.order_by("turn").values_list("label", "actor"):
        if label == REPORTED:
            given = set()
        elif label == SIGNED and actor is not None:
            given.add(actor)
    return given


def to_sign(lead: Lead, also: Iterable[int] = ()) -> tuple[int, ...]:
    """Who has yet to sign that a lead is unfounded (R-042)."""
    rows = lead.members.filter(until__isnull=True).values_list("capacity", "person")
    team = [person for capacity, person in rows if capacity == TEAM]
    approver = next(person for capacity, person in rows if capacity == "审批人")
    return unsigned(team, approver, {*signatures(lead), *also})


def _computed(
    lead: Lead, register: Register, act: str, actor: Actor, values: Mapping[str, object]
) -> dict[str, object]:
    asked = register.act(act).fill if any(one.label == act for one in register.acts) else ()
    found: dict[str, object] = {}
    if act == REPORTED:
        rows = lead.members.filter(until__isnull=True, capacity__in=(TEAM, "审批人"))
        found[UNSIGNED] = len(set(rows.values_list("person", flat=True)))
    elif UNSIGNED in asked:
        found[UNSIGNED] = len(to_sign(lead, [actor.person.pk]))
    if CHECKS in asked:
        found[CHECKS] = lead.checks.filter(concluded_on__isnull=True).count()
    return found


def eligible(actor: Actor, lead: Lead, opened: Opened) -> list[Person]:
    """Who may be taken into the team: of the lead's court, with a post and a key, and not in the line of the
    reported; the approver does not verify what they approve."""
    barred = barred_from(parts.open_parts(lead, opened, (parts.REPORT,)), actor)
    known = organisation_on(actor.on, seated=holders())
    posts = receiving_posts(lead.court)
    able = {one.person for one in known.seats if one.court == lead.court_id and one.post in posts}
    apart = lead.members.filter(until__isnull=True, capacity__in=("审批人", "线索管理人"))
    able -= barred | set(apart.values_list("person", flat=True))
    return list(Person.objects.filter(pk__in=able).order_by("staff_number"))


def _check_team(actor: Actor, lead: Lead, opened: Opened, team: list[object]) -> None:
    able = {one.pk for one in eligible(actor, lead, opened)}
    if not team or any(one not in able for one in team):
        raise NotEligible(
            "专班里有人不能办这件线索。请从列出的人里选；没有列出的，或者涉及被反映人，或者还没有密钥。"
        )


def _seat(lead: Lead, opened: Opened, team: list[object], actor: Actor) -> None:
    """The team as it is from now on, and everything sealed to whoever is new."""
    held = lead.members.filter(until__isnull=True, capacity=TEAM)
    wanted = [int(str(one)) for one in team]
    held.exclude(person__in=wanted).update(until=actor.on)
    known = set(held.values_list("person", flat=True))
    fresh = [one for one in wanted if one not in known]
    LeadMember.objects.bulk_create(
        LeadMember(lead=lead, person_id=one, capacity=TEAM, since=actor.on) for one in fresh
    )
    for key in keys_in_use(fresh).values():
        parts.reseal_all(lead, opened, key)


def _write(
    lead: Lead, register: Register, deed: Deed, state: str, actor: Actor, files: Sequence[SealedFile]
) -> None:
    plain, sealed = split(register, deed.values)
    readers = parts.readers_of(lead)
    part = parts.write_part(
        lead, parts.WORK, {"办理": deed.act, "谁": actor.person.name, **sealed}, actor.on, readers=readers
    )
    for one in files:
        keep_file(lead, one, readers)
    people = {field.label for field in register.fields if field.type in (FieldType.PERSON, FieldType.PEOPLE)}
    keys = {field.label: field.key for field in register.fields}
    lead.data = {**lead.data, **{keys[one]: held for one, held in plain.items() if one not in people}}
    lead.state, lead.revision = state, lead.revision + 1
    lead.over = register.is_final(state)
    lead.over_on = actor.on if lead.over else None
    lead.save()
    LeadAct.objects.create(
        lead=lead,
        turn=lead.revision,
        label=deed.act,
        actor=actor.person,
        on=actor.on,
        after=state,
        values={**{one: held for one, held in plain.items() if one not in people}, "封": sorted(sealed)},
        part=part,
    )
    carry(lead, register, actor.on)


def hand_again(actor: Actor, pk: int, person: int, opened: Opened) -> int:
    """Seal everything to a member whose key is new (lost and made anew). How many pieces.

    Raises
    ------
    NotVisible    not on the lead
    NotEligible   that person does not work on it, or has no key
    """
    with sealed_act(actor, "重新封给成员", needs=SEE_LEADS):
        lead = find_lead(actor, pk, lock=True)
        key = keys_in_use([person]).get(person)
        if key is None or not lead.members.filter(person=person, until__isnull=True).exists():
            raise NotEligible("这个人不办这件线索，或者还没有密钥。")
        return parts.reseal_all(lead, opened, key)
