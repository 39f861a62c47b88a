"""Marks stay with whoever gave them until the last reviewer has handed in; nobody reviews their own."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from mingjing.domain.assessments.outline import CONFIRM, OPEN, REPLACE, SCORE
from mingjing.domain.ledgers.matters import NotReady, WrongPerson
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.assessments.sheet_page import sheet_view
from mingjing.services.records.acting import do, options
from mingjing.services.records.opening import open_record
from mingjing.services.records.workbooks import export
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record, RecordAct
from tests.services.builders import DAY, House, acting, file_case, hire

SHEET = "sheet.hearing"
SECRET_NOTE = "迟到十一分钟"


@pytest.fixture
def reviewers(house: House) -> tuple[Person, Person]:
    """Two inspectors."""
    return (
        hire(house.court, "纪明", "督察员", house.office),
        hire(house.court, "罗一舟", "督察员", house.office),
    )


def opened(house: House, jury: list[Person], **more: object) -> Record:
    """A hearing of the judge, to be scored by these."""
    values: dict[str, object] = {
        "案号": "（2024）云9821民初12号",
        "开庭日期": "2024-03-20",
        "评查方式": "现场旁听",
        "承办法官": house.judge.pk,
        "承办部门": house.first_civil.pk,
        "评分人": [one.pk for one in jury],
        **more,
    }
    return open_record(acting(house.manager), SHEET, OPEN, values)


def marked(person: Person, record: Record, note: str = "", **off: str) -> Record:
    """Handed in by one reviewer: what is taken off, item by item."""
    values: dict[str, object] = {**off, **({"评分说明": note} if note else {})}
    return do(acting(person), record.pk, SCORE, values)


def test_the_other_reviewer_finds_nothing_anywhere_until_both_are_in(
    house: House, reviewers: tuple[Person, Person], client: Client
) -> None:
    first, second = reviewers
    record = opened(house, [first, second])
    marked(first, record, SECRET_NOTE, 准时开庭="7.3")
    stored = Record.objects.get(pk=record.pk)
    assert "7.3" not in str(stored.data)
    assert SECRET_NOTE not in stored.search
    done = RecordAct.objects.get(record=record, label=SCORE)
    assert (done.values, done.target, done.why) == ({}, {}, "")
    assert "7.3" not in str(list(Act.objects.values_list("payload", flat=True)))
    for person in (second, house.manager, house.judge, house.president):
        view = sheet_view(acting(person), stored)
        assert view is not None
        assert view.sealed
        assert view.lines == ()
        book = ZipFile(BytesIO(export(acting(person), SHEET)))
        text = "".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())
        assert "7.3" not in text
        assert SECRET_NOTE not in text
    own = sheet_view(acting(first), stored)
    assert own is not None
    assert own.lines[0].mark == "2.7"


def test_with_the_last_everything_is_open_with_its_steps(
    house: House, reviewers: tuple[Person, Person]
) -> None:
    first, second = reviewers
    record = opened(house, [first, second])
    marked(first, record, SECRET_NOTE, 准时开庭="7.3")
    after = marked(second, record, 准时开庭="5.3", 语言文明="5")
    assert after.state == "待告知"
    assert (after.data["total"], after.data["grade"]) == ("91.2", "优秀")
    view = sheet_view(acting(second), after)
    assert view is not None
    assert view.lines[0].marks == ("2.7", "4.7")
    assert view.lines[0].mark == "3.7"
    assert SECRET_NOTE in after.data["note"]
    assert view.why is not None
    assert view.why.steps[-2].amount == "= 91.2"


def test_somebody_outside_the_jury_cannot_score_and_nobody_for_another(
    house: House, reviewers: tuple[Person, Person]
) -> None:
    record = opened(house, list(reviewers))
    with pytest.raises(WrongPerson):
        marked(house.manager, record, 准时开庭="1")
    with pytest.raises(NotVisible):
        marked(house.stranger, record, 准时开庭="1")


def test_the_judge_is_not_named_to_review_the_own_hearing(
    house: House, reviewers: tuple[Person, Person]
) -> None:
    with pytest.raises(WrongPerson, match=f"{house.judge.name}就是“承办法官”，不能评自己的事"):
        opened(house, [reviewers[0], house.judge])


def test_whoever_sat_in_the_case_is_not_named_later_either(
    house: House, reviewers: tuple[Person, Person]
) -> None:
    case = file_case(house, handler=reviewers[1])
    with pytest.raises(WrongPerson, match="是这件案件的承办人或者合议庭成员"):
        opened(house, list(reviewers), 案件=case.pk)
    other = hire(house.court, "冯远", "督察员", house.office)
    record = opened(house, [reviewers[0], other], 案件=case.pk)
    with pytest.raises(WrongPerson, match="罗一舟"):
        do(acting(house.manager), record.pk, REPLACE, {"评分人": [one.pk for one in reviewers]})


def test_a_reviewer_who_leaves_takes_the_marks_along(house: House, reviewers: tuple[Person, Person]) -> None:
    first, second = reviewers
    third = hire(house.court, "冯远", "督察员", house.office)
    record = opened(house, [first, second])
    marked(first, record, 准时开庭="10")
    do(acting(house.manager), record.pk, REPLACE, {"评分人": [second.pk, third.pk]})
    marked(second, record)
    assert marked(third, record).data["total"] == "100.0"


def test_the_judge_answers_before_it_is_final_and_silence_waits_for_its_time(
    house: House, reviewers: tuple[Person, Person]
) -> None:
    record = opened(house, list(reviewers))
    for one in reviewers:
        marked(one, record)
    do(acting(house.manager), record.pk, "告知", {})
    with pytest.raises(NotReady, match="还没有答复，答复时限到"):
        do(acting(house.manager), record.pk, CONFIRM, {})
    answered = do(acting(house.judge), record.pk, "答复", {"被评人意见": "当日停电。"})
    assert answered.state == "待确认"
    changed = {"改分项目": "准时开庭", "改为": "9", "改分理由": "停电属实，扣一分"}
    assert do(acting(house.manager), record.pk, "复核改分", changed).data["total"] == "99.0"
    assert do(acting(house.manager), record.pk, CONFIRM, {}).over


def test_a_failed_hearing_opens_a_finding_by_itself(house: House, reviewers: tuple[Person, Person]) -> None:
    record = opened(house, list(reviewers))
    off = {"准时开庭": "10", "无缺席离席": "10", "语言文明": "10", "平等中立": "10", "着装徽章": "5"}
    for one in reviewers:
        marked(one, record, **off)
    do(acting(house.manager), record.pk, "告知", {})
    do(acting(house.judge), record.pk, "无异议", {})
    do(acting(house.manager), record.pk, CONFIRM, {})
    made = Record.objects.get(register="ledger.conduct_finding")
    assert made.title == "（2024）云9821民初12号庭审评分不合格（55.0 分）"
    assert made.unit == house.first_civil


def test_only_the_jury_is_offered_to_score(house: House, reviewers: tuple[Person, Person]) -> None:
    record = opened(house, list(reviewers))
    assert SCORE in [one.act for one in options(acting(reviewers[0]), record)]
    assert SCORE not in [one.act for one in options(acting(house.manager), record)]
    assert str(DAY) == str(record.opened_on)
