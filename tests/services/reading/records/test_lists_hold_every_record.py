"""What the lists of records find by index is what a plain look at every record would find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import BadFilter
from mingjing.services.reading.records import listing, part_numbers
from mingjing.services.reading.records.filters import RecordFilter, days
from mingjing.services.reading.records.listing import record_page
from mingjing.services.records.parties import carry_repeated, repeated
from mingjing.services.records.sight import sight_of
from mingjing.services.records.versions import registers_on
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting
from tests.services.records.builders import MENDING, Bench, accepted, fresh, registered

pytestmark = pytest.mark.django_db

Key = Callable[[Record], tuple[object, ...]]
KEYS: dict[str, Key] = {
    "期限": lambda one: (one.due_on is None, one.due_on or DAY, one.pk),
    "新登记": lambda one: (-one.pk,),
    "编号": lambda one: (one.number, one.pk),
    "了结": lambda one: (False, -one.over_on.toordinal(), -one.pk) if one.over_on else (True, one.pk, 0),
}


@pytest.fixture
def full(bench: Bench) -> Bench:
    """Forty problems: some over, some without a last day, some late."""
    for place in range(40):
        record = registered(bench, 问题描述=f"第 {place} 个问题")
        if place % 3 == 0:
            accepted(bench, record)
        over = place % 4 == 0
        Record.objects.filter(pk=record.pk).update(
            over=over,
            over_on=DAY - timedelta(place) if over and place % 8 else None,
            due_on=None if place % 5 == 0 else DAY + timedelta(place % 7 - 3),
            state="已销号" if over else "待认领",
        )
        carry_repeated(fresh(record), ())
    return bench


def _pages(somebody: Actor, chosen: RecordFilter, *, back: bool = False) -> list[int]:
    """Every page of the list, one after the other; from the last one back where asked."""
    register = next(one for one in registers_on(somebody.court, DAY) if one.id == MENDING)
    shown = record_page(somebody, register, chosen)
    found = [row.pk for row in shown.rows]
    while shown.next_after:
        shown = record_page(somebody, register, replace(chosen, after=shown.next_after, before=""))
        found += [row.pk for row in shown.rows]
    if not back:
        return found
    found = [row.pk for row in shown.rows]
    while shown.previous:
        shown = record_page(somebody, register, replace(chosen, before=shown.previous, after=""))
        found = [row.pk for row in shown.rows] + found
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("status", ["未了结", "已了结", "全部"])
@pytest.mark.parametrize("order", list(KEYS))
def test_the_pages_hold_every_record_once_and_in_order(full: Bench, order: str, status: str) -> None:
    rows = [one for one in Record.objects.all() if status == "全部" or one.over == (status == "已了结")]
    wanted = [one.pk for one in sorted(rows, key=KEYS[order])]
    chosen = RecordFilter(status=status, order=order)
    assert _pages(acting(full.inspector), chosen) == wanted
    assert _pages(acting(full.inspector), chosen, back=True) == wanted


@pytest.mark.parametrize("order", list(KEYS))
def test_a_part_reads_the_same_gathered_or_asked_one_by_one(
    full: Bench, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    somebody = acting(full.house.judge)
    both = [RecordFilter(status=status, order=order) for status in ("全部", "未了结")]
    gathered = [_pages(somebody, chosen) for chosen in both]
    monkeypatch.setattr(listing, "MANY", 1)
    assert [_pages(somebody, chosen) for chosen in both] == gathered
    assert list(map(len, gathered)) == [40, 30]


def test_somebody_with_a_part_sees_the_same_numbers_as_their_rows(full: Bench) -> None:
    somebody = acting(full.house.judge)
    register = next(one for one in registers_on(somebody.court, DAY) if one.id == MENDING)
    found = record_page(somebody, register, RecordFilter(status="全部", rows="100"))
    rows = found.rows
    assert found.numbers.open == sum(not row.over for row in rows)
    assert found.numbers.over == sum(row.over for row in rows)
    late = sum(not row.over and row.due_on is not None and row.due_on < DAY for row in rows)
    assert found.numbers.late == late
    assert found.numbers.found == len(rows)
    assert sum(found.numbers.states.values()) == len(rows)


def test_a_record_of_ones_own_department_is_gathered_by_one_part_alone(full: Bench) -> None:
    head = acting(full.house.head)
    register = next(one for one in registers_on(head.court, DAY) if one.id == MENDING)
    sight = sight_of(head, register)
    gathered = [record for rows in sight.every for record in rows.values_list("record", flat=True)]
    assert sorted(gathered) == sorted(Record.objects.filter(sight.asked).values_list("pk", flat=True))
    assert len(gathered) == 40


def test_a_record_elsewhere_is_gathered_by_whoever_of_the_department_holds_it(full: Bench) -> None:
    moved = Record.objects.filter(holder=full.house.judge, over=False)[0]
    before = repeated(moved)
    moved.unit = full.house.second_civil
    moved.save()
    moved.parties.exclude(unit=None).update(unit=moved.unit)
    carry_repeated(moved, before)
    head = acting(full.house.head)
    register = next(one for one in registers_on(head.court, DAY) if one.id == MENDING)
    found = record_page(head, register, RecordFilter(rows="100"))
    assert moved.pk in [row.pk for row in found.rows]
    assert found.numbers.open == len(found.rows) == 30


FILTERS = [
    RecordFilter(),
    RecordFilter(status="已了结"),
    RecordFilter(status="全部", state="已销号"),
    RecordFilter(due="逾期"),
    RecordFilter(due="没有期限"),
    RecordFilter(falls="2024-04-02~"),
    RecordFilter(whose="我的"),
    RecordFilter(unit="民事审判第一庭", due="七天内"),
    RecordFilter(status="全部", q="第 1"),
    RecordFilter(holder="查无此人"),
]


@pytest.mark.parametrize("chosen", FILTERS, ids=lambda one: "·".join(one.sentence()))
def test_with_a_part_as_many_are_counted_as_are_listed(full: Bench, chosen: RecordFilter) -> None:
    somebody = acting(full.house.judge)
    register = next(one for one in registers_on(somebody.court, DAY) if one.id == MENDING)
    found = record_page(somebody, register, replace(chosen, rows="100"))
    assert found.numbers.found == len(found.rows) == len(_pages(somebody, chosen))
    whole = record_page(acting(full.inspector), register, replace(chosen, rows="100", whose=""))
    if not chosen.whose:
        assert replace(found.numbers, mine=0, dated=0) == replace(whole.numbers, mine=0)
    assert found.numbers.mine == Record.objects.filter(holder=somebody.person, over=False).count()


def test_of_ones_own_department_no_number_is_counted_further_than_it_is_shown(
    full: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part_numbers, "COUNT_LIMIT", 5)
    head = acting(full.house.head)
    register = next(one for one in registers_on(head.court, DAY) if one.id == MENDING)
    found = record_page(head, register, RecordFilter())
    assert (found.numbers.open, found.numbers.over, found.numbers.dated) == (6, 6, 6)
    assert found.numbers.states["待认领"] == found.numbers.states["已销号"] == 6
    assert len(found.rows) == 15


def test_somebody_with_a_part_is_offered_the_departments_of_what_they_see(full: Bench) -> None:
    register = next(one for one in registers_on(full.house.court, DAY) if one.id == MENDING)
    found = record_page(acting(full.house.judge), register, RecordFilter())
    assert found.units == ("民事审判第一庭",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2024-02~2024-03", date(2024, 2, 1), date(2024, 3, 31)),
        ("~2024-03-05", None, date(2024, 3, 5)),
        ("2024-03-05~", date(2024, 3, 5), None),
    ],
)
def test_a_span_is_a_year_a_month_a_day_or_two_of_them(
    text: str, first: date | None, last: date | None
) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize("text", ["2024-13", "2024-02-30", "明年", "24", "2024-1"])
def test_a_span_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadFilter, match="不是日期"):
        days(text)
