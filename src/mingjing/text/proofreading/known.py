"""What a document is held against: the case as it is registered, and the court's lists of laws and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Law:
    """A law by its full name, in force from ``since`` until the day before ``until``.

    ``articles`` is how many articles it has, ``short`` what it is called for short, ``instead`` what replaced
    it. Unknown figures are None: nothing is said about them.
    """

    name: str
    short: str = ""
    articles: int | None = None
    since: date | None = None
    until: date | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word often written wrong; within one of ``unless`` it is right."""

    wrong: str
    right: str
    unless: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """The court's lists. ``appeal`` pairs a kind of document (民事判决书) with the days of its appeal;
    ``off`` are the rules not in use."""

    laws: tuple[Law, ...] = ()
    words: tuple[Word, ...] = ()
    appeal: tuple[tuple[str, int], ...] = ()
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """The case as registered; whatever is empty is not compared. ``on`` is today.

    ``parties`` and ``bench`` are (capacity, name); ``hearings`` the days of its hearings.
    """

    on: date
    court: str = ""
    number: str = ""
    kind: str = ""
    procedure: str = ""
    cause: str = ""
    parties: tuple[tuple[str, str], ...] = ()
    bench: tuple[tuple[str, str], ...] = ()
    filed_on: date | None = None
    hearings: tuple[date, ...] = ()
