"""Text that a spreadsheet program might run as a formula, made harmless on the way out."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula when it is typed or pasted."""
    return text.startswith(_STARTS) and not _is_plain_number(text)


def guarded(text: str) -> str:
    """The text for a CSV cell: an apostrophe in front of what looks like a formula.

    The reader (``values.read_text``) takes the apostrophe off again, so a round trip changes nothing.
    """
    return f"'{text}" if is_formula_like(text) else text


def _is_plain_number(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
