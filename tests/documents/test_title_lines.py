from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.documents.titles import TITLE_WIDTH, title_lines
from mingjing.documents.typography import width_in_characters


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("督办通知", ("督办通知",)),
        (
            "关于2026年九月第四周案件信息录入核查情况的通报",
            ("关于2026年九月第四周案件", "信息录入核查情况的通报"),
        ),
        (
            "关于限期办结（2025）云0102民初771号案件的督办通知",
            ("关于限期办结（2025）云0102民初771号", "案件的督办通知"),
        ),
        ("关于审限管理\n有关事项的通知", ("关于审限管理", "有关事项的通知")),
    ],
)
def test_a_title_breaks_between_words(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines


@given(st.text(alphabet="关于案件的督办通知审判管理（）《》，2026年", min_size=1, max_size=90))
def test_no_character_of_a_title_is_lost(title: str) -> None:
    assert "".join(title_lines(title)) == title


@given(st.text(alphabet="甲乙丙丁戊己庚辛", min_size=1, max_size=90))
def test_lines_of_plain_characters_never_exceed_the_width(title: str) -> None:
    assert all(width_in_characters(line) <= TITLE_WIDTH for line in title_lines(title))
