"""Precision first: no false accusation in the reports of our own making, and nearly all that was planted."""

from __future__ import annotations

import pytest

from mingjing.text.checking import check_report
from mingjing.text.findings import Verdict
from tests.text.measuring import reports, tally


def test_ten_reports_are_read_without_a_false_accusation() -> None:
    result = tally("reports")
    assert result.false == []
    assert result.missed == []
    assert len(result.found) == 20


def test_eight_more_are_accused_of_nothing_false() -> None:
    result = tally("reports_two")
    assert result.false == []
    assert result.recall >= 0.8


@pytest.mark.parametrize("folder", ["reports", "reports_two"])
def test_every_contradiction_shows_its_arithmetic_or_what_to_do(folder: str) -> None:

    for text, _ in reports(folder):
        for finding in check_report(text).accusations:
            if finding.verdict is Verdict.MISMATCH:
                assert finding.arithmetic or finding.repairs, finding.message
