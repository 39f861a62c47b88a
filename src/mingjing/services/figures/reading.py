"""Figures as pages show them: value, year on year, own history, range; groups in the order of the house."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from mingjing.domain.dates.periods import Every, Period, period_of
from mingjing.domain.indicators.counts import DAYS, Indicator
from mingjing.domain.indicators.figures import SCALES, Figure, amounts, figure, rounded
from mingjing.domain.indicators.growth import growth, points, year_before
from mingjing.domain.indicators.lights import Basis, Light
from mingjing.domain.indicators.limits import funnel_limits
from mingjing.domain.indicators.tallying import Tallied
from mingjing.domain.reasons import Answer
from mingjing.services.actors import Actor
from mingjing.services.figures.asked import Keys, indicators_on, kept_by_day, keys_of
from mingjing.services.figures.counting import tallied
from mingjing.services.figures.ranges import ranges_on, warns
from mingjing.services.figures.registered import Registered
from mingjing.services.figures.remembering import Remembered
from mingjing.services.figures.sight import Seen, in_order, names
from mingjing.services.figures.summing import Read, Sums, members, sums
from mingjing.storage.indicators.models import RecordTally, ReferenceRange
from mingjing.storage.indicators.models import Tally as Progress

MONTHS = 12
"""So many months a spark shows."""
COVERAGE = 0.998
"""How much of what chance alone does lies between the limits of a funnel: about three standard errors."""
BOARDS = 32
"""So many pages of lines are remembered; one of a hundred indicators takes half a megabyte."""
NOT_KEPT = "这个指标的条件每天都变，不能在本页逐日累计。"
NOT_READY = "正在按新的定义逐案累计，还没有数完。"


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a place in a period. ``answer`` is None where ``why_not`` says why there is none.

    ``lacking`` says what was never registered here, so that the answer is 无数据 and not nought.
    """

    indicator: Indicator
    answer: Answer[Figure] | None
    why_not: str = ""
    before: Figure | None = None
    change: str = ""
    months: tuple[tuple[str, float | None], ...] = ()
    range: ReferenceRange | None = None
    lacking: str = ""

    @property
    def light(self) -> Light | None:
        """The light its definition gives the figure; None where it has none or there is nothing to say."""
        if self.indicator.lights is None or self.answer is None or self.before is None:
            return None
        return self.indicator.lights.shown(self.answer.value.exact, self.before.exact)

    @property
    def outside(self) -> bool:
        """Whether the value lies outside the range the court entered."""
        value = self.answer.value.value if self.answer else None
        return value is not None and self.range is not None and beyond(value, self.range)

    @property
    def warned(self) -> bool:
        """Whether the value lies on the worse side of the warning line the court entered."""
        value = self.answer.value.value if self.answer else None
        line = self.range.warning if self.range is not None else None
        return value is not None and line is not None and warns(self.indicator, value, line)


@dataclass(frozen=True, slots=True)
class Group:
    """One member of an axis: its figure, and whether chance alone would not carry it so far."""

    member: str
    name: str
    figure: Figure
    number: int | None = None
    limits: tuple[Decimal, Decimal] | None = None
    outside: bool = False
    light: Light | None = None


_worked_out: Remembered[tuple[Line, ...]] = Remembered(BOARDS)


def beyond(value: Decimal, range_: ReferenceRange) -> bool:
    """Whether a value lies outside a range."""
    low, high = range_.low, range_.high
    return (low is not None and value < low) or (high is not None and value > high)


def months_to(day: date, number: int = MONTHS) -> list[Period]:
    """So many months up to the one of ``day``, oldest first; the last is cut to ``day``."""
    found = [period_of(Every.MONTH, day)]
    while len(found) < number:
        found.insert(0, period_of(Every.MONTH, found[0].first - timedelta(days=1)))
    last = found[-1]
    return [*found[:-1], Period(last.first, min(last.last, day), last.code, last.label)]


def board(actor: Actor, seen: Seen, period: Period, wanted: Iterable[str] | None = None) -> list[Line]:
    """Every indicator in force at the end of ``period`` for a place; ``wanted`` are the ids of a choice."""
    asked = [*months_to(period.last), year_before(period), period]
    ready, ranges = ready_keys(seen), ranges_on(actor.court, period.last)
    chosen = None if wanted is None else set(wanted)
    listed = [one for one in indicators_on(actor.court, period.last) if chosen is None or one.id in chosen]
    known = Registered.of(actor.court, seen.place.courts, listed)
    lines = _lines(_Asked(seen, tuple(asked), actor.on, listed, ready, known))
    return [replace(one, range=ranges.get(one.indicator.id)) for one in lines]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the lines of a page follow from, beside the cells."""

    seen: Seen
    periods: tuple[Period, ...]
    on: date
    listed: Sequence[Indicator]
    ready: frozenset[str]
    known: Registered

    def lines(self, found: Sequence[Sums]) -> tuple[Line, ...]:
        """A line for every indicator."""
        return tuple(_line(one, self.periods, found, self.ready, self.known) for one in self.listed)


def _lines(asked: _Asked) -> tuple[Line, ...]:
    """The cells are read each time; what follows from them is worked out where they, or the rest, differ."""
    place, on, only = asked.seen.place, asked.on, Keys.of(asked.listed)
    read = Read.of(place, asked.periods, today=on, only=only)
    if read is None:
        return asked.lines(sums(place, asked.periods, today=on, only=only))
    shelf, registered = id(asked.known.shelf), (asked.known.days, asked.known.registers)
    key = (
        *(asked.periods, on, asked.ready, shelf, registered),
        *(tuple(map(id, asked.listed)), read.digest),
    )
    held = (*asked.listed, asked.known.shelf)
    return _worked_out.get(key, held, lambda: asked.lines(read.sums(asked.periods, today=on, only=only)))


@dataclass(frozen=True, slots=True)
class Month:
    """The figure of one month."""

    period: Period
    value: Decimal | None
    text: str
    missing: int


@dataclass(frozen=True, slots=True)
class Close:
    """One indicator of a place looked at closely: its line, and the months before, oldest first."""

    line: Line
    months: tuple[Month, ...]


def closely(actor: Actor, seen: Seen, indicator_id: str, period: Period, months: int) -> Close | None:
    """One indicator as ``board`` gives it, with so many months; the cells are read once for both. None
    where it is not in force at the end of ``period``."""
    indicator = next((one for one in indicators_on(actor.court, period.last) if one.id == indicator_id), None)
    if indicator is None:
        return None
    asked = [*months_to(period.last, months), year_before(period), period]
    found = sums(seen.place, asked, today=actor.on, only=Keys.of([indicator]))
    known = Registered.of(actor.court, seen.place.courts, [indicator])
    lately = slice(-MONTHS - 2, None)
    line = _line(indicator, asked[lately], found[lately], ready_keys(seen), known)
    shown = (
        (one, known.figure(indicator, counted(indicator, one, sum_)).value)
        for one, sum_ in zip(asked[:-2], found[:-2], strict=True)
    )
    return Close(
        replace(line, range=ranges_on(actor.court, period.last).get(indicator.id)),
        tuple(Month(one, figure.value, figure.text, figure.missing) for one, figure in shown),
    )


def _line(
    indicator: Indicator,
    asked: Sequence[Period],
    found: Sequence[Sums],
    ready: frozenset[str],
    known: Registered,
) -> Line:
    why_not = not_shown(indicator, ready)
    if why_not:
        return Line(indicator, None, why_not)
    if lacking := known.lacking(indicator):
        answer = known.figure(indicator, counted(indicator, asked[-1], found[-1]))
        return Line(indicator, answer, lacking=lacking, before=answer.value)
    months = [
        value_of(indicator, counted(indicator, period, sum_))
        for period, sum_ in zip(asked[:-2], found[:-2], strict=True)
    ]
    answer = figure(indicator, counted(indicator, asked[-1], found[-1]))
    earlier = figure(indicator, counted(indicator, asked[-2], found[-2])).value
    history = tuple(
        (period.code, None if value is None else float(value))
        for period, value in zip(asked[:-2], months, strict=True)
    )
    return Line(indicator, answer, "", earlier, change_of(indicator, answer.value, earlier), history)


def counted(indicator: Indicator, period: Period, sum_: Sums) -> Tallied:
    """The counts of an indicator from the sums of a period."""
    return tallied(indicator, period, sum_.flows, sum_.opening, sum_.closing)


def value_of(indicator: Indicator, found: Tallied) -> Decimal | None:
    """The value alone, without the working."""
    period = found.period
    parts = amounts(indicator, found)
    parts[DAYS] = Fraction((period.last - period.first).days + 1)
    plain = indicator.value.compute(parts)
    return None if plain is None else rounded(plain * SCALES.get(indicator.unit, 1), indicator.decimals)


def change_of(indicator: Indicator, now: Figure, before: Figure) -> str:
    """Year on year as people say it: percentage points for a rate, percent for everything else."""
    if now.exact is None or before.exact is None:
        return ""
    if indicator.unit in ("%", "‰"):
        found = points(now.exact, before.exact)
        word = "个百分点" if indicator.unit == "%" else "个千分点"
        return f"{found:+} {word}"
    grown = growth(now.exact, before.exact)
    return f"{grown:+}%" if grown is not None else ""


def relative_change(now: Figure, before: Figure) -> str:
    """Growth in percent, empty where there is nothing to grow from."""
    if now.exact is None or before.exact is None:
        return ""
    grown = growth(now.exact, before.exact)
    return f"{grown:+}%" if grown is not None else ""


def ready_keys(seen: Seen) -> frozenset[str]:
    """The counts every case and every record of the place was read for."""
    return ready_in_all(ready_by_court(seen.place.courts).values())


@dataclass(frozen=True, slots=True)
class Ready:
    """The counts that every case of a court, and those that every record of it, was read for; ``begun``:
    both have been begun there."""

    of_cases: frozenset[str]
    of_records: frozenset[str]
    begun: bool

    @property
    def keys(self) -> frozenset[str]:
        """Both."""
        return self.of_cases | self.of_records if self.begun else frozenset()


def ready_by_court(courts: Collection[int]) -> dict[int, Ready]:
    """What was read at each of these courts, in two statements."""
    cases, records = (
        dict(table._default_manager.filter(pk__in=courts).values_list("pk", "ready"))
        for table in (Progress, RecordTally)
    )
    return {
        one: Ready(
            frozenset(cases.get(one, ())), frozenset(records.get(one, ())), one in cases and one in records
        )
        for one in courts
    }


def ready_in_all(courts: Iterable[Ready]) -> frozenset[str]:
    """The counts that were read at every one of these courts."""
    found = list(courts)
    whole = Ready(
        frozenset.intersection(*(one.of_cases for one in found)),
        frozenset.intersection(*(one.of_records for one in found)),
        all(one.begun for one in found),
    )
    return whole.keys


def not_shown(indicator: Indicator, ready: frozenset[str]) -> str:
    """Why an indicator has no figure here, empty where it has one."""
    if not kept_by_day(indicator):
        return NOT_KEPT
    return "" if set(keys_of(indicator).values()) <= ready else NOT_READY


def groups(actor: Actor, seen: Seen, indicator: Indicator, axis: int, period: Period) -> list[Group]:
    """The figure of every member of an axis, in the order of the organisation or of the names."""
    found = {
        member: counted(indicator, period, sum_)
        for member, sum_ in members(
            seen.place, axis, period, today=actor.on, only=Keys.of([indicator])
        ).items()
    }
    listed = {member: one for member, one in found.items() if any(tally for tally in one.counts.values())}
    told = names(axis, list(listed))
    known = Registered.of(actor.court, seen.place.courts, [indicator])
    centre = _centre(indicator, listed)
    rows = []
    for member in in_order(axis, list(listed)):
        shown = known.figure(indicator, listed[member]).value
        row = _group(indicator, member, told.get(member) or "（未填）", listed[member], shown, centre)
        rows.append(replace(row, light=_group_light(indicator, shown)))
    return rows


def _group_light(indicator: Indicator, shown: Figure) -> Light | None:
    """The light of one group; a comparison with the year before is made for the whole alone."""
    lights = indicator.lights
    return lights.shown(shown.exact, None) if lights is not None and lights.of is Basis.VALUE else None


def _centre(indicator: Indicator, found: Mapping[str, Tallied]) -> Fraction | None:
    """The rate of all together, where the indicator is so many out of so many."""
    if indicator.proportion is None:
        return None
    part, whole = indicator.proportion
    number = sum(one.counts[whole].rows for one in found.values())
    return Fraction(sum(one.counts[part].rows for one in found.values()), number) if number else None


def _group(
    indicator: Indicator, member: str, name: str, found: Tallied, shown: Figure, centre: Fraction | None
) -> Group:
    if indicator.proportion is None or centre is None:
        return Group(member, name, shown)
    part, whole = indicator.proportion
    number = found.counts[whole].rows
    if not number:
        return Group(member, name, shown, 0)
    low, high = funnel_limits(float(centre), number, COVERAGE)
    rate = found.counts[part].rows / number
    scale = SCALES.get(indicator.unit, 1)
    limits = rounded(Fraction(low) * scale, 2), rounded(Fraction(high) * scale, 2)
    return Group(member, name, shown, number, limits, rate < low - 1e-9 or rate > high + 1e-9)


def funnel_curve(rows: Sequence[Group], centre: float) -> list[tuple[int, float, float]]:
    """Limits in percent for growing numbers of cases, up to the greatest of the rows."""
    most = max((row.number or 0 for row in rows), default=0)
    places = sorted({max(1, round(most * step / 40)) for step in range(1, 41)})
    limits = ((n, funnel_limits(centre, n, COVERAGE)) for n in places if most)
    return [(n, 100 * low, 100 * high) for n, (low, high) in limits]
