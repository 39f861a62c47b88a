"""The pages of the draw: who sees what, what a refused step says, and one's own figures alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mingjing.services.draws.days import add_cases, open_day
from mingjing.services.draws.drawing import draw_day
from mingjing.services.draws.taking import take_day
from tests.services.builders import acting
from tests.services.draws.conftest import VALUES, Hall, hall
from tests.web.signing_in import signed_in

__all__ = ["hall"]


def test_a_filing_day_goes_from_lists_to_commitments_by_its_buttons(hall: Hall) -> None:
    clerk, case = signed_in(hall.filing), hall.case()
    day = clerk.post(reverse("filing-day-open")).headers["Location"]
    assert case.number in clerk.get(day).content.decode()
    clerk.post(f"{day}/add", {"case": [case.pk]})
    assert "锁定名单" in clerk.get(day).content.decode()
    clerk.post(f"{day}/lock")
    shown = clerk.get(day).content.decode()
    assert "提交本部门的承诺" in shown
    assert "锁定名单</button>" not in shown


def test_a_value_made_here_is_shown_once_and_not_kept(hall: Hall) -> None:
    day = hall.locked(hall.case())
    watch, page = signed_in(hall.inspector), reverse("filing-day-value", args=[day.pk])
    made = watch.post(page, {"make": "1"}).content.decode()
    given = day.contributions.get()
    assert given.value == ""
    assert 'id="made"' in made
    assert 'id="made"' not in watch.get(page).content.decode()


def test_a_false_value_is_refused_on_the_page_with_what_was_typed(hall: Hall) -> None:
    day = hall.locked(hall.case())
    hall.promise(day)
    page = reverse("filing-day-value", args=[day.pk])
    answer = signed_in(hall.inspector).post(page, {"value": "44" * 32})
    assert answer.status_code == 422
    assert "与先前提交的承诺不符" in answer.content.decode()
    assert "44" * 32 in answer.content.decode()


def test_a_judge_sees_no_button_of_the_filing_division_and_no_reason_that_is_not_published(
    hall: Hall,
) -> None:
    clerk = acting(hall.filing)
    day = open_day(clerk)
    [draw] = add_cases(clerk, day.pk, [hall.case().pk])
    draw.details = {next(iter(draw.people)): "本人申报的亲属"}
    draw.save()
    shown = signed_in(hall.house.judge).get(reverse("filing-day", args=[day.pk])).content.decode()
    assert "锁定名单</button>" not in shown
    assert "本人申报的亲属" not in shown


@pytest.fixture
def drawn(hall: Hall) -> Hall:
    """A day drawn and taken."""
    day = hall.locked(hall.case())
    hall.promise(day, *VALUES)
    hall.reveal(day, *VALUES)
    draw_day(acting(hall.filing), day.pk)
    take_day(acting(hall.filing), day.pk)
    return hall


def test_ones_own_page_names_no_colleague(drawn: Hall) -> None:
    shown = signed_in(drawn.house.judge).get(reverse("draws-mine")).content.decode()
    assert "平均会抽到" in shown
    assert [one.name for one in drawn.judges[1:] if one.name in shown] == []


def test_all_draws_together_name_nobody(drawn: Hall) -> None:
    shown = signed_in(drawn.house.president).get(reverse("draw-figures")).content.decode()
    assert [one.name for one in drawn.judges if one.name in shown] == []
