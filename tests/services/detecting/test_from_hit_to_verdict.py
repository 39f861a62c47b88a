"""A hit becomes a question to a person, once; what they say makes the rule's false-alarm rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingjing.domain.dates.periods import Period
from mingjing.services.detecting.checking import NothingChosen, assign, found_by, overview
from mingjing.services.detecting.finding import UnknownDetector, run_all
from mingjing.services.detecting.trying import WrongSetting, read_settings, try_settings
from mingjing.services.permissions import NotVisible
from mingjing.services.records.acting import do
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import DetectorRun
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, House, acting, entries, file_case

RULE = "detector.closed_before_signed"
QUARTER = Period(date(2024, 1, 1), DAY, "", "本季度")
DUE = date(2024, 4, 15)


def closed_early(house: House, serial: int = 1, signed: str = "2024-03-29") -> Case:
    """Judged on 20 March, signed nine days later."""
    case = file_case(house, serial=serial, filed_on=date(2024, 2, 1))
    milestones = {**case.milestones, "签发裁判文书": signed}
    Case.objects.filter(pk=case.pk).update(closed_on=date(2024, 3, 20), outcome="判决", milestones=milestones)
    return case


def test_a_hit_is_assigned_once_and_its_record_says_what_to_look_at(house: House) -> None:
    case = closed_early(house)
    office = acting(house.manager)
    report, found, _ = found_by(office, RULE, QUARTER)
    assert [one.hit.suspect.case_id for one in found] == [case.pk]
    keys = [found[0].hit.suspect.key]
    (record,) = assign(office, RULE, QUARTER, keys=keys, checker_id=house.manager.pk, due=DUE)
    assert (record.state, record.title, record.holder) == ("待核查", report.detector.label, house.manager)
    assert record.data["look"] == report.detector.look
    assert "2024-03-29" in record.data["reason"]
    assert assign(office, RULE, QUARTER, keys=keys, checker_id=house.manager.pk, due=DUE) == [record]
    assert Record.objects.filter(register="ledger.detector_hit").count() == 1


def test_the_verdict_is_a_persons_and_makes_the_rate(house: House) -> None:
    office = acting(house.manager)
    for serial in (1, 2, 3):
        closed_early(house, serial)
    _, found, _ = found_by(office, RULE, QUARTER)
    keys = [one.hit.suspect.key for one in found]
    records = assign(office, RULE, QUARTER, keys=keys, checker_id=house.manager.pk, due=DUE)
    for record, label in zip(records, ("认定属实", "认定不属实", ""), strict=True):
        if label:
            do(office, record.pk, label, {"核查情况": "已调卷"})
    tested = found_by(office, RULE, QUARTER)[2]
    assert (tested.checking, tested.true, tested.false, tested.wrong) == (1, 1, 1, 50.0)
    assert next(one for one in overview(office) if one.detector.id == RULE).tested == tested


def test_whoever_does_not_see_the_whole_court_sees_no_hits(house: House) -> None:
    for person in (house.judge, house.head, house.leader):
        with pytest.raises(NotVisible):
            found_by(acting(person), RULE, QUARTER)
        with pytest.raises(NotVisible):
            try_settings(acting(person), RULE, {}, QUARTER)


def test_nothing_ticked_is_refused_and_so_is_an_unknown_rule(house: House) -> None:
    office = acting(house.manager)
    with pytest.raises(NothingChosen):
        assign(office, RULE, QUARTER, keys=["案999999"], checker_id=house.manager.pk, due=DUE)
    with pytest.raises(UnknownDetector):
        found_by(office, "detector.nothing", QUARTER)


def test_the_daily_run_keeps_one_row_for_each_rule_and_writes_one_entry(house: House) -> None:
    closed_early(house)
    assert run_all(DAY) == 1
    assert run_all(DAY) == 1
    row = DetectorRun.objects.get(court=house.court, detector=RULE)
    assert (row.found, row.looked, row.last) == (1, 1, DAY)
    assert len([one for one in entries("真实性核查") if one.court == house.court.code]) == 2


def test_a_draft_is_compared_with_today_over_the_same_rows(house: House) -> None:
    office = acting(house.manager)
    withdrawn = file_case(house, serial=1, filed_on=date(2024, 1, 5))
    Case.objects.filter(pk=withdrawn.pk).update(
        closed_on=date(2024, 2, 1), outcome="准许撤诉", parties_text="甲、乙"
    )
    again = file_case(house, serial=2, filed_on=date(2024, 2, 21))
    Case.objects.filter(pk=again.pk).update(parties_text="甲、乙")
    trial = try_settings(office, "detector.withdraw_refile", {"再立天数": Decimal(10)}, QUARTER)
    assert [len(trial.now.hits), len(trial.draft.hits), len(trial.gained), len(trial.lost)] == [1, 0, 0, 1]
    assert [(one.name, one.now, one.draft) for one in trial.members] == [(house.judge.name, 1, 0)]
    assert again.number in trial.lost[0].reason


def test_settings_are_read_strictly(house: House) -> None:
    rule = found_by(acting(house.manager), "detector.nominal_handling", QUARTER)[0].detector
    assert read_settings(rule, {"看开庭": "否", "看阅卷": " "}) == {"看开庭": False}
    for name, text in (("看开庭", "也许"), ("看手机", "是")):
        with pytest.raises(WrongSetting):
            read_settings(rule, {name: text})
    numbers = found_by(acting(house.manager), "detector.withdraw_refile", QUARTER)[0].detector
    for text in ("-1", "三十", "1.5", "９", "99999999"):
        with pytest.raises(WrongSetting):
            read_settings(numbers, {"再立天数": text})
