"""Pages of a long list: the rows behind a cursor, and a count that stops at a bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection
from django.db.models import Model, Q, QuerySet, Value
from django.utils.functional import SimpleLazyObject

from mingjing.domain.reasons import Refusal

PAGE = 25
COUNT_LIMIT = 1000
Row = TypeVar("Row", bound=Model)
Shown = TypeVar("Shown")


class BadFilter(Refusal):
    """A filter in the address does not exist."""

    code = "bad-filter"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; every field is a text. The page begins behind the cursor ``after``, or ends before
    the cursor ``before``; with neither it is the first."""

    after: str = ""
    before: str = ""


Chosen = TypeVar("Chosen", bound=Filter)


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """One page of rows. ``count`` is exact up to COUNT_LIMIT; ``more`` says that there are beyond it.

    ``next_after`` and ``previous`` are the cursors of the pages around it, empty where there is none.
    """

    rows: list[Row]
    count: int
    more: bool
    next_after: str
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A sort: its columns, and the one that may be empty (rows without it come last, as a second run)."""

    columns: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Run(Generic[Row]):
    """Rows in an order none of whose columns is empty; a list is one run, or two where a key may miss."""

    rows: QuerySet[Row]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slice(Generic[Shown]):
    """The rows of one page and the cursors of the pages around it."""

    rows: list[Shown]
    next_after: str
    previous: str


Fetch = Callable[[QuerySet[Row], Sequence[str], int], list[Shown]]
"""The first rows of a query in the order of some columns, as the list shows them: with those columns."""
Together = Callable[[Sequence[Run[Row]], int], list[tuple[int, Shown]]]
"""The first rows of several runs, one run behind the other, each row with the place of its run."""


def read_filter(
    kind: type[Chosen], query: Mapping[str, str], allowed: Mapping[str, tuple[str, Iterable[str]]]
) -> Chosen:
    """A filter from a query string; empty values leave the default.

    ``allowed`` maps a field to its Chinese name and the values it may have; other fields are free text.

    Raises
    ------
    BadFilter   a value that is not one of those offered
    """
    given = {field.name: query.get(field.name, "").strip() for field in fields(kind)}
    for name, (what, words) in allowed.items():
        offered = list(words)
        if given[name] and given[name] not in offered:
            raise BadFilter(f"没有这样的{what}“{given[name]}”。", allowed=offered)
    return kind(**{name: value for name, value in given.items() if value})


def beyond(rows: QuerySet[Row], columns: Sequence[str], after: str) -> QuerySet[Row]:
    """Rows behind the cursor ``after``, by the usual row comparison.

    Raises
    ------
    BadFilter   the cursor is not one of this list
    """
    if not after:
        return rows
    values = after.split("~")
    if len(values) != len(columns):
        raise BadFilter("翻页位置看不懂，请从第一页重新翻。")
    condition, equal = Q(), Q()
    for name, value in zip(columns, values, strict=True):
        step = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name.lstrip('-')}__{step}": value})
        equal &= Q(**{name.lstrip("-"): value})
    first = columns[0]
    bound = Q((f"{first.lstrip('-')}__{'lte' if first.startswith('-') else 'gte'}", values[0]))
    try:
        # the bound repeats the condition so that an index can start there
        return rows.filter(bound, condition)
    except (ValueError, ValidationError):
        raise BadFilter("翻页位置看不懂，请从第一页重新翻。") from None


def counted(
    parts: Mapping[str, QuerySet[Any]], names: QuerySet[Any] | None = None, limit: int = COUNT_LIMIT
) -> tuple[dict[str, int], tuple[str, ...]]:
    """How many rows each part has, each counted up to ``limit`` + 1, and the names of ``names``
    (rows with ``name`` and ``order``) in their order: one statement for all of it."""
    sql, values = counting(parts, names, limit)
    if not sql:
        return dict.fromkeys(parts, 0), ()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found, named = told(cursor.fetchall())
    return {**dict.fromkeys(parts, 0), **found}, named


def counting(
    parts: Mapping[str, QuerySet[Any]], names: QuerySet[Any] | None = None, limit: int = COUNT_LIMIT
) -> tuple[str, list[Any]]:
    """The statement of ``counted`` with its values; no text where nothing can match."""
    pieces: list[str] = []
    values: list[Any] = []
    for name, rows in parts.items():
        try:
            sql, params = rows.order_by().values("pk")[: limit + 1].query.sql_with_params()
        except EmptyResultSet:  # nothing can match: the database need not be asked
            continue
        pieces.append(f"SELECT 0, CAST(%s AS varchar(120)), COUNT(*) FROM ({sql}) counted")  # noqa: S608
        values += [name, *params]
    if names is not None:
        sql, params = names.order_by().values_list(Value(1), "name", "order").query.sql_with_params()
        pieces.append(sql)
        values += params
    return " UNION ALL ".join(pieces), values


def told(rows: Iterable[Sequence[Any]]) -> tuple[dict[str, int], tuple[str, ...]]:
    """What the rows of ``counting`` say: how many of each part that was asked for, and the names."""
    found: dict[str, int] = {}
    named: list[tuple[int, str]] = []
    for what, name, number in rows:
        if what:
            named.append((number, name))
        else:
            found[name] = number
    return found, tuple(name for _, name in sorted(named))


def bounded(rows: QuerySet[Row]) -> tuple[int, bool]:
    """How many rows there are, counted up to COUNT_LIMIT, and whether there are more."""
    counted = rows.order_by()[: COUNT_LIMIT + 1].count()
    return min(counted, COUNT_LIMIT), counted > COUNT_LIMIT


def turned(columns: Sequence[str]) -> tuple[str, ...]:
    """The same columns, read from the end."""
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in columns)


def fetched(rows: QuerySet[Row], columns: Sequence[str], amount: int) -> list[Row]:
    """The first ``amount`` rows in the order of ``columns``."""
    return list(rows.order_by(*columns)[:amount])


def sliced(
    runs: Sequence[Run[Row]],
    size: int,
    *,
    after: str,
    before: str,
    fetch: Fetch[Row, Shown],
    together: Together[Row, Shown] | None = None,
) -> Slice[Shown]:
    """The page of ``size`` rows behind ``after`` or ending before ``before``. A page that would reach over
    the beginning is the first page. One statement for each run it touches, or one for all ``together``.

    Raises
    ------
    BadFilter   the cursor is not one of this list
    """
    if before and not after:
        back = [Run(run.rows, turned(run.columns)) for run in reversed(runs)]
        last = len(runs) - 1 - _run_of(before, runs)
        found = _walk(back, last, before.lstrip("~"), size + 1, fetch, together)
        if len(found) > size:
            shown = [(len(runs) - 1 - run, row) for run, row in reversed(found[:size])]
            return Slice([row for _, row in shown], _cursor(runs, *shown[-1]), _cursor(runs, *shown[0]))
        after = ""
    found = _walk(runs, _run_of(after, runs), after.lstrip("~"), size + 1, fetch, together)
    shown = found[:size]
    following = _cursor(runs, *shown[-1]) if len(found) > size else ""
    return Slice([row for _, row in shown], following, _cursor(runs, *shown[0]) if after and shown else "")


def _run_of(cursor: str, runs: Sequence[Run[Row]]) -> int:
    """Which run a cursor stands in: as many ``~`` as runs lie before it."""
    return min(len(cursor) - len(cursor.lstrip("~")), len(runs) - 1)


def _walk(
    runs: Sequence[Run[Row]],
    start: int,
    cursor: str,
    amount: int,
    fetch: Fetch[Row, Shown],
    together: Together[Row, Shown] | None,
) -> list[tuple[int, Shown]]:
    """Up to ``amount`` rows from a cursor of the run ``start`` on, each with its run."""
    left = list(runs[start:])
    if cursor:
        rows, columns = left[0].rows, left[0].columns
        # composed when it is asked for: a fetch that keeps its statements may have it already
        left[0] = Run(cast(QuerySet[Row], SimpleLazyObject(lambda: beyond(rows, columns, cursor))), columns)
    if together is not None and len(left) > 1:
        return [(start + place, row) for place, row in together(left, amount)]
    found: list[tuple[int, Shown]] = []
    for place, run in enumerate(left):
        found += [(start + place, row) for row in fetch(run.rows, run.columns, amount - len(found))]
        if len(found) >= amount:
            break
    return found


def _cursor(runs: Sequence[Run[Row]], number: int, row: object) -> str:
    """The sort key of a row, behind as many ``~`` as runs lie before its own."""
    columns = runs[number].columns
    return "~" * number + "~".join(str(getattr(row, name.lstrip("-"))) for name in columns)


def listed(
    rows: QuerySet[Row],
    columns: Sequence[str],
    chosen: Filter,
    *,
    count_known: tuple[int, bool] | None = None,
) -> Listed[Row]:
    """One page of ``rows`` in the order of ``columns``, none of which may be empty."""
    count, more = bounded(rows) if count_known is None else count_known
    page = sliced([Run(rows, tuple(columns))], PAGE, after=chosen.after, before=chosen.before, fetch=fetched)
    return Listed(page.rows, count, more, page.next_after, page.previous)
