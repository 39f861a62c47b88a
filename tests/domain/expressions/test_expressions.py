"""The small language of conditions: what it can say, what it refuses and where, what a missing field does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.expressions.reading import (
    ExpressionError,
    MissingFieldError,
    WrongFieldError,
    read_expression,
)

TRUE_AND_FALSE = [
    ("当事人人数 >= 10", {"当事人人数": 10}, True),
    ("当事人人数 >= 10", {"当事人人数": 9}, False),
    ("5 < 当事人人数 <= 10", {"当事人人数": 10}, True),
    ("5 < 当事人人数 <= 10", {"当事人人数": 5}, False),
    ("案件类型 == 民事一审", {"案件类型": "民事一审"}, True),
    ("案件类型 != '民事一审'", {"案件类型": "民事一审"}, False),
    ("案件类型 in (民事一审, 民事二审)", {"案件类型": "民事二审"}, True),
    ("案件类型 in [民事一审]", {"案件类型": "民事二审"}, False),
    ("案件类型 not in (民事一审, 民事二审)", {"案件类型": "刑事一审"}, True),
    ("涉外 and not 移送管辖", {"涉外": True, "移送管辖": False}, True),
    ("涉外 or 移送管辖", {"涉外": False, "移送管辖": False}, False),
    ("涉外 == 是", {"涉外": True}, True),
    ("标的额 - 已付 * 2 > 100", {"标的额": 501, "已付": 200}, True),
    ("-余额 < 0", {"余额": 1}, True),
    ("结案日期 <= 审限届满日", {"结案日期": date(2024, 3, 5), "审限届满日": date(2024, 3, 5)}, True),
    ("结案日期 - 立案日期 > 180", {"结案日期": date(2024, 7, 1), "立案日期": date(2024, 1, 1)}, True),
    ("结案日期 >= '2024-01-01'", {"结案日期": date(2023, 12, 31)}, False),
]


@pytest.mark.parametrize(("text", "fields", "expected"), TRUE_AND_FALSE, ids=[t[0] for t in TRUE_AND_FALSE])
def test_a_condition_holds_or_not(text: str, fields: dict[str, object], expected: bool) -> None:
    assert read_expression(text).compile()(fields) is expected


REFUSED = [
    ("人数 ** 2 > 4", 0, "只能用 +、-、* 计算。"),
    ("人数 / 2 > 4", 0, "只能用 +、-、* 计算。"),
    ("甲 > 1 and 人数 ** 2 > 4", 10, "只能用 +、-、* 计算。"),
    ("'甲' * 9 == 乙", 0, "文字不能参加计算。"),
    ("len(案由) > 4", 0, "这里不能这样写。"),
    ("__import__('os')", 0, "条件的结果应为“是”或“否”"),
    ("人数.real > 4", 0, "这里不能这样写。"),
    ("案由[0] == 甲", 0, "这里不能这样写。"),
    ("(lambda: 1)() > 0", 0, "这里不能这样写。"),
    ("[甲 for 甲 in 乙] == 1", 0, "这里不能这样写。"),
    ("案由 in 甲", 6, "in 后面要写括号里的列表"),
    ("案由 in ()", 6, "in 后面要写括号里的列表"),
    ("案由 is 甲", 0, "不能用 is。"),
    ("人数 > 99999999999999", 5, "数字太大。"),
    ("人数 > True", 5, "这里只能写数字、名称或者加引号的文字。"),
    ("10", 0, "条件的结果应为“是”或“否”"),
    ("案由 = 甲", 3, "条件写得不完整。判断相等要写两个等号“==”。"),
    ("人数 >", 0, "条件写得不完整，或者多了符号。"),
    ("人数 ＞ 10", 3, "条件里用了全角符号“＞”。请改成英文符号“>”。"),
    ("案由 in （甲，乙）", 6, "条件里用了全角符号“（”。请改成英文符号“(”。"),
    ("甲 and " * 90 + "甲", 500, "条件太长，最多 500 个字。"),
    ("not " * 120 + "甲", 0, "条件太复杂。请拆成几条规则。"),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED, ids=[r[0][:24] for r in REFUSED])
def test_anything_else_is_refused_at_its_column(text: str, column: int, message: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        read_expression(text)
    assert refusal.value.message.startswith(message)
    if len(text) < 100:
        assert refusal.value.column == column


def test_a_missing_field_is_named_not_taken_for_no() -> None:
    test = read_expression("涉外 or 当事人人数 > 9").compile()
    with pytest.raises(MissingFieldError, match="当事人人数"):
        test({"涉外": False, "当事人人数": ""})
    with pytest.raises(MissingFieldError, match="涉外"):
        test({"当事人人数": 12})


def test_a_field_of_another_kind_is_named() -> None:
    with pytest.raises(WrongFieldError, match="“很多”不是数字"):
        read_expression("当事人人数 > 9").compile()({"当事人人数": "很多"})
    with pytest.raises(WrongFieldError, match="“民事一审”不是“是”或“否”"):
        read_expression("案件类型 and 涉外").compile()({"案件类型": "民事一审", "涉外": True})


def test_a_name_on_the_right_is_a_field_only_where_the_dictionary_knows_it() -> None:
    expression = read_expression("承办人 == 审判长")
    assert expression.compile()({"承办人": "审判长"}) is True
    assert expression.compile(known=["审判长"])({"承办人": "甲", "审判长": "甲"}) is True


def test_the_fields_of_a_condition_are_listed_with_their_columns() -> None:
    assert read_expression("涉外 and 标的额 > 100 and 案由 in (借款, 租赁)").fields == (
        ("涉外", 0),
        ("标的额", 7),
        ("案由", 21),
    )


@given(st.text(alphabet="甲乙 ()[]{}<>=!+-*/.'\"andornotin0123456789_:,\\\n（，", max_size=40))
def test_no_text_does_anything_but_parse_or_be_refused(text: str) -> None:
    try:
        expression = read_expression(text)
    except ExpressionError as refusal:
        assert 0 <= refusal.column <= len(text)
        return
    try:
        expression.compile()({"甲": 1, "乙": "乙"})
    except (MissingFieldError, WrongFieldError):
        return
