"""How a case of the demonstration comes to a standstill: it waits for weeks and goes on, or it is stayed.

A court stays what cannot go on, with a ruling, and its limit rests; what merely lies about is late by weeks,
not by years.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mingjing.imports.rows import ExclusionRow

SHARE = 0.15
"""How many of a hundred cases come to a standstill."""
BEFORE = ("开庭", "签发裁判文书", "财产调查完毕")
WEEKS = {"执行": (30, 120)}
SOME_WEEKS = (20, 100)
"""So many days a case lies about before somebody takes it up again."""
STAYED = {"民事": 0.6, "行政": 0.6, "刑事": 0.2, "执行": 0.0}
"""How many of a hundred standstills are stays."""
TAKEN_UP = 0.34
"""How many of a hundred stays ended lately without the case having gone on."""
REASONS = {
    "民事": (("中止诉讼期间", "中止诉讼裁定书"), ("鉴定期间", "司法鉴定委托书")),
    "行政": (("中止诉讼期间", "中止诉讼裁定书"), ("鉴定期间", "司法鉴定委托书")),
    "刑事": (("中止审理期间", "中止审理裁定书"),),
}
SHORT = ("速裁程序",)
"""Ten days: over before anything could be stayed."""
NO_APPRAISAL = ("小额诉讼程序", "二审程序")


@dataclass(frozen=True, slots=True)
class Stall:
    """Before which scene a case stands still; ``days`` later it goes on, None where it is stayed."""

    before: str
    days: int | None


def stall_of(random: Random, field: str, procedure: str, kinds: tuple[str, ...]) -> Stall | None:
    """The standstill of one case of a field, if it has one."""
    if random.random() > SHARE:
        return None
    if random.random() < STAYED[field] and procedure not in SHORT:
        return Stall("开庭", None)
    before = random.choice([kind for kind in kinds if kind in BEFORE])
    return Stall(before, random.randint(*WEEKS.get(field, SOME_WEEKS)))


def stay(random: Random, field: str, procedure: str, after: date, today: date) -> ExclusionRow | None:
    """The days that do not count because of a stay that began after ``after``; None before it begins."""
    kind, document = random.choice(REASONS[field])
    if procedure in NO_APPRAISAL:
        kind, document = REASONS[field][0]
    first = after + timedelta(days=random.randint(1, 6))
    ended = today - timedelta(days=random.randint(25, 95))
    taken_up = field != "刑事" and random.random() < TAKEN_UP and ended > first
    return ExclusionRow(kind, first, ended if taken_up else None, document) if first <= today else None
