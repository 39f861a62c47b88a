"""A piece goes where it belongs; every other line, comment and blank stays as it was."""

from __future__ import annotations

from datetime import date
from difflib import ndiff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.services.drafting import pieces
from mingjing.services.drafting.beginnings import blank

TEXT = blank("ledger", date(2026, 3, 2))


def added(text: str) -> list[str]:
    """Lines that are new; none may be gone."""
    changes = list(ndiff(TEXT.split("\n"), text.split("\n")))
    assert not [line for line in changes if line.startswith("- ")]
    return [line[2:] for line in changes if line.startswith("+ ")]


def test_a_field_stands_at_the_end_of_the_fields() -> None:
    text = pieces.put_field(TEXT, "钥匙号", "选项", ["1", "2"])
    assert added(text) == ["  field1: {label: 钥匙号, type: 选项, options: [1, 2]}"]
    assert text.index("损坏情况, type") < text.index("钥匙号") < text.index("states:")


def test_state_act_and_limit_stand_in_their_sections() -> None:
    assert added(pieces.put_state(TEXT, "已取消", final=True)) == ["  state1: {label: 已取消, final: true}"]
    act = pieces.put_act(TEXT, "取消", "借用人", "待同意", "已取消", ["用途"])
    assert added(act) == ["  act1: {label: 取消, by: 借用人, moves: 待同意 → 已取消, fill: [用途]}"]
    clock = pieces.put_clock(TEXT, "答复时限", "申请", "同意", "1 个工作日", "")
    assert added(clock) == ["  - {label: 答复时限, starts: 申请, stops: 同意, within: 1 个工作日}"]


def test_a_key_already_used_is_not_used_again() -> None:
    twice = pieces.put_state(pieces.put_state(TEXT, "甲", final=False), "乙", final=False)
    assert "state1: {label: 甲}" in twice
    assert "state2: {label: 乙}" in twice


def test_a_section_that_is_not_there_is_made_before_the_examples() -> None:
    bare = TEXT[: TEXT.index("clocks:")] + TEXT[TEXT.index("examples:") :]
    text = pieces.put_clock(bare, "答复时限", "申请", "同意", "1 天", "借用人")
    assert text.index("clocks:") < text.index("examples:")


@given(st.sampled_from("{}[],:#&*!|>'\"%@`→\n"), st.text("甲乙丙", max_size=3))
def test_a_word_that_would_bend_the_file_is_refused(sign: str, rest: str) -> None:
    with pytest.raises(pieces.NoPlace):
        pieces.put_state(TEXT, f"甲{rest}{sign}丁", final=False)


def test_a_section_on_one_line_is_left_alone() -> None:
    flat = TEXT.replace("states:\n", "states: {x: {label: 甲}}\nrest:\n")
    with pytest.raises(pieces.NoPlace, match="一行里"):
        pieces.put_state(flat, "乙", final=False)
