"""Examples of an indicator: a period, a few rows, the figure with its unit, how many rows lack something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import Indicator, Population
from mingjing.domain.indicators.figures import figure
from mingjing.domain.indicators.growth import year_before
from mingjing.domain.indicators.lights import Light
from mingjing.domain.indicators.tallying import Table, tally

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf


def run_indicator(indicator: Indicator, example: Example, shelf: Shelf) -> Outcome:
    """Count the rows of the example, compute, compare what a person would read."""
    record = example.record
    period = record.get("period", Period)
    populations = {one.over: shelf.population(one.over) for one in indicator.parts if not one.among}
    first = record.text("over") or next(iter(populations))
    if period is None or any(one is None for one in populations.values()) or first not in populations:
        return Outcome(False, record.text("expect"), "统计范围不存在，算不出来")
    written = {one.text("over"): one for one in record.records("more")} | {first: record}
    tables = {
        over: Table(population, _rows(written[over].get("rows", tuple) or (), population))
        if over in written
        else Table(population, ())
        for over, population in populations.items()
        if population is not None
    }
    found = figure(indicator, tally(indicator, tables, period)).value
    missing, wanted = record.get("missing", int) or 0, record.get("light", Light)
    light = None
    if indicator.lights is not None and wanted is not None:
        before = figure(indicator, tally(indicator, tables, year_before(period))).value
        light = indicator.lights.shown(found.exact, before.exact)
    return Outcome(
        (found.text, found.missing, light) == (record.text("expect"), missing, wanted),
        _said(record.text("expect"), missing, wanted),
        _said(found.text, found.missing, light),
    )


def _said(text: str, missing: int, light: Light | None) -> str:
    said = f"{text}，{light.value}" if light else text
    return f"{said}，缺数据 {missing} 件" if missing else said


def _rows(rows: tuple[object, ...], population: Population) -> list[Mapping[str, object]]:
    texts = [row for row in rows if isinstance(row, dict)]
    return [
        {name: read_cell(text, population.kinds.get(name, Kind.TEXT)) for name, text in row.items()}
        for row in texts
    ]


def read_cell(text: str, kind: Kind) -> object:
    """A cell of an example as its kind; the text itself where it cannot be one."""
    if kind is Kind.DAY:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if kind in (Kind.NUMBER, Kind.MONEY):
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    if kind is Kind.FLAG and text in ("是", "否"):
        return text == "是"
    return text
