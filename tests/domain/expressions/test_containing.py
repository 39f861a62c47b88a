"""``一个词 in 多选字段``: asked of fields with several words, where the caller says there are such."""

from __future__ import annotations

import pytest

from mingjing.domain.expressions.containing import contained
from mingjing.domain.expressions.reading import ExpressionError, MissingFieldError, read_expression


@pytest.mark.parametrize(
    ("text", "held", "expected"),
    [
        ("宴请 in 事项", "宴请、旅游", True),
        ("'宴请' in 事项", "宴请", True),
        ("宴请 in 事项", "旅游、宴请对象", False),
        ("宴请 not in 事项", "旅游", True),
        ("宴请 not in 事项", "旅游、宴请", False),
        ("not 宴请 in 事项", "旅游", True),
        ("宴请 in 事项 and 旅游 in 事项", "旅游、宴请", True),
        ("宴请 in 事项 or 礼金 in 事项", "旅游", False),
    ],
)
def test_a_word_is_in_a_field_or_not(text: str, held: str, expected: bool) -> None:
    assert read_expression(text, several=True).compile()({"事项": held}) is expected


def test_only_the_field_is_a_field_and_the_word_a_word() -> None:
    read = read_expression("宴请 in 事项 and 金额 > 5", several=True)
    assert read.fields == (("事项", 6), ("金额", 13))
    assert [(word, name.id) for word, name in contained(read.tree)] == [("宴请", "事项")]
    assert read.compile({"宴请"})({"事项": "宴请", "金额": 6, "宴请": "别的"}) is True


def test_an_empty_field_is_missing_not_without_the_word() -> None:
    with pytest.raises(MissingFieldError, match="事项"):
        read_expression("宴请 not in 事项", several=True).compile()({})


@pytest.mark.parametrize("text", ["3 in 事项", "(甲 + 乙) in 事项", "-甲 in 事项"])
def test_what_is_no_word_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="in 前面写一个词"):
        read_expression(text, several=True)


def test_where_no_field_has_several_words_brackets_are_still_asked_for() -> None:
    with pytest.raises(ExpressionError, match="in 后面要写括号里的列表"):
        read_expression("宴请 in 事项")
