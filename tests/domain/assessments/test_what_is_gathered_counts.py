"""Entries of registers as they count: conditions, sorts, years of work, the first day a card can come."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.assessments.cards import CardColour, CardRules, Month, Year, earliest
from mingjing.domain.assessments.gathering import (
    Entry,
    Sort,
    WrongSource,
    of_sorts,
    of_unit,
    read_source,
    years_of_work,
)
from mingjing.domain.assessments.honours import YearOfWork, rotating_flag

ROW = {
    "label": "通报批评", "code": "ledger.circular", "sorts": "通报、措施", "states": "已印发、已签收",
    "where": "类别=批评", "person": "被通报人", "unit": "被通报部门", "day": "", "points": "",
}  # fmt: skip


def entry(record: int, on: date, *sorts: Sort, unit: int = 1) -> Entry:
    """An entry about a department."""
    return Entry("通报批评", sorts, record, on, units=frozenset({unit}))


def test_a_source_counts_in_its_states_and_on_its_condition() -> None:
    source = read_source(ROW)
    assert source.sorts == (Sort.CIRCULAR, Sort.MEASURE)
    assert source.counts("已印发", "批评")
    assert not source.counts("待批准", "批评")
    assert not source.counts("已印发", "表扬")
    assert read_source({**ROW, "states": "", "where": ""}).counts("待批准", "")
    assert read_source({**ROW, "where": "等级=一般瑕疵/不合格"}).counts("已签收", "不合格")


@pytest.mark.parametrize(
    ("change", "said"), [({"sorts": "批评"}, "没有“批评”"), ({"where": "类别="}, "没有写内容")]
)
def test_a_row_nobody_can_read_is_refused_by_name(change: dict[str, str], said: str) -> None:
    with pytest.raises(WrongSource, match=f"通报批评.*{said}"):
        read_source({**ROW, **change})


def test_a_record_counts_once_however_many_sorts_it_has() -> None:
    day = date(2025, 3, 1)
    found = (entry(2, day, Sort.BREACH, Sort.MEASURE), entry(1, day, Sort.WORK), entry(2, day, Sort.CIRCULAR))
    assert [one.record for one in of_sorts(found, Sort.WORK, Sort.MEASURE, Sort.CIRCULAR)] == [1, 2]
    assert of_unit(found, 7) == ()


def test_a_year_before_the_registers_or_the_department_began_is_no_clean_year() -> None:
    found = [entry(year, date(year, 6, 1), Sort.WORK) for year in (2023, 2024, 2025)]
    assert years_of_work(found, date(2020, 1, 1), 2023, 2025) == tuple(
        YearOfWork(year, 0, 1) for year in (2023, 2024, 2025)
    )
    assert [one.year for one in years_of_work(found, date(2020, 1, 1), 2024, 2025)] == [2024, 2025]
    late = years_of_work(found, date(2023, 1, 2), 2023, 2025)
    assert [one.year for one in late] == [2024, 2025]
    assert not rotating_flag(late, 2025).held


def test_the_flag_wants_as_much_supervision_as_the_court_sets() -> None:
    done = [YearOfWork(year, 0, 2) for year in (2023, 2024, 2025)]
    assert rotating_flag(done, 2025, least=2).held
    assert not rotating_flag(done, 2025, least=3).held


def test_red_cannot_come_in_the_first_calendar_year_under_either_reading() -> None:
    """N-063: by hand, blue at the end of February, yellow of June, red of March or December a year later."""
    rolling, calendar = (earliest(CardRules(year=one), Month(2026, 1)) for one in Year)
    for found in (rolling, calendar):
        assert found[CardColour.BLUE] == date(2026, 2, 28)
        assert found[CardColour.YELLOW] == date(2026, 6, 30)
    assert rolling[CardColour.RED] == date(2027, 3, 31)
    assert calendar[CardColour.RED] == date(2027, 12, 31)
