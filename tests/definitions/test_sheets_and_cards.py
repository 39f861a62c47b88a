"""What a scoring sheet or a card scheme may not say."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from mingjing.definitions.registry import Registry

ROOT = Path(__file__).parents[2] / "institutions" / "cn"
SHEET, CARD = "sheets/integrity_month.yaml", "cards/three_colours.yaml"


def problems(folder: Path, name: str, *edits: tuple[str, str]) -> str:
    """What the checker says of the nationwide definitions with one file edited."""
    for part in ("calendar", "dictionary", "roles", "sheets", "cards", "ledgers"):
        copytree(ROOT / part, folder / part)
    text = (folder / name).read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    (folder / name).write_text(text, encoding="utf-8")
    return "\n".join(one.cause for one in Registry.load(folder).problems)


def test_a_scheme_of_nineteen_items_is_refused(tmp_path: Path) -> None:
    """R-029."""
    gone = "  talk: {label: 谈话提醒, full: 5, category: 廉政教育}\n"
    said = problems(tmp_path, SHEET, (gone, ""), ("label: 警示教育, full: 5", "label: 警示教育, full: 10"))
    assert "方案要有 20 项，现在是 19 项。" in said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("label: 谈话提醒, full: 5", "label: 谈话提醒, full: 6", "各项满分加起来是 101 分，应当是 100 分"),
        ("{label: 差, least: 0}", "{label: 差, least: 10}", "10 分以下的没有等级"),
        ("best: 良}", "best: 上}", "没有“上”这个等级"),
        ("per: 月", "per: 季", "排名的期间和考核期不一样"),
    ],
)
def test_a_sheet_that_does_not_add_up_is_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert said in problems(tmp_path, SHEET, (before, after))


def test_cards_need_a_ranking_by_month(tmp_path: Path) -> None:
    said = problems(tmp_path, CARD, ("sheet: sheet.integrity_month", "sheet: sheet.hearing"))
    assert "没有规定按月排名，不能据以发牌" in said
