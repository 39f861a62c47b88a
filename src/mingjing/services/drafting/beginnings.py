"""What a draft begins with: a blank, the next version of a definition, or a copy under another name."""

from __future__ import annotations

import re
from datetime import date

from mingjing.definitions.beginning import BLANKS, blank, since
from mingjing.definitions.definition import Definition

__all__ = ["BLANKS", "blank", "copy_of", "next_version"]


def next_version(definition: Definition, today: date) -> str:
    """The text of a definition as its next version: the same, in force from ``today``."""
    return since(today, definition.text)


def copy_of(definition: Definition, today: date) -> str:
    """The text of a definition under another id and name, to be changed into something else."""
    text = next_version(definition, today)
    text = re.sub(r"^id:\s*(\S+)", r"id: \1_copy", text, count=1, flags=re.MULTILINE)
    return re.sub(r"^(label:\s*[^#\n]*?)\s*$", r"\1（副本）", text, count=1, flags=re.MULTILINE)
