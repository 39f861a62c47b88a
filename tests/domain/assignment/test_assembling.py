"""Lists: quotas and loads give the share; absence and substitution never add to it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.assignment.assembling import Staff, shortlists, weigh
from mingjing.domain.assignment.rules import AssignmentRule, Group, Missing
from mingjing.domain.assignment.teams import team_lacks

GROUP = Group("法官", {"审判员": 100, "庭长": 50}, ("承办人",))
RULE = AssignmentRule(
    id="assignment.sample",
    label="示例",
    since=date(2024, 1, 1),
    applies={},
    groups=(GROUP,),
    recusal=("亲属",),
    contributors=("立案庭", "督察室"),
    within=30,
    missing=Missing.GO_ON,
    grounds=("重大疑难",),
    approvers=("院长",),
    floor=50,
)

PEOPLE = st.lists(
    st.tuples(st.sampled_from(sorted(GROUP.posts)), st.integers(0, 400)), min_size=2, max_size=12
)


def staff_of(rows: list[tuple[str, int]]) -> list[Staff]:
    return [Staff(str(at), post, open={"民事一审": load}) for at, (post, load) in enumerate(rows)]


@given(PEOPLE)
def test_nobody_ever_has_more_than_the_quota_nor_less_than_the_floor(rows: list[tuple[str, int]]) -> None:
    staff = staff_of(rows)
    weights, _ = weigh(RULE, GROUP, staff)
    for one in staff:
        quota = GROUP.posts[one.post]
        assert max(1, quota * RULE.floor // 100) <= weights[one.id] <= quota


@given(PEOPLE, st.data())
def test_taking_over_a_colleagues_cases_never_adds_to_ones_share(
    rows: list[tuple[str, int]], data: st.DataObject
) -> None:
    staff = staff_of(rows)
    who, whose = data.draw(st.permutations(range(len(staff))))[:2]
    moved = data.draw(st.integers(0, rows[whose][1]))
    after = list(rows)
    after[who] = (rows[who][0], rows[who][1] + moved)
    after[whose] = (rows[whose][0], rows[whose][1] - moved)
    weights, _ = weigh(RULE, GROUP, staff_of(after))
    assert weights[str(who)] <= GROUP.posts[rows[who][0]]
    assert weights[str(whose)] <= GROUP.posts[rows[whose][0]]
    alone, _ = weigh(RULE, GROUP, staff_of([*rows[:who], after[who], *rows[who + 1 :]]))
    assert alone[str(who)] <= weigh(RULE, GROUP, staff)[0][str(who)]


@given(PEOPLE, st.integers(0, 11))
def test_who_comes_back_from_leave_has_the_share_of_the_present_load_and_no_arrears(
    rows: list[tuple[str, int]], at: int
) -> None:
    """However long somebody was away: back with no open case, the share is the quota, not a case more."""
    at %= len(rows)
    rows[at] = (rows[at][0], 0)
    weights, _ = weigh(RULE, GROUP, staff_of(rows))
    assert weights[str(at)] == GROUP.posts[rows[at][0]]


@given(PEOPLE, st.integers(0, 11))
def test_an_absent_person_is_in_no_list_and_changes_nobodys_quota(
    rows: list[tuple[str, int]], at: int
) -> None:
    staff = staff_of([*rows, ("审判员", 3)])
    at %= len(staff)
    away = [
        Staff(one.id, one.post, open=one.open, away="年休假") if place == at else one
        for place, one in enumerate(staff)
    ]
    [listed] = shortlists(RULE, {}, away)
    assert str(at) not in {one.id for one in listed.candidates}
    assert all(one.weight <= GROUP.posts[staff[int(one.id)].post] for one in listed.candidates)


@pytest.mark.parametrize(
    ("members", "lacks"),
    [
        (("法官", "法官助理", "书记员"), ()),
        (("法官", "法官助理"), ("缺书记员",)),
        (("法官",), ("缺法官助理", "缺书记员")),
        (("法官", "法官", "法官助理", "书记员"), ("法官有 2 人",)),
        (("法官", "法官助理", "书记员", "实习生"), ("不应有实习生",)),
    ],
)
def test_a_standard_team_is_one_of_each(members: tuple[str, ...], lacks: tuple[str, ...]) -> None:
    assert team_lacks(members) == lacks
