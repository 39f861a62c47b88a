"""The three-coloured cards: from confirmed monthly rankings to blue, yellow and red, and out again.

One department's way is a walk over months with a small memory (``Standing``): the court's timeline, the
examples of a definition, and the backtest all take the same steps (``advance``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from fractions import Fraction

from mingjing.domain.assessments.ranking import edge, last_ones
from mingjing.domain.assessments.scoring import short
from mingjing.domain.dates.months import days_in_month
from mingjing.domain.reasons import Step


class CardColour(Enum):
    """A card, from the mildest."""

    BLUE = "蓝牌"
    YELLOW = "黄牌"
    RED = "红牌"


class Happening(Enum):
    """What happens to a card on a day."""

    GIVEN = "发牌"
    RENEWED = "续牌"
    ENDED = "结束"


class Year(Enum):
    """How 全年 is read: any four quarters on end, or the four quarters of one calendar year."""

    ROLLING = "连续四季"
    CALENDAR = "自然年"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    month: int

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, self.month, days_in_month(self.year, self.month))

    @property
    def quarter(self) -> Quarter:
        """The quarter it lies in."""
        return Quarter(self.year, (self.month + 2) // 3)

    @property
    def closes_quarter(self) -> bool:
        """Whether it is the last of its quarter."""
        return self.month % 3 == 0

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the calendar, ``number`` from 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"


def month_of(code: str) -> Month:
    """``2026-03`` as a month; raises ValueError for anything else."""
    year, _, month = code.partition("-")
    found = Month(int(year), int(month))
    if not 1 <= found.month <= 12:
        raise ValueError(code)
    return found


@dataclass(frozen=True, slots=True)
class CardRules:
    """The numbers of the machine.

    ``last`` places of a month count, ``share`` shrinks them in small courts; ``months`` on end give blue;
    ``yellow`` quarters with blue on end give yellow; ``red`` quarters with yellow on end, read as ``year``
    says, give red; ``clean`` quarters without blue, after a verified rectification, end yellow and red.
    """

    last: int = 3
    share: bool = False
    months: int = 2
    yellow: int = 2
    red: int = 4
    year: Year = Year.ROLLING
    clean: int = 1


@dataclass(frozen=True, slots=True)
class CardEvent:
    """A card given, renewed or ended, dated ``on``, with the quarter it belongs to and why."""

    colour: CardColour
    what: Happening
    on: date
    quarter: Quarter
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the machine remembers of one department.

    ``run``: months on end among the last. ``blues``: quarters on end with blue before this one; ``blue_now``:
    blue is dated in this quarter. ``blue_held``, ``yellow``, ``red``: that card is in force. ``yellows``:
    quarters on end that closed with yellow in force. ``clean``: quarters on end without blue. ``mended``: the
    rectification was verified since yellow was given.
    """

    run: int = 0
    blues: int = 0
    blue_now: bool = False
    blue_held: bool = False
    yellow: bool = False
    yellows: int = 0
    red: bool = False
    clean: int = 0
    mended: bool = False

    @property
    def card(self) -> CardColour | None:
        """The gravest card in force."""
        if self.red:
            return CardColour.RED
        if self.yellow:
            return CardColour.YELLOW
        return CardColour.BLUE if self.blue_held else None


@dataclass(frozen=True, slots=True)
class Declined:
    """A proposed card the party group did not confirm: it counts as never given. ``month`` is the month the
    card was dated in."""

    colour: CardColour
    month: Month


def advance(
    rules: CardRules, held: Standing, month: Month, *, hit: bool, declined: Collection[CardColour] = ()
) -> tuple[Standing, tuple[CardEvent, ...]]:
    """One month later: among the last (``hit``) or not. At the close of a quarter, yellow, red and exits."""
    run = held.run + 1 if hit else 0
    events: list[CardEvent] = []
    now = replace(held, run=run)
    if run >= rules.months and CardColour.BLUE not in declined:
        what = Happening.RENEWED if held.blue_held else Happening.GIVEN
        said = f"连续 {run} 个月在末位：到 {rules.months} 个月发蓝牌"
        if not held.blue_now:
            step = Step(str(month.last_day), said)
            events.append(CardEvent(CardColour.BLUE, what, month.last_day, month.quarter, (step,)))
        now = replace(now, blue_now=True, blue_held=True)
    if month.closes_quarter:
        now, closing = _close(rules, now, month, declined)
        events += closing
    return now, tuple(events)


def _close(
    rules: CardRules, held: Standing, month: Month, declined: Collection[CardColour]
) -> tuple[Standing, list[CardEvent]]:
    """The last day of a quarter, in this order: blue runs out, yellow comes or goes, red comes or goes."""
    on, quarter = month.last_day, month.quarter
    events: list[CardEvent] = []

    def say(colour: CardColour, what: Happening, words: str) -> None:
        events.append(CardEvent(colour, what, on, quarter, (Step(str(on), words),)))

    blues = held.blues + 1 if held.blue_now else 0
    clean = 0 if held.blue_now else held.clean + 1
    now = replace(held, blues=blues, clean=clean, blue_now=False)
    if held.blue_held and not held.blue_now:
        now = replace(now, blue_held=False)
        say(CardColour.BLUE, Happening.ENDED, f"{quarter}没有再发蓝牌，上一季的蓝牌结束")
    if now.yellow and now.mended and clean >= rules.clean:
        said = f"整改已经核实，{clean} 个季度没有蓝牌"
        if now.red:
            say(CardColour.RED, Happening.ENDED, said)
        say(CardColour.YELLOW, Happening.ENDED, said)
        now = replace(now, yellow=False, red=False, yellows=0, mended=False)
    elif not now.yellow and blues >= rules.yellow and CardColour.YELLOW not in declined:
        say(CardColour.YELLOW, Happening.GIVEN, f"连续 {blues} 个季度有蓝牌：到 {rules.yellow} 个季度发黄牌")
        now = replace(now, yellow=True, mended=False)
    if now.yellow:
        now = replace(now, yellows=now.yellows + 1)
        if not now.red and _is_red(rules, now, quarter) and CardColour.RED not in declined:
            span = (
                f"{quarter.year}年全年四个季度"
                if rules.year is Year.CALENDAR
                else f"连续 {now.yellows} 个季度"
            )
            say(CardColour.RED, Happening.GIVEN, f"{span}末黄牌都有效：发红牌")
            now = replace(now, red=True)
    return now, events


def _is_red(rules: CardRules, held: Standing, quarter: Quarter) -> bool:
    if rules.year is Year.CALENDAR:
        return quarter.number == 4 and held.yellows >= 4
    return held.yellows >= rules.red


def earliest(rules: CardRules, begin: Month) -> Mapping[CardColour, date | None]:
    """The day of the first card of each colour for a department that is among the last in every month from
    ``begin`` on and mends nothing: no card comes sooner. None where five years do not suffice."""
    found: dict[CardColour, date | None] = dict.fromkeys(CardColour)
    held, month = Standing(), begin
    for _ in range(60):
        held, events = advance(rules, held, month, hit=True)
        for event in events:
            found[event.colour] = found[event.colour] or event.on
        month = month.next
    return found


@dataclass(frozen=True, slots=True)
class Walk:
    """One department over the months known: its events in order, and where it stands after the last."""

    unit: int
    events: tuple[CardEvent, ...]
    standing: Standing
    hits: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What people decided: cards declined, days on which a rectification was verified, by department."""

    declined: Mapping[int, Collection[Declined]] = field(default_factory=dict)
    verified: Mapping[int, Collection[date]] = field(default_factory=dict)


NOTHING_DECIDED = Past()


def timeline(
    rules: CardRules,
    months: Mapping[Month, Mapping[int, Fraction]],
    past: Past = NOTHING_DECIDED,
) -> dict[int, Walk]:
    """Every department's cards from the confirmed totals of each month (``months``: month → department →
    total).

    A month without a ranking, and a month in which a department was not ranked, break what is consecutive;
    quarters still close. A department ranked for the first time begins with nothing.
    """
    if not months:
        return {}
    units = {unit for totals in months.values() for unit in totals}
    last = {month: last_ones(totals, rules.last, share=rules.share) for month, totals in months.items()}
    return {unit: _walk(rules, unit, months, last, past) for unit in sorted(units)}


def _walk(
    rules: CardRules,
    unit: int,
    months: Mapping[Month, Mapping[int, Fraction]],
    last: Mapping[Month, frozenset[int]],
    past: Past,
) -> Walk:
    verified = sorted(past.verified.get(unit, ()))
    declined = past.declined.get(unit, ())
    held, events, hits = Standing(), [], []
    since: date | None = None
    for month in _through(min(months), max(months)):
        hit = unit in last.get(month, ())
        if hit:
            hits.append(month)
        if held.yellow and since is not None and any(since < day <= month.last_day for day in verified):
            held = replace(held, mended=True)
        barred = [one.colour for one in declined if one.month == month]
        held, found = advance(rules, held, month, hit=hit, declined=barred)
        for event in found:
            if event.colour is CardColour.YELLOW and event.what is Happening.GIVEN:
                since = event.on
            events.append(_with_ranks(rules, unit, event, month, months))
    return Walk(unit, tuple(events), held, tuple(hits))


def _through(first: Month, last: Month) -> Sequence[Month]:
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return found


def _with_ranks(
    rules: CardRules,
    unit: int,
    event: CardEvent,
    month: Month,
    months: Mapping[Month, Mapping[int, Fraction]],
) -> CardEvent:
    """A blue card says on which totals it rests: its months, the places, how many stand lower."""
    if event.colour is not CardColour.BLUE or event.what is Happening.ENDED:
        return event
    known = sorted(one for one in months if one <= month)[-rules.months :]
    steps = [_rank_step(rules, unit, one, months[one]) for one in known]
    return replace(event, steps=(*steps, *event.steps))


def _rank_step(rules: CardRules, unit: int, month: Month, totals: Mapping[int, Fraction]) -> Step:
    own = totals[unit]
    lower = sum(other < own for other in totals.values())
    places = edge(len(totals), rules.last, share=rules.share)
    tied = sum(other == own for other in totals.values()) - 1
    same = f"，与 {tied} 个部门同分" if tied else ""
    below = f"{len(totals)} 个部门里低于它的有 {lower} 个，不到 {places} 个，在末位"
    return Step(short(own), f"{month}得 {short(own)} 分{same}：{below}")
