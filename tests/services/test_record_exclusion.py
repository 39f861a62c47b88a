"""Excluded spans: opened, closed, struck, and what is refused of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.record_exclusion import close_exclusion, open_exclusion, strike_exclusion
from mingjing.storage.cases.models import Case, Exclusion
from tests.services.builders import DAY, FILED, House, acting, file_case
from tests.services.conftest import Logged, Refused

PAPER = "（2024）云9821鉴委3号"
BEGAN = date(2024, 3, 20)


def _open(house: House, case: Case, **changed: object) -> Exclusion:
    given: dict[str, object] = {"kind": "鉴定期间", "first": BEGAN, "start_document": PAPER} | changed
    return open_exclusion(acting(house.judge), case_id=case.pk, **given)  # type: ignore[arg-type]


def test_twenty_days_of_appraisal_move_the_limit_by_twenty_days(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry() as found:
        _open(house, case, first=date(2024, 3, 13), last=date(2024, 4, 1), end_document="鉴定意见签收单")
    assert found[0].verb == "登记扣除"
    case.refresh_from_db()
    assert case.due_on == date(2024, 7, 2)  # 13 June and the 19 of those 20 days that lie after the filing


def test_closing_a_span_writes_its_last_day_and_document(house: House, one_entry: Logged) -> None:
    span = _open(house, file_case(house))
    with one_entry() as found:
        close_exclusion(acting(house.judge), exclusion_id=span.pk, last=DAY, end_document="鉴定意见签收单")
    span.refresh_from_db()
    assert (span.last, span.end_document, found[0].verb) == (DAY, "鉴定意见签收单", "结束扣除")


def test_the_same_form_twice_changes_nothing(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry():
        assert _open(house, case).pk == _open(house, case).pk
    span = Exclusion.objects.get(case=case)
    with one_entry():
        for _ in range(2):
            close_exclusion(acting(house.judge), exclusion_id=span.pk, last=DAY, end_document="签收单")


def test_a_struck_span_counts_again(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    span = _open(house, case, last=date(2024, 3, 29), end_document="签收单")
    with one_entry() as found:
        strike_exclusion(acting(house.judge), exclusion_id=span.pk, reason="委托书未发出")
    case.refresh_from_db()
    assert (case.due_on, found[0].verb) == (date(2024, 6, 13), "作废扣除")


def test_a_span_struck_or_closed_by_another_is_refused_with_what_was_done(
    house: House, refused: Refused
) -> None:
    span = _open(house, file_case(house))
    close_exclusion(acting(house.judge), exclusion_id=span.pk, last=date(2024, 3, 29), end_document="签收单")
    with refused("已经登记到 2024-03-29 为止"):
        close_exclusion(acting(house.head), exclusion_id=span.pk, last=DAY, end_document="签收单")
    strike_exclusion(acting(house.judge), exclusion_id=span.pk, reason="重复登记")
    with refused("已于 2024-04-01 作废", "重复登记"):
        strike_exclusion(acting(house.head), exclusion_id=span.pk, reason="重复登记")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "鉴订期间"}, ("没有“鉴订期间”", "鉴定期间")),
        ({"kind": "精神病鉴定期间"}, ("适用于刑事案件", "民事一审")),
        ({"first": date(2024, 3, 12)}, ("在立案之前", "2024-03-13 以后")),
        ({"first": date(2024, 4, 2)}, ("还没有开始",)),
        ({"start_document": " "}, ("“起始文书”没有填写", "委托鉴定书")),
        ({"last": date(2024, 3, 19), "end_document": "单"}, ("在开始之前",)),
        ({"last": DAY}, ("“结束文书”没有填写", "鉴定意见签收单")),
        (
            {"kind": "延期审理期间", "last": date(2024, 4, 20), "end_document": "通知"},
            ("最长 1个月", "至迟到 2024-04-19"),
        ),
    ],
)
def test_what_the_dictionary_does_not_allow_is_refused(
    house: House, refused: Refused, changed: dict[str, object], words: tuple[str, ...]
) -> None:
    case = file_case(house)
    with refused(*words):
        _open(house, case, **changed)
    assert not Exclusion.objects.filter(case=case).exists()


def test_a_span_of_exactly_the_longest_is_allowed(house: House) -> None:
    span = _open(house, file_case(house), kind="延期审理期间", last=date(2024, 4, 19), end_document="通知")
    assert span.last == date(2024, 4, 19)


def test_the_same_days_are_not_excluded_twice_for_one_kind(house: House, refused: Refused) -> None:
    case = file_case(house)
    _open(house, case, last=date(2024, 3, 25), end_document="签收单")
    with refused("与已登记的“鉴定期间”（2024-03-20 至 2024-03-25）重叠"):
        _open(house, case, first=date(2024, 3, 25))
    assert _open(house, case, first=date(2024, 3, 26)).last is None
    assert _open(house, case, kind="管辖异议期间", start_document="异议申请").last is None


def test_who_may_not_or_does_not_see_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    given: dict[str, Any] = {"case_id": case.pk, "kind": "鉴定期间", "first": FILED, "start_document": PAPER}
    with refused(of=NotVisible):
        open_exclusion(acting(house.stranger), **given)
    with refused("不能“录入扣除”", of=NotAllowed):
        open_exclusion(acting(house.manager), **given)
