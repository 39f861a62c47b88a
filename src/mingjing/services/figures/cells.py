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
from typing import Any, NamedTuple

from mingjing.domain.dates.periods import Period
from mingjing.services.bulk_writing import insert, update
from mingjing.services.figures.adding import added_up
from mingjing.storage.indicators.models import Cell

AXES = tuple(Cell.Axis)
DAILY = (Cell.Axis.COURT, Cell.Axis.DEPARTMENT)
"""The axes whose days are kept one by one; of the others a month is the shortest."""
NOTHING = "{}"
"""The text of a cell without amounts."""
TOGETHER = 400
"""Members looked up in one statement."""
FEW = 40
"""So many keys are looked up one by one in the text of a cell; for more it is read whole."""
DECODER = json.JSONDecoder()
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
        places = json.dumps(self.places, ensure_ascii=False, separators=(",", ":"))
        parts = [
            f'["{key}","{day}",{int(stock)},{n},{missing},{total},"{value}"]'
            for key, day, stock, n, missing, total, value in self.parts
        ]
        return f"[{places},[{','.join(parts)}]]"

    @classmethod
    def load(cls, text: str) -> Given:
        """From the text of ``dump``."""
        return cls.load_of(text, None)

    @classmethod
    def load_of(cls, text: str, only: Collection[str] | None) -> Given:
        """From the text of ``dump``, the parts of some keys (all where None)."""
        if only is not None and len(only) <= FEW:
            places, end = DECODER.raw_decode(text, 1)
            parts = [part for key in only for part in _parts_in(text, key, end)]
        else:
            places, parts = json.loads(text)
        read = (
            Part(key, date.fromisoformat(day), bool(stock), *rest)
            for key, day, stock, *rest in parts
            if only is None or key in only
        )
        return cls(tuple(places), tuple(read))


def mark_of(key: str, period: Period | None = None) -> str:
    """What stands in the text of every share that has a part of a key, of a flow on a day of ``period``, and
    in few others: the database looks for it, so that the rest need not be read."""
    begin = f'["{key}",'
    if period is None:
        return begin
    first, last = str(period.first), str(period.last)
    alike = next((first[:end] for end in (len("2024-03-"), len("2024-")) if first[:end] == last[:end]), "")
    return f'{begin}"{alike}'


def _parts_in(text: str, key: str, start: int) -> Iterator[list[Any]]:
    """The parts of one key within the text of a share, the rest of it not read."""
    begin = f'["{key}",'
    while (at := text.find(begin, start)) >= 0:
        part, start = DECODER.raw_decode(text, at)
        yield part


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
Pieces = list[str]
"""What is to be added to a cell, count by count: the JSON of a key and of its ``Amount.dump``."""
EMPTY: tuple[Pieces, Pieces] = ([], [])


class Changes:
    """Differences gathered over many cases of one court, written to its cells at once.

    Parts are only noted, each once; what they come to in every cell is added up in one go when written.
    """

    def __init__(self, court_id: int) -> None:
        self.court_id = court_id
        self._cells: dict[Place, int] = {}
        self._reached: list[tuple[int, ...]] = []
        self._days: dict[Places, dict[date, int]] = {}
        self._keys: dict[tuple[str, bool], int] = {}
        self._parts: list[tuple[int, int, int, int, int]] = []
        self._values: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)

    def replace(self, before: Given | None, after: Given) -> bool:
        """Take back what a case gave before and add what it gives now; whether there is a difference."""
        if before == after:
            return False
        if before is not None:
            self._put(before, -1)
        self._put(after, 1)
        return True

    def _put(self, given: Given, sign: int) -> None:
        keys, places = self._keys, given.places
        days = self._days.setdefault(places, {})
        for key, day, stock, n, missing, total, value in given.parts:
            at = days.get(day)
            if at is None:
                at = days[day] = self._reach(places, day)
            number = keys.setdefault((key, stock), len(keys))
            self._parts.append((at, number, sign * n, sign * missing, sign * total))
            if value:
                for cell in self._reached[at]:
                    counted = self._values[cell, number]
                    counted[value] = counted.get(value, 0) + sign * n

    def _reach(self, places: Places, day: date) -> int:
        """A number for the cells that parts of a day reach."""
        cells = self._cells
        found = tuple(cells.setdefault(place, len(cells)) for place in _cells_of(places, day))
        self._reached.append(found)
        return len(self._reached) - 1

    def write(self) -> int:
        """Write the cells that differ; how many. The caller's transaction commits them."""
        wanted = self._added_up()
        stored = {place: (pk, flows, stocks) for place, pk, flows, stocks in self._stored(wanted)}
        fresh, changed = [], []
        for place, (more_flows, more_stocks) in wanted.items():
            pk, flows, stocks = stored.get(place, (None, NOTHING, NOTHING))
            texts = _added(flows, more_flows), _added(stocks, more_stocks)
            if pk is None:
                axis, grain, member, first = place
                fresh.append((self.court_id, axis, grain, member, first, *texts))
            else:
                changed.append((*texts, pk))
        insert(Cell, ("court_id", "axis", "grain", "member", "first", "flows", "stocks"), fresh)
        update(Cell, ("flows", "stocks"), changed)
        return len(fresh) + len(changed)

    def _added_up(self) -> dict[Place, tuple[Pieces, Pieces]]:
        """What flows and what stands is to be added to every cell that differs."""
        places, heads, valued = list(self._cells), [f'"{key}":[' for key, _ in self._keys], self._values
        stands = [stock for _, stock in self._keys]
        found: dict[Place, tuple[Pieces, Pieces]] = {}
        last, pair = -1, EMPTY
        for cell, number, n, missing, total in added_up(self._parts, self._reached, len(heads)):
            values = valued and {v: times for v, times in valued.get((cell, number), {}).items() if times}
            if values:
                text = f"{n},{missing},{total},{json.dumps(values)}]"
            elif total:
                text = f"{n},{missing},{total}]"
            elif missing:
                text = f"{n},{missing}]"
            elif n:
                text = f"{n}]"
            else:
                continue
            if cell != last:
                last, pair = cell, ([], [])
                found[places[cell]] = pair
            pair[stands[number]].append(heads[number] + text)
        return found

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


def _added(text: str, more: Pieces) -> str:
    """The amounts of a cell as text, with ``more`` added."""
    if not more:
        return text
    whole = f"{{{','.join(more)}}}"
    if text == NOTHING:
        return whole
    held: dict[str, object] = json.loads(text)
    for key, row in json.loads(whole).items():
        there = held.get(key)
        if not isinstance(there, list):
            held[key] = row
            continue
        if len(there) == 1 and len(row) == 1:  # rows alone, as nearly all are
            if left := there[0] + row[0]:
                there[0] = left
            else:
                del held[key]
            continue
        amount = Amount.load(there)
        amount.merge(Amount.load(row))
        if amount.empty:
            del held[key]
        else:
            held[key] = amount.dump()
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def read_amounts(text: str, into: Amounts, only: Collection[str] | None = None) -> None:
    """Add the amounts of a cell's text to ``into``; with ``only``, of those keys."""
    for key, row in _rows(text, only):
        held = into.get(key)
        if held is None:
            into[key] = Amount.load(row)
        else:
            held.merge(Amount.load(row))


def _rows(text: str, only: Collection[str] | None) -> Iterator[tuple[str, list[object]]]:
    """The amounts in a cell's text. A cell holds hundreds: a few are looked up in the text, where nothing but
    the key of a count stands before a list."""
    if only is None or len(only) > FEW:
        yield from ((key, row) for key, row in json.loads(text).items() if only is None or key in only)
        return
    for key in only:
        begin = f'"{key}":'
        place = text.find(f"{begin}[")
        if place >= 0:
            yield key, DECODER.raw_decode(text, place + len(begin))[0]
