"""Names met at the court against a list: certain only where name and number agree both (R-093)."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingjing.domain.leads.matching import Likeness, Named, match, plain_name

ID, SAME_SHORT = "530102197503041217", "530102750304121"
OTHER = "530102197503041233"


@pytest.mark.parametrize(
    ("listed", "met", "found"),
    [
        (Named("申某", ID), Named("申某", ID), Likeness.CERTAIN),
        (Named("申某", ID), Named("申 某", "５３０１０２ 1975-0304-1217"), Likeness.CERTAIN),
        (Named("申某", ID), Named("申某", SAME_SHORT), Likeness.CERTAIN),
        (Named("店（昆）", "91530000ma00000x"), Named("店(昆)", "91530000MA00000X"), Likeness.CERTAIN),
        (Named("申某", ID), Named("沈某", ID), Likeness.POSSIBLE),
        (Named("申某", ID), Named("申某", OTHER), Likeness.NONE),
        (Named("申某", ID), Named(" 申 某 "), Likeness.POSSIBLE),
        (Named("买买提·艾力"), Named("买买提•艾力"), Likeness.POSSIBLE),
        (Named("申某", "无"), Named("申某", "无"), Likeness.POSSIBLE),
        (Named("申某", "00000000"), Named("沈某", "00000000"), Likeness.NONE),
        (Named("申某"), Named("沈某"), Likeness.NONE),
        (Named("楊華軒"), Named("杨华轩"), Likeness.POSSIBLE),
        (Named("鍾某"), Named("中某"), Likeness.NONE),
        (Named(""), Named(""), Likeness.NONE),
    ],
)  # fmt: skip
def test_how_sure_it_is(listed: Named, met: Named, found: Likeness) -> None:
    assert match(listed, met) is found
    assert match(met, listed) is found


NAMES = st.text("甲乙丙丁 ·（）Ａa", max_size=6)
NUMBERS = st.one_of(
    st.sampled_from(["", "无", "不详", "0", "00000000", ID, SAME_SHORT, OTHER]), st.text(max_size=9)
)


@given(NAMES, NUMBERS, NAMES, NUMBERS)
def test_nothing_is_certain_without_name_and_number(one: str, first: str, other: str, second: str) -> None:
    certain = match(Named(one, first), Named(other, second)) is Likeness.CERTAIN
    named = plain_name(one) == plain_name(other) != ""
    numbered = all(sum(sign.isalnum() for sign in number) >= 8 for number in (first, second))
    assert not certain or (named and numbered)


@given(
    st.sampled_from([ID, SAME_SHORT, "91530000MA0000001Y"]),
    st.integers(0, 17),
    st.sampled_from("0123456789AX"),
)
def test_a_number_of_which_one_figure_differs_is_never_certain(number: str, place: int, figure: str) -> None:
    at = place % (len(number) - 1)  # the last of a citizen's number is a check figure
    assume(number[at] != figure and not (number == ID and at in (6, 7)))
    changed = number[:at] + figure + number[at + 1 :]
    assert match(Named("申某", number), Named("申某", changed)) is Likeness.NONE


@given(NAMES, NUMBERS, NAMES, NUMBERS)
def test_it_is_the_same_both_ways(one: str, first: str, other: str, second: str) -> None:
    here, there = Named(one, first), Named(other, second)
    assert match(here, there) is match(there, here)
