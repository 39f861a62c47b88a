"""Board, calendar, tree and statistics count what a plain look at every record would count."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.records import boards, by_state, trees
from mingjing.services.reading.records.boards import board, calendar
from mingjing.services.reading.records.figures import figures
from mingjing.services.reading.records.filters import RecordFilter
from mingjing.services.reading.records.trees import tree
from mingjing.services.records.parties import carry_repeated, repeated
from mingjing.services.records.sight import visible
from mingjing.services.records.versions import registers_on
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting
from tests.services.reading.records.test_lists_hold_every_record import full
from tests.services.records.builders import MENDING, Bench

__all__ = ["full"]
pytestmark = pytest.mark.django_db
ALL = RecordFilter(status="全部", order="新登记")


@pytest.fixture(params=["inspector", "head", "judge"])
def somebody(full: Bench, request: pytest.FixtureRequest) -> Actor:
    """Who sees all of them, all of a department (and one elsewhere), and what they hold."""
    for moved in Record.objects.filter(holder=full.house.judge, over=False)[:2]:
        before = repeated(moved)
        moved.unit = full.house.second_civil
        moved.save()
        moved.parties.exclude(unit=None).update(unit=moved.unit)
        carry_repeated(moved, before)
    return acting(full.inspector if request.param == "inspector" else getattr(full.house, request.param))


def _register(actor: Actor) -> Register:
    return next(one for one in registers_on(actor.court, DAY) if one.id == MENDING)


def _seen(actor: Actor) -> list[Record]:
    return list(Record.objects.filter(visible(actor, _register(actor))))


def test_the_board_counts_every_record_once(somebody: Actor) -> None:
    columns = board(somebody, _register(somebody), ALL)
    rows = _seen(somebody)
    assert {one.label: one.count for one in columns if one.count} == Counter(row.state for row in rows)
    late = Counter(row.state for row in rows if not row.over and row.due_on and row.due_on < DAY)
    assert {one.label: one.late for one in columns if one.late} == late
    assert all(len(one.cards) == min(one.count, by_state.CARDS) for one in columns)


@pytest.mark.parametrize("at_once", [600, 3])
def test_no_day_of_the_calendar_goes_without_its_records(
    somebody: Actor, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(boards, "AT_ONCE", at_once)
    days = [day for week in calendar(somebody, _register(somebody), ALL, DAY.replace(day=1)) for day in week]
    due = [row for row in _seen(somebody) if row.due_on and days[0].on <= row.due_on <= days[-1].on]
    assert {day.on: day.count for day in days if day.count} == Counter(row.due_on for row in due)
    late = Counter(row.due_on for row in due if not row.over and row.due_on and row.due_on < DAY)
    assert {day.on: day.late for day in days if day.late} == late
    assert all(len(day.rows) == min(day.count, boards.DAY_LIMIT) for day in days)
    assert all([row.over for row in day.rows] == sorted(row.over for row in day.rows) for day in days)
    assert len(due) > 3
    assert days[-1].on - days[0].on >= timedelta(27)


def test_the_statistics_add_up_to_every_record(somebody: Actor) -> None:
    found = figures(somebody, _register(somebody), ALL)
    rows = _seen(somebody)
    assert found.whole.total == len(rows)
    assert found.whole.open == sum(not row.over for row in rows)
    assert {one.label: one.total for one in found.states} == Counter(row.state for row in rows)


@pytest.mark.parametrize("q", ["", "第"])
def test_the_most_urgent_stand_first_in_each_state(somebody: Actor, q: str) -> None:
    columns = board(somebody, _register(somebody), replace(ALL, q=q))
    for one in columns:
        mine = [row for row in _seen(somebody) if row.state == one.label and q in f"{row.title}{row.search}"]
        mine.sort(key=lambda row: (row.over, row.due_on is None or row.over, _day(row), -row.pk))
        assert one.count == len(mine)
        assert {row.pk for row in one.cards} == {row.pk for row in mine[: by_state.CARDS]}


def _day(row: Record) -> date:
    return date.max if row.over or row.due_on is None else row.due_on


def test_more_records_than_anybody_counts_are_counted_all_the_same(
    somebody: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingjing.services.reading.keyset.COUNT_LIMIT", 3)
    columns = board(somebody, _register(somebody), ALL)
    assert sum(one.count for one in columns) == len(_seen(somebody)) > 4


def test_every_record_stands_in_the_tree_in_its_order(somebody: Actor) -> None:
    found = tree(somebody, _register(somebody), ALL)
    assert [one.row.pk for one in found.tops] == _in_order(somebody)
    assert not found.cut
    assert not (found.next_after or found.previous)


def _in_order(actor: Actor) -> list[int]:
    return [row.pk for row in sorted(_seen(actor), key=lambda one: (one.number, one.pk))]


def test_the_pages_of_a_long_tree_hold_every_record_once_there_and_back(
    somebody: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trees, "TOPS", 3)
    register, shown, there = _register(somebody), [], ALL
    while True:
        found = tree(somebody, register, there)
        shown.append([one.row.pk for one in found.tops])
        if not found.next_after:
            break
        there = replace(ALL, after=found.next_after)
    assert list(chain.from_iterable(shown)) == _in_order(somebody)
    assert len(shown) > 1
    back = tree(somebody, register, replace(ALL, before=found.previous))
    assert [one.row.pk for one in back.tops] == shown[-2]
