"""What a condition's parts are is known before any row is read, and what has no answer is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingjing.domain.expressions.kinds import Kind, check_condition, field_names, quantity_of
from mingjing.domain.expressions.reading import ExpressionError, read_expression, read_quantity

KINDS = {
    "案件类型": Kind.TEXT,
    "立案日期": Kind.DAY,
    "结案日期": Kind.DAY,
    "标的额": Kind.MONEY,
    "到位金额": Kind.MONEY,
    "人数": Kind.NUMBER,
    "涉外": Kind.FLAG,
}


@pytest.mark.parametrize(
    "text",
    [
        "案件类型 in (民事一审, 刑事一审) and not 涉外",
        "结案日期 - 立案日期 > 180 or 标的额 * 2 >= 到位金额",
        "立案日期 <= 结案日期 < '2024-12-31'",
        "涉外 == 否",
    ],
)
def test_what_can_be_asked_is_accepted(text: str) -> None:
    check_condition(read_expression(text), KINDS)


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("人数 > 3 and 案由 == 甲", 11, "没有“案由”"),
        ("案件类型 > 3", 0, "不能这样比大小"),
        ("立案日期 == '2024-01-01'", 8, "永远不会相等"),
        ("涉外 == 民事一审", 6, "只能和“是”“否”比较"),
        ("案件类型", 0, "单独作条件"),
        ("案件类型 in (人数, 甲)", 9, "不能写数据项"),
        ("标的额 * 到位金额 * 人数 > 1", 0, "超过 38 位数"),
        ("标的额 + 人数 > 1", 0, "不能互相加减"),
        ("人数 > 0.0000001", 5, "小数最多 6 位"),
    ],
)
def test_what_has_no_answer_is_refused_at_its_column(text: str, column: int, says: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check_condition(read_expression(text), KINDS)
    assert says in caught.value.message
    assert caught.value.column == column


def test_conditions_lie_at_most_four_deep() -> None:
    text = "涉外"
    for at in range(5):
        text = f"({text}) {('and', 'or')[at % 2]} 涉外"
    with pytest.raises(ExpressionError, match="套得太深"):
        check_condition(read_expression(text), KINDS)


def test_a_quantity_knows_its_unit() -> None:
    days = quantity_of(read_quantity("结案日期 - 立案日期"), KINDS)
    money = quantity_of(read_quantity("标的额 * 2"), KINDS)
    assert (days.days, days.money, days.scale) == (1, 0, 0)
    assert (money.days, money.money, money.scale) == (0, 1, 2)
    with pytest.raises(ExpressionError, match="这里要一个数"):
        quantity_of(read_quantity("立案日期"), KINDS)


def test_a_word_is_a_field_only_where_the_population_has_it() -> None:
    expression = read_expression("案件类型 == 涉外 and 人数 > 3")
    assert field_names(expression, KINDS) == {"案件类型", "涉外", "人数"}
    assert field_names(expression, {}) == {"案件类型", "人数"}


def test_decimals_are_compared_as_they_were_written() -> None:
    plain = read_expression("标的额 == 0.1")
    assert plain.exact().compile()({"标的额": Decimal("0.10")})
    assert not plain.compile()({"标的额": Decimal("0.10")}), "二进制的 0.1 不是 0.1"
