"""长期未结: the tiers with their counts, the cases of one, and those about to enter one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.services.actors import Actor
from mingjing.services.exporting import Column, Sheet
from mingjing.services.long_pending import Tier, enters_on, latest_filing, tier_of, tiers
from mingjing.services.permissions import cases_seen
from mingjing.services.reading.kept_lists import listed_for, summed_for
from mingjing.services.reading.keyset import BadFilter, Filter, Listed, read_filter
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Notice

ORDER = ("original_filed_on", "pk")
NOTICE = ("没有督办", "正在督办")


@dataclass(frozen=True, slots=True)
class LongFilter(Filter):
    """What to show. ``tier`` is a label of dictionary.long_pending; ``ahead`` is the prevention list."""

    tier: str = ""
    notice: str = ""
    department: str = ""
    court: str = ""
    kind: str = ""
    ahead: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], known: tuple[Tier, ...]) -> LongFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        labels = [tier.label for tier in known]
        return read_filter(
            cls, query, {"tier": ("档次", labels), "notice": ("督办", NOTICE), "ahead": ("清单", ("是",))}
        )

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips."""
        what = "即将进入" if self.ahead else ""
        parts = (what, self.tier or "全部档次", self.court, self.department, self.kind, self.notice)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class TierCount:
    """A tier with the cases in it now, those of them without a notice, and those about to enter it."""

    tier: Tier
    cases: int
    unwatched: int
    ahead: int


@dataclass(frozen=True, slots=True)
class LongCase:
    """A row: the case, its age in whole months, its tier now, the next one and when it enters it."""

    case: Case
    months: int
    tier: Tier | None
    next_tier: Tier | None
    enters_on: date | None
    notice: str
    notice_id: int | None
    notice_state: str


def known_tiers(actor: Actor) -> tuple[Tier, ...]:
    """The tiers of the actor's court."""
    return tiers(actor.court)


def tier_counts(actor: Actor, chosen: LongFilter) -> tuple[list[TierCount], int]:
    """Every tier with its counts, and how many cases match ``chosen``, in one statement."""
    known = tiers(actor.court)
    tests = {"chosen": _condition(actor, chosen, known)}
    for place, tier in enumerate(known):
        inside = _inside(actor, known, place)
        tests[f"in_{place}"] = inside
        tests[f"unwatched_{place}"] = inside & Q(watched=False)
        tests[f"ahead_{place}"] = _ahead(actor, tier)
    found = summed_for(actor, ("long pending", known), chosen, lambda one: _old(one, known), tests).of
    counts = [
        TierCount(tier, found[f"in_{place}"], found[f"unwatched_{place}"], found[f"ahead_{place}"])
        for place, tier in enumerate(known)
    ]
    return counts, found["chosen"]


def select(actor: Actor, chosen: LongFilter) -> QuerySet[Case]:
    """The cases that match, in no order."""
    known = tiers(actor.court)
    return _old(actor, known).filter(_condition(actor, chosen, known))


def long_page(actor: Actor, chosen: LongFilter, count: int) -> Listed[Case]:
    """One page, oldest first; ``count`` is that of ``tier_counts``."""
    return listed_for(
        actor,
        ("long pending", tiers(actor.court)),
        chosen,
        lambda one: select(one, chosen),
        ORDER,
        _shown,
        count_known=(count, False),
    )


def described(rows: list[Case], actor: Actor) -> list[LongCase]:
    """Rows of ``long_page`` with their age and tiers; no statement."""
    known = tiers(actor.court)
    return [_described(case, actor.on, known) for case in rows]


def sheet(actor: Actor, chosen: LongFilter) -> Sheet[LongCase]:
    """The list as it is exported."""
    known = tiers(actor.court)
    cases: Iterator[Case] = _shown(select(actor, chosen)).order_by(*ORDER).iterator(chunk_size=2000)
    rows = (_described(case, actor.on, known) for case in cases)
    return Sheet("即将长期未结" if chosen.ahead else "长期未结", COLUMNS, rows, " · ".join(chosen.sentence()))


def age_in_months(original: date, on: date) -> int:
    """Whole months from the first filing to ``on``; a month is full on the day of the same number."""
    months = (on.year - original.year) * 12 + on.month - original.month
    return months if add_months(original, months, MonthRule.MONTH_END_IF_MISSING) <= on else months - 1


def _old(actor: Actor, known: tuple[Tier, ...]) -> QuerySet[Case]:
    """Open cases that are in a tier or about to enter the lowest one."""
    youngest = latest_filing(actor.on + timedelta(days=known[0].ahead), known[0].months)
    rows = cases_seen(actor).filter(closed_on__isnull=True, original_filed_on__lte=youngest)
    return rows.annotate(watched=Exists(_running())).order_by()


def _condition(actor: Actor, chosen: LongFilter, known: tuple[Tier, ...]) -> Q:
    """What ``chosen`` asks of an old open case."""
    wanted = [place for place, tier in enumerate(known) if chosen.tier in ("", tier.label)]
    windows = [
        _ahead(actor, known[place]) if chosen.ahead else _inside(actor, known, place) for place in wanted
    ]
    condition = reduce(lambda one, other: one | other, windows)
    plain = {"department__name": chosen.department, "court__code": chosen.court, "kind": chosen.kind}
    condition &= Q(**{name: value for name, value in plain.items() if value})
    return condition & Q(watched=chosen.notice == "正在督办") if chosen.notice else condition


def _inside(actor: Actor, known: tuple[Tier, ...], place: int) -> Q:
    """In this tier today and in no higher one."""
    inside = Q(original_filed_on__lte=latest_filing(actor.on, known[place].months))
    if place + 1 < len(known):
        inside &= Q(original_filed_on__gt=latest_filing(actor.on, known[place + 1].months))
    return inside


def _ahead(actor: Actor, tier: Tier) -> Q:
    """Not in the tier today, but within the tier's own number of days."""
    return Q(
        original_filed_on__gt=latest_filing(actor.on, tier.months),
        original_filed_on__lte=latest_filing(actor.on + timedelta(days=tier.ahead), tier.months),
    )


def _running() -> QuerySet[Notice]:
    return Notice.objects.filter(case=OuterRef("pk")).exclude(state=Notice.State.CLOSED).order_by("-pk")


def _shown(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_related("court", "department", "handler").annotate(
        notice_number=Subquery(_running().values("number")[:1]),
        notice_key=Subquery(_running().values("pk")[:1]),
        notice_stands=Subquery(_running().values("state")[:1]),
    )


def _described(case: Case, on: date, known: tuple[Tier, ...]) -> LongCase:
    original = case.original_filed_on
    if original is None:
        raise BadFilter(f"{case.number}没有原始立案日期，算不出案龄。")
    now = tier_of(case, on, known)
    above = next((tier for tier in known if now is None or tier.months > now.months), None)
    return LongCase(
        case=case,
        months=age_in_months(original, on),
        tier=now,
        next_tier=above,
        enters_on=enters_on(original, above) if above else None,
        notice=getattr(case, "notice_number", "") or "",
        notice_id=getattr(case, "notice_key", None),
        notice_state=getattr(case, "notice_stands", "") or "",
    )


COLUMNS: tuple[Column[LongCase], ...] = (
    Column("案号", lambda row: row.case.number),
    Column("案由", lambda row: row.case.cause),
    Column("法院", lambda row: row.case.court.short_name),
    Column("承办部门", lambda row: row.case.department.name if row.case.department else ""),
    Column("承办人", lambda row: row.case.handler.name if row.case.handler else row.case.handler_name),
    Column("原始立案", lambda row: row.case.original_filed_on),
    Column("已立案（月）", lambda row: row.months),
    Column("档次", lambda row: row.tier.label if row.tier else ""),
    Column("督办人", lambda row: row.tier.tell if row.tier else ""),
    Column("下一档", lambda row: row.next_tier.label if row.next_tier else ""),
    Column("进入下一档", lambda row: row.enters_on),
    Column("审限届满日", lambda row: row.case.due_on),
    Column("督办通知", lambda row: row.notice),
    Column("督办状态", lambda row: row.notice_state),
)
