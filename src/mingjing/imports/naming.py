"""Names of columns and keys as they are compared: ``Date_Filed`` and ``date filed`` are one."""

from __future__ import annotations

import re
import unicodedata

_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]$")
_FILLING = re.compile(r"[\s_.\-‐－·/]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")


def bare(name: str) -> str:
    """Without unit in brackets, gaps, accents and case: ``标的额（万元）`` is ``标的额``."""
    plain = _BRACKET.sub("", unicodedata.normalize("NFKC", name).strip())
    letters = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    return _FILLING.sub("", unicodedata.normalize("NFC", letters)).lower()


def unit_of(name: str) -> str:
    """What stands in brackets behind a name: ``万元`` of ``标的额（万元）``; empty where nothing does."""
    match = _BRACKET.search(unicodedata.normalize("NFKC", name).strip())
    return match[1] if match else ""
