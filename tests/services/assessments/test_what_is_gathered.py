"""What the registers say flows into the annual result, the flag, the review of silence, the nominations."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mingjing.domain.assessments.gathering import Sort
from mingjing.domain.assessments.honours import NotEligible, Silence
from mingjing.domain.dates.periods import read_period
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.assessments import gatherings, honours
from mingjing.services.records.acting import do
from mingjing.services.records.flags import NotEarned, flags_of, propose_flag
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record
from tests.services.assessments.builders import CARDS, Scoring, build_scoring, month
from tests.services.builders import DAY, House, acting, hire
from tests.services.conftest import SetMoment

pytestmark = pytest.mark.django_db
YEAR = read_period("2024")
LAST = {"甲": 70, "乙": 90, "丙": 95, "丁": 98, "戊": 99}


@pytest.fixture
def court(house: House) -> Scoring:
    """Five departments and their scorers."""
    return build_scoring(house)


def at(day: date) -> datetime:
    """Eight in the morning."""
    return datetime(day.year, day.month, day.day, 8, tzinfo=ZoneInfo("Asia/Shanghai"))


def checked(court: Scoring, unit: Department, day: date) -> Record:
    """An internal check of a department, carried out on a day."""
    values = {
        "督查项目": "制度执行",
        "对照的制度": "用印办法",
        "被查部门": unit.pk,
        "计划日期": day.isoformat(),
    }
    values["督查人"] = court.inspector.pk
    record = open_record(
        acting(court.inspector, day), "ledger.internal_check", "列入计划", values, at=at(day)
    )
    done = {"督查情况": "逐项对照", "督查结论": "执行到位"}
    return do(acting(court.inspector, day), record.pk, "督查", done, at=at(day))


def breach(court: Scoring, person: Person, unit: Department, day: date, measure: str, gravity: str) -> Record:
    """A breach decided by the party group on a day."""
    chief = acting(court.chief, day)
    values = {
        "违纪事实": "违规接受宴请",
        "当事人": person.pk,
        "所在部门": unit.pk,
        "违纪日期": day.isoformat(),
    }
    record = open_record(chief, "ledger.breach", "立项", values, at=at(day))
    do(chief, record.pk, "听取陈述", {"本人陈述": "认错", "情节": gravity}, at=at(day))
    decided = {"处理": measure, "决定文号": "法党发〔2024〕1号", "生效日期": day.isoformat()}
    return do(acting(court.secretary, day), record.pk, "决定处理", decided, at=at(day))


def found(court: Scoring, unit: Department) -> Record:
    """A problem of conduct, put to a department."""
    values = {"问题": "庭审迟到", "责任部门": unit.pk}
    return open_record(acting(court.inspector), "ledger.conduct_finding", "开出", values)


def test_a_breach_flows_into_the_year_of_the_person_and_the_department(court: Scoring) -> None:
    record = breach(court, court.house.judge, court.units["甲"], DAY, "诫勉谈话", "较轻")
    for view in (
        gatherings.about_person(acting(court.chief), court.house.judge.pk, YEAR),
        gatherings.about_unit(acting(court.chief), court.units["甲"].pk, YEAR),
    ):
        assert dict(view.counts)["违纪"] == 1
        assert [one.record for one in view.lines] == [record.pk]
    mine = gatherings.about_person(acting(court.house.judge), court.house.judge.pk, YEAR)
    assert [one.record for one in mine.lines] == [record.pk]


def test_nobody_else_reads_what_is_gathered_about_a_colleague(court: Scoring) -> None:
    breach(court, court.house.judge, court.units["甲"], DAY, "诫勉谈话", "较轻")
    for person in (court.house.clerk, court.heads["甲"]):
        with pytest.raises(NotVisible):
            gatherings.about_person(acting(person), court.house.judge.pk, YEAR)
        with pytest.raises(NotVisible):
            gatherings.unit_years(acting(person), YEAR)


def test_what_a_keeper_may_not_read_is_counted_and_not_shown(court: Scoring) -> None:
    manager = acting(court.house.manager)
    values: dict[str, object] = {
        "案号": "（2024）云9821民初7号", "评查等级": "不合格", "审委会确认日期": "2024-03-20",
        "承办人": court.house.judge.pk, "承办部门": court.units["甲"].pk, "约谈领导": court.house.leader.pk,
    }  # fmt: skip
    record = open_record(manager, "ledger.quality_interview", "确认等级", values)
    talk = {"约谈日期": "2024-03-28", "约谈记录": "谈了", "参加约谈的庭长": court.heads["甲"].pk}
    do(acting(court.house.leader), record.pk, "约谈", talk)
    view = gatherings.about_unit(acting(court.inspector), court.units["甲"].pk, YEAR)
    assert (len(view.lines), view.hidden) == (1, 1)
    assert view.lines[0].record is None
    assert "民初7号" not in view.lines[0].title


def test_the_annual_sheet_is_filled_with_what_the_registers_say(court: Scoring) -> None:
    record = breach(court, court.house.judge, court.units["甲"], DAY, "通报批评", "一般")
    values: dict[str, object] = {
        "被考核人": court.house.judge.pk, "所在部门": court.units["甲"].pk, "考核期": "2024",
        "评分人": [court.inspector.pk], "归集事项": "没有",
    }  # fmt: skip
    with pytest.raises(Exception, match="归集事项"):
        open_record(acting(court.chief), "sheet.annual_person", "开评", values)
    del values["归集事项"]
    sheet = open_record(acting(court.chief), "sheet.annual_person", "开评", values)
    assert f"违纪 1 件：{record.number}（2024-04-01）" in sheet.data["collected"]
    assert "牌 0 件" in sheet.data["collected"]


def test_three_clean_years_with_checks_earn_the_flag_and_the_sum_is_kept(
    court: Scoring, moment: SetMoment
) -> None:
    moment("2028-06-01T09:00:00")
    on = date(2028, 1, 5)
    for year in (2025, 2026, 2027):
        checked(court, court.units["甲"], date(year, 5, 8))
    lines = {one.unit: one for one in flags_of(court.house.court, on)}
    assert lines[court.units["甲"].pk].to_give
    assert not lines[court.units["乙"].pk].flag.held
    record = propose_flag(acting(court.chief, on), court.units["甲"].pk)
    assert record.state == "待授旗"
    assert "违纪 0 件，监督工作 1 件" in record.data["derived"]
    with pytest.raises(NotEarned, match="待授旗"):
        propose_flag(acting(court.chief, on), court.units["甲"].pk)
    with pytest.raises(NotEarned, match="不能证明清白"):
        propose_flag(acting(court.chief, on), court.units["乙"].pk)
    with pytest.raises(NotVisible):
        propose_flag(acting(court.house.head, on), court.units["甲"].pk)


def test_a_breach_in_the_second_year_begins_the_count_anew(court: Scoring, moment: SetMoment) -> None:
    moment("2028-06-01T09:00:00")
    for year in (2025, 2026, 2027):
        checked(court, court.units["甲"], date(year, 5, 8))
    breach(court, court.house.judge, court.units["甲"], date(2026, 9, 2), "诫勉谈话", "较轻")
    line = next(
        one for one in flags_of(court.house.court, date(2028, 1, 5)) if one.unit == court.units["甲"].pk
    )
    assert (line.flag.held, line.flag.years) == (False, (2027,))
    assert any(one.text == "违纪 1 件，重新计数" for one in line.flag.steps)


def test_a_breach_of_this_year_takes_the_flag_away(court: Scoring, moment: SetMoment) -> None:
    moment("2028-06-01T09:00:00")
    on = date(2028, 1, 5)
    for year in (2025, 2026, 2027):
        checked(court, court.units["甲"], date(year, 5, 8))
    record = propose_flag(acting(court.chief, on), court.units["甲"].pk)
    do(acting(court.secretary, on), record.pk, "授旗", {})
    breach(court, court.house.judge, court.units["甲"], date(2028, 2, 2), "诫勉谈话", "较轻")
    line = next(
        one for one in flags_of(court.house.court, date(2028, 3, 2)) if one.unit == court.units["甲"].pk
    )
    assert line.to_take
    assert not line.to_give


def test_findings_without_a_measure_are_listed_and_nothing_at_all_is_not_praised(court: Scoring) -> None:
    for _ in range(2):
        found(court, court.units["甲"])
    found(court, court.units["乙"])
    breach(court, court.house.judge, court.units["乙"], DAY, "诫勉谈话", "较轻")
    lines = {one.unit: one for one in honours.silence_lines(acting(court.chief), YEAR)}
    first, second, third = (lines[court.units[name].pk] for name in "甲乙丙")
    assert (first.findings, first.measures, first.verdict) == (2, 0, Silence.LISTED)
    assert (second.findings, second.measures, second.verdict) == (2, 1, Silence.WORKED)
    assert third.verdict is Silence.QUIET


def test_a_measure_that_cancels_awards_bars_its_person_until_the_end_of_the_year(court: Scoring) -> None:
    record = breach(court, court.house.judge, court.units["甲"], DAY, "取消评先资格", "较重")
    found = honours.standing_of(acting(court.chief), DAY, person=court.house.judge.pk)
    assert [(one.what, one.until, one.source) for one in found.bars] == [
        ("取消评先资格", date(2024, 12, 31), record.number)
    ]
    party = hire(court.house.court, "俞洁", "机关党委干部", None)
    values: dict[str, object] = {
        "候选人": court.house.judge.pk, "所在部门": court.units["甲"].pk, "事迹": "见附件", "考核期": "2024",
        "评分人": [court.chief.pk, court.inspector.pk, court.secretary.pk],
    }  # fmt: skip
    with pytest.raises(NotEligible, match=f"取消评先资格.*{record.number}"):
        open_record(acting(party), "sheet.integrity_model", "开评", values)
    assert not honours.standing_of(acting(court.chief), DAY, unit=court.units["甲"].pk).bars


def test_a_veto_on_a_department_bars_the_department(court: Scoring) -> None:
    month(court, "2024-02", DAY, 乙=90)
    record = Record.objects.get(register="sheet.integrity_month")
    vetoed = {**record.inner, "vetoes": [["群众投诉查实", "督察-2024-0003"]]}
    Record.objects.filter(pk=record.pk).update(inner=vetoed)
    bars = honours.standing_of(acting(court.chief), DAY, unit=court.units["乙"].pk).bars
    assert [one.what for one in bars] == ["一票否决：群众投诉查实"]
    assert not honours.standing_of(acting(court.chief), date(2025, 1, 1), unit=court.units["乙"].pk).bars


def test_a_card_of_the_department_is_gathered_about_its_people(court: Scoring) -> None:
    month(court, "2024-01", date(2024, 2, 5), **LAST)
    month(court, "2024-02", date(2024, 3, 5), **LAST)
    card = Record.objects.get(register=CARDS, unit=court.units["甲"])
    assert not gatherings.about_person(acting(court.chief), court.house.judge.pk, YEAR).lines
    do(acting(court.secretary), card.pk, "确认发牌", {})
    view = gatherings.about_person(acting(court.chief), court.house.judge.pk, YEAR)
    assert [(one.sorts, one.record) for one in view.lines] == [(Sort.CARD.value, card.pk)]
