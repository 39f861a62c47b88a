"""A large import into SQLite builds the indexes of lists once, at its end; none is ever missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from mingjing.services.actors import Actor
from mingjing.services.importing import indexing, working, writing
from mingjing.services.importing.indexing import indexed_afterwards
from mingjing.storage.cases.models import Case
from tests.services.importing.files import counts, csv, imported, row

IS_SQLITE = connection.vendor == "sqlite"
LISTED = (
    "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'cases_case'"
    if IS_SQLITE
    else "SELECT indexname FROM pg_indexes WHERE tablename = 'cases_case'"
)


def indexes() -> set[str]:
    """Those of the cases, which an import fills."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED)
        return {name for (name,) in cursor.fetchall()}


def fewer(left: set[str], before: set[str]) -> bool:
    """Whether some were laid aside; PostgreSQL keeps them all."""
    return left < before if IS_SQLITE else left == before


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows count as many."""
    monkeypatch.setattr(indexing, "MANY", 3)


@pytest.mark.usefixtures("few")
def test_every_index_is_there_again_after_a_large_import(
    office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, during = indexes(), list[set[str]]()
    write = writing.write

    def watched(*args: Any, **named: Any) -> Iterator[Any]:
        during.append(indexes())
        yield from write(*args, **named)

    monkeypatch.setattr(working, "write", watched)
    batch = imported(office, csv([row(serial) for serial in (1, 2, 3)]))
    assert counts(batch) == (3, 3, 0, 0, 0)
    assert all(fewer(left, before) for left in during)
    assert during
    assert indexes() == before
    assert Case.objects.count() == 3


@pytest.mark.usefixtures("few")
@pytest.mark.django_db
def test_while_many_cases_are_written_only_what_finds_them_is_kept() -> None:
    before = indexes()
    with transaction.atomic(), indexed_afterwards(3):
        left = indexes()
    assert fewer(left, before)
    assert "case_number_prefix" in left
    assert indexes() == before


@pytest.mark.usefixtures("few")
@pytest.mark.django_db
def test_an_import_that_fails_leaves_every_index_where_it_stood() -> None:
    before = indexes()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), indexed_afterwards(3):
        raise ZeroDivisionError
    assert indexes() == before


@pytest.mark.usefixtures("few")
def test_a_file_smaller_than_what_is_there_keeps_the_indexes(office: Actor) -> None:
    imported(office, csv([row(serial) for serial in (1, 2, 3, 4)]))
    before = indexes()
    with transaction.atomic(), indexed_afterwards(3):
        assert indexes() == before
    with transaction.atomic(), indexed_afterwards(2):
        assert indexes() == before
