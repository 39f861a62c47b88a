"""Statements that are composed once and asked again and again with other values.

Composing a query costs Django several times what the database needs to answer it. A kept statement is a query
set whose values are ``Given``: its text is remembered by its shape, and only the values travel anew.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Expression, Field, Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

from mingjing.storage.prepared import prepared_cursor

MANY = 2000
"""So many statements are remembered; the one not asked for longest goes first."""
PLACE = re.compile("%%|%s")
WORD = re.compile(r"[\w（）-]*")
"""A text without any sign that could mean something inside a statement."""

Kind = TypeVar("Kind", bound=Model)
Rows = list[tuple[Any, ...]]


class Given(Expression):
    """A value that is known only when the statement is asked: ``name`` among the values, as ``field``.

    It stands for a row as well (``pk`` is itself), so that a filter by a row can be written as usual.
    """

    def __init__(self, name: str, field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field or BigIntegerField())
        self.name = name

    @property
    def pk(self) -> Given:
        """The value itself: it is the key of the row it stands for."""
        return self

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A placeholder, whose parameter is this object until the statement is asked."""
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class _Statement:
    """The text, its parameters (some of them ``Given``), the names of annotated columns, and what turns
    columns into values."""

    sql: str
    parameters: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[list[Callable[..., Any]], Any]], ...]
    build: Callable[[tuple[Any, ...]], Any] | None


_known: OrderedDict[Hashable, _Statement | None] = OrderedDict()
_turn = Lock()


def ask(shape: Hashable, compose: Callable[[], QuerySet[Any, Any]], values: Mapping[str, Any]) -> Rows:
    """The rows of ``compose()`` (a query set of ``values_list``), with ``values`` in place of its givens.

    ``shape`` decides: for the same shape ``compose`` must give the same query, and is called only once.
    """
    statement = _kept(("rows", shape), lambda: _composed(compose()))
    if statement is None:
        return []
    rows = _run(statement, statement.sql, values)
    if not statement.converters:
        return rows
    return [_converted(row, statement) for row in rows]


def ask_rows(shape: Hashable, compose: Callable[[], QuerySet[Kind]], values: Mapping[str, Any]) -> list[Kind]:
    """The rows of ``compose()``, a query set of a model (with ``select_related``, without prefetching), as
    objects of the model; otherwise as ``ask``."""
    statement = _kept(("objects", shape), lambda: _composed(compose()))
    if statement is None:
        return []
    assert statement.build is not None
    return [statement.build(_converted(row, statement)) for row in _run(statement, statement.sql, values)]


def several(
    values: Sequence[Any], field: Field[Any, Any] | None = None
) -> tuple[Sequence[Any], dict[str, Any]]:
    """A place for each of some values, to stand in a list of a statement, and the values by their places."""
    named = {f"key{place}": one for place, one in enumerate(values)}
    return [Given(name, field) for name in named], named


def ask_count(shape: Hashable, compose: Callable[[], QuerySet[Any, Any]], values: Mapping[str, Any]) -> int:
    """How many rows ``compose()`` has, as ``ask``."""
    statement = _kept(("count", shape), lambda: _composed(compose()))
    if statement is None:
        return 0
    counting = f"SELECT COUNT(*) FROM ({statement.sql}) counted"  # noqa: S608
    return int(_run(statement, counting, values)[0][0])


def ask_sums(
    shape: Hashable, compose: Callable[[], QuerySet[Any, Any]], values: Mapping[str, Any]
) -> tuple[int, dict[str, int]]:
    """How many rows ``compose()`` has, a query set of ``values_list`` of annotated numbers, and the sum of
    each of them by its name; otherwise as ``ask``."""
    statement = _kept(("sums", shape), lambda: _composed(compose()))
    if statement is None:
        return 0, {}
    sums = "".join(f', SUM(counted."{name}")' for name in statement.names)
    summing = f"SELECT COUNT(*){sums} FROM ({statement.sql}) counted"  # noqa: S608
    number, *found = _run(statement, summing, values)[0]
    return int(number), {name: int(one or 0) for name, one in zip(statement.names, found, strict=True)}


def ask_text(shape: Hashable, compose: Callable[[], tuple[str, Sequence[Any]]]) -> Rows:
    """The rows of a text with its parameters; no text where nothing can ever match. Otherwise as ``ask``."""

    def composed() -> _Statement | None:
        sql, parameters = compose()
        return _Statement(*_written(sql, parameters), (), (), None) if sql else None

    statement = _kept(("text", shape), composed)
    return [] if statement is None else _run(statement, statement.sql, {})


def _run(statement: _Statement, sql: str, values: Mapping[str, Any]) -> Rows:
    database = connections[DEFAULT_DB_ALIAS]
    parameters = [
        one.output_field.get_db_prep_value(values[one.name], database) if isinstance(one, Given) else one
        for one in statement.parameters
    ]
    with prepared_cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _converted(row: tuple[Any, ...], statement: _Statement) -> tuple[Any, ...]:
    """A row as the object layer would give it."""
    found, database = list(row), connections[DEFAULT_DB_ALIAS]
    for place, (converters, expression) in statement.converters:
        value = found[place]
        for converter in converters:
            value = converter(value, expression, database)
        found[place] = value
    return tuple(found)


def _kept(shape: Hashable, compose: Callable[[], _Statement | None]) -> _Statement | None:
    """The statement of a shape; None where nothing can ever match."""
    key = (connections[DEFAULT_DB_ALIAS].vendor, shape)
    with _turn:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    statement = compose()
    with _turn:
        _known[key] = statement
        if len(_known) > MANY:
            _known.popitem(last=False)
    return statement


def _composed(rows: QuerySet[Any, Any]) -> _Statement | None:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    build = _builder(compiler) if issubclass(rows._iterable_class, ModelIterable) else None
    names = tuple(rows.query.annotation_select)
    return _Statement(*_written(sql, parameters), names, tuple(converters.items()), build)


def _written(sql: str, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """The text with what is known beforehand written into it, and the parameters that are left.

    A statement is planned once. Only a value the planner can read lets it take an index of some rows alone
    (``settled = ''``), and tells it how many rows to expect.
    """
    values, left = iter(parameters), []

    def place(sign: re.Match[str]) -> str:
        if sign[0] == "%%":
            return "%%"
        value = next(values)
        literal = _literal(value)
        if literal is None:
            left.append(value)
        return literal or "%s"

    return PLACE.sub(place, sql), tuple(left)


def _literal(value: object) -> str | None:
    """A value as a statement says it; None where it had better travel beside the text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return f"({value:d})"
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str) and WORD.fullmatch(str(value)):
        return f"'{value!s}'"
    return None


def _builder(compiler: Any) -> Callable[[tuple[Any, ...]], Any]:
    """What makes an object, and those it came with, of one row: as a query set does it."""
    shown, select = compiler.klass_info, compiler.select
    model, places = shown["model"], shown["select_fields"]
    first, last = places[0], places[-1] + 1
    names = [select[place][0].target.attname for place in range(first, last)]
    related = get_related_populators(shown, select, compiler.using)  # type: ignore[call-arg]  # as in 5.2
    annotated = tuple(compiler.annotation_col_map.items())

    def build(row: tuple[Any, ...]) -> Any:
        found = model.from_db(compiler.using, names, row[first:last])
        for one in related:
            one.populate(row, found)
        for name, place in annotated:
            setattr(found, name, row[place])
        return found

    return build
