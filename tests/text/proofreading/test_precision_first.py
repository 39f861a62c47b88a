"""No clean judgment is accused of anything; nearly everything planted is found, where it stands."""

from __future__ import annotations

import pytest

from mingjing.text.proofreading.checking import proofread
from mingjing.text.proofreading.remarks import CODES
from tests.text.proofreading.batches import second_batch
from tests.text.proofreading.judgments import FAMILIES, Judgment, clean, lists
from tests.text.proofreading.planting import PLANTS, planted

SEEDS = range(3 * len(FAMILIES))
LISTS = lists()
LEAST = {"合计不等于分项": 0.7, "字间空格": 0.5, "半角标点": 0.8}
"""What share must be found; everything where nothing else is said."""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_judgment_is_not_accused(seed: int) -> None:
    judgment = clean(seed)
    assert proofread(judgment.text, judgment.known, LISTS) == ()


@pytest.mark.parametrize(("name", "judgment"), list(second_batch()), ids=lambda one: str(one)[:20])
def test_a_judgment_written_by_hand_is_not_accused(name: str, judgment: Judgment) -> None:
    assert proofread(judgment.text, judgment.known, LISTS) == (), name


@pytest.mark.parametrize("code", CODES)
def test_what_was_planted_is_found_at_its_place(code: str) -> None:
    found = tried = 0
    for seed in SEEDS:
        judgment = planted(code, seed)
        if judgment is None:
            continue
        tried += 1
        remarks = proofread(judgment.text, judgment.known, LISTS)
        found += any(one.code == code for one in remarks)
        assert all(judgment.text[one.start : one.end] for one in remarks)
    assert tried, "no judgment has a place for this error"
    assert found >= LEAST.get(code, 1.0) * tried


def test_every_rule_has_a_way_to_go_wrong() -> None:
    assert set(PLANTS) == set(CODES)
