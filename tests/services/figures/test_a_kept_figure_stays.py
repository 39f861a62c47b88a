"""A kept figure says tomorrow what it said today, and what has changed since."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.dates.periods import read_period
from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.explaining import REGISTER, Wish, ask_explanation, explanations, may_ask
from mingjing.services.figures.following import settle
from mingjing.services.figures.keeping import NotCounted, keep_figure, kept_figure, since
from mingjing.services.figures.opening import UnknownCount, Wanted, case_ids
from mingjing.services.figures.sight import NotYours, part, whole
from mingjing.services.marking import mark
from mingjing.services.permissions import NotVisible
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import House, acting, entries, file_case

FILED = "indicator.filed"
MARCH = read_period("2024-03")


def test_it_is_the_same_the_next_day_though_a_case_was_added(house: House) -> None:
    first = file_case(house)
    settle()
    manager = acting(house.manager)
    kept = keep_figure(manager, indicator_id=FILED, period=MARCH, seen=whole(manager))
    assert (kept.shown, kept.cases["新收"]) == ("1 件", [first.pk])
    second = file_case(house, serial=2)
    mark([second.pk])
    settle()
    again, seen = kept_figure(manager, kept.token)
    moved = since(manager, again, seen)
    assert again.shown == "1 件"
    assert moved.answer is not None and moved.answer.value.text == "2 件"
    assert [case.pk for case in moved.moved[0].entered.cases] == [second.pk]
    assert moved.moved[0].left.cases == []


def test_keeping_is_one_entry_of_the_log_with_the_version(house: House) -> None:
    file_case(house)
    settle()
    manager = acting(house.manager)
    kept = keep_figure(manager, indicator_id=FILED, period=MARCH, seen=whole(manager))
    [entry] = entries("保存指标数字")
    assert entry.subject_id == kept.token
    assert entry.definition == kept.definition
    assert kept.definition.startswith("indicator.filed @ 2024-01-01 #")


def test_nothing_can_be_kept_before_it_is_counted(house: House) -> None:
    file_case(house)
    manager = acting(house.manager)
    with pytest.raises(NotCounted, match="还没有数完"):
        keep_figure(manager, indicator_id=FILED, period=MARCH, seen=whole(manager))


def test_who_does_not_see_the_cases_does_not_see_the_figure(house: House) -> None:
    file_case(house)
    settle()
    judge = acting(house.judge)
    kept = keep_figure(judge, indicator_id=FILED, period=MARCH, seen=whole(judge))
    for person in (house.stranger, house.manager, house.head):
        with pytest.raises(NotVisible):
            kept_figure(acting(person), kept.token)
    with pytest.raises(NotVisible):
        kept_figure(judge, "no-such-figure")


def numbers(person: Person, label: str = "新收") -> list[int]:
    """The cases behind this year's filings, as somebody sees them."""
    actor = acting(person)
    indicator = indicator_on(actor.court, FILED, actor.on)
    return list(case_ids(whole(actor), Wanted.of(indicator, label, read_period("2024"))))


def test_a_number_opens_to_the_cases_somebody_sees(house: House) -> None:
    own = file_case(house)
    other = file_case(house, serial=2, handler=house.stranger)
    settle()
    assert numbers(house.judge) == [own.pk]
    assert numbers(house.head) == [own.pk]
    assert numbers(house.manager) == [own.pk, other.pk]
    with pytest.raises(UnknownCount, match="没有“结案”这个计数"):
        numbers(house.manager, "结案")


def test_a_stock_opens_to_what_stood_on_that_day(house: House) -> None:
    standing, gone = file_case(house), file_case(house, serial=2)
    Case.objects.filter(pk=gone.pk).update(closed_on=date(2024, 3, 20))
    settle()
    manager = acting(house.manager)
    indicator = indicator_on(manager.court, "indicator.pending", manager.on)

    def pending(code: str) -> list[int]:
        wanted = Wanted.of(indicator, "未结", read_period(code))
        return list(case_ids(whole(manager), wanted))

    assert pending("2024-03") == [standing.pk]
    assert pending("2024-W11") == [standing.pk, gone.pk]


def test_a_judge_may_not_ask_for_the_figures_of_a_court_or_of_others(house: House) -> None:
    judge = acting(house.judge)
    with pytest.raises(NotYours):
        whole(judge, house.higher.code)
    with pytest.raises(NotYours):
        whole(acting(house.keeper))
    theirs = part(judge, by="承办人", member=str(house.stranger.pk)).place
    assert not theirs.cases().exclude(handler=house.judge).exists()


def test_an_explanation_is_asked_for_with_the_figure_kept(house: House) -> None:
    file_case(house)
    settle()
    president = acting(house.president)
    wish = Wish(house.head.pk, date(2024, 4, 10), "比上年同期多")
    kept, record = ask_explanation(
        president, indicator_id=FILED, period=MARCH, seen=whole(president), wish=wish
    )
    assert (record.register, record.state, record.holder_id) == (REGISTER, "待说明", house.head.pk)
    assert record.data["link"] == f"/indicators/kept/{kept.token}"
    assert explanations(acting(house.head), kept.label) == [record]
    assert explanations(acting(house.judge), kept.label) == []
    assert may_ask(president)
    assert not may_ask(acting(house.judge))
    assert Record.objects.count() == 1
