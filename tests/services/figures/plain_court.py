"""A court made up of plain records, and ten figures worked out of them by loops, read from the legal text.

Nothing of the product's counting is used: a case is a ``Plain``, a figure a text such as a page would show.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

FIRST_INSTANCE = ("民事一审", "刑事一审", "行政一审")
SECOND_INSTANCE = ("民事二审", "刑事二审")
OTHERS = ("首次执行", "恢复执行", "诉前调解", "财产保全执行")
NOT_A_CASE = ("诉前调解", "财产保全执行")
"""Numbers that are not counted as cases (计件): nothing is tried in them."""
LIMITED = (*FIRST_INSTANCE, *SECOND_INSTANCE, *OTHERS)
"""What has a day by which it must be done; the definition says that it need not be counted as a case."""
REVERSED = ("改判", "部分改判", "撤销原判驳回起诉")
REMANDED = ("撤销原判发回重审",)
LAST = date(2024, 4, 1)
NOTHING = "无数据"


@dataclass
class Plain:
    """One case as a clerk would write it on a card."""

    kind: str
    procedure: str
    filed: date
    original: date
    closed: date | None = None
    outcome: str = ""
    happened: list[tuple[str, date]] = field(default_factory=list)
    appeal: tuple[str, date] | None = None
    extensions: int = 0

    def first(self, kind: str) -> date | None:
        """The first day on which something happened."""
        return min((day for one, day in self.happened if one == kind), default=None)


def make(seed: int, number: int) -> list[Plain]:
    """Cases of two years; what happened to each is drawn by lot, ties and gaps included."""
    dice = Random(seed)
    found = []
    for _ in range(number):
        kind = dice.choice((*FIRST_INSTANCE, "民事一审", *SECOND_INSTANCE, *OTHERS))
        filed = date(2022, 9, 1) + timedelta(days=dice.randrange(560))
        procedure = dice.choice(("普通程序", "简易程序", "小额诉讼程序"))
        one = Plain(kind, procedure, filed, filed - timedelta(days=dice.choice((0, 0, 0, 200, 500))))
        if dice.random() < 0.7:
            _close(one, dice)
        found.append(one)
    return found


def _close(one: Plain, dice: Random) -> None:
    one.closed = min(one.filed + timedelta(days=dice.randrange(200)), LAST)
    if one.kind in FIRST_INSTANCE:
        one.outcome = dice.choice(("判决", "判决", "调解", "准许撤诉", "按撤诉处理", "驳回起诉"))
        if dice.random() < 0.5:
            one.happened.append(("当庭宣判", one.closed))
        if dice.random() < 0.5 and one.closed < LAST - timedelta(days=40):
            _appeal(one, dice)
    elif one.kind in SECOND_INSTANCE:
        one.outcome = dice.choice(("维持原判", "改判", "部分改判", "撤销原判发回重审"))
    else:
        one.outcome = dice.choice(("执行完毕", "终结本次执行程序"))
    one.extensions = dice.choice((0, 0, 0, 1, 2))


def _appeal(one: Plain, dice: Random) -> None:
    assert one.closed is not None
    begun = one.closed + timedelta(days=dice.randrange(1, 15))
    one.happened.append(("上诉", begun))
    if dice.random() < 0.3:
        one.happened.append(("上诉", begun + timedelta(days=2)))
    if dice.random() < 0.8:
        one.happened.append(("移送上诉卷宗", begun + timedelta(days=dice.randrange(20))))
    if dice.random() < 0.8:
        decided = begun + timedelta(days=dice.randrange(20, 90))
        one.appeal = (dice.choice(("维持原判", *REVERSED, *REMANDED)), decided)


def closed_in(cases: Sequence[Plain], kinds: Sequence[str], first: date, last: date) -> list[Plain]:
    return [one for one in cases if one.kind in kinds and one.closed and first <= one.closed <= last]


def counted(cases: Sequence[Plain]) -> list[Plain]:
    return [one for one in cases if one.kind not in NOT_A_CASE]


def pending(cases: Sequence[Plain], moment: date) -> list[Plain]:
    """Open when the day ended."""
    return [
        one for one in counted(cases) if one.filed <= moment and not (one.closed and one.closed <= moment)
    ]


def share(part: int, whole: int, unit: str = "%") -> str:
    if not whole:
        return NOTHING
    return f"{rounded(Fraction(100 * part if unit else part, whole), 2)}{unit}"


def rounded(value: Fraction | float, places: int) -> Decimal:
    """Halves away from zero; enough digits before that nothing else is lost."""
    exact = Fraction(value)
    long = Decimal(exact.numerator) / Decimal(exact.denominator)
    return long.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def closing_evenness(cases: Sequence[Plain], first: date, last: date) -> str:
    """One less σ over the mean of the whole months within the period, not below nought."""
    months, day = [], date(first.year, first.month, 1)
    while day <= last:
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        if first <= day and following - timedelta(days=1) <= last:
            months.append((day, following))
        day = following
    each = [sum(1 for one in counted(cases) if one.closed and a <= one.closed < b) for a, b in months]
    if len(each) < 2 or not sum(each):
        return NOTHING
    return f"{rounded(100 * max(0.0, 1 - statistics.pstdev(each) / statistics.fmean(each)), 2)}%"


def disposition_time(cases: Sequence[Plain], first: date, last: date) -> str:
    """Pending at the end, times the days of the period, divided by resolved (CEPEJ)."""
    resolved = len(closed_in(counted(cases), [one.kind for one in cases], first, last))
    days = (last - first).days + 1
    return f"{rounded(Fraction(len(pending(cases, last)) * days, resolved), 1)} 天" if resolved else NOTHING


def pending_over_12_months(cases: Sequence[Plain], first: date, last: date) -> str:
    """Open longer than twelve months (365 days, as the definition says) since the dispute was first filed."""
    there = pending(cases, last)
    return share(sum((last - one.original).days > 365 for one in there), len(there))


def median_days(cases: Sequence[Plain], first: date, last: date) -> str:
    closed = closed_in(counted(cases), [one.kind for one in cases], first, last)
    days = [(one.closed - one.filed).days for one in closed if one.closed]
    return f"{rounded(Fraction(statistics.median(days)), 1)} 天" if days else NOTHING


def mediation_rate(cases: Sequence[Plain], first: date, last: date) -> str:
    closed = closed_in(cases, ["民事一审"], first, last)
    settled = [one for one in closed if one.outcome in ("调解", "准许撤诉", "按撤诉处理")]
    return share(len(settled), len(closed))


def summary_rate(cases: Sequence[Plain], first: date, last: date) -> str:
    closed = closed_in(cases, FIRST_INSTANCE, first, last)
    return share(sum(one.procedure in ("简易程序", "小额诉讼程序") for one in closed), len(closed))


def appeal_transfer_days(cases: Sequence[Plain], first: date, last: date) -> str:
    """Mean days from the appeal until the file is sent on, of those sent on in the period."""
    took = []
    for one in cases:
        sent, begun = one.first("移送上诉卷宗"), one.first("上诉")
        if one.kind in FIRST_INSTANCE and sent and begun and first <= sent <= last:
            took.append((sent - begun).days)
    return f"{rounded(Fraction(sum(took), len(took)), 1)} 天" if took else NOTHING


def first_reversed_rate(cases: Sequence[Plain], first: date, last: date) -> str:
    """Reversed or remanded on appeal in the period, of first-instance cases closed in it."""
    changed = [
        one
        for one in cases
        if one.appeal and one.appeal[0] in (*REVERSED, *REMANDED) and first <= one.appeal[1] <= last
    ]
    return share(len(changed), len(closed_in(cases, FIRST_INSTANCE, first, last)))


def correct_remand_ratio(cases: Sequence[Plain], first: date, last: date) -> str:
    decided = closed_in(cases, SECOND_INSTANCE, first, last)
    corrected = sum(one.outcome in REVERSED for one in decided)
    return share(corrected, sum(one.outcome in REMANDED for one in decided), "")


def ended_for_now_rate(cases: Sequence[Plain], first: date, last: date) -> str:
    closed = closed_in(cases, ["首次执行"], first, last)
    return share(sum(one.outcome == "终结本次执行程序" for one in closed), len(closed))


def extension_rate(cases: Sequence[Plain], first: date, last: date) -> str:
    closed = closed_in(cases, LIMITED, first, last)
    return share(sum(one.extensions > 0 for one in closed), len(closed))


def in_court_judgment_rate(cases: Sequence[Plain], first: date, last: date) -> str:
    """Pronounced in court, of first-instance cases closed by a judgment."""
    judged = [one for one in cases if one.kind in FIRST_INSTANCE and one.outcome == "判决"]
    at_once = [day for one in judged if (day := one.first("当庭宣判"))]
    there = sum(first <= day <= last for day in at_once)
    return share(there, len(closed_in(judged, FIRST_INSTANCE, first, last)))


BY_HAND = {
    one.__name__: one
    for one in (
        closing_evenness,
        disposition_time,
        pending_over_12_months,
        median_days,
        mediation_rate,
        summary_rate,
        appeal_transfer_days,
        first_reversed_rate,
        correct_remand_ratio,
        ended_for_now_rate,
        extension_rate,
        in_court_judgment_rate,
    )
}
