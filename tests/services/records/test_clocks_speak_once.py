"""Clocks of records: started, stopped, started anew by acts; every rung once, with its true day (G5)."""

from __future__ import annotations

from datetime import date

from mingjing.services.permissions import NotVisible
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.sight import seen_record
from mingjing.services.records.ticking import is_due, speak_record, tell
from mingjing.services.tick import run
from mingjing.storage.people.models import Oversight, Posting
from mingjing.storage.records.models import Record, RecordAlert, RecordClock
from tests.services.builders import acting
from tests.services.conftest import Refused, SetMoment
from tests.services.records.builders import STEP, Bench, accepted, file_of, fresh, registered, strays


def clock(record: Record, label: str = "") -> RecordClock:
    rows = record.clocks.order_by("pk")
    found = (rows.filter(label=label) if label else rows).last()
    assert found is not None
    return found


def alerts(record: Record) -> list[tuple[int, str, date, str, str]]:
    rows = RecordAlert.objects.filter(record=record).order_by("on", "rung", "pk")
    return [(a.rung, a.tell, a.on, a.person.name if a.person else "", a.settled) for a in rows]


def test_registering_starts_three_working_days(bench: Bench) -> None:
    record = registered(bench)
    row = clock(record)
    # 1 April 2024 is a Monday; 4 to 6 April is 清明, 7 April is worked
    assert (row.label, row.started, row.due_on) == ("认领时限", date(2024, 4, 1), date(2024, 4, 7))
    assert fresh(record).due_on == date(2024, 4, 7)
    assert row.next_on == date(2024, 4, 8)


def test_accepting_in_time_stops_one_clock_and_starts_the_next(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    assert clock(record, "认领时限").done_on == date(2024, 4, 1)
    assert clock(record, "认领时限").next_on is None
    assert clock(record, "整改时限").due_on == date(2024, 5, 1)
    assert fresh(record).due_on == date(2024, 5, 1)
    tell(date(2024, 4, 20))
    assert alerts(record) == []


def test_nobody_accepts_and_the_head_of_the_department_is_told_the_day_after(bench: Bench) -> None:
    record = registered(bench)
    tell(date(2024, 4, 7))
    assert alerts(record) == []
    assert tell(date(2024, 4, 8)).alerts == 1
    assert alerts(record) == [(1, "责任部门", date(2024, 4, 8), "周岚", "")]
    assert fresh(record).colour == 3
    assert tell(date(2024, 4, 9)).alerts == 0


def test_a_month_of_downtime_loses_no_rung_and_tells_the_true_days(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    tell(date(2024, 6, 20))
    assert alerts(record) == [
        (1, "责任人", date(2024, 4, 26), "林知远", ""),
        (2, "责任部门负责人", date(2024, 5, 2), "周岚", ""),
        (3, "责任部门分管领导", date(2024, 5, 11), "顾临川", ""),
    ]
    tell(date(2024, 6, 20))
    assert len(alerts(record)) == 3
    assert not strays(), "whoever was told has a part that repeats the record"
    assert not is_due(date(2024, 7, 1))


def test_whoever_held_the_post_on_the_day_is_told(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    Posting.objects.filter(person=bench.house.head).update(until=date(2024, 5, 3))
    tell(date(2024, 6, 20))
    assert (2, "责任部门负责人", date(2024, 5, 2), "周岚", "") in alerts(record)


def test_a_vacant_post_and_a_head_who_owns_it_are_skipped_upward(bench: Bench) -> None:
    record = accepted(bench, registered(bench), by=bench.house.head)
    Oversight.objects.all().update(until=date(2024, 5, 5))
    tell(date(2024, 6, 20))
    told = {(tell_, name) for _, tell_, _, name, _ in alerts(record)}
    assert ("责任部门负责人", "顾临川") in told
    assert ("责任部门分管领导", "沈砚") in told


def test_what_is_done_late_keeps_its_alert_as_settled(bench: Bench, moment: SetMoment) -> None:
    record = registered(bench)
    tell(date(2024, 4, 9))
    moment("2024-04-10T09:00:00")
    accepted(bench, record, on=date(2024, 4, 10))
    assert alerts(record) == [(1, "责任部门", date(2024, 4, 8), "周岚", "已办结")]
    assert clock(record, "认领时限").done_on == date(2024, 4, 10)


def test_an_act_after_downtime_raises_what_was_missed_before_it_settles(
    bench: Bench, moment: SetMoment
) -> None:
    record = registered(bench)
    moment("2024-04-10T09:00:00")
    accepted(bench, record, on=date(2024, 4, 10))
    assert alerts(record) == [(1, "责任部门", date(2024, 4, 8), "周岚", "已办结")]


def test_sending_back_starts_the_clock_anew(bench: Bench, moment: SetMoment) -> None:
    record = accepted(bench, registered(bench))
    do(acting(bench.house.judge), record.pk, "报验", {}, files=[("整改佐证", file_of("a"), "a.pdf")])
    moment("2024-04-09T10:00:00")
    do(acting(bench.inspector, date(2024, 4, 9)), record.pk, "退回", {"退回理由": "不全"})
    runs = record.clocks.filter(label="整改时限").order_by("turn")
    assert [(row.turn, row.done_on, row.due_on) for row in runs] == [
        (2, date(2024, 4, 1), date(2024, 5, 1)),
        (4, None, date(2024, 5, 9)),
    ]


def test_a_clock_until_a_field_follows_the_field(bench: Bench, moment: SetMoment) -> None:
    inspector = acting(bench.inspector)
    above = registered(bench)
    given = {"措施内容": "补签", "落实人": bench.house.clerk.pk}
    record = open_record(inspector, STEP, "列入", given, above=above.pk)
    assert clock(record).due_on is None
    assert "还没有填" in clock(record).refusal
    do(inspector, record.pk, "改期", {"完成期限": "2024-04-20"})
    assert (clock(record).due_on, clock(record).next_on) == (date(2024, 4, 20), date(2024, 4, 17))
    tell(date(2024, 4, 17))
    assert alerts(record) == [(1, "落实人", date(2024, 4, 17), "程露", "")]
    moment("2024-04-18T09:00:00")
    do(acting(bench.inspector, date(2024, 4, 18)), record.pk, "改期", {"完成期限": "2024-05-20"})
    assert alerts(record) == [(1, "落实人", date(2024, 4, 17), "程露", "期限已变更")]
    assert clock(record).next_on == date(2024, 5, 17)
    assert fresh(record).colour == 0


def test_whoever_is_told_sees_the_record_from_then_on(bench: Bench, refused: Refused) -> None:
    record = accepted(bench, registered(bench))
    Posting.objects.filter(person=bench.house.head).update(until=date(2024, 5, 3))
    Posting.objects.create(
        person=bench.house.head, post="审判员", department=bench.house.second_civil, since=date(2024, 5, 4)
    )
    with refused(of=NotVisible):
        seen_record(acting(bench.house.stranger), record.pk)
    tell(date(2024, 6, 1))
    former = acting(bench.house.head, date(2024, 6, 1))
    assert seen_record(former, record.pk).pk == record.pk


def test_the_clock_pass_tells_records_too(bench: Bench) -> None:
    record = registered(bench)
    for _ in range(2):
        run(date(2024, 4, 9))
        assert alerts(record) == [(1, "责任部门", date(2024, 4, 8), "周岚", "")]


def test_speaking_again_for_a_day_before_says_nothing_new(bench: Bench) -> None:
    record = registered(bench)
    assert speak_record(record.pk, date(2024, 4, 8)) == 1
    assert speak_record(record.pk, date(2024, 4, 8)) == 0
