"""A draft register over the records there are: who would have been late, who would have been told."""

from __future__ import annotations

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
