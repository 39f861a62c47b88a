"""Ranges a court enters for its indicators, each with its document; none is shipped, none is edited."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mingjing.domain.indicators.counts import Direction, Indicator
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import filled
from mingjing.services.figures.asked import indicator_on
from mingjing.services.installation import now
from mingjing.services.permissions import NotVisible
from mingjing.storage.indicators.models import ReferenceRange
from mingjing.storage.people.models import Court

KEEP = "维护参考区间"


class WrongRange(Refusal):
    """A range that cannot be: no bound or line, bounds crossed, an end before the beginning, a line on a
    figure of which neither way is better."""

    code = "wrong-range"


def ranges_on(court: Court, on: date) -> dict[str, ReferenceRange]:
    """The range in force for each indicator on a day: the court's own, else that of the court above."""
    courts = [one for one in (court.parent, court) if one is not None]
    found: dict[str, ReferenceRange] = {}
    for place in courts:
        rows = ReferenceRange.objects.filter(court=place, struck_at=None, since__lte=on).order_by(
            "since", "pk"
        )
        found |= {row.indicator: row for row in rows if row.until is None or row.until >= on}
    return found


def entered_ranges(court: Court) -> list[ReferenceRange]:
    """Every range entered for a court, newest first within an indicator, struck ones among them."""
    return list(ReferenceRange.objects.filter(court=court).select_related("entered_by"))


def entered_range(actor: Actor, range_id: int) -> ReferenceRange:
    """A range of the actor's court. Raises NotVisible."""
    found = ReferenceRange.objects.filter(court=actor.court, pk=range_id).first()
    if found is None:
        raise NotVisible
    return found


def enter_range(
    actor: Actor,
    *,
    indicator: str,
    low: Decimal | None,
    high: Decimal | None,
    document: str,
    since: date,
    until: date | None = None,
    target: Decimal | None = None,
    warning: Decimal | None = None,
) -> ReferenceRange:
    """Enter a range, a target line or a warning line with the document it comes from.

    Raises
    ------
    NotAllowed         no role of the actor lists the act
    UnknownIndicator   no such indicator
    WrongRange         no bound and no line, bounds, lines or days the wrong way round
    """
    with act(actor, "登记参考区间", needs=KEEP, subject_kind="指标", subject_id=indicator[:60]) as record:
        known = indicator_on(actor.court, indicator, since)
        paper = filled(document, "文号", example="法〔2024〕1号", longest=120)
        if low is None and high is None and target is None and warning is None:
            raise WrongRange("上限、下限、目标线、预警线至少写一个。", example="下限 90")
        _check_lines(known, target, warning)
        if low is not None and high is not None and low > high:
            raise WrongRange(f"下限 {low} 大于上限 {high}。请对调。")
        if until is not None and until < since:
            raise WrongRange(f"失效日期 {until} 早于生效日期 {since}。")
        made = ReferenceRange.objects.create(
            court=actor.court,
            indicator=known.id,
            low=low,
            high=high,
            target=target,
            warning=warning,
            document=paper,
            since=since,
            until=until,
            entered_by=actor.person,
            entered_at=now(),
        )
        record.payload = {
            "指标": known.label,
            "下限": low,
            "上限": high,
            "目标线": target,
            "预警线": warning,
            "文号": paper,
            "起": since,
            "止": until,
        }
    return made


def warns(indicator: Indicator, value: Decimal, line: Decimal) -> bool:
    """Whether a value lies on the worse side of a line; never for a figure that takes no side."""
    if indicator.direction is Direction.NEITHER:
        return False
    return value < line if indicator.direction is Direction.UP else value > line


def _check_lines(indicator: Indicator, target: Decimal | None, warning: Decimal | None) -> None:
    """Refuse lines on a neutral figure, and a target that would itself be warned of. Raises WrongRange."""
    if target is None and warning is None:
        return
    if indicator.direction is Direction.NEITHER:
        raise WrongRange(f"“{indicator.label}”不分好坏，不设目标线和预警线。", example="只登记上限、下限")
    if target is not None and warning is not None and warns(indicator, target, warning):
        raise WrongRange(f"目标线 {target} 比预警线 {warning} 还差。请对调。")


def strike_range(actor: Actor, *, range_id: int, reason: str) -> ReferenceRange:
    """Strike out a range entered by mistake; it stays in the table with the reason.

    Raises
    ------
    NotVisible   no such range at the actor's court
    NotAllowed   no role of the actor lists the act
    """
    why = filled(reason, "理由", example="文号写错", longest=200)
    with act(actor, "作废参考区间", needs=KEEP, subject_kind="指标", subject_id="", why=why) as record:
        found = ReferenceRange.objects.select_for_update().filter(court=actor.court, pk=range_id).first()
        if found is None:
            raise NotVisible
        record.subject_id = found.indicator[:60]
        if found.struck_at is None:
            found.struck_at, found.struck_reason = now(), why
            found.save(update_fields=["struck_at", "struck_reason"])
    return found
