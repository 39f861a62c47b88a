"""An answer is a value with the steps that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation, laid out as a sum: amount, words, article.

    ``amount`` is what stands in the left column (``2024-03-13``, ``+ 3 个月``, ``= 2024-07-03``),
    ``text`` says what happened, ``law`` names the article or is empty.
    """

    amount: str
    text: str
    law: str = ""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T_co]):
    """A computed value, why it is so, and what about it is still unsettled.

    ``definition`` is ``id @ effective date # content hash``; ``questions`` are the definition's open
    questions; ``caveats`` are doubts of this one answer (for example a provisional calendar year).
    """

    value: T_co
    steps: tuple[Step, ...] = ()
    definition: str = ""
    questions: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


def reference(definition: str, since: date, content_hash: str) -> str:
    """``id @ effective date # first eight characters of the content hash``, as records keep it."""
    text = f"{definition} @ {since.isoformat()}"
    return f"{text} # {content_hash[:8]}" if content_hash else text
