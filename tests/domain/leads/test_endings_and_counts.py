"""Endings, forms and double checks: the rules R-042 to R-044, S-119, N-055."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.leads.double_check import LEADERSHIP, SUPERVISION, double_check
from mingjing.domain.leads.endings import UNFOUNDED, sights_missing, unsigned
from mingjing.domain.leads.measures import Measure, count_forms
from mingjing.domain.leads.routing import Organisation

FORMS = ("第一种形态", "第二种形态", "第三种形态", "第四种形态")
JUDGE, HEAD, LEADER, PRESIDENT, HIGHER = 1, 2, 3, 4, 5
UNIT, COURT, ABOVE = 10, 20, 21
COURTS = Organisation(
    {COURT: ABOVE, ABOVE: None},
    (),
    {UNIT: frozenset({HEAD})},
    {UNIT: frozenset({LEADER})},
    {COURT: frozenset({PRESIDENT}), ABOVE: frozenset({HIGHER})},
)


def test_two_of_three_signatures_are_not_enough() -> None:
    assert unsigned([7, 8], 9, [7, 9]) == (8,)
    assert unsigned([7, 8], 9, [9, 8, 7]) == ()


def test_a_verifier_who_also_approves_signs_once() -> None:
    assert unsigned([7, 9], 9, [7]) == (9,)


def test_blood_need_not_be_seen_where_nothing_was_found() -> None:
    ticks = {"见人": True, "见面": True, "见底": True, "见血": False}
    assert sights_missing(UNFOUNDED, ticks) == ()
    assert sights_missing("属实", ticks) == ("见血",)
    assert sights_missing("属实", {}) == ("见人", "见面", "见底", "见血")


def test_eight_people_are_counted_once_under_the_gravest_form() -> None:
    taken = [
        Measure("甲", FORMS[0], "诫勉"),
        Measure("甲", FORMS[1], "警告"),
        Measure("乙", FORMS[0], "谈话"),
    ]
    counted = count_forms(taken, FORMS)
    assert [(one.people, one.measures) for one in counted] == [(1, 2), (1, 1), (0, 0), (0, 0)]


@given(st.lists(st.builds(Measure, st.sampled_from("甲乙丙丁"), st.sampled_from(FORMS), st.just("处理"))))
def test_people_add_up_to_people_and_measures_to_measures(taken: list[Measure]) -> None:
    counted = count_forms(taken, FORMS)
    assert sum(one.people for one in counted) == len({one.person for one in taken})
    assert sum(one.measures for one in counted) == len(taken)


@pytest.mark.parametrize(
    ("person", "supervision", "leadership"),
    [
        (JUDGE, (HEAD,), (LEADER,)),
        (HEAD, (LEADER,), (PRESIDENT,)),
        (LEADER, (PRESIDENT,), (HIGHER,)),
        (PRESIDENT, (HIGHER,), ()),
    ],
)
def test_a_breach_questions_the_two_above(
    person: int, supervision: tuple[int, ...], leadership: tuple[int, ...]
) -> None:
    first, second = double_check(COURTS, person, UNIT, COURT)
    assert (first.kind, first.persons) == (SUPERVISION, supervision)
    assert (second.kind, second.persons) == (LEADERSHIP, leadership)


def test_a_vacant_post_is_an_empty_check_and_not_somebody_elses() -> None:
    first, second = double_check(Organisation({COURT: None}, ()), JUDGE, UNIT, COURT)
    assert first.persons == second.persons == ()


def test_eight_people_handled_are_eight_however_many_measures_they_got() -> None:
    """N-055: 3 sanctions and 5 organisational measures; two of the five were talked to as well."""
    sanctioned = [Measure(f"处分{one}", "第二种形态", "党纪轻处分") for one in range(3)]
    moved = [Measure(f"组织{one}", "第一种形态", "组织处理") for one in range(5)]
    talked = [Measure(f"组织{one}", "第一种形态", "诫勉") for one in range(2)]
    counted = count_forms([*sanctioned, *moved, *talked], ("第一种形态", "第二种形态"))
    assert [(one.people, one.measures) for one in counted] == [(5, 7), (3, 3)]
    assert sum(one.people for one in counted) == 8
