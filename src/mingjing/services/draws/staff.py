"""The people of a court as a draw sees them: posts, open cases, leave, teams, grounds of recusal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Count, Q

from mingjing.domain.assignment.assembling import RECUSED, Ground, Staff
from mingjing.domain.assignment.rules import AssignmentRule
from mingjing.domain.assignment.teams import STANDARD, team_lacks
from mingjing.storage.assignment.models import Deviation
from mingjing.storage.cases.models import Case, CaseLink, PanelMember
from mingjing.storage.people.models import Posting
from mingjing.storage.records.models import Record

LEAVE, INTERESTS = "approval.leave", "filing.outside_interests"
GROUNDS, TEAMS = "ledger.recusal_ground", "ledger.team"
PARTS = dict(zip(("judge", "assistant", "clerk"), STANDARD, strict=True))


def staff_for(rule: AssignmentRule, case: Case, on: date) -> dict[int, Staff]:
    """Person → what the draw of ``case`` needs to know of them, for everybody in a post the rule names.

    Who holds two such posts counts by the one with the smaller quota. Ids are the persons' keys as text.
    """
    quotas = {post: quota for group in rule.groups for post, quota in group.posts.items()}
    held = Posting.objects.on(on).filter(person__court=case.court, post__in=quotas)
    postings: dict[int, Posting] = {}
    for one in held.select_related("person", "department").order_by("since", "pk"):
        known = postings.get(one.person_id)
        if known is None or quotas[one.post] < quotas[known.post]:
            postings[one.person_id] = one
    people = set(postings)
    loads, away, lacks = _loads(people, case), _away(case, on), _lacks(case)
    grounds = _grounds(rule, case, on)
    return {
        pk: Staff(
            id=str(pk),
            post=one.post,
            department=one.department.name if one.department else "",
            business=one.department.field if one.department else "",
            open=loads.get(pk, {}),
            away=away.get(pk, ""),
            grounds=tuple(grounds.get(pk, ())),
            lacks=lacks.get(pk, ()),
        )
        for pk, one in postings.items()
    }


def _loads(people: Collection[int], case: Case) -> dict[int, Mapping[str, int]]:
    """Open cases by handler and kind. A case taken over from somebody counts for whoever has it now."""
    rows = Case.objects.filter(court=case.court, closed_on__isnull=True, handler__in=people)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for handler, kind, number in (
        rows.exclude(pk=case.pk).values_list("handler", "kind").annotate(number=Count("pk")).order_by()
    ):
        found[handler][kind] += number
    return {handler: dict(counts) for handler, counts in found.items()}


def _away(case: Case, on: date) -> dict[int, str]:
    """Who is on approved leave on the day."""
    rows = Record.objects.filter(court=case.court, register=LEAVE, state="已同意")
    found = {}
    for person, data in rows.values_list("registered_by", "data"):
        if str(data.get("first", "")) <= on.isoformat() <= str(data.get("last", "")):
            found[person] = f"{data.get('kind', '请假')}至 {data['last']}"
    return found


def _lacks(case: Case) -> dict[int, tuple[str, ...]]:
    """Judges at the head of a registered team that is not complete, with what it lacks."""
    rows = Record.objects.filter(court=case.court, register=TEAMS, state="不完整", over=False)
    return {
        int(data["judge"]): team_lacks(
            part for key, part in PARTS.items() if data.get(key) and part != data.get("gone")
        )
        for data in rows.values_list("data", flat=True)
        if data.get("judge")
    }


def team_of(case: Case, judge: int) -> dict[str, int]:
    """Part → person of the team a judge heads, without the judge."""
    rows = Record.objects.filter(court=case.court, register=TEAMS, state="完整", over=False).order_by("-pk")
    for data in rows.values_list("data", flat=True):
        if data.get("judge") == judge:
            return {part: data[key] for key, part in PARTS.items() if key != "judge" and data.get(key)}
    return {}


def _grounds(rule: AssignmentRule, case: Case, on: date) -> dict[int, list[Ground]]:
    found: dict[int, list[Ground]] = defaultdict(list)
    for person in Deviation.objects.filter(
        case=case, kind=Deviation.Kind.REDRAW, state=Deviation.State.APPROVED, person__isnull=False
    ).values_list("person", flat=True):
        found[person].append(Ground(RECUSED, "在本案中已经回避"))
    for person in _tried_before(rule, case):
        found[person].append(Ground("原审", "审理过本案的前案"))
    names = [name.strip() for name in case.parties.values_list("name", flat=True) if len(name.strip()) > 1]
    if names:
        for person, ground in (*_registered(case, names, on), *_declared(case, names)):
            found[person].append(ground)
    return found


def _tried_before(rule: AssignmentRule, case: Case) -> set[int]:
    earlier = CaseLink.objects.filter(later=case, relation__in=rule.relations).values("earlier")
    handlers = Case.objects.filter(pk__in=earlier, handler__isnull=False).values_list("handler", flat=True)
    panel = PanelMember.objects.filter(case__in=earlier).values_list("person", flat=True)
    return {pk for pk in (*handlers, *panel) if pk is not None}


def _registered(case: Case, names: Iterable[str], on: date) -> list[tuple[int, Ground]]:
    """Grounds people entered themselves in the register of recusal grounds."""
    rows = Record.objects.filter(court=case.court, register=GROUNDS, over=False)
    wanted = list(names)
    return [
        (int(data["person"]), Ground(str(data.get("kind", "")), "本人登记的回避事项涉及本案当事人"))
        for data in rows.values_list("data", flat=True)
        if data.get("person")
        and str(data.get("until") or "9999") >= on.isoformat()
        and _meets(str(data.get("name", "")), wanted)
    ]


def _declared(case: Case, names: Iterable[str]) -> list[tuple[int, Ground]]:
    """What was declared of businesses and relatives (S-091): that it matches is said, what it was is not."""
    rows = Record.objects.filter(court=case.court, register=INTERESTS).exclude(
        Q(subject__isnull=True) & Q(holder__isnull=True)
    )
    wanted = list(names)
    found = []
    for subject, holder, data in rows.values_list("subject", "holder", "data"):
        person = subject or holder
        if _meets(str(data.get("subject") or ""), wanted):
            found.append((person, Ground("利害关系", "本人申报的经营、借贷事项涉及本案当事人")))
        if _meets(str(data.get("relative") or ""), wanted):
            found.append((person, Ground("亲属", "本人申报的亲属涉及本案当事人")))
    return found


def _meets(text: str, names: Iterable[str]) -> bool:
    """Whether a party is named in ``text``, or ``text`` (four characters or more) is part of its name."""
    text = text.strip()
    return bool(text) and any(name in text or (len(text) >= 4 and text in name) for name in names)
