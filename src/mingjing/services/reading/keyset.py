"""Pages of a long list: the rows behind a cursor, and a count that stops at a bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from mingjing.domain.reasons import Refusal

PAGE = 25
COUNT_LIMIT = 1000
Row = TypeVar("Row", bound=Model)


class BadFilter(Refusal):
    """A filter in the address does not exist."""

    code = "bad-filter"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; every field is a text. ``after`` is the cursor of the next page."""

    after: str = ""


Chosen = TypeVar("Chosen", bound=Filter)


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """One page of rows. ``count`` is exact up to COUNT_LIMIT; ``more`` says that there are beyond it."""

    rows: list[Row]
    count: int
    more: bool
    next_after: str


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


def bounded(rows: QuerySet[Row]) -> tuple[int, bool]:
    """How many rows there are, counted up to COUNT_LIMIT, and whether there are more."""
    counted = rows.order_by()[: COUNT_LIMIT + 1].count()
    return min(counted, COUNT_LIMIT), counted > COUNT_LIMIT


def listed(
    rows: QuerySet[Row], columns: Sequence[str], after: str, *, counted: tuple[int, bool] | None = None
) -> Listed[Row]:
    """One page of ``rows`` in the order of ``columns``, none of which may be empty."""
    count, more = bounded(rows) if counted is None else counted
    found = list(beyond(rows, columns, after).order_by(*columns)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = "~".join(str(getattr(last, name.lstrip("-"))) for name in columns) if last else ""
    return Listed(found[:PAGE], count, more, following)
