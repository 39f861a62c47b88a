"""Data items put right; the clocks and the proposals follow."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.correct_case import correct_case
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.proposals import screen_case
from mingjing.storage.cases.models import Case
from tests.services.builders import DAY, House, acting, file_case
from tests.services.conftest import Logged, Refused

WHY = "当事人补充提交材料"


def _set(house: House, case: Case, **items: str) -> Case:
    return correct_case(acting(house.judge), case_id=case.pk, items=items, reason=WHY)


def test_items_are_kept_by_their_kind_under_one_entry(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry() as found:
        _set(house, case, 标的额="1,250,000.50", 当事人人数="12", 社会关注="是", 公告期届满="2024年3月20日")
    case.refresh_from_db()
    assert (str(case.amount), case.party_count) == ("1250000.50", 12)
    assert case.facts == {"社会关注": True, "公告期届满": "2024-03-20"}
    assert (found[0].verb, found[0].why) == ("更正案件", WHY)


def test_a_foreign_case_has_no_limit_once_it_is_known_to_be_one(house: House) -> None:
    case = file_case(house, procedure="普通程序")
    assert case.due_on == date(2024, 9, 13)
    _set(house, case, 涉外="是")
    after = Case.objects.get(pk=case.pk)
    assert (after.due_on, after.due_state) == (None, "没有期限")


def test_what_is_entered_is_what_the_rules_read(house: House) -> None:
    case = file_case(house)
    _set(house, case, 社会关注="是")
    case.refresh_from_db()
    assert {p.rule for p in screen_case(case, DAY)} == {"社会广泛关注"}


def test_a_dash_takes_an_item_back(house: House) -> None:
    case = file_case(house)
    _set(house, case, 社会关注="是", 标的额="5", 当事人人数="3")
    _set(house, case, 社会关注="—", 标的额="—", 当事人人数="—")
    case.refresh_from_db()
    assert (case.facts, case.amount, case.party_count) == ({}, None, 0)


@pytest.mark.parametrize(
    ("item", "text", "words"),
    [
        ("社会光注", "是", ("没有“社会光注”", "社会关注")),
        ("社会关注", "有", ("没有“有”", "是、否")),
        ("当事人人数", "十二", ("不是数",)),
        ("当事人人数", "-1", ("不小于零",)),
        ("标的额", "NaN", ("不小于零",)),
        ("公告期届满", "03/04/2024", ("03/04/2024",)),
        ("案件类型", "民事一申", ("没有“民事一申”", "民事一审")),
        ("审判组织", "三人组", ("没有“三人组”", "合议庭")),
        ("审理程序", "普通程序", ("由“变更程序”办理",)),
        ("结案日期", "2024-04-01", ("由“结案审批”办理",)),
        ("迟录工作日", "1", ("没有“迟录工作日”",)),
        ("案由", "民间借贷纠纷", ("没有要改的",)),
    ],
)
def test_what_an_item_cannot_be_is_refused(
    house: House, refused: Refused, item: str, text: str, words: tuple[str, ...]
) -> None:
    case = file_case(house)
    with refused(*words):
        _set(house, case, **{item: text})


def test_without_a_reason_or_the_right_nothing_changes(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("“理由”没有填写"):
        correct_case(acting(house.judge), case_id=case.pk, items={"社会关注": "是"}, reason="")
    with refused("不能“维护案件”", of=NotAllowed):
        correct_case(acting(house.president), case_id=case.pk, items={"社会关注": "是"}, reason=WHY)
    with refused(of=NotVisible):
        correct_case(acting(house.stranger), case_id=case.pk, items={"社会关注": "是"}, reason=WHY)
