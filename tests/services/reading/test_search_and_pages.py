"""What the lists find by index is what a plain look at every case would find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.services.actors import Actor
from mingjing.services.permissions import cases_seen
from mingjing.services.reading.board import NO_STAGE, stages
from mingjing.services.reading.case_list import ORDERS, SEARCHED, CaseFilter, page
from mingjing.services.reading.counts import waiting
from mingjing.storage.cases.models import Case, Party
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Alert, Clock
from tests.services.builders import DAY, House, acting, file_case

pytestmark = pytest.mark.django_db

WORDS = (
    "周",
    "周见微",
    "周见%",
    "周_",
    "1",
    "12",
    "zs",
    "ZS",
    "林知远",
    "（2024",
    "（2024）",
    "(2024)",
    "（",
)
NUMBERS = (
    "（2024）云9821民初1",
    "（2024）云9821民初12号",
    "(2024)云9821民初2号",
    "没有",
    "a",
    "\\",
    "_",
    "%",
)


@pytest.fixture
def full(house: House) -> House:
    """Forty cases: some closed, some without a limit, some with parties whose names look alike."""
    names = ("周见微", "周见%", "周_长风", "周", "祝周", "1", "12", "（2024）商贸", "\\", "_", "%")
    for serial in range(1, 41):
        judge = house.stranger if serial % 3 == 0 else house.judge
        case = file_case(house, serial=serial, handler=judge, filed_on=date(2024, 1, 2) + timedelta(serial))
        Party.objects.create(case=case, role="原告", name=names[serial % len(names)])
        changes: dict[str, object] = {
            "closed_on": DAY if serial % 4 == 0 else None,
            "due_on": None if serial % 5 == 0 else DAY + timedelta(serial % 7),
            "next_due_on": None if serial % 6 == 0 else DAY + timedelta(serial % 9 - 4),
            "colour": serial % 4,
            "stage": ("", "立案", "开庭审理")[serial % 3],
        }
        Case.objects.filter(pk=case.pk).update(**changes)
    Person.objects.filter(pk=house.judge.pk).update(initials="zs")
    return house


def _matches(case: Case, words: str) -> bool:
    """The search, case by case, in plain words."""
    number = words.replace("(", "（").replace(")", "）").replace(" ", "")
    judge = case.handler
    return (
        case.number.startswith(number)
        or any(party.name.startswith(words) for party in case.parties.all())
        or (judge is not None and (judge.name == words or judge.initials == words.lower()))
        or (words.isdecimal() and case.serial == int(words))
    )


def _found(somebody: Actor, chosen: CaseFilter) -> list[int]:
    """Every page of the list, one after the other."""
    found: list[int] = []
    query = {name: getattr(chosen, name) for name in ("status", "order", "q")}
    while True:
        shown = page(somebody, chosen)
        found += [case.pk for case in shown.rows]
        if not shown.next_after:
            return found
        chosen = CaseFilter(**query, after=shown.next_after)


def _found_backwards(somebody: Actor, chosen: CaseFilter) -> list[int]:
    """Every page of the list, from the last one back."""
    shown = page(somebody, chosen)
    while shown.next_after:
        shown = page(somebody, replace(chosen, after=shown.next_after))
    found = [case.pk for case in shown.rows]
    while shown.previous:
        shown = page(somebody, replace(chosen, before=shown.previous))
        found = [case.pk for case in shown.rows] + found
    return found


@pytest.mark.parametrize("words", WORDS + NUMBERS)
def test_a_search_finds_what_a_look_at_every_case_finds(full: House, words: str) -> None:
    for person in (full.judge, full.head, full.president, full.higher_manager):
        somebody = acting(person)
        wanted = {case.pk for case in cases_seen(somebody) if _matches(case, words)}
        found = _found(somebody, CaseFilter(status="全部", q=words))
        assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("status", ["在办", "已结", "全部"])
@pytest.mark.parametrize("order", list(ORDERS))
def test_the_pages_hold_every_case_once_and_in_order(full: House, order: str, status: str) -> None:
    keys: dict[str, Callable[[Case], tuple[object, ...]]] = {
        "期限": lambda case: (case.due_on is None, case.due_on or DAY, case.pk),
        "新收": lambda case: (-(case.filed_on or DAY).toordinal(), -case.pk),
        "案龄": lambda case: (case.original_filed_on or DAY, case.pk),
        "颜色": lambda case: (
            (False, -case.colour, case.next_due_on, case.pk) if case.next_due_on else (True, case.pk)
        ),
    }
    for person in (full.judge, full.head, full.president, full.higher_manager):
        somebody = acting(person)
        rows = [
            c for c in cases_seen(somebody) if status == "全部" or (c.closed_on is None) == (status == "在办")
        ]
        wanted = [case.pk for case in sorted(rows, key=keys[order])]
        chosen = CaseFilter(status=status, order=order)
        assert _found(somebody, chosen) == wanted
        assert list(dict.fromkeys(_found_backwards(somebody, chosen))) == wanted


def test_the_board_counts_and_shows_what_stands_in_each_stage(full: House) -> None:
    for person in (full.judge, full.head, full.president, full.higher_manager):
        somebody = acting(person)
        rows = list(cases_seen(somebody).filter(closed_on=None))
        for column in stages(somebody):
            mine = [case for case in rows if (case.stage or NO_STAGE) == column.stage]
            due = sorted((c.next_due_on, c.pk) for c in mine if c.next_due_on)
            week = DAY + timedelta(days=7)
            assert column.open == len(mine)
            assert column.late == sum(day < DAY for day, _ in due)
            assert column.due_this_week == sum(DAY <= day <= week for day, _ in due)
            assert [card.pk for card in column.cards] == [pk for _, pk in due[:6]]
        assert sum(column.open for column in stages(somebody)) == len(rows)


def test_what_waits_counts_open_alerts_that_are_not_put_off(house: House) -> None:
    case = file_case(house)
    Alert.objects.all().delete()
    clock = Clock.objects.filter(case=case).order_by("pk")[0]
    for rung, (due, settled, later) in enumerate(
        (
            (DAY, "", None),
            (DAY - timedelta(1), "", None),
            (DAY + timedelta(5), "", DAY),
            (DAY, "", DAY + timedelta(1)),
            (DAY, Alert.Settled.DONE, None),
        )
    ):
        Alert.objects.create(
            clock=clock, case=case, court=house.court, label=clock.label, rung=rung, colour=1, tell="承办人",
            person=house.judge, on=DAY, due_on=due, definition="", raised_at="2024-04-01T00:00:00Z",
            settled=settled, snoozed_until=later,
        )  # fmt: skip
    counted = waiting(acting(house.judge))
    assert (counted.alerts, counted.due_today, counted.late) == (3, 1, 1)
    assert waiting(acting(house.stranger)).alerts == 0


def test_a_search_is_counted_no_further_than_anybody_reads(full: House) -> None:
    Case.objects.bulk_create(
        Case(court=full.court, number=f"旧档{serial}", kind="民事一审", filed_on=DAY, handler=full.judge)
        for serial in range(SEARCHED + 20)
    )
    found = page(acting(full.judge), CaseFilter(status="全部", q="旧档"))
    assert (found.count, found.more) == (SEARCHED, True)


def test_a_case_number_is_looked_for_among_the_numbers_alone(full: House) -> None:
    judge = acting(full.judge)
    with CaptureQueriesContext(connection) as caught:
        page(judge, CaseFilter(status="全部", q="（2024）云9821民初1"))
    looked = " ".join(query["sql"] for query in caught.captured_queries)
    assert "cases_party" not in looked
    assert "initials" not in looked


def test_what_one_judge_sees_is_found_and_counted_at_once(full: House) -> None:
    """Two statements for rows and number, whether the rows of the page have the sort key or not."""
    judge = replace(acting(full.judge), scope="本人案件", roles=("法官",))
    page(judge, CaseFilter(status="全部"))
    with CaptureQueriesContext(connection) as asked:
        found = page(judge, CaseFilter(status="全部"))

    mine = list(Case.objects.filter(handler=full.judge))
    assert (len(asked), found.count, len(found.rows)) == (2, len(mine), 25)
    expected = sorted(mine, key=lambda one: (one.due_on is None, one.due_on or DAY, one.pk))
    assert [row.pk for row in found.rows] == [one.pk for one in expected[:25]]
    assert any(row.due_on is None for row in found.rows)
