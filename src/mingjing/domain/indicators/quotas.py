"""How many cases a leader has to try: counted = own + min(panel, own), required = ceil(percent of a base)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mingjing.domain.indicators.figures import rounded
from mingjing.domain.reasons import Answer, Step, reference

MONTHS = 12


@dataclass(frozen=True)
class Quota:
    """``percents``: post → percent of the base. The base is the average number of cases that holders of the
    ``ordinary`` posts handled in the year. ``behind``: in a running year one may be so many short
    before it is said."""

    id: str
    label: str
    owner: str
    since: date
    percents: Mapping[str, int]
    ordinary: tuple[str, ...]
    behind: int = 0
    basis: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""

    def percent_of(self, posts: Iterable[str]) -> tuple[str, int] | None:
        """The post of a leader and its percent; of several posts the one named first in the definition."""
        held = set(posts)
        return next(((post, percent) for post, percent in self.percents.items() if post in held), None)


@dataclass(frozen=True, slots=True)
class Share:
    """What an ordinary judge handled, and in how many ``of`` the months looked at they held the post."""

    cases: int
    months: int = MONTHS
    of: int = MONTHS


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a leader stands; ``running`` while the year is not over, when the base still grows."""

    own: int
    panel: int
    counted: int
    required: int
    running: bool

    @property
    def met(self) -> bool:
        """Whether what is required by now is reached."""
        return self.counted >= self.required

    @property
    def short(self) -> int:
        """How many counted cases are missing by now."""
        return max(self.required - self.counted, 0)


def base_of(shares: Iterable[Share]) -> Fraction | None:
    """The average of the ordinary judges, each counting as the months they held the post; None for none."""
    listed = list(shares)
    posts = sum((Fraction(one.months, one.of) for one in listed), Fraction(0))
    return Fraction(sum(one.cases for one in listed)) / posts if posts else None


def required_of(base: Fraction, percent: int) -> int:
    """The least whole number that is not below so many percent of the base."""
    asked = base * percent / 100
    return -(-asked.numerator // asked.denominator)


def counted_of(own: int, panel: int) -> int:
    """Panel cases count, up to as many as the own: no leader is punished for sitting more often."""
    return own + min(panel, own)


def standing(
    quota: Quota, post: str, base: Fraction, own: int, panel: int, *, running: bool = False
) -> Answer[Standing]:
    """Where a leader of ``post`` stands, with the working."""
    percent = quota.percents[post]
    required, counted = required_of(base, percent), counted_of(own, panel)
    exact = rounded(base * percent / 100, 3)
    when = "今年以来" if running else "全年"
    steps = (
        Step(f"{_plain(base)} 件", f"普通员额法官{when}人均办结（{'、'.join(quota.ordinary)}）"),
        Step(
            f"{required} 件",
            f"应办：{post}按 {percent}%，{_plain(base)} × {percent}% = {exact:f}，不足一件按一件",
        ),
        Step(f"{own} 件", f"本人承办，{when}办结"),
        Step(f"{panel} 件", "参加合议庭审理，不含本人承办"),
        Step(f"{counted} 件", f"计入：本人 {own}，加合议最多与本人相同的 {min(panel, own)}", quota.basis),
    )
    return Answer(
        Standing(own, panel, counted, required, running),
        steps,
        reference(quota.id, quota.since, quota.content_hash),
        quota.questions,
    )


def state_of(quota: Quota, found: Standing) -> str:
    """In words: the result of a whole year, or how a running one goes."""
    if not found.running:
        return "已完成" if found.met else "未完成"
    return "进度落后" if found.short > quota.behind else "正常推进"


def _plain(value: Fraction) -> str:
    shown: Decimal = rounded(value, 2)
    return f"{shown.normalize():f}"
