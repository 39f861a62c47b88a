"""Remarks at the end of a line. One that names an article (第…条) is shown with the answer as its law."""

from __future__ import annotations

import re
from collections.abc import Mapping

_REMARK = re.compile(r"""\s#\s*(?P<words>[^'"]*)$""")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千0-9]+条")


def read_remarks(lines: tuple[str, ...]) -> Mapping[int, str]:
    """Line number (from 1) → the remark on it, for remarks that name an article."""
    found: dict[int, str] = {}
    for number, line in enumerate(lines, 1):
        if " #" in line and "条" in line:
            match = _REMARK.search(line)
            if match is not None and line[: match.start()].strip() and _ARTICLE.search(match["words"]):
                found[number] = match["words"].strip()
    return found


def question_of(text: str) -> str:
    """The question of the file: its first line, when that is a comment."""
    first = text.split("\n", 1)[0]
    return first[1:].strip() if first.startswith("#") else ""
