"""A draft register over the records there are: who would have been late, who would have been told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from mingjing.services.installation import registry
from mingjing.services.trying import try_text
from mingjing.storage.auditlog.models import Act
from mingjing.storage.records.models import RecordAct, RecordAlert
from tests.services.builders import DAY, acting
from tests.services.records.builders import MENDING, Bench, accepted, registered

pytestmark = pytest.mark.django_db


def text_of(bench: Bench) -> str:
    return registry(bench.house.court).definition(MENDING, DAY).text


def test_a_shorter_limit_shows_who_would_have_been_late_and_told(bench: Bench) -> None:
    record = registered(bench)
    accepted(bench, record, on=DAY + timedelta(days=1))
    later = DAY + timedelta(days=20)
    before = (Act.objects.count(), RecordAct.objects.count(), RecordAlert.objects.count())
    shorter = text_of(bench).replace("within: 30 天", "within: 5 天")
    assert shorter != text_of(bench)
    trial = try_text(acting(bench.inspector, later), shorter)
    assert trial.problems == ()
    assert (trial.of_records, trial.seen, trial.cases, trial.newly_late) == (True, 1, 1, 1)
    (changed,) = [one for one in trial.changed.rows if one.label.startswith("整改时限")]
    assert changed.number == record.number
    assert "超过" in changed.after
    assert trial.warned.count >= 1
    assert (Act.objects.count(), RecordAct.objects.count(), RecordAlert.objects.count()) == before


def test_the_same_text_changes_nothing(bench: Bench) -> None:
    registered(bench)
    trial = try_text(acting(bench.inspector, DAY + timedelta(days=20)), text_of(bench))
    assert (trial.seen, trial.cases, trial.changed.count) == (1, 0, 0)


def test_a_state_taken_away_leaves_its_records_under_their_own_version(bench: Bench) -> None:
    registered(bench)
    without = text_of(bench).replace("待认领", "待受领")
    trial = try_text(acting(bench.inspector, DAY), without)
    assert "仍按旧版办完" in "".join(one.after for one in trial.changed.rows) or trial.problems


def test_records_the_actor_does_not_see_are_not_tried(bench: Bench) -> None:
    registered(bench)
    assert try_text(acting(bench.house.manager, DAY), text_of(bench)).seen == 0


def test_an_act_under_another_name_is_missed_in_what_was_done(bench: Bench) -> None:
    record = registered(bench)
    accepted(bench, record)
    renamed = text_of(bench).replace("认领", "领办")
    trial = try_text(acting(bench.inspector, DAY + timedelta(days=1)), renamed)
    (gone,) = [one for one in trial.changed.rows if one.label == "认领"]
    assert (gone.number, gone.before) == (record.number, "")
    assert "没有这个办理了，办过 1 次" in gone.after


def test_a_narrower_circle_names_who_acted_and_could_not_any_more(bench: Bench) -> None:
    accepted(bench, registered(bench))
    text = text_of(bench)
    act = next(line for line in text.splitlines() if "label: 认领," in line)
    narrower = text.replace(act, re.sub(r"by: [^,\[]+", "by: 督察员", act, count=1))
    assert narrower != text
    trial = try_text(acting(bench.inspector, DAY + timedelta(days=1)), narrower)
    barred = [one for one in trial.changed.rows if one.label.startswith("认领")]
    assert [one.after for one in barred] == ["林知远不在可以办的人里"]


def test_a_new_rung_tells_more_and_makes_nobody_late(bench: Bench) -> None:
    registered(bench)
    text = text_of(bench)
    clock = next(line for line in text.splitlines() if "label: 认领时限" in line)
    more = re.sub(r"(rungs: \[)", r"\g<1>届满日 蓝 登记人, ", clock)
    more = more if more != clock else clock.replace("late: 提醒 责任部门", "late: 提醒 责任部门、登记人")
    assert more != clock
    trial = try_text(acting(bench.inspector, DAY + timedelta(days=20)), text.replace(clock, more))
    assert trial.newly_late == 0
    assert {one.person for one in trial.warned.rows} == {"纪明"}
