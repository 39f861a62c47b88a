"""Precision first: no false accusation in the reports of our own making, and nearly all that was planted."""

from __future__ import annotations

import json

import pytest

from mingjing.text.checking import check_report
from mingjing.text.findings import Verdict
from tests.text.measuring import FIXTURES, reports, tally

BATCHES = tuple(json.loads((FIXTURES / "first_sight.json").read_text(encoding="utf-8")))
LEAST = {
    "reports": 1.0,
    "reports_three": 0.85,
    "reports_six": 0.85,
    "reports_fourteen": 0.85,
    "reports_eighteen": 0.85,
    "reports_twenty_two": 0.85,
    "reports_twenty_four": 0.85,
    "reports_twenty_six": 0.85,
    "reports_twenty_seven": 0.85,
    "reports_thirty_one": 0.85,
    "reports_thirty_three": 0.8,
    "reports_thirty_four": 0.8,
    "reports_thirty_five": 0.8,
    "reports_thirty_six": 0.7,
    "reports_thirty_seven": 0.6,
    "reports_thirty_eight": 0.7,
    "reports_forty_four": 0.8,
    "reports_forty_eight": 0.8,
    "reports_forty_nine": 0.75,
}
"""How many of the planted errors must be found; 0.9 where nothing else is said."""


@pytest.mark.parametrize("batch", BATCHES)
def test_no_batch_is_accused_of_anything_false(batch: str) -> None:
    assert tally(batch).false == []


@pytest.mark.parametrize("batch", BATCHES)
def test_most_of_what_was_planted_is_found(batch: str) -> None:
    result = tally(batch)
    assert result.recall >= LEAST.get(batch, 0.9), result.missed


@pytest.mark.parametrize("folder", BATCHES)
def test_every_contradiction_shows_its_arithmetic_or_what_to_do(folder: str) -> None:
    for text, _ in reports(folder):
        for finding in check_report(text).accusations:
            if finding.verdict is Verdict.MISMATCH:
                assert finding.arithmetic or finding.repairs, finding.message


def test_the_rate_of_one_kind_of_case_is_not_held_against_the_rate_of_all() -> None:
    text = (
        "2026年，清河区人民法院共受理各类案件254件，审执结173件，结案率68.11%。"
        "2026年，清河区人民法院民事一审案件受理148件，结案104件，结案率70.27%；首次执行案件受理62件，结案40件，结案率64.52%。"
    )
    assert check_report(text).accusations == ()


def test_growth_is_held_against_the_count_of_last_year_beside_it() -> None:
    (found,) = check_report(
        "2025年，全市法院受理各类案件52318件，上年同期为48107件，同比增长8.75%；审执结49026件，较上年的45960件增长7.67%。"
    ).accusations
    assert "6.67%" in found.message


def test_two_rates_differ_by_percentage_points() -> None:
    (found,) = check_report("联系点覆盖率由62%提升至93%，提高31%。").accusations
    assert found.code == "points"
    assert found.repairs == ("改为 31 个百分点",)
    assert check_report("联系点覆盖率由62%提升至93%，提高31个百分点。").accusations == ()
    assert check_report("诉讼服务站由5个增加到9个，增长80%。").accusations == ()
