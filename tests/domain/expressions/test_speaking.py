"""A condition is said as a Chinese sentence."""

from __future__ import annotations

import pytest

from mingjing.domain.expressions.reading import read_expression
from mingjing.domain.expressions.speaking import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("类案冲突 == 是", "类案冲突为“是”"),
        ("已结案 == 是 and 有结案方式 == 否", "已结案为“是”，并且有结案方式为“否”"),
        ("涉重整 == 是 or 职工人数 > 50", "涉重整为“是”，或者职工人数大于 50"),
        ("结案日期 < 立案日期", "结案日期早于立案日期"),
        ("签发日期 >= 结案日期", "签发日期不早于结案日期"),
        ("结案日期 - 立案日期 < 最少天数", "立案日期到结案日期的天数小于最少天数"),
        ("事项 in (开庭, 合议)", "事项是“开庭”、“合议”之一"),
        ("事项 not in (开庭, 合议)", "事项不是“开庭”、“合议”中的任何一个"),
        ("案件类型 != 民事一审", "案件类型不为“民事一审”"),
        ("当事人人数 != 10", "当事人人数不等于 10"),
        ("审理天数 * 倍数 < 同类中位天数", "审理天数乘以倍数小于同类中位天数"),
        ("not 涉外", "涉外为“否”"),
        ("not (人数 > 10 or 涉外)", "并非（人数大于 10，或者涉外为“是”）"),
        ("0.5 < 比例 <= 2", "0.5 小于比例，并且比例不超过 2"),
        (
            "(看开庭 == 否 or 主持次数 == 0) and 涉外",
            "（看开庭为“否”，或者主持次数等于 0），并且涉外为“是”",
        ),
    ],
)
def test_a_condition_is_a_sentence(written: str, said: str) -> None:
    assert spoken(read_expression(written)) == said


def test_a_word_in_a_field_of_several_words_is_said_to_be_held_by_it() -> None:
    asked = read_expression("宴请 in 报告事项", several=True)

    assert spoken(asked) == "报告事项含“宴请”"
