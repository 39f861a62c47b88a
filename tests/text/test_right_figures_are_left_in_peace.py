"""Sentences that are right, which a reader in a hurry would divide or add the wrong way."""

from __future__ import annotations

import pytest

from mingjing.text.checking import check_report
from mingjing.text.findings import Verdict

RIGHT = [
    "结案13,670件。院庭长15人办案1,100件，人均73.3件，占全院结案数的8.05%。",
    "结案532件，人均76件，占民事结案1,140件的46.7%。",
    "民商事案件调解3,325件、撤诉1,745件，调解撤诉率60.98%。",
    "现有党员59名（男35名、女24名），占干警总数90名的65.56%。",
    "合格15件，瑕疵5件。12个月以上9件、18个月以上4件、36个月以上1件。",
    "接待群众1,280人次。导诉128人次、查询365人次、咨询210人次、材料收转597人次，以上四项1,300人次。",
]
WRONG = [
    ("现有党员59名（男35名、女24名），占干警总数90名的56.56%。", "65.56%"),
    ("结案532件，人均76件，占民事结案1,140件的64.7%。", "46.67%"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_against_it(text: str) -> None:
    found = check_report(text)
    assert [one.message for one in found.findings if one.verdict.accuses] == []


@pytest.mark.parametrize(("text", "repair"), WRONG)
def test_with_a_slip_it_is_told_by_the_right_division(text: str, repair: str) -> None:
    told = [one for one in check_report(text).findings if one.verdict is Verdict.MISMATCH]
    assert len(told) == 1
    assert repair.rstrip("%")[:4] in told[0].arithmetic[0]
