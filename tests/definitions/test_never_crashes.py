"""Whatever is in a file, reading it ends in a definition or in problems; nothing else is ever raised."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.definitions.checking import check_links
from mingjing.definitions.problems import CODES
from mingjing.definitions.reading import ReadFile
from mingjing.definitions.running import try_examples
from mingjing.definitions.shelf import Shelf
from tests.definitions.court import FIXTURES, read

FILES = sorted(FIXTURES.rglob("*.yaml"))
PIECES = [
    "：",
    ":",
    "\t",
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    "- ",
    "\n",
    "  ",
    "&a ",
    "*a",
    "!!",
    "|",
    "#",
    "，",
    "至",
    "0",
    "\x00",
    "是",
    "2024-13-40",
    "~",
    "<<: ",
    "---\n",
    "？",
    "%",
    "@",
]


def soundly(result: ReadFile) -> None:
    """Problems are complete, and a definition that was read can be asked and checked."""
    for problem in result.problems:
        assert problem.code in CODES
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.cause
        assert str(problem)
    assert result.problems or result.definition
    if result.definition is not None:
        shelf = Shelf((result.definition,))
        check_links(shelf)
        list(try_examples(result.definition, shelf))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_mutated_at_random_never_crashes_the_loader(path: Path) -> None:
    dice = random.Random(path.stem)
    text = path.read_text(encoding="utf-8")
    for _ in range(120):
        mutated = text
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(mutated) + 1)
            width = dice.choice((0, 0, 1, 1, 5, 40))
            mutated = mutated[:at] + dice.choice(PIECES) + mutated[at + width :]
        soundly(read(mutated))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_file_torn_anywhere_never_crashes_the_loader(path: Path) -> None:
    data = path.read_bytes()
    for at in range(0, len(data), max(1, len(data) // 60)):
        soundly(read(data[:at]))


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_end_in_a_problem(data: bytes) -> None:
    soundly(read(data))


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=200)
def test_any_text_ends_in_a_problem(text: str) -> None:
    soundly(read(text))


VALUES = st.recursive(
    st.sampled_from(
        ["", "~", "是", "3 个月", "2024-01-01", "甲", "'1'", "2024-01-01 至 今", "{a}", "-1", "1e9"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{i}: {v}" for i, v in enumerate(items)) + "}"
        ),
    ),
    max_leaves=6,
)


@given(path=st.sampled_from(FILES), line=st.integers(0, 200), value=VALUES)
@settings(max_examples=400)
def test_any_value_under_any_key_ends_in_a_definition_or_a_problem(path: Path, line: int, value: str) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    line %= len(lines)
    key, colon, _ = lines[line].partition(":")
    if colon:
        lines[line] = f"{key}: {value}"
    soundly(read("\n".join(lines)))
