"""Rows written by the thousand arrive whole and in order, however many go into one statement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from mingjing.services.bulk_writing import FEW, insert
from mingjing.storage.cases.models import CaseEvent
from tests.services.builders import House, file_case

NAMES = ("case_id", "source_key", "kind", "happened", "moment", "attributes")
DAY, HOUR = date(2024, 3, 1), datetime(2024, 3, 1, 9, 30, tzinfo=UTC)


def rows(case: int, count: int, first: int = 0) -> list[tuple[object, ...]]:
    """Hearings, every second of them to the hour, every third with something the file says besides."""
    return [
        (case, f"键{place}", "开庭", DAY, HOUR if place % 2 else None, {"庭": place} if place % 3 else {})
        for place in range(first, first + count)
    ]


@pytest.mark.parametrize("count", [1, FEW - 1, FEW, FEW + 1, 3 * FEW, 3 * FEW + 7])
def test_every_row_is_there_once_and_in_its_order(house: House, count: int) -> None:
    case = file_case(house).pk
    wanted = rows(case, count)
    insert(CaseEvent, NAMES, wanted, strict=True)
    new = CaseEvent.objects.filter(case=case, source_key__startswith="键").order_by("pk")
    assert list(new.values_list(*NAMES)) == wanted
    assert not new.exclude(note="", struck_reason="", until=None, recorded_by=None).exists()


def test_one_row_that_is_there_already_takes_all_of_them_back(house: House) -> None:
    case = file_case(house).pk
    insert(CaseEvent, NAMES, rows(case, 1, first=FEW + 3), strict=True)
    there = CaseEvent.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(CaseEvent, NAMES, rows(case, 2 * FEW), strict=True)
    assert CaseEvent.objects.count() == there
