"""Two people act at the same moment: numbers stay without gap or double, one decision stands."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from mingjing.services.closings import decide_closing, request_closing
from mingjing.services.demands import Taken
from mingjing.services.notices import issue_notices
from mingjing.services.record_event import record_event
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import CaseEvent
from mingjing.storage.supervision.models import Notice
from tests.services.at_once import at_once
from tests.services.builders import DAY, acting, build_house, file_case, happen
from tests.services.conftest import SetMoment

pytestmark = pytest.mark.usefixtures("log_may_be_emptied", "transactional_db")


def test_four_issues_at_once_number_on_without_gap_or_double(moment: SetMoment) -> None:
    house = build_house()
    manager = acting(house.manager)
    lots = [[file_case(house, serial=4 * lot + n).pk for n in range(4)] for lot in range(4)]
    refusals = at_once(*[partial(issue_notices, manager, case_ids=ids, reason="催办") for ids in lots])
    assert refusals == []
    assert sorted(Notice.objects.values_list("serial", flat=True)) == list(range(1, 17))
    seqs = list(Act.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(len(seqs)))


def test_one_case_gets_one_notice_from_two_issuers(moment: SetMoment) -> None:
    house = build_house()
    ids = [file_case(house).pk]
    issuers = [acting(house.manager), acting(house.higher_manager)]
    refusals = at_once(*[partial(issue_notices, one, case_ids=ids, reason="催办") for one in issuers])
    assert (Notice.objects.count(), len(refusals)) == (1, 1)


def test_one_of_two_decisions_stands_and_the_other_is_told(moment: SetMoment) -> None:
    house = build_house()
    case = file_case(house)
    happen(case, "宣判", date(2024, 3, 28))
    request = request_closing(
        acting(house.judge), case_id=case.pk, outcome="判决", closed_on=DAY, document="判决书"
    )
    deciders = [acting(house.head), acting(house.manager)]
    refusals = at_once(
        *[partial(decide_closing, one, request_id=request.pk, approve=True) for one in deciders]
    )
    assert len(refusals) == 1 and isinstance(refusals[0], Taken)
    assert CaseEvent.objects.filter(case=case, kind="结案").count() == 1


def test_one_event_recorded_by_two_is_recorded_once(moment: SetMoment) -> None:
    house = build_house()
    case = file_case(house)
    people = [acting(house.judge), acting(house.head)]
    refusals = at_once(
        *[partial(record_event, one, case_id=case.pk, kind="开庭", happened=DAY) for one in people]
    )
    assert len(refusals) == 1
    assert CaseEvent.objects.filter(case=case, kind="开庭").count() == 1
