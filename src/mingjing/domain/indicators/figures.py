"""From counts to a figure with its working; a denominator of zero is 无数据, never 0 % and never 100 %."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, localcontext
from fractions import Fraction

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import DAYS, Count, Indicator, MeasureKind
from mingjing.domain.indicators.evenness import evenness, named, whole_places
from mingjing.domain.indicators.tallying import PRECISION, Tallied, Tally
from mingjing.domain.reasons import Answer, Step, reference

RATIO = "比"
"""The unit of one count over another: its figure stands alone."""
NO_DATA = "无数据"
SCALES = {"%": Fraction(100), "‰": Fraction(1000), "万元": Fraction(1, 10_000), "亿元": Fraction(1, 10**8)}
"""Units → by what the plain value is multiplied."""


@dataclass(frozen=True)
class Figure:
    """A figure. ``value`` is in the indicator's unit, rounded half up, None for 无数据; ``exact`` is the
    value before rounding in that unit; ``missing`` how many rows could not be told."""

    value: Decimal | None
    text: str
    exact: Fraction | None
    missing: int
    period: Period
    parts: Mapping[str, Fraction | None] = field(default_factory=dict)


def figure(indicator: Indicator, tallied: Tallied) -> Answer[Figure]:
    """The figure with its steps, its caveats and the definition it follows."""
    period = tallied.period
    parts = amounts(indicator, tallied)
    days = Fraction((period.last - period.first).days + 1)
    plain = indicator.value.compute({**parts, DAYS: days})
    exact = None if plain is None else plain * SCALES.get(indicator.unit, 1)
    value = None if exact is None else rounded(exact, indicator.decimals)
    text = said(value, indicator.unit)
    missing = sum(one.missing for one in tallied.counts.values())
    steps = tuple(_part_step(one, parts[one.label], tallied) for one in indicator.parts)
    steps += tuple(_missing_steps(indicator, tallied))
    words = indicator.value.shown({})
    numbers = indicator.value.shown(
        {**{name: plain_number(one) for name, one in parts.items()}, DAYS: plain_number(days)}
    )
    steps += (Step(f"= {text}", f"{words} = {numbers}" if words != numbers else words, indicator.basis),)
    return Answer(
        Figure(value, text, exact, missing, period, parts),
        steps,
        reference(indicator.id, indicator.since, indicator.content_hash),
        indicator.questions,
        indicator.caveats,
    )


def untold(answer: Answer[Figure], reason: str) -> Answer[Figure]:
    """The same figure as 无数据, for a reason that lies outside of what was counted."""
    found = answer.value
    step = Step(NO_DATA, reason)
    empty = Figure(None, NO_DATA, None, found.missing, found.period, found.parts)
    return replace(answer, value=empty, steps=(*answer.steps[:-1], step))


def amounts(indicator: Indicator, tallied: Tallied) -> dict[str, Fraction | None]:
    """What every count comes to, by its label."""
    counts = tallied.counts
    return {one.label: amount(one, counts.get(one.label, Tally()), tallied.period) for one in indicator.parts}


def amount(count: Count, tally: Tally, period: Period) -> Fraction | None:
    """What a count comes to: rows, a sum, the value at its rank (None where there is no value), how evenly
    they fall upon the parts of the period (None for fewer than two whole parts, or no rows in them).

    The median of an even number of values is halfway between the two in the middle; every other rank is the
    smallest value that at least so many percent of the rows do not exceed.
    """
    if count.measure.kind is MeasureKind.ROWS:
        return Fraction(tally.rows)
    if count.measure.kind is MeasureKind.SUM:
        return Fraction(tally.total)
    if count.measure.each is not None:
        return evenness(count.measure.each, tally.spread, period)
    number = sum(tally.spread.values())
    if not number:
        return None
    if count.measure.rank == 50 and number % 2 == 0:
        return (_at(tally, number // 2) + _at(tally, number // 2 + 1)) / 2
    return _at(tally, -(-count.measure.rank * number // 100))


def _at(tally: Tally, place: int) -> Fraction:
    """The ``place``-th smallest value, from 1."""
    for value in sorted(tally.spread):
        place -= tally.spread[value]
        if place <= 0:
            return Fraction(value)
    raise ValueError("beyond the last value")


def rounded(exact: Fraction, decimals: int) -> Decimal:
    """An exact value with so many decimals, halves away from zero, as a statement of account does."""
    with localcontext(prec=PRECISION):
        sign = -1 if exact < 0 else 1
        whole = int(abs(exact) * Fraction(10) ** decimals + Fraction(1, 2))
        return Decimal(sign * whole).scaleb(-decimals)


def said(value: Decimal | None, unit: str) -> str:
    """``51.92%``, ``69.8 天``, ``1.22`` of a ratio, ``无数据``."""
    if value is None:
        return NO_DATA
    plain = value if value else abs(value)
    if unit == RATIO:
        return str(plain)
    return f"{plain}{unit}" if unit in ("%", "‰") else f"{plain} {unit}".rstrip()


def plain_number(value: Fraction | None) -> str:
    """A count as a working writes it: every digit of a whole number, two decimals of any other."""
    if value is None:
        return NO_DATA
    return str(value.numerator) if value.denominator == 1 else str(rounded(value, 2))


def _part_step(count: Count, value: Fraction | None, tallied: Tallied) -> Step:
    if count.measure.each is not None:
        return _even_step(count, value, tallied)
    unit = " 件" if count.measure.kind is MeasureKind.ROWS else ""
    return Step(f"{plain_number(value)}{unit}" if value is not None else NO_DATA, count.label)


def _even_step(count: Count, value: Fraction | None, tallied: Tallied) -> Step:
    """How many fell upon each part, so that the curve stands beside the figure."""
    each, tally = count.measure.each, tallied.counts.get(count.label, Tally())
    assert each is not None
    places = whole_places(each, tallied.period)
    curve = "、".join(f"{named(each, at)} {tally.spread.get(Decimal(at), 0)} 件" for at in places)
    cut = sum(times for at, times in tally.spread.items() if int(at) not in places)
    words = f"{count.label}：1 - 各{each.value}件数的标准差 ÷ 平均，不低于 0；"
    words += curve or f"没有满一个{each.value}"
    words += f"；不满一个{each.value}的 {cut} 件不计入" if cut else ""
    return Step(NO_DATA if value is None else str(rounded(value, 4)), words)


def _missing_steps(indicator: Indicator, tallied: Tallied) -> list[Step]:
    return [
        Step(f"{found.missing} 件", f"{one.label}：缺数据，未计入" + _needs(one))
        for one in indicator.parts
        if (found := tallied.counts.get(one.label, Tally())).missing
    ]


def _needs(count: Count) -> str:
    return f"（要有：{'、'.join(count.needs)}）" if count.needs else ""
