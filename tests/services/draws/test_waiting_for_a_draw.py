"""A new case has no handler until it is drawn: that is no fault of its entry while the draw is in time."""

from __future__ import annotations

from datetime import date

from mingjing.services.draws.days import add_cases, open_day, void_day
from mingjing.services.draws.deviations import decide, designate
from mingjing.services.entry_checks import check_entries
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Finding
from tests.services.builders import DAY, acting, happen
from tests.services.draws.conftest import Hall

NEXT_WEEK = date(2024, 4, 9)


def _accused(case: Case, on: date = DAY) -> bool:
    check_entries(on)
    return Finding.objects.filter(case=case, rule="没有承办人", state=Finding.State.OPEN).exists()


def test_a_case_on_a_filing_day_is_not_accused_until_the_day_is_void(hall: Hall) -> None:
    case = hall.case()
    day = open_day(acting(hall.filing))
    add_cases(acting(hall.filing), day.pk, [case.pk])
    assert not _accused(case)
    void_day(acting(hall.filing), day.pk, reason="当日停电，改日抽取")
    assert _accused(case)


def test_a_drawn_case_not_yet_taken_is_not_accused(hall: Hall) -> None:
    case = hall.case()
    hall.locked(case)
    assert not _accused(case, NEXT_WEEK)


def test_a_case_whose_designation_is_asked_for_is_not_accused(hall: Hall) -> None:
    case = hall.case()
    asked = designate(
        acting(hall.filing),
        case.pk,
        person_id=hall.house.judge.pk,
        ground="系列或者关联案件",
        reason="同一工程",
    )
    assert not _accused(case)
    decide(acting(hall.house.president), asked.pk, approve=False, opinion="应当随机")
    assert _accused(case)


def test_a_case_in_time_to_be_passed_on_is_accused_only_once_it_is_late(hall: Hall) -> None:
    case = hall.case()
    happen(case, "立案", DAY, by=hall.filing)
    assert not _accused(case)
    assert _accused(case, NEXT_WEEK)
