"""The definitions that are shipped: nothing to mend, every example true, time to read grows with them."""

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


def test_reading_twice_as_many_takes_about_twice_as_long(tmp_path: Path) -> None:
    every = sorted((INSTITUTIONS / "cn").rglob("*.yaml"))
    for path in every[::2]:
        copied = tmp_path / path.relative_to(INSTITUTIONS / "cn")
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(path.read_bytes())
    half, whole = _processor(tmp_path), _processor(INSTITUTIONS / "cn")
    assert whole < 6 * half
    assert len(Registry.load(INSTITUTIONS / "cn").vocabulary().courts) > 1000


def _processor(folder: Path) -> float:
    """Seconds of the processor to read a folder, the least of three."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        Registry.load(folder)
        spent.append(time.process_time() - start)
    return min(spent)
