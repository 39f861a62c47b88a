"""Whoever reaches into the database between two steps of a filing day steers nothing unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from mingjing.services.demands import Taken
from mingjing.services.draws.contributions import name_public
from mingjing.services.draws.days import DayOutOfOrder, add_cases, open_day, void_day
from mingjing.services.draws.drawing import CONCERNED, PoolChanged, draw_day
from mingjing.services.draws.taking import take_day
from mingjing.storage.assignment.models import Contribution, Draw, FilingDay
from mingjing.storage.people.models import Department, Posting
from mingjing.storage.published.models import PublishedDraw
from tests.services.at_once import at_once
from tests.services.builders import SINCE, acting, build_house, entries
from tests.services.conftest import Refused, SetMoment
from tests.services.draws.conftest import VALUES, Hall, build_hall
from tests.services.draws.test_nobody_steers_a_draw import revealing, with_index


def _taken_out(day: FilingDay) -> None:
    Contribution.objects.filter(day=day, department__name="督察室").delete()


def _called_silent(day: FilingDay) -> None:
    given = Contribution.objects.filter(day=day, department__name="督察室")
    given.update(value="", revealed_at=None, silent=True)


@pytest.mark.parametrize("edit", [_taken_out, _called_silent])
def test_a_value_taken_away_after_the_reveals_draws_nothing(
    hall: Hall, edit: Callable[[FilingDay], None]
) -> None:
    day = revealing(hall, *VALUES)
    edit(day)
    with pytest.raises(PoolChanged, match="督察室的承诺或者随机数与日志里的不一样"):
        draw_day(acting(hall.filing), day.pk)
    assert len(entries("名单与承诺不符")) == 1
    assert not PublishedDraw.objects.exists()


@pytest.mark.parametrize("other", ["3211.36", ""])
def test_a_public_value_edited_after_the_reveals_draws_nothing(hall: Hall, other: str) -> None:
    day = with_index(hall)
    name_public(acting(hall.filing), day.pk, value="3211.35")
    hall.reveal(day)
    FilingDay.objects.filter(pk=day.pk).update(public=other, public_source="")
    with pytest.raises(PoolChanged, match="公共随机值"):
        draw_day(acting(hall.filing), day.pk)


def test_an_earlier_round_is_not_drawn_in_place_of_the_last(hall: Hall, moment: SetMoment) -> None:
    day = hall.one_silent(hall.case(), moment)
    assert day.round == 2
    hall.promise(day, "立案庭", "督察室")
    FilingDay.objects.filter(pk=day.pk).update(round=1)
    with pytest.raises(PoolChanged, match="第几轮"):
        draw_day(acting(hall.filing), day.pk)


def test_who_was_put_down_as_silent_cannot_choose_between_two_results(
    hall: Hall, moment: SetMoment, refused: Refused
) -> None:
    day = hall.one_silent(hall.case(procedure="普通程序"), moment)
    with refused("逾期未揭示已经登记", of=DayOutOfOrder):
        hall.reveal(day, "审判管理办公室")


def _another_name(draw: Draw) -> None:
    [[other, _], *_] = [one for one in draw.pool["candidates"] if one[0] not in draw.drawn]
    draw.drawn = [other]


def _another_person(draw: Draw) -> None:
    [[other, _], *_] = [one for one in draw.pool["candidates"] if one[0] not in draw.drawn]
    draw.people[draw.drawn[0]] = draw.people[other]


@pytest.mark.parametrize("edit", [_another_name, _another_person])
def test_a_result_edited_before_it_is_taken_reaches_no_case(hall: Hall, edit: Callable[[Draw], None]) -> None:
    day = revealing(hall, *VALUES)
    draw_day(acting(hall.filing), day.pk)
    draw = day.draws.select_related("case").get()
    edit(draw)
    draw.save()
    with pytest.raises(PoolChanged, match="不能入案"):
        take_day(acting(hall.filing), day.pk)
    assert json.loads(entries("名单与承诺不符")[0].payload)["不符"] == [draw.number]
    draw.case.refresh_from_db()
    assert draw.case.handler_id is None


def test_a_giver_who_may_be_drawn_stands_as_a_flag_of_the_draw(hall: Hall) -> None:
    judge = hall.judges[0]
    watch = Department.objects.get(name="督察室")
    Posting.objects.create(person=judge, post="督察员", department=watch, since=SINCE)
    hall.givers["督察室"] = judge
    day = revealing(hall, *VALUES)
    draw_day(acting(hall.filing), day.pk)
    draw = day.draws.get()
    assert judge.pk in {draw.people[name] for name, _ in draw.pool["candidates"]}
    assert CONCERNED in draw.flags
    assert CONCERNED in json.loads(PublishedDraw.objects.get().file)["flags"]


def test_the_tenth_day_of_a_date_numbers_its_draws_as_the_first(hall: Hall) -> None:
    clerk = acting(hall.filing)
    for turn in range(1, 11):
        day = open_day(clerk)
        found = add_cases(clerk, day.pk, [hall.case().pk, hall.case().pk])
        assert [one.number[len("001-20240401-") :][-3:] for one in found] == ["001", "002"]
        assert day.turn == turn
        void_day(clerk, day.pk, reason="开错了日期")
    assert len(set(Draw.objects.values_list("number", flat=True))) == 20


@pytest.mark.usefixtures("log_may_be_emptied", "transactional_db")
def test_a_case_put_on_two_days_at_once_is_drawn_on_one(moment: SetMoment) -> None:
    hall = build_hall(build_house())
    case = hall.case()
    first = open_day(acting(hall.filing))
    moment("2024-04-02T09:00:00")
    later = open_day(acting(hall.filing, date(2024, 4, 2)))
    assert first.pk != later.pk
    refusals = at_once(
        *[partial(add_cases, acting(hall.filing, day.on), day.pk, [case.pk]) for day in (first, later)]
    )
    assert [type(one) for one in refusals] == [Taken]
    assert Draw.objects.count() == 1
