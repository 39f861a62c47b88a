"""Tags: put on, confirmed, taken off (S-179)."""

from __future__ import annotations

from mingjing.services.case_tags import confirm_tag, remove_tag, tag_case
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.cases.models import CaseTag
from tests.services.builders import House, acting, file_case
from tests.services.conftest import Logged, Refused


def _tagged(house: House, serial: int = 1) -> CaseTag:
    return tag_case(acting(house.judge), case_id=file_case(house, serial=serial).pk, tag="涉民企")


def test_a_tag_is_put_on_once_and_confirmed_once(house: House, one_entry: Logged, refused: Refused) -> None:
    case = file_case(house)
    with one_entry() as put:
        for _ in range(2):
            tag = tag_case(acting(house.judge), case_id=case.pk, tag="涉民企")
    with refused("“涉民企”已由 林知远 标注"):
        tag_case(acting(house.head), case_id=case.pk, tag="涉民企")
    with one_entry() as confirmed:
        confirm_tag(acting(house.head), tag_id=tag.pk)
    with refused("“涉民企”已经确认过"):
        confirm_tag(acting(house.manager), tag_id=tag.pk)
    assert (put[0].verb, confirmed[0].verb) == ("标注案件", "确认标注")
    kept = CaseTag.objects.get(pk=tag.pk)
    assert (kept.confirmed, kept.court) == (True, case.court)


def test_a_tag_is_taken_off_for_a_reason_a_confirmed_one_by_who_may_confirm(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    tag = _tagged(house)
    with refused("“理由”没有填写"):
        remove_tag(acting(house.judge), tag_id=tag.pk, reason=" ")
    confirm_tag(acting(house.head), tag_id=tag.pk)
    with refused("不能“确认标注”", of=NotAllowed):
        remove_tag(acting(house.judge), tag_id=tag.pk, reason="并非民企")
    with one_entry() as found:
        remove_tag(acting(house.head), tag_id=tag.pk, reason="并非民企")
    assert (found[0].verb, CaseTag.objects.count()) == ("取消标注", 0)


def test_unknown_tags_and_cases_one_does_not_see_are_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("没有“涉民营”", "涉民企"):
        tag_case(acting(house.judge), case_id=case.pk, tag="涉民营")
    with refused(of=NotVisible):
        tag_case(acting(house.stranger), case_id=case.pk, tag="涉民企")
    tag = _tagged(house, serial=2)
    with refused("不能“确认标注”", of=NotAllowed):
        confirm_tag(acting(house.judge), tag_id=tag.pk)
