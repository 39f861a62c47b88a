"""However an example is spoilt, it ends in an outcome or a problem: the page of a draft never breaks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from mingjing.definitions.beginning import BLANKS, FOLDER
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import try_examples

CN = Path(__file__).parents[2] / "institutions" / "cn"
SHIPPED = (
    "meetings/party_group.yaml",
    "filings/three_rules.yaml",
    "filings/quality_letter.yaml",
    "activities/monthly_three.yaml",
    "activities/half_year_talks.yaml",
    "approvals/leave.yaml",
    "approvals/seal.yaml",
    "ledgers/rectification.yaml",
)
PATHS = (*(FOLDER / f"{kind}.yaml" for kind in BLANKS), *(CN / name for name in SHIPPED))
JUNK = (
    "",
    "（空）",
    "2026-02-30",
    "某人",
    "0",
    "-1",
    "甲、乙、甲",
    "是",
    "2026-13-01T25:00",
    "9" * 17,
)


@pytest.fixture(scope="module")
def nationwide() -> Registry:
    """The definitions every court has."""
    return Registry.load(CN)


def spoilt(text: str, dice: random.Random) -> str:
    """The text with an entry of an example left out, given another content, or run into the next one."""
    head, sign, tail = text.partition("\nexamples:")
    ways: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
        (r"; [^\s=;]+=[^;\n]*", lambda _: ""),
        (r"=[^;\n]*", lambda _: f"={dice.choice(JUNK)}"),
        (r"; ", lambda _: dice.choice(("，", " ", "；", ","))),
        (r": [^\n{\[]+", lambda _: f": {dice.choice(JUNK)}"),
        (r"\d{4}-\d{2}-\d{2}", lambda _: dice.choice(("2026-02-30", "2019-01-01", "2026-3-1"))),
        (r"\n      - [^\n]*", lambda _: ""),
    )
    for _ in range(dice.randint(1, 2)):
        pattern, instead = dice.choice(ways)
        found = list(re.finditer(pattern, tail))
        if found:
            one = dice.choice(found)
            tail = tail[: one.start()] + instead(one) + tail[one.end() :]
    return head + sign + tail


@pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])
def test_a_spoilt_example_never_crashes(nationwide: Registry, path: Path) -> None:
    dice = random.Random(path.stem)
    text = path.read_text(encoding="utf-8")
    for _ in range(40):
        bent = spoilt(text, dice)
        drafted = nationwide.with_text(bent, path.stem)
        if drafted.definition is None or drafted.registry is None:
            assert drafted.problems
            continue
        for one in try_examples(drafted.definition, drafted.registry):
            assert one.outcome.ok or one.outcome.got, bent
