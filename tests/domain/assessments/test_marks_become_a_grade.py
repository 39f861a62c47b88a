"""From marks to a grade: exact sums, juries, weights, changes, vetoes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.assessments.scoring import (
    TooFewReviewers,
    WrongMark,
    check_entry,
    marks_of,
    rounded,
    score,
    short,
    shown,
    total_of,
)
from mingjing.domain.assessments.sheets import Change, Item, Jury, Marking, Marks, Scored
from tests.domain.assessments.samples import sheet

ANSWERS = st.lists(
    st.tuples(*(st.decimals(0, full, places=1) for full in (40, 30, 30))), min_size=3, max_size=7
)


def handed_in(*rows: tuple[object, ...]) -> Scored:
    """Marks of as many reviewers, item by item."""
    labels = ("程序", "文书", "作风")
    return Scored(
        {
            place: Marks(dict(zip(labels, (Fraction(str(one)) for one in row), strict=True)))
            for place, row in enumerate(rows, start=1)
        }
    )


def test_the_mean_of_two_reviewers_is_exact_and_says_how() -> None:
    result = score(sheet(), handed_in((38, 27, 25.5), (36, 28, 26)))
    assert result.exact == Fraction("90.25")
    assert shown(result.total, 2) == "90.25"
    assert result.grade.label == "优秀"
    assert [(one.amount, one.text) for one in result.steps][:3] == [
        ("90.5", "1评分"),
        ("90", "2评分"),
        ("÷ 2 = 90.25", "2 份评分的平均（平均）"),
    ]


def test_highest_and_lowest_are_dropped_once_each() -> None:
    trimmed = replace(sheet(), jury=Jury.TRIMMED)
    result = score(trimmed, handed_in((40, 30, 30), (30, 20, 20), (30, 20, 20), (10, 10, 10)))
    assert result.kept == (2, 3)
    assert result.total == 70


def test_of_four_the_two_in_the_middle_are_the_median() -> None:
    median = replace(sheet(), jury=Jury.MEDIAN)
    result = score(median, handed_in((40, 30, 30), (30, 20, 20), (20, 20, 20), (10, 10, 10)))
    assert result.total == 65


def test_two_reviewers_cannot_be_trimmed() -> None:
    with pytest.raises(TooFewReviewers, match="至少要 3 人"):
        score(replace(sheet(), jury=Jury.TRIMMED), handed_in((40, 30, 30), (30, 20, 20)))


@pytest.mark.parametrize(
    ("total", "grade"),
    [("90", "优秀"), ("89.99", "良好"), ("80", "良好"), ("79.99", "合格"), ("59.99", "不合格")],
)
def test_a_grade_begins_at_its_least(total: str, grade: str) -> None:
    one = replace(sheet(), items=(Item("all", "全部", Fraction(100)),))
    assert score(one, Scored({1: Marks({"全部": Fraction(total)})})).grade.label == grade


def test_grades_are_read_off_the_rounded_total() -> None:
    one = replace(sheet(), items=(Item("all", "全部", Fraction(100)),), decimals=0)
    assert score(one, Scored({1: Marks({"全部": Fraction("89.5")})})).grade.label == "优秀"
    assert score(one, Scored({1: Marks({"全部": Fraction("89.49")})})).grade.label == "良好"


def test_a_quarter_of_integrity_and_three_of_the_rest_make_the_year() -> None:
    """R-028: integrity 80, other 90 → 87.5."""
    items = (
        Item("integrity", "党风廉政", Fraction(100), weight=Fraction(1, 4)),
        Item("other", "其他", Fraction(100), weight=Fraction(3, 4)),
    )
    marks = Marks({"党风廉政": Fraction(80), "其他": Fraction(90)})
    result = score(replace(sheet(), items=items), Scored({1: marks}))
    assert result.total == Fraction("87.5")
    assert "党风廉政 80 × 25%" in result.steps[1].text


def test_a_veto_keeps_ninety_eight_marks_below_excellent() -> None:
    """R-035: score 98 and a veto → at best 良好."""
    vetoed = replace(handed_in((40, 30, 28)), vetoes=(("群众投诉查实", "信访台账 3 号"),))
    result = score(sheet(), vetoed)
    assert (result.before.label, result.grade.label) == ("优秀", "良好")
    assert "一票否决" in result.steps[-1].text


def test_a_veto_lifts_nobody() -> None:
    vetoed = replace(handed_in((10, 10, 10)), vetoes=(("群众投诉查实", "信访台账 3 号"),))
    assert score(sheet(), vetoed).grade.label == "不合格"


def test_a_change_after_the_reply_replaces_the_mark_and_keeps_its_reason() -> None:
    changed = replace(handed_in((38, 27, 20)), changes=(Change("作风", Fraction(25), "录像表明没有迟到"),))
    result = score(sheet(), changed)
    assert result.total == 90
    assert any("由 20 改为 25：录像表明没有迟到" in one.text for one in result.steps)


@pytest.mark.parametrize("entered", ["-0.1", "40.1"])
def test_a_mark_outside_its_item_is_refused(entered: str) -> None:
    with pytest.raises(WrongMark, match="0 到 40 之间"):
        check_entry(sheet(), sheet().items[0], Fraction(entered))


def test_a_deduction_not_entered_is_none() -> None:
    deducting = replace(sheet(), marking=Marking.DEDUCTIONS)
    marks = marks_of(deducting, Marks({"程序": Fraction(5)}))
    assert total_of(deducting, marks) == 95


@given(ANSWERS)
def test_no_way_of_combining_leaves_the_range_of_the_reviewers(rows: list[tuple[object, ...]]) -> None:
    scored = handed_in(*rows)
    totals = [total_of(sheet(), held.entered) for held in scored.marks.values()]
    for jury in Jury:
        result = score(replace(sheet(), jury=jury), scored)
        assert min(totals) <= result.exact <= max(totals)


@given(ANSWERS)
def test_the_order_of_the_reviewers_makes_no_difference(rows: list[tuple[object, ...]]) -> None:
    for jury in Jury:
        one = replace(sheet(), jury=jury)
        assert score(one, handed_in(*rows)).exact == score(one, handed_in(*reversed(rows))).exact


@given(st.fractions(0, 100), st.integers(0, 4))
def test_what_is_shown_is_the_nearest_number_with_so_many_places(value: Fraction, places: int) -> None:
    assert Fraction(shown(value, places)) == rounded(value, places)
    assert abs(rounded(value, places) - value) <= Fraction(1, 2 * 10**places)


def test_halves_go_up() -> None:
    assert shown(Fraction("2.345"), 2) == "2.35"
    assert shown(Fraction("-2.345"), 2) == "-2.35"
    assert short(Fraction(7, 3)) == "2.3333"
    assert short(Fraction(5)) == "5"
