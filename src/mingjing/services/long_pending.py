"""Long-pending cases: their tier by the age of the dispute, and those about to enter one (S-174, S-176)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.services.actors import Actor
from mingjing.services.demands import known_word
from mingjing.services.installation import registry
from mingjing.services.permissions import cases_seen
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court


@dataclass(frozen=True, slots=True)
class Tier:
    """A row of dictionary.long_pending: cases older than ``months``, supervised by ``tell``.

    ``ahead`` is how many days before a case enters the tier it is put on the prevention list.
    """

    label: str
    months: int
    tell: str
    colour: str
    ahead: int


def tiers(court: Court | None = None) -> tuple[Tier, ...]:
    """The tiers of a court, youngest first."""
    rows = registry(court).dictionary("dictionary.long_pending").rows
    found = [
        Tier(row["label"], int(row["months"]), row["tell"], row["colour"], int(row["ahead"])) for row in rows
    ]
    return tuple(sorted(found, key=lambda tier: tier.months))


def enters_on(original_filed_on: date, tier: Tier) -> date:
    """The first day on which a dispute filed on that day is older than the tier's months."""
    return add_months(original_filed_on, tier.months, MonthRule.MONTH_END_IF_MISSING) + timedelta(days=1)


def tier_of(case: Case, on: date, known: Iterable[Tier] | None = None) -> Tier | None:
    """The highest tier reached on ``on``, from the original filing; None when closed or young."""
    original = case.original_filed_on or case.filed_on
    if original is None or (case.closed_on is not None and case.closed_on <= on):
        return None
    reached = [tier for tier in known or tiers(case.court) if enters_on(original, tier) <= on]
    return reached[-1] if reached else None


def long_pending(actor: Actor, tier_label: str = "") -> QuerySet[Case]:
    """Open cases this actor may see that are in the tier today (in any tier without a label), oldest first.

    Raises
    ------
    WrongEntry   no such tier
    """
    known = tiers(actor.court)
    place = _place(known, tier_label)
    rows = cases_seen(actor).filter(
        closed_on__isnull=True, original_filed_on__lte=latest_filing(actor.on, known[place].months)
    )
    if tier_label and place + 1 < len(known):
        rows = rows.filter(original_filed_on__gt=latest_filing(actor.on, known[place + 1].months))
    return rows.order_by("original_filed_on", "pk")


def about_to_enter(actor: Actor, tier_label: str, within_days: int | None = None) -> QuerySet[Case]:
    """Open cases that are not in the tier today but will be within so many days (the tier's own number)."""
    known = tiers(actor.court)
    tier = known[_place(known, tier_label)]
    later = actor.on + timedelta(days=tier.ahead if within_days is None else within_days)
    rows = cases_seen(actor).filter(
        closed_on__isnull=True,
        original_filed_on__gt=latest_filing(actor.on, tier.months),
        original_filed_on__lte=latest_filing(later, tier.months),
    )
    return rows.order_by("original_filed_on", "pk")


def latest_filing(on: date, months: int) -> date:
    """The latest filing day whose case is older than ``months`` on ``on`` (exactly that old is not older)."""
    rule = MonthRule.MONTH_END_IF_MISSING
    day = add_months(on, -months, rule) + timedelta(days=1)
    while add_months(day, months, rule) >= on:
        day -= timedelta(days=1)
    return day


def _place(known: tuple[Tier, ...], label: str) -> int:
    labels = [tier.label for tier in known]
    return labels.index(known_word(label, labels, "长期未结档次")) if label else 0
