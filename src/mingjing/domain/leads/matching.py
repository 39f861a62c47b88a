"""Whether somebody met at the court is on a list of names: certainly, possibly, or not (R-093)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum


class Likeness(Enum):
    """CERTAIN: name and number agree. POSSIBLE: the name agrees and nothing contradicts it. NONE: no hit."""

    CERTAIN = "确定"
    POSSIBLE = "可能"
    NONE = "不是"


@dataclass(frozen=True, slots=True)
class Named:
    """A person or unit by name and, where it is known, number (身份证号、统一社会信用代码)."""

    name: str
    number: str = ""


def match(listed: Named, met: Named) -> Likeness:
    """How sure it is that two entries mean the same.

    Full and half width, spaces, middle dots and capitals make no difference. The same number under another
    name is a certain hit, for names change; two different numbers are two people of one name.
    """
    one, other = _plain(listed.number), _plain(met.number)
    if one and other:
        return Likeness.CERTAIN if one == other else Likeness.NONE
    return Likeness.POSSIBLE if _plain(listed.name) == _plain(met.name) != "" else Likeness.NONE


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "·•・.-‧")
