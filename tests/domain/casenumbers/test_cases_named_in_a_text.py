"""The cases that the title of a topic names, however it is written."""

from __future__ import annotations

import pytest

from mingjing.domain.casenumbers.grammar import cases_named

ONE, OLD = "（2024）云98刑初3号", "（2014）云高民一终字第12号"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (ONE, {ONE}),
        ("关于(2024)云98刑初3号一案的处理", {ONE}),
        ("〔2024〕云98 刑初 ０３号之一裁定", {ONE}),
        (f"{ONE}、（2024）云98刑初4号两案", {ONE, "（2024）云98刑初4号"}),
        (f"参照{OLD}", {OLD}),
        ("（2024）云98刑初33号", {"（2024）云98刑初33号"}),
        ("借名买房的效力", set()),
        ("2024年第3次会议", set()),
        ("", set()),
    ],
)
def test_cases_are_found_by_their_shape(text: str, named: set[str]) -> None:
    assert cases_named(text) == named
