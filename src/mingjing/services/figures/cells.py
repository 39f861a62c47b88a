"""Parts and cells: what a case gives to the counts, added to every place it belongs to, taken back unchanged.

A part is what one case (its events with it) or one record gives to one count on one day. Cells only ever see
differences between the parts given before and those given now, so counting a case twice changes nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mingjing.services.bulk_writing import insert, update
from mingjing.storage.indicators.models import Cell

AXES = tuple(Cell.Axis)
DAILY = (Cell.Axis.COURT, Cell.Axis.DEPARTMENT)
"""The axes whose days are kept one by one; of the others a month is the shortest."""
NOTHING = "{}"
"""The text of a cell without amounts."""
TOGETHER = 400
"""Members looked up in one statement."""
Places = tuple[str, ...]
"""The member of every axis a case belongs to, in the order of AXES; the court's own member is empty."""


class Part(NamedTuple):
    """What one case gives to one count: ``n`` rows on ``day``, of which ``missing`` lack an input.

    ``stock``: from that day on (``n`` is -1 where it ceases). ``total`` is what is summed (an integer in the
    count's smallest unit), ``value`` what enters a median or a percentile (as text), empty where neither.
    """

    key: str
    day: date
    stock: bool
    n: int
    missing: int
    total: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Everything one case gives: to which places, and which parts."""

    places: Places
    parts: tuple[Part, ...]

    def dump(self) -> str:
        """As text, for the table of shares."""
        parts = [[one.key, one.day.isoformat(), int(one.stock), *one[3:]] for one in self.parts]
        return json.dumps([list(self.places), parts], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, text: str) -> Given:
        """From the text of ``dump``."""
        return cls.load_of(text, None)

    @classmethod
    def load_of(cls, text: str, only: Collection[str] | None) -> Given:
        """From the text of ``dump``, the parts of some keys (all where None)."""
        places, parts = json.loads(text)
        read = (
            Part(key, date.fromisoformat(day), bool(stock), *rest)
            for key, day, stock, *rest in parts
            if only is None or key in only
        )
        return cls(tuple(places), tuple(read))


@dataclass(slots=True)
class Amount:
    """Rows, rows that lack an input, a sum, and how often each measured value occurs."""

    n: int = 0
    missing: int = 0
    total: int = 0
    values: dict[str, int] | None = None

    def add(self, part: Part, sign: int = 1) -> None:
        """Add one part, or with ``sign`` -1 take it back."""
        self.n += sign * part.n
        self.missing += sign * part.missing
        self.total += sign * part.total
        if part.value:
            self._count(part.value, sign * part.n)

    def merge(self, other: Amount) -> None:
        """Add what another amount holds."""
        self.n += other.n
        self.missing += other.missing
        self.total += other.total
        for value, times in (other.values or {}).items():
            self._count(value, times)

    def _count(self, value: str, times: int) -> None:
        if self.values is None:
            self.values = {}
        left = self.values.get(value, 0) + times
        if left:
            self.values[value] = left
        else:
            del self.values[value]

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return not (self.n or self.missing or self.total or self.values)

    def dump(self) -> list[object]:
        """As JSON: trailing noughts are left out."""
        row: list[object] = [self.n, self.missing, self.total, self.values or 0]
        while len(row) > 1 and not row[-1]:
            row.pop()
        return row

    @classmethod
    def load(cls, row: Sequence[object]) -> Amount:
        """From the list of ``dump``; its values are copied."""
        n, missing, total, values = (*row, 0, 0, 0)[:4] if len(row) < 4 else row
        counted = dict(values) if isinstance(values, dict) else None
        return cls(int(n), int(missing), int(total), counted)  # type: ignore[call-overload]


Amounts = dict[str, Amount]
Place = tuple[int, int, str, date]
"""Axis, grain, member, first day: which cell of a court."""


@dataclass(slots=True)
class Change:
    """What is to be added to one cell."""

    flows: Amounts
    stocks: Amounts


class Changes:
    """Differences gathered over many cases of one court, written to its cells at once."""

    def __init__(self, court_id: int) -> None:
        self.court_id = court_id
        self._of: defaultdict[Place, Change] = defaultdict(lambda: Change({}, {}))

    def replace(self, before: Given | None, after: Given) -> bool:
        """Take back what a case gave before and add what it gives now; whether there is a difference."""
        if before == after:
            return False
        if before is not None:
            self._put(before, -1)
        self._put(after, 1)
        return True

    def _put(self, given: Given, sign: int) -> None:
        on_day: dict[date, list[Change]] = {}
        for part in given.parts:
            changes = on_day.get(part.day)
            if changes is None:
                changes = [self._of[place] for place in _cells_of(given.places, part.day)]
                on_day[part.day] = changes
            for change in changes:
                amounts = change.stocks if part.stock else change.flows
                amount = amounts.get(part.key)
                if amount is None:
                    amount = amounts[part.key] = Amount()
                amount.add(part, sign)

    def write(self) -> int:
        """Write the cells that differ; how many. The caller's transaction commits them."""
        wanted = {
            place: change
            for place, change in self._of.items()
            if any(not one.empty for one in (*change.flows.values(), *change.stocks.values()))
        }
        stored = {place: (pk, flows, stocks) for place, pk, flows, stocks in self._stored(wanted)}
        fresh, changed = [], []
        for place, change in wanted.items():
            pk, flows, stocks = stored.get(place, (None, NOTHING, NOTHING))
            texts = _added(flows, change.flows), _added(stocks, change.stocks)
            if pk is None:
                axis, grain, member, first = place
                fresh.append((self.court_id, axis, grain, member, first, *texts))
            else:
                changed.append((*texts, pk))
        insert(Cell, ("court_id", "axis", "grain", "member", "first", "flows", "stocks"), fresh)
        update(Cell, ("flows", "stocks"), changed)
        return len(fresh) + len(changed)

    def _stored(self, wanted: Iterable[Place]) -> Iterator[tuple[Place, int, str, str]]:
        """The cells there are among ``wanted``: asked by axis and grain, members in portions."""
        asked: defaultdict[tuple[int, int], tuple[set[str], set[date]]] = defaultdict(lambda: (set(), set()))
        for axis, grain, member, first in wanted:
            members, firsts = asked[axis, grain]
            members.add(member)
            firsts.add(first)
        for (axis, grain), (members, firsts) in asked.items():
            listed = sorted(members)
            for start in range(0, len(listed), TOGETHER):
                rows = Cell.objects.filter(
                    court_id=self.court_id,
                    axis=axis,
                    grain=grain,
                    member__in=listed[start : start + TOGETHER],
                    first__gte=min(firsts),
                    first__lte=max(firsts),
                ).values_list("pk", "member", "first", "flows", "stocks")
                for pk, member, first, flows, stocks in rows.iterator(chunk_size=2000):
                    if first in firsts:
                        yield (axis, grain, member, first), pk, flows, stocks


def _cells_of(places: Places, day: date) -> Iterator[Place]:
    """Every cell a part of that day belongs to; who is in no team has no cell of that axis.

    A share written before an axis was there names fewer places, and is taken back from those alone.
    """
    month = day.replace(day=1)
    for axis, member in zip(AXES, places, strict=False):
        if member or axis != Cell.Axis.TEAM:
            yield axis, Cell.Grain.MONTH, member, month
    for axis in DAILY:
        yield axis, Cell.Grain.DAY, places[axis], day


def _added(text: str, change: Amounts) -> str:
    """The amounts of a cell as text, with ``change`` added."""
    if not change:
        return text
    if text == NOTHING:
        whole = {key: amount.dump() for key, amount in change.items() if not amount.empty}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    held: dict[str, object] = json.loads(text)
    for key, more in change.items():
        row = held.get(key)
        amount = Amount.load(row) if isinstance(row, list) else Amount()
        amount.merge(more)
        if amount.empty:
            held.pop(key, None)
        else:
            held[key] = amount.dump()
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def read_amounts(text: str, into: Amounts, only: Collection[str] | None = None) -> None:
    """Add the amounts of a cell's text to ``into``; with ``only``, of those keys."""
    for key, row in json.loads(text).items():
        if only is None or key in only:
            held = into.get(key)
            if held is None:
                into[key] = Amount.load(row)
            else:
                held.merge(Amount.load(row))
