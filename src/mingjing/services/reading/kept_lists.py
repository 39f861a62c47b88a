"""Lists whose statements are kept: a page of rows and the numbers above it, composed once for everybody who
looks in the same way."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from django.db.models import Case, Model, Q, QuerySet, When
from django.utils.functional import SimpleLazyObject

from mingjing.services.actors import Actor
from mingjing.services.asking import anybody, count_for, objects_for, sums_for
from mingjing.services.reading.keyset import COUNT_LIMIT, PAGE, Filter, Listed, Run, sliced


@dataclass(frozen=True, slots=True)
class Summed:
    """How many rows a list has (``counted``: up to a bound, and whether there are more), and how many of them
    meet each of some tests."""

    counted: tuple[int, bool]
    of: Mapping[str, int]


Row = TypeVar("Row", bound=Model)
Compose = Callable[[Actor], QuerySet[Row]]
"""The rows an actor sees under a filter, in no order; see ``asking.rows_for`` for what it may depend on."""
Shown = Callable[[QuerySet[Row]], QuerySet[Row]]
"""Rows with what the page shows beside them."""


def listed_for(
    actor: Actor,
    name: Hashable,
    chosen: Filter,
    compose: Compose[Row],
    columns: Sequence[str],
    shown: Shown[Row],
    *,
    count_known: tuple[int, bool] | None = None,
) -> Listed[Row]:
    """As ``keyset.listed``, of ``compose(actor)``; ``name`` and ``chosen`` name the query.

    The rows of the page are found by identity first: what is ``shown`` beside them is fetched for a page of
    rows, not for all that match.
    """
    count, more = count_known or _bounded(actor, name, chosen, compose)

    def fetch(rows: QuerySet[Row], columns: Sequence[str], amount: int) -> list[Row]:
        def first(_: Actor) -> QuerySet[Row]:
            wanted = rows.order_by(*columns).values("pk")[:amount]
            return shown(rows.model._default_manager.filter(pk__in=wanted)).order_by(*columns)

        return objects_for(actor, (name, chosen, tuple(columns), amount), first)

    # composed only where no statement of this shape is kept
    rows = cast(QuerySet[Row], SimpleLazyObject(lambda: compose(anybody(actor))))
    page = sliced([Run(rows, tuple(columns))], PAGE, after=chosen.after, before=chosen.before, fetch=fetch)
    return Listed(page.rows, count, more, page.next_after, page.previous)


def summed_for(
    actor: Actor,
    name: Hashable,
    chosen: Filter,
    compose: Compose[Row],
    tests: Mapping[str, Q],
    most: int | None = None,
) -> Summed:
    """How many rows there are, counted up to ``most`` where it is given, and how many of those counted meet
    each of ``tests``, which may depend on nothing but ``name``, ``chosen`` and the actor's day."""

    def marked(anyone: Actor) -> QuerySet[Any, Any]:
        marks = {mark: Case(When(test, then=1), default=0) for mark, test in tests.items()}
        rows: QuerySet[Any, Any] = compose(anyone).order_by().annotate(**marks).values_list(*marks)
        return rows if most is None else rows[: most + 1]

    number, sums = sums_for(actor, (name, _anywhere(chosen), most), marked)
    known = number if most is None else min(number, most)
    return Summed((known, number > known), {mark: sums.get(mark, 0) for mark in tests})


def _bounded(actor: Actor, name: Hashable, chosen: Filter, compose: Compose[Row]) -> tuple[int, bool]:
    """As ``keyset.bounded``."""
    counted = count_for(
        actor,
        (name, _anywhere(chosen)),
        lambda anyone: compose(anyone).order_by().values_list("pk")[: COUNT_LIMIT + 1],
    )
    return min(counted, COUNT_LIMIT), counted > COUNT_LIMIT


def _anywhere(chosen: Filter) -> Hashable:
    """The filter whatever page of it is looked at."""
    return replace(chosen, after="", before="")
