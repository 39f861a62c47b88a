"""院庭长办案指标: who leads the court, what they have to try, what they tried, and the cases behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from mingjing.definitions.registry import UnknownDefinition
from mingjing.domain.indicators.quotas import Quota, Share, Standing, base_of, standing, state_of
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.storage.cases.models import Case, PanelMember
from mingjing.storage.people.models import Court, Person, Posting

QUOTA = "quota.leaders"
WHOLE = ("本院案件", "辖区案件")
HARD = Q(facts__疑难复杂重大=True) | Q(facts__疑难复杂重大="是")
REMANDED = Q(earlier_links__relation="发回重审") | Q(facts__发回重审=True) | Q(facts__发回重审="是")
PAGE = 200
MIDDLE = 15
"""A month counts for whoever held the post on its fifteenth."""


class NoQuota(Refusal):
    """The court has no rule about leaders' quotas in force."""

    code = "no-quota"


@dataclass(frozen=True, slots=True)
class Leader:
    """One leader in one year."""

    person: Person
    post: str
    percent: int
    answer: Answer[Standing] | None
    state: str


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One ordinary judge of the base: cases handled, months of the year in post."""

    person: Person
    share: Share


@dataclass(frozen=True, slots=True)
class LeadersView:
    """A year. ``hard`` and ``remanded``: handled by leaders, of all closed in the year (S-186)."""

    quota: Quota
    year: int
    until: date
    base: Fraction | None
    lines: tuple[BaseLine, ...]
    leaders: tuple[Leader, ...]
    whole: bool
    hard: tuple[int, int]
    remanded: tuple[int, int]


def quota_on(court: Court, on: date) -> Quota:
    """The rule in force on a day. Raises NoQuota."""
    known = registry(court)
    try:
        value = known.definition(QUOTA, on).value
    except UnknownDefinition as missing:
        raise NoQuota("本院没有院庭长办案指标。", example="institutions/cn/quotas/leaders.yaml") from missing
    if not isinstance(value, Quota):
        raise NoQuota(f"“{QUOTA}”不是办案指标。")
    return value


def leaders_ever(court: Court, on: date) -> frozenset[int]:
    """Whoever holds a post with a quota on a day; nobody where the court has no such rule."""
    try:
        posts = tuple(quota_on(court, on).percents)
    except Refusal:
        return frozenset()
    rows = Posting.objects.on(on).filter(person__court=court, post__in=posts)
    return frozenset(rows.values_list("person_id", flat=True))


def leaders_of(actor: Actor, year: int) -> LeadersView:
    """Every leader for whoever sees the whole court, oneself for a leader, nobody for anybody else.

    Raises
    ------
    NoQuota   no such rule in force
    """
    court = actor.court
    until = min(date(year, 12, 31), actor.on)
    quota = quota_on(court, until)
    posted = _posted(court, quota, year, until)
    whole = actor.scope in WHOLE
    if not whole:
        posted = [(person, posts) for person, posts in posted if person.pk == actor.person.pk]
    lines = _base(court, quota, year, until)
    base = base_of(one.share for one in lines)
    leaders = tuple(_leader(quota, person, posts, base, year, until) for person, posts in posted)
    shown = tuple(lines) if whole else ()
    everyone = leaders_ever(court, until)
    hard, remanded = (_by_leaders(court, which, everyone, year, until) for which in (HARD, REMANDED))
    return LeadersView(quota, year, until, base, shown, leaders, whole, hard, remanded)


def own_cases(person: Person, year: int, until: date) -> QuerySet[Case]:
    """The cases a person handled that were closed in a year."""
    return Case.objects.filter(handler=person, closed_on__year=year, closed_on__lte=until)


def panel_cases(person: Person, year: int, until: date) -> QuerySet[Case]:
    """The cases of others on whose panel a person sat and that were closed in a year."""
    sat = PanelMember.objects.filter(person=person).values("case")
    rows = Case.objects.filter(pk__in=sat, closed_on__year=year, closed_on__lte=until)
    return rows.exclude(handler=person)


def cases_behind(actor: Actor, person_id: int, which: str, year: int) -> tuple[Leader, list[Case]]:
    """The cases behind a leader's number: ``own`` or ``panel``. Raises NotVisible."""
    view = leaders_of(actor, year)
    leader = next((one for one in view.leaders if one.person.pk == person_id), None)
    find = {"own": own_cases, "panel": panel_cases}.get(which)
    if leader is None or find is None:
        raise NotVisible
    rows = find(leader.person, year, view.until).select_related("department", "handler")
    return leader, list(rows.order_by("closed_on", "pk")[:PAGE])


def _leader(
    quota: Quota, person: Person, posts: Sequence[str], base: Fraction | None, year: int, until: date
) -> Leader:
    found = quota.percent_of(posts)
    assert found is not None
    post, percent = found
    if base is None:
        return Leader(person, post, percent, None, "没有基数")
    own, panel = own_cases(person, year, until).count(), panel_cases(person, year, until).count()
    answer = standing(quota, post, base, own, panel, running=until < date(year, 12, 31))
    return Leader(person, post, percent, answer, state_of(quota, answer.value))


def _posted(court: Court, quota: Quota, year: int, until: date) -> list[tuple[Person, list[str]]]:
    """Leaders in post on the last day looked at, in the order of the rule and of staff numbers."""
    rows = (
        Posting.objects.on(until)
        .filter(person__court=court, post__in=tuple(quota.percents))
        .select_related("person")
        .order_by("person__staff_number")
    )
    found: dict[int, tuple[Person, list[str]]] = {}
    for row in rows:
        found.setdefault(row.person_id, (row.person, []))[1].append(row.post)
    order = list(quota.percents)
    return sorted(found.values(), key=lambda one: min(order.index(post) for post in one[1]))


def _base(court: Court, quota: Quota, year: int, until: date) -> list[BaseLine]:
    """Ordinary judges with what they handled while in post; a month counts where most of it was served."""
    first = date(year, 1, 1)
    rows = (
        Posting.objects.filter(person__court=court, post__in=quota.ordinary, since__lte=until)
        .filter(Q(until=None) | Q(until__gte=first))
        .select_related("person")
        .order_by("person__staff_number")
    )
    over = [month for month in range(1, 13) if date(year, month, MIDDLE) <= until]
    months: dict[int, set[int]] = {}
    people: dict[int, Person] = {}
    for row in rows:
        people[row.person_id] = row.person
        served = months.setdefault(row.person_id, set())
        served |= {month for month in over if _served(row, year, month)}
    closed = Counter(
        Case.objects.filter(handler__in=people, closed_on__year=year, closed_on__lte=until).values_list(
            "handler_id", flat=True
        )
    )
    return [
        BaseLine(person, Share(closed[pk], len(months[pk]), len(over)))
        for pk, person in people.items()
        if months[pk]
    ]


def _served(row: Posting, year: int, month: int) -> bool:
    """Whether a post was held in the middle of a month."""
    middle = date(year, month, MIDDLE)
    return row.since <= middle and (row.until is None or row.until >= middle)


def _by_leaders(court: Court, which: Q, leaders: frozenset[int], year: int, until: date) -> tuple[int, int]:
    rows = Case.objects.filter(which, court=court, closed_on__year=year, closed_on__lte=until).distinct()
    return rows.filter(handler__in=leaders).count(), rows.count()
