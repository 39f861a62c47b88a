"""督办通知 (R-059, journey J4): numbering, answers, terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mingjing.services.change_procedure import change_handler
from mingjing.services.installation import registry
from mingjing.services.notice_chain import lift_notice
from mingjing.services.notice_facts import notice_fields
from mingjing.services.notices import issue_notices, reply_notice
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.storage.supervision.models import Notice
from tests.services.builders import DAY, House, acting, file_case, happen
from tests.services.conftest import Logged, Refused

WHY = "立案已满十二个月，至今未结"


def test_twelve_at_once_are_numbered_on_without_a_gap_under_one_entry(
    house: House, one_entry: Logged
) -> None:
    cases = [file_case(house, serial=serial) for serial in range(1, 13)]
    with one_entry() as found:
        notices = issue_notices(acting(house.manager), case_ids=[case.pk for case in cases], reason=WHY)
    assert [notice.number for notice in notices] == [f"（2024）云9821督{n}号" for n in range(1, 13)]
    assert [notice.case for notice in notices] == cases
    assert (found[0].verb, found[0].subject_id) == ("签发督办通知", "（2024）云9821督1号")
    assert found[0].definition.startswith("document.supervision_notice @ ")
    assert "（2024）云9821督12号" in found[0].payload


def test_the_next_issue_goes_on_and_a_new_year_begins_again(house: House) -> None:
    ids = [file_case(house, serial=serial).pk for serial in (1, 2, 3)]
    issue_notices(acting(house.manager), case_ids=ids[:1], reason=WHY)
    (second,) = issue_notices(acting(house.manager), case_ids=ids[1:2], reason=WHY)
    (third,) = issue_notices(acting(house.manager, date(2025, 1, 2)), case_ids=ids[2:], reason=WHY)
    assert (second.serial, third.year, third.serial) == (2, 2025, 1)


def test_a_refused_issue_uses_up_no_number(house: House, refused: Refused) -> None:
    ids = [file_case(house, serial=serial).pk for serial in (1, 2)]
    issue_notices(acting(house.manager), case_ids=ids[:1], reason=WHY)
    with refused("（2024）云9821民初1号已有 （2024）云9821督1号", "去掉这 1 件"):
        issue_notices(acting(house.manager), case_ids=ids, reason=WHY)
    (next_,) = issue_notices(acting(house.manager), case_ids=ids[1:], reason=WHY)
    assert next_.serial == 2


def test_terms_come_from_the_settings_and_the_level_from_the_age(house: House) -> None:
    young = file_case(house, serial=1)
    old = file_case(house, serial=2, filed_on=date(2022, 9, 1), procedure="普通程序")
    first, second = issue_notices(acting(house.manager), case_ids=[young.pk, old.pk], reason=WHY)
    assert (first.reply_by, first.close_by) == (DAY + timedelta(days=10), DAY + timedelta(days=60))
    assert (first.level, second.level) == ("庭长", "分管院领导")
    assert (first.addressee, first.issued_by) == (house.judge, house.manager)
    assert [step.kind for step in first.steps.all()] == ["签发"]


@pytest.mark.parametrize(
    ("issued", "reply_by", "close_by"),
    [
        (date(2024, 4, 3), date(2024, 4, 15), date(2024, 6, 3)),  # the 13th a Saturday, 2 June a Sunday
        (date(2024, 9, 24), date(2024, 10, 8), date(2024, 11, 25)),  # 4 October, the National Day's holidays
        (date(2024, 4, 18), date(2024, 4, 28), date(2024, 6, 17)),  # a Sunday worked in exchange
    ],
)
def test_the_usual_terms_end_on_a_day_somebody_works(
    house: House, issued: date, reply_by: date, close_by: date
) -> None:
    """Who answers on the Monday after a Sunday is not late."""
    case = file_case(house)
    (notice,) = issue_notices(acting(house.manager, issued), case_ids=[case.pk], reason=WHY)
    assert (notice.reply_by, notice.close_by) == (reply_by, close_by)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": ""}, ("“事由”没有填写",)),
        ({"reply_by": date(2024, 3, 31)}, ("“回复期限”", "已经过去")),
        ({"reply_by": date(2024, 5, 1), "close_by": date(2024, 4, 30)}, ("早于回复期限",)),
        (
            {"reply_by": date(2024, 4, 20)},
            ("“回复期限”写的是", "周末", "2024-04-19", "2024-04-22"),
        ),
        (
            {"close_by": date(2024, 5, 2)},
            ("“结案期限”写的是", "劳动节", "2024-04-30", "2024-05-06"),
        ),
        ({"level": "书记员"}, ("没有“书记员”", "庭长")),
        ({"case_ids": []}, ("选了 0 件", "1 至 500")),
    ],
)
def test_what_a_notice_cannot_say_is_refused(
    house: House, refused: Refused, changed: dict[str, object], words: tuple[str, ...]
) -> None:
    given: dict[str, object] = {"case_ids": [file_case(house).pk], "reason": WHY} | changed
    with refused(*words):
        issue_notices(acting(house.manager), **given)  # type: ignore[arg-type]
    assert not Notice.objects.exists()


def test_a_closed_case_gets_no_notice(house: House, refused: Refused) -> None:
    case = file_case(house)
    happen(case, "结案", DAY)
    with refused("（2024）云9821民初1号已于 2024-04-01 结案"):
        issue_notices(acting(house.manager), case_ids=[case.pk], reason=WHY)


def test_who_may_not_issue_or_does_not_see_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    other = file_case(house, serial=2, handler=house.stranger)
    with refused("不能“签发督办”", of=NotAllowed):
        issue_notices(acting(house.head), case_ids=[case.pk], reason=WHY)
    with refused(of=NotVisible):
        issue_notices(acting(house.leader), case_ids=[case.pk, other.pk], reason=WHY)


def test_the_higher_court_numbers_in_its_own_series(house: House) -> None:
    (notice,) = issue_notices(acting(house.higher_manager), case_ids=[file_case(house).pk], reason=WHY)
    assert (notice.number, notice.court) == ("（2024）云98督1号", house.higher)


def _notice(house: House) -> Notice:
    return issue_notices(acting(house.manager), case_ids=[file_case(house).pk], reason=WHY)[0]


def test_an_answer_gives_a_reason_and_a_day(house: House, one_entry: Logged) -> None:
    notice = _notice(house)
    with one_entry() as found:
        reply_notice(
            acting(house.judge), notice_id=notice.pk, reason="鉴定退回", planned_close=date(2024, 5, 20)
        )
    notice.refresh_from_db()
    assert (notice.state, notice.reply, notice.replied_on) == (Notice.State.REPLIED, "鉴定退回", DAY)
    assert [step.kind for step in notice.steps.order_by("pk")] == ["签发", "回复"]
    assert (found[0].verb, found[0].subject_id) == ("回复督办", notice.number)


def test_an_answer_is_given_once_in_words_by_the_addressee(house: House, refused: Refused) -> None:
    notice = _notice(house)
    day = date(2024, 5, 20)
    with refused("“书面原因”没有填写"):
        reply_notice(acting(house.judge), notice_id=notice.pk, reason="", planned_close=day)
    with refused("“承诺结案日期”", "已经过去"):
        reply_notice(acting(house.judge), notice_id=notice.pk, reason="忙", planned_close=date(2024, 3, 1))
    with refused("发给 林知远", of=NotAllowed):
        reply_notice(acting(house.head), notice_id=notice.pk, reason="代答", planned_close=day)
    with refused(of=NotVisible):
        reply_notice(acting(house.stranger), notice_id=notice.pk, reason="代答", planned_close=day)
    reply_notice(acting(house.judge), notice_id=notice.pk, reason="鉴定退回", planned_close=day)
    with refused("已于 2024-04-01 回复"):
        reply_notice(acting(house.judge), notice_id=notice.pk, reason="又答", planned_close=day)


def test_a_new_handler_answers_for_the_former(house: House) -> None:
    notice = _notice(house)
    change_handler(acting(house.head), case_id=notice.case_id, handler_id=house.stranger.pk, reason="调离")
    reply_notice(
        acting(house.stranger), notice_id=notice.pk, reason="刚接手", planned_close=date(2024, 5, 20)
    )
    assert Notice.objects.get(pk=notice.pk).state == Notice.State.REPLIED


def test_a_notice_is_lifted_for_a_reason_once(house: House, one_entry: Logged, refused: Refused) -> None:
    notice = _notice(house)
    with refused("不能“解除督办”", of=NotAllowed):
        lift_notice(acting(house.head), notice_id=notice.pk, reason="不催了")
    with one_entry():
        lift_notice(acting(house.manager), notice_id=notice.pk, reason="案件已中止")
    with refused("已于 2024-04-01 了结"):
        lift_notice(acting(house.manager), notice_id=notice.pk, reason="案件已中止")
    with refused("已于 2024-04-01 了结，不用再回复"):
        reply_notice(acting(house.judge), notice_id=notice.pk, reason="答", planned_close=DAY)


def test_the_fields_fill_the_notices_document(house: House) -> None:
    notice = _notice(house)
    document = registry(house.court).document("document.supervision_notice", DAY)
    fields = notice_fields(notice)
    text = "".join(document.fill({blank.name: fields[blank.name] for blank in document.blanks}).paragraphs)
    assert "（2024）云9821民初1号民间借贷纠纷一案" in text
    assert "至今已19天未结" in text
    assert "请于2024年4月11日前书面回复" in text
