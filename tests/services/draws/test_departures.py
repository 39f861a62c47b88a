"""Every departure from the plain draw has a reason, somebody else's approval, a count and an entry."""

from __future__ import annotations

import pytest

from mingjing.domain.assignment.allowing import DeviationRefused
from mingjing.domain.reasons import Refusal
from mingjing.services.change_procedure import change_handler
from mingjing.services.draws.days import NotApproved, add_cases, lock_day, open_day
from mingjing.services.draws.deviations import ask_for_list, ask_for_redraw, decide, designate
from mingjing.services.draws.drawing import draw_day
from mingjing.services.draws.taking import take_day
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.reading.draw_figures import own_share, whole
from mingjing.services.reading.draws import waiting_cases
from mingjing.storage.assignment.models import Deviation, Draw
from mingjing.storage.people.models import Posting
from mingjing.storage.published.models import PublishedDeviation
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, acting, entries, hire
from tests.services.conftest import Refused
from tests.services.draws.conftest import Hall
from tests.services.importing.files import checked, csv, imported, reasons, row

GROUND = "系列或者关联案件"


def done(hall: Hall, *cases: object) -> Draw:
    """A day drawn and taken; its first draw."""
    day = hall.locked(*cases)  # type: ignore[arg-type]
    hall.promise(day)
    hall.reveal(day)
    draw_day(acting(hall.filing), day.pk)
    take_day(acting(hall.filing), day.pk)
    return day.draws.order_by("pk")[0]


def test_a_designation_waits_for_a_leader_and_then_gives_the_case(hall: Hall) -> None:
    case = hall.case()
    asked = designate(
        acting(hall.filing), case.pk, person_id=hall.house.judge.pk, ground=GROUND, reason="同一工程"
    )
    case.refresh_from_db()
    assert case.handler_id is None
    decide(acting(hall.house.president), asked.pk, approve=True, opinion="同意")
    case.refresh_from_db()
    assert case.handler_id == hall.house.judge.pk
    assert [entry.verb for entry in entries()][-2:] == ["申请指定分案", "批准例外分案"]
    [published] = PublishedDeviation.objects.all()
    assert (published.kind, published.ground, published.case) == ("指定分案", GROUND, case.number)


def test_a_designation_without_a_reason_or_with_another_ground_is_refused(
    hall: Hall, refused: Refused
) -> None:
    case, clerk = hall.case(), acting(hall.filing)
    with refused("“理由”没有填写"):
        designate(clerk, case.pk, person_id=hall.house.judge.pk, ground=GROUND, reason=" ")
    with refused("不是可以指定分案的理由", of=DeviationRefused):
        designate(clerk, case.pk, person_id=hall.house.judge.pk, ground="领导要求", reason="指示")
    with refused("没有担任可以承办"):
        designate(clerk, case.pk, person_id=hall.house.clerk.pk, ground=GROUND, reason="同一工程")


def test_nobody_approves_what_they_asked_for_themselves(hall: Hall, refused: Refused) -> None:
    """A head who is vice president as well asks, and cannot approve."""
    Posting.objects.create(person=hall.house.head, post="副院长", since=DAY)
    case = hall.case()
    asked = designate(
        acting(hall.house.head), case.pk, person_id=hall.house.judge.pk, ground=GROUND, reason="同一工程"
    )
    with refused("不能自己批准", of=DeviationRefused):
        decide(acting(hall.house.head), asked.pk, approve=True, opinion="同意")
    with refused("不能", of=NotAllowed):
        decide(acting(hall.filing), asked.pk, approve=True, opinion="同意")


def test_a_declined_designation_changes_nothing(hall: Hall, refused: Refused) -> None:
    case = hall.case()
    asked = designate(
        acting(hall.filing), case.pk, person_id=hall.house.judge.pk, ground=GROUND, reason="同一工程"
    )
    decide(acting(hall.house.president), asked.pk, approve=False, opinion="应当随机")
    case.refresh_from_db()
    assert case.handler_id is None
    assert not PublishedDeviation.objects.exists()
    with refused("已经不予批准"):
        decide(acting(hall.house.president), asked.pk, approve=True, opinion="同意")


def test_one_candidate_left_is_locked_only_after_approval(hall: Hall, refused: Refused) -> None:
    clerk = acting(hall.filing)
    hire(hall.house.court, "白露", "审判员", hall.house.second_civil)
    case = hall.case(cause="金融借款合同纠纷")
    for person in (hall.house.stranger, hall.house.leader, hall.house.president):
        Record.objects.create(
            court=hall.house.court, register="ledger.recusal_ground", definition="", number=person.name,
            state="有效", opened_on=DAY, data={"person": person.pk, "kind": "亲属", "name": "被告某甲"},
        )  # fmt: skip
    case.parties.create(role="被告", name="被告某甲")
    day = open_day(clerk)
    [draw] = add_cases(clerk, day.pk, [case.pk])
    assert draw.flags == ["只有一个结果"]
    assert {reason for _, reason in draw.pool["excluded"]} == {"回避", "专业不符"}
    with refused("经另一人批准才能锁定", of=NotApproved):
        lock_day(clerk, day.pk)
    asked = ask_for_list(clerk, draw.pk, kind="只有一个结果", reason="其余已回避")
    with refused("经另一人批准才能锁定", of=NotApproved):
        lock_day(clerk, day.pk)
    decide(acting(hall.house.president), asked.pk, approve=True, opinion="情况属实")
    assert lock_day(clerk, day.pk).locked_entry is not None


def test_a_changed_weight_stands_in_the_list_flagged(hall: Hall) -> None:
    clerk = acting(hall.filing)
    day = open_day(clerk)
    [draw] = add_cases(clerk, day.pk, [hall.case().pk])
    asked = ask_for_list(
        clerk, draw.pk, kind="权重调整", reason="半脱产培训", person_id=hall.house.judge.pk, weight=50
    )
    decide(acting(hall.house.president), asked.pk, approve=True, opinion="同意")
    draw.refresh_from_db()
    mine = next(name for name, pk in draw.people.items() if pk == hall.house.judge.pk)
    assert dict(draw.pool["candidates"])[mine] == 50
    assert draw.flags == ["权重调整"]
    assert lock_day(clerk, day.pk).locked_entry is not None


def test_after_the_lists_are_locked_no_weight_is_changed(hall: Hall, refused: Refused) -> None:
    day = hall.locked(hall.case())
    with refused("已经锁定"):
        ask_for_list(
            acting(hall.filing),
            day.draws.get().pk,
            kind="权重调整",
            reason="照顾",
            person_id=hall.house.judge.pk,
            weight=1,
        )


def test_whoever_recuses_is_out_of_the_next_list_of_the_case(hall: Hall) -> None:
    case = hall.case()
    first = done(hall, case)
    recused = first.people[first.drawn[0]]
    asked = ask_for_redraw(acting(hall.filing), first.pk, reason="代理人是近亲属", person_id=recused)
    decide(acting(hall.house.president), asked.pk, approve=True, opinion="同意")
    second = done(hall, case)
    assert second.turn == 2
    assert recused not in {second.people[name] for name, _ in second.pool["candidates"]}
    case.refresh_from_db()
    assert case.handler_id == second.people[second.drawn[0]] != recused
    first.refresh_from_db()
    assert first.state == Draw.State.REDRAWN


def test_of_a_panel_only_the_group_that_recused_is_drawn_again(hall: Hall) -> None:
    case = hall.case(procedure="普通程序")
    judge = done(hall, case)
    lay = case.draws.exclude(pk=judge.pk).get()
    assessors = set(case.panel.filter(role="人民陪审员").values_list("person", flat=True))
    recused = judge.people[judge.drawn[0]]
    clerk = acting(hall.filing)
    assert case.pk not in {one.pk for one in waiting_cases(clerk)}
    asked = ask_for_redraw(clerk, judge.pk, reason="代理人是近亲属", person_id=recused)
    decide(acting(hall.house.president), asked.pk, approve=True, opinion="同意")
    assert case.pk in {one.pk for one in waiting_cases(clerk)}
    second = done(hall, case)
    assert (second.label, second.turn, second.day.draws.count()) == (judge.label, 2, 1)
    case.refresh_from_db()
    lay.refresh_from_db()
    assert case.handler_id == second.people[second.drawn[0]] != recused
    assert lay.state == Draw.State.TAKEN
    assert set(case.panel.filter(role="人民陪审员").values_list("person", flat=True)) == assessors
    assert case.pk not in {one.pk for one in waiting_cases(clerk)}


def test_the_head_of_another_division_asks_for_no_redraw_of_its_case(hall: Hall) -> None:
    case = hall.case()
    drawn = done(hall, case)
    case.refresh_from_db()
    house = hall.house
    division = house.first_civil if case.department == house.second_civil else house.second_civil
    neighbour = hire(house.court, "邻岳", "庭长", division)
    with pytest.raises(NotVisible):
        ask_for_redraw(acting(neighbour), drawn.pk, reason="想换人", person_id=drawn.people[drawn.drawn[0]])
    assert not Deviation.objects.exists()


def test_a_drawn_handler_is_not_exchanged_by_a_head_alone(hall: Hall, refused: Refused) -> None:
    case = hall.case()
    draw = done(hall, case)
    other = next(one for one in hall.judges if one.pk != draw.people[draw.drawn[0]])
    case.refresh_from_db()
    with refused("不能直接变更", of=Refusal):
        change_handler(acting(hall.house.president), case_id=case.pk, handler_id=other.pk, reason="另有安排")


def test_between_lock_and_entry_nobody_gives_the_case_to_somebody_else(hall: Hall, refused: Refused) -> None:
    """Whoever has seen the result could leave it lying and give the case to whom they like."""
    case, president = hall.case(), acting(hall.house.president)
    listed = open_day(acting(hall.filing))
    add_cases(acting(hall.filing), listed.pk, [case.pk])

    def give() -> None:
        with refused("不能直接变更", of=Refusal):
            change_handler(president, case_id=case.pk, handler_id=hall.judges[-1].pk, reason="另有安排")

    day = lock_day(acting(hall.filing), listed.pk)
    give()
    hall.promise(day)
    hall.reveal(day)
    draw_day(acting(hall.filing), day.pk)
    give()
    take_day(acting(hall.filing), day.pk)
    drawn = day.draws.get()
    recused = drawn.people[drawn.drawn[0]]
    asked = ask_for_redraw(acting(hall.filing), drawn.pk, reason="代理人是近亲属", person_id=recused)
    decide(president, asked.pk, approve=True, opinion="同意")
    give()
    case.refresh_from_db()
    assert case.handler_id == recused


def test_a_file_gives_a_drawn_case_to_nobody_else(hall: Hall) -> None:
    hall.house.court.folder = "demo"
    hall.house.court.save()
    keeper, case = acting(hall.house.manager), hall.case()
    day = hall.locked(case)
    early = checked(keeper, csv([row(901, 承办人="甘棠")]))
    assert "还没有入案，不能由文件改成“甘棠”" in reasons(early)[0][2]
    hall.promise(day)
    hall.reveal(day)
    draw_day(acting(hall.filing), day.pk)
    take_day(acting(hall.filing), day.pk)
    case.refresh_from_db()
    drawn = case.handler_name
    other = next(one.name for one in hall.judges if one.name != drawn)
    late = checked(keeper, csv([row(901, 承办人=other)]))
    ((_, where, why),) = reasons(late)
    assert where == "承办人" and f"是“{drawn}”，不能由文件改成“{other}”" in why
    same = imported(keeper, csv([row(901, 承办人=drawn, 案由="租赁合同纠纷")]))
    assert (same.updated, same.refused) == (1, 0)
    case.refresh_from_db()
    assert (case.handler_name, case.cause) == (drawn, "租赁合同纠纷")


def test_departures_are_counted_beside_the_draws(hall: Hall) -> None:
    done(hall, hall.case())
    asked = designate(
        acting(hall.filing), hall.case().pk, person_id=hall.house.judge.pk, ground=GROUND, reason="同一工程"
    )
    decide(acting(hall.house.president), asked.pk, approve=True, opinion="同意")
    found = whole(acting(hall.house.president))
    assert (found.cases, found.overrides, found.override_rate) == (1, 1, 0.5)
    assert found.departures == (("指定分案", Deviation.State.APPROVED, 1),)


def test_a_judge_sees_expectation_and_spread_of_their_own_draws(hall: Hall) -> None:
    done(hall, *[hall.case() for _ in range(6)])
    own = own_share(acting(hall.house.judge))
    assert own.answer.value.draws == 6
    assert own.answer.value.expected == pytest.approx(sum(chance for _, chance, _ in own.draws))
    assert own.answer.value.drawn == sum(got for _, _, got in own.draws)


@pytest.mark.parametrize(
    ("register", "state", "data", "why"),
    [
        (
            "approval.leave",
            "已同意",
            {"first": "2024-03-30", "last": "2024-04-01", "kind": "年休假"},
            "不在岗",
        ),
        ("filing.outside_interests", "已报", {"subject": "启明机械"}, "回避"),
        ("filing.outside_interests", "已报", {"relative": "妻弟 启明机械有限公司 股东"}, "回避"),
    ],
)
def test_leave_and_declared_interests_keep_a_judge_out(
    hall: Hall, register: str, state: str, data: dict[str, str], why: str
) -> None:
    judge = hall.house.judge
    Record.objects.create(
        court=hall.house.court, register=register, definition="", number="1", state=state, opened_on=DAY,
        data=data, holder=judge, subject=judge, registered_by=judge,
    )  # fmt: skip
    clerk = acting(hall.filing)
    case = hall.case(party="启明机械有限公司")
    [draw] = add_cases(clerk, open_day(clerk).pk, [case.pk])
    mine = next(name for name, pk in draw.people.items() if pk == judge.pk)
    assert dict(draw.pool["excluded"]) == {mine: why}


def test_an_incomplete_team_keeps_its_judge_out_and_a_complete_one_comes_along(hall: Hall) -> None:
    house = hall.house
    data = {"judge": house.judge.pk, "assistant": house.assistant.pk}
    team = Record.objects.create(
        court=house.court, register="ledger.team", definition="", number="1", state="不完整", opened_on=DAY,
        data=data,
    )  # fmt: skip
    clerk = acting(hall.filing)
    [draw] = add_cases(clerk, open_day(clerk).pk, [hall.case().pk])
    assert [reason for _, reason in draw.pool["excluded"]] == ["团队不完整"]
    assert list(draw.details.values()) == ["缺书记员"]
    team.data, team.state = {**data, "clerk": house.clerk.pk}, "完整"
    team.save()
    asked = designate(clerk, hall.case().pk, person_id=house.judge.pk, ground=GROUND, reason="同一工程")
    decide(acting(house.president), asked.pk, approve=True, opinion="同意")
    members = asked.case.panel.order_by("role").values_list("role", "person__name")
    assert set(members) == {("法官助理", "苏禾"), ("书记员", "程露")}
