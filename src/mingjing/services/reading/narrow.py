"""Lists of few rows that are dear to find: what one judge sees, what a search meets.

Each such row is looked up by identity. A list that stops after one page would look all of them up for the
rows that have the sort key, again for those that lack it, and again to count them: here once for all three.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from django.db.models import Case as Choose
from django.db.models import Count, F, Q, QuerySet, Value, When, Window

from mingjing.services.actors import Actor
from mingjing.services.asking import rows_for
from mingjing.storage.cases.models import Case
from mingjing.storage.kept import Rows, ask, several

Compose = Callable[[Actor], QuerySet[Case]]


class Found(NamedTuple):
    """A case of the first page: whether it lacks the sort key, and its columns."""

    lacking: bool
    row: tuple[Any, ...]


def first_page(
    actor: Actor,
    what: Hashable,
    compose: Compose,
    columns: Sequence[str],
    key: str,
    shown: Sequence[str],
    amount: int,
) -> tuple[list[Found], int]:
    """The first ``amount`` cases of ``compose(actor)`` and how many there are in all: those with ``key`` in
    the order of ``columns``, behind them those without in the order of their identity. Two statements.

    ``what`` names the query as in ``asking.rows_for``; the first column ``shown`` is the identity.
    """

    def keys(anyone: Actor) -> QuerySet[Case, Any]:
        lacks = Q((f"{key}__isnull", True))
        rows = compose(anyone).annotate(
            lacks=Choose(When(lacks, then=1), default=0),
            identity=Choose(When(lacks, then=F("pk")), default=None),
            counted=Window(Count(Value(1))),
        )
        ordered = rows.order_by("lacks", "identity", *columns)
        return ordered.values_list("pk", "lacks", "counted")[:amount]

    found = rows_for(actor, ("first page", what, tuple(columns), amount), keys)
    if not found:
        return [], 0
    read = {row[0]: row for row in _read([pk for pk, *_ in found], tuple(shown), amount)}
    return [Found(bool(lacks), read[pk]) for pk, lacks, _ in found if pk in read], int(found[0][2])


def _read(keys: Sequence[int], shown: tuple[str, ...], amount: int) -> Rows:
    """The columns of some cases; fewer than ``amount`` are asked for with the same statement."""
    places, named = several([*keys, *[keys[0]] * (amount - len(keys))])

    def compose() -> QuerySet[Case, Any]:
        return Case.objects.filter(pk__in=places).order_by().values_list(*shown)

    return ask(("cases of keys", shown, amount), compose, named)
