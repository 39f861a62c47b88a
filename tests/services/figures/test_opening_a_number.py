"""Behind a number stand its cases: none are looked for where cells say there are none, none are left out."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest import MonkeyPatch

from mingjing.domain.dates.periods import Period, read_period
from mingjing.services.figures import following, opening
from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.following import settle
from mingjing.services.figures.opening import Opened, Wanted, page_of
from mingjing.services.figures.sight import part, whole
from mingjing.services.record_event import Happening, write_event
from tests.services.builders import House, acting, file_case

DAY = date(2024, 3, 4)


def asked(house: House, id_: str, label: str, period: str, *, after: int = 0) -> tuple[Opened, int]:
    """A page behind a count of the president's court, and how many statements it took."""
    actor = acting(house.president)
    wanted = Wanted.of(indicator_on(house.court, id_, DAY), label, read_period(period))
    with CaptureQueriesContext(connection) as caught:
        found = page_of(actor, whole(actor), wanted, after)
    return found, len(caught)


def test_nothing_is_looked_for_where_the_cells_hold_nothing(house: House) -> None:
    file_case(house)
    settle()
    found, statements = asked(house, "indicator.closed", "结案", "2024")
    assert (found.cases, found.next_after) == ([], None)
    assert statements == 1


def test_every_page_together_is_every_case_once(house: House, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PAGE", 3)
    filed = [file_case(house, serial=serial).pk for serial in range(1, 9)]
    settle()
    pages, after = [], 0
    while True:
        found, _ = asked(house, "indicator.filed", "新收", "2024-03", after=after)
        pages.append([case.pk for case in found.cases])
        if found.next_after is None:
            break
        after = found.next_after
    assert pages == [filed[0:3], filed[3:6], filed[6:8]]


def test_a_day_that_no_column_holds_is_found_among_other_years(house: House) -> None:
    cases = [file_case(house, serial=serial) for serial in (1, 2, 3)]
    for case, day in zip(cases, (DAY, DAY - timedelta(days=400), DAY + timedelta(days=3)), strict=True):
        write_event(case, Happening("开庭", day), by=house.judge)
    settle()
    for period, expected in (("2024", [0, 2]), ("2024-03", [0, 2]), ("2023", [1]), ("2022", [])):
        found, _ = asked(house, "indicator.filing_to_hearing_days", "等待", period)
        assert [case.pk for case in found.cases] == [cases[at].pk for at in expected], period


def test_a_place_no_cell_keeps_is_looked_through(house: House) -> None:
    case = file_case(house)
    assert case.filed_on is not None
    settle()
    actor = acting(house.president)
    seen = part(actor, by="承办人", member=str(house.judge.pk))
    wanted = Wanted.of(
        indicator_on(house.court, "indicator.filed", DAY),
        "新收",
        Period(case.filed_on, case.filed_on, "一天", "一天"),
    )
    assert wanted.number(seen, actor.on) is None
    assert [one.pk for one in page_of(actor, seen, wanted).cases] == [case.pk]


def test_postgresql_looks_at_the_tables_that_were_filled(house: House, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MANY", 1)
    file_case(house)
    with CaptureQueriesContext(connection) as caught:
        settle()
    looked = [one["sql"] for one in caught.captured_queries if one["sql"].startswith("ANALYZE")]
    assert bool(looked) == (connection.vendor == "postgresql")
