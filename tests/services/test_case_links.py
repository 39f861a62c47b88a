"""Numbers of one dispute: a new number does not reset the age."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingjing.services.case_links import chain, link_cases, unlink_cases
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.cases.models import Case, CaseLink
from tests.services.builders import House, acting, file_case
from tests.services.conftest import Logged, Refused

FIRST, SECOND, THIRD = date(2022, 5, 9), date(2023, 2, 6), date(2024, 1, 8)


def _three(house: House) -> list[Case]:
    return [file_case(house, serial=n, filed_on=day) for n, day in enumerate((FIRST, SECOND, THIRD), 1)]


def _original(case: Case) -> date | None:
    return Case.objects.get(pk=case.pk).original_filed_on


def test_a_remanded_case_is_as_old_as_its_first_number(house: House, one_entry: Logged) -> None:
    one, two, _ = _three(house)
    with one_entry() as found:
        link_cases(acting(house.judge), earlier_id=one.pk, later_id=two.pk, relation="发回重审")
    assert _original(two) == FIRST
    assert (found[0].verb, found[0].subject_id) == ("关联案号", str(two.pk))


def test_the_whole_chain_follows_whichever_link_comes_first(house: House) -> None:
    one, two, three = _three(house)
    judge = acting(house.judge)
    link_cases(judge, earlier_id=two.pk, later_id=three.pk, relation="再审")
    assert _original(three) == SECOND
    link_cases(judge, earlier_id=one.pk, later_id=two.pk, relation="发回重审")
    assert (_original(two), _original(three)) == (FIRST, FIRST)
    assert [case.pk for case in chain(two)] == [one.pk, two.pk, three.pk]


def test_a_resumed_enforcement_begins_its_own_age(house: House) -> None:
    one, two, _ = _three(house)
    link_cases(acting(house.judge), earlier_id=one.pk, later_id=two.pk, relation="恢复执行")
    assert _original(two) == SECOND


def test_a_link_taken_back_gives_the_age_back(house: House, one_entry: Logged) -> None:
    one, two, _ = _three(house)
    link = link_cases(acting(house.judge), earlier_id=one.pk, later_id=two.pk, relation="发回重审")
    with one_entry():
        unlink_cases(acting(house.judge), link_id=link.pk, reason="并非同一纠纷")
    assert _original(two) == SECOND
    assert not CaseLink.objects.exists()


def test_linking_twice_changes_nothing(house: House, one_entry: Logged) -> None:
    one, two, _ = _three(house)
    with one_entry():
        for _ in range(2):
            link_cases(acting(house.judge), earlier_id=one.pk, later_id=two.pk, relation="发回重审")
    assert CaseLink.objects.count() == 1


def test_a_circle_is_refused(house: House, refused: Refused) -> None:
    one, two, three = _three(house)
    judge = acting(house.judge)
    link_cases(judge, earlier_id=one.pk, later_id=two.pk, relation="发回重审")
    link_cases(judge, earlier_id=two.pk, later_id=three.pk, relation="发回重审")
    with refused("本来就在", "不能再记作它的前案"):
        link_cases(judge, earlier_id=three.pk, later_id=one.pk, relation="再审")
    with refused("不能再记作它的前案"):
        link_cases(judge, earlier_id=one.pk, later_id=one.pk, relation="再审")


def test_a_later_case_filed_earlier_and_an_unknown_relation_are_refused(
    house: House, refused: Refused
) -> None:
    one, two, _ = _three(house)
    with refused("立案于 2022-05-09，早于前案的 2023-02-06", "前后对调"):
        link_cases(acting(house.judge), earlier_id=two.pk, later_id=one.pk, relation="发回重审")
    with refused("没有“发回”", "发回重审"):
        link_cases(acting(house.judge), earlier_id=one.pk, later_id=two.pk, relation="发回")


def test_strangers_and_clerks_link_nothing(house: House, refused: Refused) -> None:
    one, two, _ = _three(house)
    given: dict[str, Any] = {"earlier_id": one.pk, "later_id": two.pk, "relation": "发回重审"}
    with refused(of=NotVisible):
        link_cases(acting(house.stranger), **given)
    with refused("不能“维护案件”", of=NotAllowed):
        link_cases(acting(house.president), **given)
