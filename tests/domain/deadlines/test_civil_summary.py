"""The examples of the summary procedure, every one of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mingjing.domain.deadlines.rules import Fact
from mingjing.domain.reasons import NotInForce, Refusal
from tests.domain.samples import civil_summary, day, last_day, length, spans

FILED = day("2024-03-13")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"立案日期": FILED}, "2024-06-13", id="三个月后的对应日"),
        pytest.param({"立案日期": day("2024-07-02")}, "2024-10-08", id="届满在国庆假期，顺延"),
        pytest.param({"立案日期": day("2023-11-30")}, "2024-02-29", id="二月没有三十日，取月末"),
        pytest.param(
            {"立案日期": FILED, "鉴定期间": spans("2024-04-01 至 2024-04-20")},
            "2024-07-03",
            id="鉴定二十天不计入",
        ),
        pytest.param(
            {
                "立案日期": FILED,
                "管辖异议期间": spans("2024-03-21 至 2024-03-30"),
                "审计评估期间": spans("2024-04-01 至 2024-04-10"),
                "中止诉讼期间": spans("2024-05-01 至 2024-05-10"),
            },
            "2024-07-15",
            id="管辖异议、评估、中止各十天也不计入",
        ),
        pytest.param(
            {
                "立案日期": FILED,
                "鉴定期间": spans("2024-04-01 至 2024-04-20"),
                "管辖异议期间": spans("2024-04-11 至 2024-04-20"),
            },
            "2024-07-03",
            id="两段扣除重叠的日子只扣一次",
        ),
        pytest.param({"立案日期": FILED, "延长": length("1 个月")}, "2024-07-15", id="院长批准延长一个月"),
        pytest.param(
            {"立案日期": day("2021-12-31"), "延长": length("3 个月"), "双方当事人同意": True},
            "2022-06-30",
            id="新规施行前一天立案，双方同意，累计可到六个月",
        ),
    ],
)
def test_the_last_day_is_as_the_definition_says(facts: Mapping[str, Fact], expected: str) -> None:
    assert last_day(civil_summary(), facts) == day(expected)


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        pytest.param(
            {"立案日期": day("2022-01-01"), "延长": length("2 个月")},
            "最多延长 1 个月",
            id="新规施行当天立案，不能延长两个月",
        ),
        pytest.param(
            {"立案日期": day("2021-10-15"), "延长": length("4 个月"), "双方当事人同意": True},
            "累计最多 6 个月",
            id="旧规定下累计不超过六个月",
        ),
        pytest.param(
            {"立案日期": day("2021-10-15"), "延长": length("1 个月"), "双方当事人同意": False},
            "延长须双方当事人同意",
            id="旧规定下当事人不同意就不能延长",
        ),
    ],
)
def test_an_extension_the_version_does_not_allow_is_refused(facts: Mapping[str, Fact], cause: str) -> None:
    with pytest.raises(Refusal, match=cause):
        last_day(civil_summary(), facts)


def test_a_day_before_the_first_version_is_refused_and_not_guessed() -> None:
    with pytest.raises(NotInForce, match="2014-12-31 没有生效的版本") as refused:
        last_day(civil_summary(), {"立案日期": day("2014-12-31")})
    assert refused.value.allowed == ("2022-01-01 起施行的版本", "2015-02-04 起施行的版本")
