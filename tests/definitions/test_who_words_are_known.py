"""Whoever a register names is somebody: a slip in any key that says who is found with the place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from mingjing.definitions.registry import Registry

CN = Path(__file__).parents[2] / "institutions" / "cn"
NOBODY = "查无此岗"
PLACES = [
    ("activities/union_dues.yaml", r"^kept_by: \[(工会主席)"),
    ("activities/party_dues.yaml", r"^checked_by: (机关党委)"),
    ("activities/finance_training.yaml", r"^called_by: \[(财务)"),
    ("filings/integrity_analysis.yaml", r"^filed_by: (\S+)"),
    ("filings/assigned_reading.yaml", r"^excused_by: (\S+)"),
    ("filings/pledge.yaml", r"^signs: \[(\S+)\]"),
    ("filings/quality_letter.yaml", r"^  部门负责人: \[(\S+)\]"),
    ("filings/outside_interests.yaml", r"\bby: (督察)"),
    ("sheets/annual_person.yaml", r"^by: \[?(政治部)"),
    ("cards/three_colours.yaml", r"^by: \[(政治部)"),
    ("approvals/abroad.yaml", r"^by: \[(申请对象)"),
    ("meetings/branch_assembly.yaml", r"^by: (党支部)"),
    ("ledgers/refuel.yaml", r"refuel: .*\bby: (驾驶员)"),
]


@pytest.mark.parametrize(("name", "word"), PLACES)
def test_a_word_for_nobody_is_found_where_it_stands(tmp_path: Path, name: str, word: str) -> None:
    for needed in ("dictionary", "roles"):
        shutil.copytree(CN / needed, tmp_path / needed)
    good = (CN / name).read_text(encoding="utf-8")
    found = re.search(word, good, re.MULTILINE)
    assert found is not None
    spoiled = tmp_path / name
    spoiled.parent.mkdir()
    spoiled.write_text(good[: found.start(1)] + NOBODY + good[found.end(1) :], encoding="utf-8")
    problems = [one for one in Registry.load(tmp_path).problems if NOBODY in one.cause]
    assert [one.code for one in problems] == ["unknown-capacity"]
    assert problems[0].line == good[: found.start(1)].count("\n") + 1
