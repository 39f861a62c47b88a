"""An approval walks through a court: who is asked, who stands in, who came to the post, what is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from mingjing.domain.approvals.approval import Approval
from mingjing.domain.approvals.refusals import NobodyElse, PostVacant, UrgedAlready
from mingjing.domain.approvals.stepping import step
from mingjing.domain.ledgers.matters import Deed, Matter, Who, WrongPerson
from mingjing.services.reading.records.approvals import (
    APPLIED,
    COPIED,
    DECIDED,
    WAITING,
    box,
    chain_view,
    path_of,
)
from mingjing.services.records.acting import do, options
from mingjing.services.records.aiming import NobodyThere
from mingjing.services.records.delegating import delegate
from mingjing.services.records.opening import open_record
from mingjing.services.records.reviewing import review
from mingjing.services.records.versions import register_at, value_at
from mingjing.services.records.words import by_label
from mingjing.storage.people.models import Department, Oversight, Person, Posting
from mingjing.storage.records.models import Record, RecordNotice
from tests.services.builders import DAY, SINCE, House, acting, entries, hire
from tests.services.conftest import SetMoment

PUBLICATION = "approval.publication"
TEXT = {
    "标题": "开展巡回审判",
    "稿件": "正文",
    "信息类别": "动态",
    "发布渠道": ["门户网站"],
    "重大信息": False,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """The court with its office of publicity: 梁简 first, 许诺 second, 顾临川 in charge of the office."""

    house: House
    office: Department
    deputy: Person
    director: Person
    publicist: Person


@pytest.fixture
def desk(house: House) -> Desk:
    office = Department.objects.get(court=house.court, name="综合办公室")
    Oversight.objects.create(leader=house.leader, department=office, since=SINCE)
    return Desk(
        house,
        office,
        deputy=hire(house.court, "梁简", "综合办副主任", office),
        director=hire(house.court, "许诺", "综合办主任", office),
        publicist=hire(house.court, "杜若", "宣传干部", office),
    )


def submitted(desk: Desk, by: Person | None = None, *, on: date = DAY, **values: object) -> Record:
    """A text of the clerk's, or of somebody else's."""
    given = {**TEXT, "归口部门": desk.office.pk, **values}
    return open_record(acting(by or desk.house.clerk, on), PUBLICATION, "提交", given)


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def agreed(desk: Desk, record: Record, *people: Person, on: date = DAY) -> Record:
    for person in people:
        values = {"已作脱密脱敏": True} if person == desk.deputy else {}
        do(acting(person, on), record.pk, "同意", values)
    return fresh(record)


def test_three_different_people_agree_before_it_may_be_published(desk: Desk) -> None:
    record = submitted(desk)
    assert record.state == "审批中"
    assert agreed(desk, record, desk.deputy, desk.director, desk.house.leader).state == "已同意"
    published = {"发布地址": "门户首页", "发布日期": "2024-04-01"}
    assert do(acting(desk.publicist), record.pk, "发布", published).state == "已发布"


def test_nothing_is_published_before_the_last_has_agreed(desk: Desk) -> None:
    record = agreed(desk, submitted(desk), desk.deputy, desk.director)
    assert "发布" not in {one.act for one in options(acting(desk.publicist), record)}


def test_a_major_text_goes_on_to_the_president(desk: Desk) -> None:
    record = submitted(desk, 重大信息=True)
    record = agreed(desk, record, desk.deputy, desk.director, desk.house.leader)
    assert record.state == "审批中"
    assert agreed(desk, record, desk.house.president).state == "已同意"


def test_somebody_with_two_posts_does_not_review_twice(desk: Desk) -> None:
    Posting.objects.create(person=desk.deputy, post="综合办主任", department=desk.office, since=SINCE)
    record = agreed(desk, submitted(desk), desk.deputy)
    with pytest.raises(WrongPerson):
        do(acting(desk.deputy), record.pk, "同意", {})
    assert agreed(desk, record, desk.director).state == "审批中"


def test_a_vacant_post_is_named_at_submission(desk: Desk) -> None:
    Posting.objects.filter(person=desk.director).update(until=DAY.replace(day=1, month=3))
    with pytest.raises(PostVacant, match="“复审”由综合办主任审批，现在没有人担任"):
        submitted(desk)
    assert not Record.objects.exists()


def test_the_only_reviewer_cannot_submit_their_own(desk: Desk) -> None:
    with pytest.raises(NobodyElse):
        submitted(desk, desk.director)


def test_the_lists_show_what_waits_what_was_decided_applied_for_and_copied(desk: Desk) -> None:
    record = submitted(desk)
    lines, _ = box(acting(desk.deputy), WAITING)
    assert [(line.record.pk, line.step, line.applicant) for line in lines] == [(record.pk, "初审", "程露")]
    assert box(acting(desk.director), WAITING) == ([], False)
    record = agreed(desk, record, desk.deputy, desk.director, desk.house.leader)
    assert box(acting(desk.deputy), WAITING)[0] == []
    assert [line.record.pk for line in box(acting(desk.deputy), DECIDED)[0]] == [record.pk]
    assert [line.step for line in box(acting(desk.house.clerk), APPLIED)[0]] == ["已同意"]
    assert [line.record.pk for line in box(acting(desk.publicist), COPIED)[0]] == [record.pk]


def test_whoever_stands_in_is_asked_and_the_chain_says_for_whom(desk: Desk) -> None:
    delegate(
        acting(desk.director), taker_id=desk.publicist.pk, reason="年休假", since=DAY, until=date(2024, 4, 8)
    )
    record = agreed(desk, submitted(desk), desk.deputy)
    (line,) = box(acting(desk.publicist), WAITING)[0]
    assert line.for_whom == "许诺"
    record = agreed(desk, record, desk.publicist)
    view = chain_view(record)
    assert view is not None
    seat = view.steps[1].decided[0]
    assert (seat.name, seat.by_proxy) == ("许诺", (desk.publicist.pk, "杜若"))


def test_a_delegation_that_has_run_out_gives_nothing(desk: Desk) -> None:
    delegate(acting(desk.director), taker_id=desk.publicist.pk, reason="年休假", since=DAY, until=DAY)
    record = agreed(desk, submitted(desk), desk.deputy)
    with pytest.raises(WrongPerson):
        do(acting(desk.publicist, date(2024, 4, 2)), record.pk, "同意", {})


def test_whoever_comes_to_a_post_is_asked_from_that_day(desk: Desk, moment: SetMoment) -> None:
    record = agreed(desk, submitted(desk), desk.deputy)
    Posting.objects.filter(person=desk.director).update(until=DAY)
    new = hire(desk.house.court, "秦越", "综合办主任", desk.office, since=date(2024, 4, 2))
    tomorrow = date(2024, 4, 2)
    moment("2024-04-02T09:00:00")
    assert review(tomorrow) == 1
    assert review(tomorrow) == 0
    assert [line.record.pk for line in box(acting(new, tomorrow), WAITING)[0]] == [record.pk]
    assert box(acting(desk.director, tomorrow), WAITING)[0] == []
    assert entries("核对人员")[-1].subject_id == str(record.pk)


def test_each_step_has_its_own_clock(desk: Desk) -> None:
    record = agreed(desk, submitted(desk), desk.deputy, on=DAY)
    clocks = {row.label: row.done_on for row in record.clocks.all()}
    assert clocks == {"初审时限": DAY, "复审时限": None}
    assert record.due_on == date(2024, 4, 2)


def test_urging_leaves_a_note_once_a_day(desk: Desk) -> None:
    record = submitted(desk)
    do(acting(desk.house.clerk), record.pk, "催办", {})
    told = RecordNotice.objects.filter(record=record, person=desk.deputy).order_by("pk")
    assert "请您尽快办理" in told.last().sentence  # type: ignore[union-attr]
    with pytest.raises(UrgedAlready):
        do(acting(desk.house.clerk), record.pk, "催办", {})


def test_somebody_who_does_not_work_here_is_not_copied(desk: Desk) -> None:
    record = submitted(desk)
    target = {"哪些人": [desk.house.higher_manager.pk]}
    with pytest.raises(NobodyThere):
        do(acting(desk.house.clerk), record.pk, "抄送", {}, target=target)
    do(acting(desk.house.clerk), record.pk, "抄送", {}, target={"哪些人": [desk.house.judge.pk]})
    assert [line.record.pk for line in box(acting(desk.house.judge), COPIED)[0]] == [record.pk]


def test_a_rejection_and_its_reason_come_back_to_whoever_applied(desk: Desk) -> None:
    record = submitted(desk)
    do(acting(desk.deputy), record.pk, "驳回", {}, target={"退回到": "发起人"}, why="图片未打码")
    record = fresh(record)
    assert record.state == "已退回"
    assert "提交" in {one.act for one in options(acting(desk.house.clerk), record)}
    assert do(acting(desk.house.clerk), record.pk, "提交", {"稿件": "改过"}).state == "审批中"


def test_the_path_is_told_before_anybody_submits(desk: Desk) -> None:
    found = path_of(acting(desk.house.clerk), PUBLICATION)
    assert found is not None
    steps = {one.label: one for one in found[1]}
    assert steps["初审"].people == ((desk.deputy.pk, "梁简"),)
    assert steps["院长终审"].applies is None
    assert "重大信息" in steps["院长终审"].why


def test_the_record_is_what_its_acts_make_of_it(desk: Desk) -> None:
    """Everything the chain needs stands in the acts, so that anybody can check the record against them."""
    record = submitted(desk, 重大信息=True)
    do(acting(desk.deputy), record.pk, "驳回", {}, target={"退回到": "发起人"}, why="请改")
    do(acting(desk.house.clerk), record.pk, "提交", {})
    record = agreed(desk, record, desk.deputy, desk.director, desk.house.leader, desk.house.president)
    value = value_at(record)
    matter = Matter()
    for act in record.acts.select_related("actor").order_by("turn"):
        assert act.actor is not None
        who = Who(act.actor.pk, act.actor.name, frozenset(), anything=True)
        entered = by_label(register_at(record), act.values)
        at = act.at.astimezone(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)
        assert isinstance(value, Approval)
        stepped = step(value, matter, Deed(act.label, who, at, entered, act.target, act.why))
        matter = Matter(stepped.state, stepped.values, stepped.inner, opened=act.on)
    assert (matter.state, matter.inner) == (record.state, record.inner)
