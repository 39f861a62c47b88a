"""The sum behind a due day reads in English as it does in Chinese."""

from __future__ import annotations

import pytest

from mingjing.web.english.catalogue import CHINESE, catalogue


@pytest.mark.parametrize(
    "step",
    [
        "2 月没有 31 日，取月末",
        "2026-02-28 是月末，对应 4 月的月末",
        "春节假期，顺延到假后第一日",
        "国庆节、中秋节假期，顺延到假后第一日",
        "鉴定 2025-09-08 至 09-30",
        "鉴定 2025-03-10 至 03-20（起算以前的日子不扣除）",
        "鉴定 2025-10-20 至 10-29（在期限届满以后，不扣除）",
        "管辖异议 2025-06-15 至 06-20（2025-06-16 以前的日子不重复扣）",
        "周六，是休假日，在押，不顺延",
        "周一，是休假日，按规定不顺延",
        "立案，当时不计入，自 16:00 起算",
        "2027 年的放假通知尚未录入，按暂定日历计算，录入后会重算。",
    ],
)
def test_a_step_is_wholly_in_english(step: str) -> None:
    english = catalogue().said(step)
    assert english is not None
    assert not CHINESE.search(english), english
