"""Sums over a period for a place, read from the cells; days that no cell keeps alone, from the shares."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from mingjing.domain.dates.periods import Period
from mingjing.services.figures.asked import Keys
from mingjing.services.figures.cells import (
    DAILY,
    FEW,
    Amount,
    Amounts,
    Given,
    Places,
    mark_of,
    read_amounts,
)
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import Cell, RecordShare, Share
from mingjing.storage.records.models import Record

COLUMN = {
    Cell.Axis.DEPARTMENT: "department_id",
    Cell.Axis.HANDLER: "handler_id",
    Cell.Axis.CAUSE: "cause",
    Cell.Axis.PROCEDURE: "procedure",
    Cell.Axis.KIND: "kind",
}
Month = tuple[date, str, str]
"""A cell: its first day, its flows and its stocks as text."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose cases and records: of these courts, and of these members of an axis (all, for that of courts).

    ``also`` are further axes with the one member a case must belong to; no cell keeps such a place.
    """

    courts: tuple[int, ...]
    axis: int = Cell.Axis.COURT
    members: tuple[str, ...] = ("",)
    also: tuple[tuple[int, str], ...] = ()

    def cells(self) -> QuerySet[Cell]:
        """The cells of the place, of every length."""
        return Cell.objects.filter(court_id__in=self.courts, axis=self.axis, member__in=self.members)

    def cases(self) -> QuerySet[Case]:
        """The cases of the place; of a team, those of its judge, some of which may be another team's."""
        rows = Case.objects.filter(court_id__in=self.courts)
        if self.axis != Cell.Axis.COURT:
            rows = rows.filter(_belongs(self.axis, self.members))
        for axis, member in self.also:
            rows = rows.filter(_belongs(axis, (member,)))
        return rows

    def holds(self, places: Places) -> bool:
        """Whether something that belongs to ``places`` belongs here; which court it is of is not asked."""
        asked: list[tuple[int, Sequence[str]]] = [(axis, (member,)) for axis, member in self.also]
        if self.axis != Cell.Axis.COURT:
            asked.append((self.axis, self.members))
        return all((places[axis] if axis < len(places) else "") in members for axis, members in asked)

    def record_shares(self) -> QuerySet[RecordShare]:
        """The shares of the records of its courts; ``holds`` says which of them are of the place."""
        return RecordShare.objects.filter(record__court_id__in=self.courts).exclude(given__endswith=",[]]")


def _belongs(axis: int, members: tuple[str, ...]) -> Q:
    if axis == Cell.Axis.TEAM:
        teams = Record.objects.filter(pk__in=[int(one) for one in members if one.isdecimal()])
        return Q(handler_id__in=teams.values("holder_id"))
    column = COLUMN[Cell.Axis(axis)]
    if axis not in (Cell.Axis.DEPARTMENT, Cell.Axis.HANDLER):
        return Q((f"{column}__in", members))
    some = Q((f"{column}__in", [int(one) for one in members if one]))
    return some | Q((f"{column}__isnull", True)) if "" in members else some


@dataclass(frozen=True, slots=True)
class Sums:
    """By count key: what flowed within a period, what stood before it and at its end."""

    flows: Amounts
    opening: Amounts
    closing: Amounts

    @classmethod
    def none(cls) -> Sums:
        """Nothing yet."""
        return cls({}, {}, {})

    def add(self, more: Sums) -> None:
        """Add what was summed elsewhere."""
        for into, amounts in (
            (self.flows, more.flows),
            (self.opening, more.opening),
            (self.closing, more.closing),
        ):
            _merge(into, amounts)


def sums(place: Place, periods: Sequence[Period], *, today: date, only: Keys | None = None) -> list[Sums]:
    """The sums of every period: one query, a second one where a period begins or ends within a month.

    Nothing lies behind ``today``, so a running month counts as a whole one. ``only``: of these counts.
    """
    if place.also:
        return [sums_of_shares(place, period, only) for period in periods]
    read = Read.of(place, periods, today=today, only=only)
    if read is not None:
        return read.sums(periods, today=today, only=only)
    found = [Sums.none() for _ in periods]
    spans = [_Span.of(period, today) for period in periods]
    rows = _months(place, spans, only).values_list("first", "flows", "stocks")
    _add_months(rows, spans, found, only)
    _add_shares(place, spans, found, only)
    return found


@dataclass(frozen=True, slots=True)
class Read:
    """The cells that some periods of a place ask, as they stand: its sums follow from them alone."""

    months: tuple[Month, ...]
    days: tuple[Month, ...]

    @classmethod
    def of(
        cls, place: Place, periods: Sequence[Period], *, today: date, only: Keys | None = None
    ) -> Read | None:
        """One query, or two; None where shares would have to be asked as well."""
        if not all(kept_in_cells(place, period, today) for period in periods):
            return None
        spans = [_Span.of(period, today) for period in periods]
        columns = ("first", "flows", "stocks")
        months = tuple(_months(place, spans, only).values_list(*columns))
        apart = any(span.stretches for span in spans)
        return cls(months, tuple(_days(place, spans).values_list(*columns)) if apart else ())

    def sums(self, periods: Sequence[Period], *, today: date, only: Keys | None = None) -> list[Sums]:
        """The sums of the periods it was read for."""
        found = [Sums.none() for _ in periods]
        spans = [_Span.of(period, today) for period in periods]
        _add_months(self.months, spans, found, only)
        for day in self.days:
            _add_day(day, spans, found, only)
        return found

    @property
    def digest(self) -> bytes:
        """Differs wherever a cell does: months and days are told apart by number, texts by length."""
        found = hashlib.sha256(f"{len(self.months)}".encode())
        for first, flows, stocks in (*self.months, *self.days):
            found.update(f"{first} {len(flows)} {flows} {stocks}\n".encode())
        return found.digest()


def kept_in_cells(place: Place, period: Period, today: date) -> bool:
    """Whether ``sums`` asks cells alone of a place and a period, and no share."""
    return not place.also and (place.axis in DAILY or not _Span.of(period, today).stretches)


def sums_by_court(
    courts: Sequence[int], periods: Sequence[Period], *, today: date, only: Keys | None = None
) -> dict[int, list[Sums]]:
    """As ``sums``, of each of these courts by itself, in the same one or two queries."""
    found = {court: [Sums.none() for _ in periods] for court in courts}
    spans, everywhere = [_Span.of(period, today) for period in periods], Place(tuple(courts))
    months: dict[int, list[Month]] = {court: [] for court in courts}
    columns = ("court_id", "first", "flows", "stocks")
    for court, first, flows, stocks in _months(everywhere, spans, only).values_list(*columns):
        months[court].append((first, flows, stocks))
    for court, rows in months.items():
        _add_months(rows, spans, found[court], only)
    if any(span.stretches for span in spans):
        for court, day, flows, stocks in _days(everywhere, spans).values_list(*columns):
            _add_day((day, flows, stocks), spans, found[court], only)
    return found


def members(
    place: Place, axis: int, period: Period, *, today: date, only: Keys | None = None
) -> dict[str, Sums]:
    """The sums of a period for every member of an axis within ``place``; with ``only``, of these keys.

    Cells are asked where the place is a whole court, or members of the same axis, and the period whole
    months; shares otherwise.
    """
    span = _Span.of(period, today)
    if place.axis not in (Cell.Axis.COURT, axis) or place.also or span.stretches:
        return _from_shares(place, axis, period, only)
    found: dict[str, Sums] = {}
    cells = Cell.objects.filter(court_id__in=place.courts, axis=axis)
    own = place.cells() if place.axis == axis else cells
    rows = _narrowed(own, [span], only)
    for member, first, flows, stocks in rows.values_list("member", "first", "flows", "stocks"):
        sum_ = found.setdefault(member, Sums.none())
        if span.begin <= first < span.end:
            read_amounts(flows, sum_.flows, _flows(only))
        if first < span.opening.cut:
            read_amounts(stocks, sum_.opening, _stocks(only))
        if first < span.closing.cut:
            read_amounts(stocks, sum_.closing, _stocks(only))
    return found


@dataclass(frozen=True, slots=True)
class _Moment:
    """The end of a day as cells keep it: all months before ``cut`` and the days of ``rest``."""

    cut: date
    rest: tuple[date, date] | None

    @classmethod
    def of(cls, day: date, today: date) -> _Moment:
        whole = day >= today or (day + timedelta(days=1)).day == 1
        cut = _next_month(day) if whole else day.replace(day=1)
        return cls(cut, None if whole else (cut, day))


@dataclass(frozen=True, slots=True)
class _Span:
    """A period as cells keep it: months from ``begin`` to before ``end`` and the ``edges`` outside them."""

    begin: date
    end: date
    edges: tuple[tuple[date, date], ...]
    opening: _Moment
    closing: _Moment

    @classmethod
    def of(cls, period: Period, today: date) -> _Span:
        opening = _Moment.of(period.first - timedelta(days=1), today)
        closing = _Moment.of(period.last, today)
        begin = period.first if period.first.day == 1 else _next_month(period.first)
        if begin >= closing.cut:
            return cls(begin, begin, ((period.first, period.last),), opening, closing)
        head = ((period.first, begin - timedelta(days=1)),) if period.first < begin else ()
        tail = (closing.rest,) if closing.rest else ()
        return cls(begin, closing.cut, (*head, *tail), opening, closing)

    @property
    def until(self) -> date:
        """The first month that is of no interest."""
        return max(self.end, self.opening.cut, self.closing.cut)

    @property
    def stretches(self) -> list[tuple[date, date]]:
        """Every stretch of days no month covers."""
        return [one for one in (*self.edges, self.opening.rest, self.closing.rest) if one]


def _flows(only: Keys | None) -> frozenset[str] | None:
    return None if only is None else only.flows


def _stocks(only: Keys | None) -> frozenset[str] | None:
    return None if only is None else only.stocks


def _months(place: Place, spans: Sequence[_Span], only: Keys | None) -> QuerySet[Cell]:
    """The months of a place that ``spans`` ask for, oldest first."""
    return _narrowed(place.cells(), spans, only).order_by("first")


def _narrowed(cells: QuerySet[Cell], spans: Sequence[_Span], only: Keys | None) -> QuerySet[Cell]:
    """The months among ``cells``; what flows is of no interest before the first period begins."""
    rows = cells.filter(grain=Cell.Grain.MONTH, first__lt=max(span.until for span in spans))
    if only is None or only.stocks:
        return rows
    return rows.filter(first__gte=min(span.begin for span in spans))


def _add_months(
    rows: Iterable[Month], spans: Sequence[_Span], found: Sequence[Sums], only: Keys | None
) -> None:
    """Add whole months. Stocks are one running sum, taken where a period begins and where it ends."""
    standing: Amounts = {}
    wanted = [(span.opening.cut, sum_.opening) for span, sum_ in zip(spans, found, strict=True)]
    wanted += [(span.closing.cut, sum_.closing) for span, sum_ in zip(spans, found, strict=True)]
    ends = deque(sorted(wanted, key=lambda one: one[0]))
    for first, flows, stocks in rows:
        while ends and ends[0][0] <= first:
            _merge(ends.popleft()[1], standing)
        read_amounts(stocks, standing, _stocks(only))
        into = [sum_.flows for span, sum_ in zip(spans, found, strict=True) if span.begin <= first < span.end]
        if into:
            month: Amounts = {}
            read_amounts(flows, month, _flows(only))
            for flow in into:
                _merge(flow, month)
    for _, stood in ends:
        _merge(stood, standing)


def _merge(into: Amounts, more: Amounts) -> None:
    for key, amount in more.items():
        into.setdefault(key, Amount()).merge(amount)


def _days(place: Place, spans: Sequence[_Span]) -> QuerySet[Cell]:
    """The days of a place outside the whole months of ``spans``."""
    low, high = _outside(spans)
    return place.cells().filter(grain=Cell.Grain.DAY, first__gte=low, first__lte=high)


def _outside(spans: Sequence[_Span]) -> tuple[date, date]:
    """The first and the last day outside whole months."""
    stretches = [one for span in spans for one in span.stretches]
    return min(first for first, _ in stretches), max(last for _, last in stretches)


def _add_shares(place: Place, spans: Sequence[_Span], found: Sequence[Sums], only: Keys | None) -> None:
    """Add the days outside whole months from every share, where no cell keeps days."""
    low, high = _outside(spans)
    for given in _shares(place, only):
        for part in given.parts:
            if low <= part.day <= high:
                for span, sum_ in zip(spans, found, strict=True):
                    reached = _stocks_at if part.stock else _flows_at
                    for into in reached(span, sum_, part.day):
                        into.setdefault(part.key, Amount()).add(part)


def _add_day(row: Month, spans: Sequence[_Span], found: Sequence[Sums], only: Keys | None) -> None:
    """Add one day to every period that it lies in."""
    day, flows, stocks = row
    for span, sum_ in zip(spans, found, strict=True):
        for into in _flows_at(span, sum_, day):
            read_amounts(flows, into, _flows(only))
        for into in _stocks_at(span, sum_, day):
            read_amounts(stocks, into, _stocks(only))


def _flows_at(span: _Span, sum_: Sums, day: date) -> list[Amounts]:
    return [sum_.flows] if any(first <= day <= last for first, last in span.edges) else []


def _stocks_at(span: _Span, sum_: Sums, day: date) -> list[Amounts]:
    pairs = ((span.opening.rest, sum_.opening), (span.closing.rest, sum_.closing))
    return [into for rest, into in pairs if rest and rest[0] <= day <= rest[1]]


def sums_of_shares(place: Place, period: Period, only: Keys | None = None) -> Sums:
    """The sums of a period from the share of every case of a place."""
    return _from_shares(place, Cell.Axis.COURT, period, only).get("", Sums.none())


def _from_shares(place: Place, axis: int, period: Period, only: Keys | None) -> dict[str, Sums]:
    found: dict[str, Sums] = {}
    for given in _shares(place, only, period):
        sum_ = found.setdefault(given.places[axis], Sums.none())
        for part in given.parts:
            if not part.stock:
                into = [sum_.flows] if period.first <= part.day <= period.last else []
            else:
                into = [sum_.opening] if part.day < period.first else []
                into += [sum_.closing] if part.day <= period.last else []
            for amounts in into:
                amounts.setdefault(part.key, Amount()).add(part)
    return found


def _shares(place: Place, only: Keys | None, period: Period | None = None) -> Iterable[Given]:
    """The shares of the cases and records of a place; of few keys, those alone that have a part of one, of
    what flows within ``period``."""
    marked = Q()
    if only is not None and 0 < len(only.all) <= FEW:
        for key in only.all:
            marked |= Q(given__contains=mark_of(key, period if key in only.flows else None))
    of_cases = Share.objects.filter(marked, case__in=place.cases()).values_list("given", flat=True)
    of_records = place.record_shares().filter(marked).values_list("given", flat=True)
    for rows in (of_cases, of_records):
        for text in rows.iterator(chunk_size=2000):
            given = Given.load_of(text, None if only is None else only.all)
            if place.holds(given.places):
                yield given


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
