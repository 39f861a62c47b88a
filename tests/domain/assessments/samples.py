"""A small sheet, and short words for months of rankings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from mingjing.domain.assessments.cards import Month
from mingjing.domain.assessments.outline import STATES, Plan, acts, clocks, fields
from mingjing.domain.assessments.sheets import Grade, Item, Sheet, Veto
from mingjing.domain.dates.durations import Duration
from mingjing.domain.ledgers.register import Field, FieldType, Register

ITEMS = (
    Item("procedure", "程序", Fraction(40)),
    Item("paper", "文书", Fraction(30)),
    Item("conduct", "作风", Fraction(30)),
)
GRADES = (
    Grade("优秀", Fraction(90)),
    Grade("良好", Fraction(80)),
    Grade("合格", Fraction(60)),
    Grade("不合格", Fraction(0)),
)


def sheet() -> Sheet:
    """A judge is scored on three items by whoever is named; three days to answer."""
    plan = Plan(
        items=ITEMS,
        by=("审管办",),
        confirms=("审管办",),
        own=("承办法官",),
        answers=("承办法官",),
        asked=("承办法官",),
        offered=(),
        vetoes=("群众投诉查实",),
        reply=Duration(days=3, text="3 天"),
    )
    register = Register(
        id="sheet.sample",
        label="案件评分",
        owner="审管办",
        since=date(2024, 1, 1),
        number="评分-{年}-{序号:4}",
        fields=(Field("judge", "承办法官", FieldType.PERSON), *fields(plan)),
        states=STATES,
        acts=acts(plan),
        clocks=clocks(plan),
    )
    return Sheet(
        register=register,
        items=ITEMS,
        grades=GRADES,
        by=plan.by,
        confirms=plan.confirms,
        subject="承办法官",
        own=plan.own,
        vetoes=(Veto("群众投诉查实", "良好"),),
        reply=plan.reply,
    )


def months(first: Month, rows: Sequence[str], units: int = 10) -> Mapping[Month, Mapping[int, Fraction]]:
    """One row for each month: the numbers of the departments among the last (``1 2 3``) of ``units``; the
    others share the top. ``-`` is a month without a ranking."""
    found: dict[Month, Mapping[int, Fraction]] = {}
    month = first
    for row in rows:
        if row != "-":
            last = {int(one): place for place, one in enumerate(row.split())}
            found[month] = {
                unit: Fraction(60 + last[unit]) if unit in last else Fraction(90)
                for unit in range(1, units + 1)
            }
        month = month.next
    return found
