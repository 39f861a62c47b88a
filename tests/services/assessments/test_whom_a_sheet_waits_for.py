"""A sheet waits for its reviewers, then for whoever may answer: it stands in their 今日."""

from __future__ import annotations

from datetime import date

from mingjing.services.reading.records.waiting import records_today
from mingjing.services.records.acting import do
from mingjing.storage.people.models import Person
from tests.services.assessments.builders import build_scoring, opened
from tests.services.builders import House, acting


def test_a_sheet_stands_in_the_day_of_whoever_it_waits_for(house: House) -> None:
    court, on = build_scoring(house), date(2024, 4, 1)
    head = court.heads["甲"]
    record = opened(court, "甲", "2024-03", on)

    def waits_for(person: Person) -> bool:
        return record.pk in {one.row.pk for one in records_today(acting(person, on))}

    assert waits_for(court.chief) and waits_for(court.inspector) and not waits_for(head)
    do(acting(court.chief, on), record.pk, "打分", {})
    assert not waits_for(court.chief)
    assert waits_for(court.inspector)
    do(acting(court.inspector, on), record.pk, "打分", {})
    assert not waits_for(court.inspector)
    do(acting(court.chief, on), record.pk, "告知", {})
    assert waits_for(head), "the head of the department scored may answer"
    do(acting(head, on), record.pk, "无异议", {})
    assert not waits_for(head)
