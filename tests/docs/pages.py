"""The pages of docs/ as the tests see them: fences with what their first line promises.

A fence of ``sh`` is run; ``退出码 N`` beside it names the exit code, ``一直运行`` a server, asked for a page
and stopped. ``text 输出`` after it holds lines of its output in order; ``…`` stands for anything.
A fence of ``yaml`` is a whole file; ``文件 path`` writes it there, ``摘自 path`` quotes it, ``算例 id`` is
one more example of a definition, and ``text 竖式`` after it its sum. ``diff path`` is an edit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house.tree import ROOT

DOCS = ROOT / "docs"
MODES = ("tutorial", "how-to", "explanation")
NEEDS_DEMO = "<!-- 用演示数据 -->"
_FENCE = re.compile(r"^```(?P<language>\w+)?[ ]*(?P<rest>[^\n]*)\n(?P<body>.*?)^```[ ]*$", re.M | re.S)


@dataclass(frozen=True)
class Fence:
    """One fenced block. ``line`` is that of its first line in the page."""

    page: Path
    line: int
    language: str
    rest: str
    body: str

    @property
    def place(self) -> str:
        """``docs/how-to/x.md:12``."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"

    def says(self, word: str) -> str:
        """What follows ``word`` in the fence's first line, or an empty text where it is not said."""
        found = re.fullmatch(rf"{word}[ ]*(.*)", self.rest)
        return (found[1].strip() or word) if found else ""


@cache
def pages() -> tuple[Path, ...]:
    """Every page written by hand, decisions and the generated reference left out."""
    return tuple(sorted(path for mode in MODES for path in (DOCS / mode).glob("*.md")))


@cache
def fences(page: Path) -> tuple[Fence, ...]:
    """The fences of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return tuple(
        Fence(page, text.count("\n", 0, m.start()) + 1, m["language"] or "", m["rest"].strip(), m["body"])
        for m in _FENCE.finditer(text)
    )


def name_of(page: Path) -> str:
    """``how-to/x``, as a test is called."""
    return page.relative_to(DOCS).with_suffix("").as_posix()


def apply_edit(text: str, edit: str) -> str:
    """``text`` with the lines marked ``-`` replaced by those marked ``+``; they must occur exactly once."""
    before = "".join(line[2:] + "\n" for line in edit.splitlines() if line.startswith(("- ", "  ")))
    after = "".join(line[2:] + "\n" for line in edit.splitlines() if line.startswith(("+ ", "  ")))
    if text.count(before) != 1:
        raise AssertionError(f"the lines to replace occur {text.count(before)} times:\n{before}")
    return text.replace(before, after)


def shows(output: str, expected: str) -> bool:
    """Whether the pieces expected, cut at line ends and ``…``, occur in the output in that order.

    Columns may be wider or narrower than shown: runs of spaces count as one.
    """
    output, expected, place = re.sub(" +", " ", output), re.sub(" +", " ", expected), 0
    for piece in (part.strip() for line in expected.splitlines() for part in line.split("…")):
        found = output.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True
