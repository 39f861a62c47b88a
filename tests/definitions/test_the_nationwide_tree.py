"""The definitions that are shipped: without a problem, every example true, and quick to read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mingjing.definitions.commands import check, run_examples
from mingjing.definitions.registry import Registry

INSTITUTIONS = Path(__file__).parents[2] / "institutions"
FOLDERS = [[INSTITUTIONS / "cn"]] + [
    [INSTITUTIONS / "cn", own]
    for own in sorted(INSTITUTIONS.iterdir())
    if own.is_dir() and own.name not in ("cn", "mappings")
]


@pytest.mark.parametrize("folders", FOLDERS, ids=lambda folders: folders[-1].name)
def test_there_is_nothing_to_mend(folders: list[Path]) -> None:
    report = check(folders)
    assert report.ok, "\n".join(report.lines)


@pytest.mark.parametrize("folders", FOLDERS, ids=lambda folders: folders[-1].name)
def test_every_example_is_true(folders: list[Path]) -> None:
    report = run_examples(folders)
    assert report.ok, "\n".join(report.lines)


def test_reading_them_all_takes_at_most_a_second_and_a_half_of_the_processor() -> None:
    start = time.process_time()
    registry = Registry.load(INSTITUTIONS / "cn")
    assert time.process_time() - start <= 1.5
    assert len(registry.vocabulary().courts) > 1000
