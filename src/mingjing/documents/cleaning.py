"""What people type, made safe to stand in an official document."""

from __future__ import annotations

import re

# XML 1.0 section 2.2 forbids these; a Word file that contains one does not open.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Invisible marks that reverse the order in which a line is read: a number could be shown backwards.
_REORDERING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """``text`` without characters that break the file or change the order of reading.

    Every kind of line end becomes a line feed. Nothing visible is dropped.
    """
    return _REORDERING.sub("", _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text)))


def clean_line(text: str) -> str:
    """``text`` on one line: white space of any kind becomes one space, none at the ends."""
    return " ".join(clean_text(text).split())


def clean_paragraphs(text: str) -> tuple[str, ...]:
    """The lines of ``text`` that are not blank, each without white space at its ends."""
    return tuple(line.strip() for line in clean_text(text).replace("\t", " ").split("\n") if line.strip())
