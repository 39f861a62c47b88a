"""Figures over registers and events follow acts, open to what they count, hide what is not to be seen."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from mingjing.domain.dates.periods import read_period
from mingjing.domain.indicators.figures import figure
from mingjing.domain.indicators.tallying import Table, tally
from mingjing.services.actors import Actor
from mingjing.services.change_procedure import change_handler
from mingjing.services.figures.asked import countings_of, indicator_on
from mingjing.services.figures.courts import by_court
from mingjing.services.figures.following import follow_log, settle
from mingjing.services.figures.keeping import keep_figure, kept_figure, since
from mingjing.services.figures.opening import Opened, Wanted, behind, item_ids, page_of
from mingjing.services.figures.reading import Line, board, groups
from mingjing.services.figures.record_rows import record_rows
from mingjing.services.figures.sight import AXES, whole
from mingjing.services.installation import registry
from mingjing.services.marking import mark, mark_records
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.strike_event import strike_event
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.indicators.models import Cell, RecordShare, StaleRecord
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import House, acting, file_case, happen, hire

HEARINGS, SPENDING = "ledger.head_attendance", "ledger.spending_check"
RATE, HELD, APPEARANCE = (
    "indicator.agency_head_attendance",
    "indicator.hearings_held",
    "indicator.head_appearance_rate",
)
MARCH = read_period("2024-03")


def heard(house: House, day: date, *, came: bool, case: Case | None = None) -> Record:
    """A hearing of the judge's at which the agency's head was there or not."""
    values: dict[str, object] = {
        "承办庭": house.first_civil.pk,
        "行政机关": "岚县公安局",
        "开庭日期": day.isoformat(),
    }
    if case is not None:
        values["案件"] = case.pk
    record = open_record(acting(house.judge), HEARINGS, "通知", values)
    if came:
        there = {"出庭人": "局长", "职级": "正职", "出声": True}
        return do(acting(house.judge), record.pk, "登记出庭", there)
    return do(acting(house.judge), record.pk, "登记未出庭", {"说明": "没有来人"})


def line(actor: Actor, id_: str, period: str = "2024-03") -> Line:
    [found] = board(actor, whole(actor), read_period(period), [id_])
    return found


def shown(actor: Actor, id_: str, period: str = "2024-03") -> str:
    found = line(actor, id_, period)
    assert found.answer is not None, found.why_not
    return found.answer.value.text


def opened(actor: Actor, id_: str, label: str) -> Opened:
    indicator = indicator_on(actor.court, id_, actor.on)
    return page_of(actor, whole(actor), Wanted.of(indicator, label, MARCH))


def test_a_record_reaches_the_figure_with_its_act_and_is_what_the_reference_counts(house: House) -> None:
    manager = acting(house.manager)
    heard(house, date(2024, 3, 20), came=True)
    settle()
    assert shown(manager, RATE) == "100.00%"
    late = heard(house, date(2024, 3, 21), came=False)
    settle()
    assert shown(manager, RATE) == "50.00%"
    indicator = indicator_on(house.court, RATE, manager.on)
    population = registry(house.court).population(HEARINGS)
    assert population is not None
    ids = list(Record.objects.values_list("pk", flat=True))
    rows = [row.fields for row in record_rows(house.court, ids)]
    counted = figure(indicator, tally(indicator, {HEARINGS: Table(population, rows)}, MARCH)).value
    assert counted.text == "50.00%"
    assert late.pk in [record.pk for record in opened(manager, RATE, "应出庭").records]
    assert [record.pk for record in opened(manager, RATE, "出庭").records] != [late.pk]


def test_the_light_is_amber_below_a_hundred_and_out_where_there_is_nothing(house: House) -> None:
    manager = acting(house.manager)
    for day in range(1, 11):
        heard(house, date(2024, 3, day), came=day != 4)
    settle()
    light = line(manager, RATE).light
    assert light is not None and light.value == "黄灯"
    assert line(manager, RATE, "2024-02").light is None


def test_a_secret_record_is_counted_and_listed_only_to_who_may_see_it(house: House) -> None:
    inspector = hire(house.court, "纪明", "督察员", house.office)
    values = {
        "节点": "清明", "凭证号": "记-031", "报销部门": house.office.pk, "支付日期": "2024-03-29",
        "金额": "1280.00", "规则": "无公函接待",
    }  # fmt: skip
    open_record(acting(inspector), SPENDING, "登记命中", values)
    settle()
    for person, seen, hidden in ((inspector, 1, 0), (house.president, 0, 1)):
        found = opened(acting(person), "indicator.spending_check_settled", "命中")
        assert (len(found.records), found.hidden) == (seen, hidden)
        assert shown(acting(person), "indicator.spending_check_settled") == "0.00%"


def test_a_sealed_register_is_never_counted(house: House) -> None:
    assert "ledger.lead" not in countings_of(house.court).registers


def test_a_kept_figure_names_the_records_that_came_in_since(house: House) -> None:
    manager = acting(house.manager)
    first = heard(house, date(2024, 3, 20), came=True)
    settle()
    kept = keep_figure(manager, indicator_id=RATE, period=MARCH, seen=whole(manager))
    assert kept.cases["应出庭"] == [first.pk]
    second = heard(house, date(2024, 3, 21), came=False)
    settle()
    again, seen = kept_figure(manager, kept.token)
    moved = since(manager, again, seen)
    assert again.shown == "100.00%"
    assert moved.answer is not None and moved.answer.value.text == "50.00%"
    assert [record.pk for record in moved.moved[0].entered.records] == [second.pk]


def test_every_hearing_of_a_case_counts_until_it_is_struck(house: House) -> None:
    manager, case = acting(house.manager), file_case(house)
    happen(case, "开庭", date(2024, 3, 20))
    happen(case, "再次开庭", date(2024, 3, 27))
    settle()
    assert shown(manager, HELD) == "2 次"
    events = opened(manager, HELD, "开庭数").events
    assert [event.kind for event in events] == ["开庭", "再次开庭"]
    strike_event(acting(house.manager), event_id=events[0].pk, reason="录错了日期，另行登记")
    settle()
    assert shown(manager, HELD) == "1 次"
    assert [event.pk for event in opened(manager, HELD, "开庭数").events] == [events[1].pk]


def test_what_was_never_registered_is_no_data_and_a_true_zero_is_zero(house: House) -> None:
    manager = acting(house.manager)
    case = file_case(house, kind="行政一审")
    happen(case, "开庭", date(2024, 3, 20))
    settle()
    found = line(manager, APPEARANCE)
    assert shown(manager, APPEARANCE) == "无数据"
    assert found.lacking == "这里从来没有登记过“负责人出庭”，零说明不了什么。"
    other = file_case(house, serial=2, kind="行政一审")
    happen(other, "负责人出庭", date(2024, 4, 1))
    mark([other.pk])
    settle()
    assert shown(manager, APPEARANCE) == "0.00%"
    assert line(manager, APPEARANCE).lacking == ""


def test_a_register_without_a_record_says_so(house: House) -> None:
    settle()
    manager = acting(house.manager)
    assert shown(manager, RATE) == "无数据"
    assert "还没有一条记录" in line(manager, RATE).lacking


def test_a_team_is_a_group_from_the_day_it_is_formed(house: House) -> None:
    manager = acting(house.manager)
    file_case(house)
    file_case(house, serial=2, handler=house.stranger)
    settle()
    indicator = indicator_on(house.court, "indicator.filed", manager.on)
    assert groups(manager, whole(manager), indicator, AXES["团队"], MARCH) == []
    officer = hire(house.court, "夏清", "政治部干部", house.office)
    values = {"名称": "民一庭第一团队", "类型": "普通审判", "法官": house.judge.pk}
    team = open_record(acting(officer), "ledger.team", "组建", values)
    settle()
    [found] = groups(manager, whole(manager), indicator, AXES["团队"], MARCH)
    assert (found.name, found.figure.text) == ("民一庭第一团队", "1 件")
    do(acting(officer), team.pk, "解散", {"原因": "法官调离"})
    settle()
    assert groups(manager, whole(manager), indicator, AXES["团队"], MARCH) == []


def test_a_record_knows_its_case_and_is_counted_anew_when_that_changes(house: House) -> None:
    case = file_case(house)
    record = heard(house, date(2024, 3, 20), came=True, case=case)
    settle()
    [row] = record_rows(house.court, [record.pk])
    assert row.fields["所涉案件类型"] == case.kind
    change_handler(acting(house.head), case_id=case.pk, handler_id=house.stranger.pk, reason="原承办人调离")
    assert follow_log()
    assert StaleRecord.objects.filter(record=record).exists()


def test_a_destroyed_record_goes_on_counting_and_names_nobody(house: House) -> None:
    manager = acting(house.manager)
    record = heard(house, date(2024, 3, 20), came=True)
    settle()
    Record.objects.filter(pk=record.pk).update(shredded_on=date(2024, 4, 1), data={}, holder=None)
    mark_records([record.pk])
    settle()
    assert shown(manager, RATE) == "100.00%"
    assert not Cell.objects.filter(
        ~Q(member=""), ~Q(flows="{}"), axis=Cell.Axis.HANDLER, member=str(house.judge.pk)
    ).exists()
    assert RecordShare.objects.filter(record=record).exists()


def test_the_higher_court_sees_each_court_in_the_order_of_codes_and_itself_within(house: House) -> None:
    file_case(house)
    settle()
    higher = acting(house.higher_manager)
    indicator = indicator_on(house.higher, "indicator.filed", higher.on)
    rows = by_court(higher, indicator, MARCH)
    assert [row.seen.name for row in rows] == [house.higher.name, house.court.name, "辖区各院合计"]
    assert [row.figure.text for row in rows if row.figure] == ["0 件", "1 件", "1 件"]
    assert [row.own for row in rows] == [True, False, False]
    assert by_court(acting(house.manager), indicator, MARCH) == []


def test_the_records_of_another_court_are_counted_and_not_listed(house: House) -> None:
    record = heard(house, date(2024, 3, 20), came=True)
    settle()
    higher = acting(house.higher_manager)
    indicator = indicator_on(house.higher, RATE, higher.on)
    below = whole(higher, house.court.code)
    wanted = Wanted.of(indicator, "应出庭", MARCH)
    assert list(item_ids(below, wanted)) == [record.pk]
    assert behind(higher, HEARINGS, [record.pk]).hidden == 1


def test_who_sees_one_division_sees_its_events_alone(house: House) -> None:
    mine, theirs = file_case(house), file_case(house, serial=2, handler=house.stranger)
    for case in (mine, theirs):
        happen(case, "开庭", date(2024, 3, 20))
    settle()
    judges: tuple[tuple[Person, Case], ...] = ((house.judge, mine), (house.stranger, theirs))
    for judge, case in judges:
        [event] = opened(acting(judge), HELD, "开庭数").events
        assert event == CaseEvent.objects.get(case=case, kind="开庭")
