"""A condition written as one line of Python says of any row what its closures say, or is not written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import MissingFieldError, read_expression, read_quantity
from mingjing.domain.expressions.writing import ROW, condition_line, days_line

KINDS = {
    "案件类型": Kind.TEXT,
    "结案方式": Kind.TEXT,
    "立案日期": Kind.DAY,
    "结案日期": Kind.DAY,
    "标的额": Kind.MONEY,
    "人数": Kind.NUMBER,
    "涉外": Kind.FLAG,
}
WRITTEN = (
    "案件类型 in (民事一审, '刑事一审') and not 涉外",
    "案件类型 not in (民事一审, 刑事一审) or 涉外 == 是",
    "结案日期 - 立案日期 > 180 or 标的额 * 2 >= 人数 + -3",
    "结案方式 == 案件类型 or 结案方式 != 判决",
    "30 < 结案日期 - 立案日期 <= 90 and (涉外 != 否 or 人数 == 2)",
    "立案日期 <= 结案日期 == 立案日期",
    "涉外 in (是,)",
    "标的额 - 1 < 人数",
)
NOT_WRITTEN = (
    "立案日期 <= 结案日期 < '2024-12-31'",
    "标的额 > 0.5",
    "案由 == 甲 and 案由 > 3",
    "案件类型 == 3",
    "标的额 - 人数 < 1",
)
DAY = date(2024, 1, 1)
rows = st.fixed_dictionaries(
    {},
    optional={
        "案件类型": st.sampled_from(["民事一审", "刑事一审", "判决"]),
        "结案方式": st.sampled_from(["判决", "调解", "民事一审"]),
        "立案日期": st.integers(0, 200).map(lambda n: DAY + timedelta(days=n)),
        "结案日期": st.integers(0, 200).map(lambda n: DAY + timedelta(days=n)),
        "标的额": st.decimals(0, 9, places=2),
        "人数": st.integers(0, 9).map(Decimal),
        "涉外": st.booleans(),
    },
)


def said(ask: Callable[[], object]) -> object:
    """What is answered, or that something is missing."""
    try:
        return ask()
    except (KeyError, MissingFieldError):
        return "missing"


def run(line: str | None, row: Mapping[str, object]) -> object:
    assert line is not None
    return eval(line, {"__builtins__": {}}, {ROW: row})


@pytest.mark.parametrize("text", WRITTEN)
@settings(max_examples=60)
@given(row=rows)
def test_a_line_says_what_the_closures_say(text: str, row: dict[str, object]) -> None:
    condition = read_expression(text)
    line, closure = condition_line(condition, KINDS), condition.exact().compile(KINDS)
    assert said(lambda: run(line, row)) == said(lambda: closure(row))


@given(row=rows)
def test_days_between_two_days_are_a_whole_number(row: dict[str, object]) -> None:
    quantity = read_quantity("结案日期 - 立案日期")
    line, closure = days_line(quantity, KINDS), quantity.compile_quantity(KINDS)
    assert said(lambda: run(line, row)) == said(lambda: closure(row))


@pytest.mark.parametrize("text", NOT_WRITTEN)
def test_what_python_would_say_otherwise_is_not_written(text: str) -> None:
    assert condition_line(read_expression(text), KINDS) is None


@pytest.mark.parametrize("text", ["标的额", "标的额 - 人数", "立案日期"])
def test_other_quantities_are_not_days(text: str) -> None:
    assert days_line(read_quantity(text), KINDS) is None


def test_no_word_of_a_definition_leaves_its_quotes() -> None:
    words = read_expression("案件类型 == '\\'] or __import__(\"os\") #'")
    assert run(condition_line(words, KINDS), {"案件类型": "民事一审"}) is False
