"""What a case shares with others: refiled by the same parties, granted on one day, worded alike, slower than
its like. Each answer is a fact about rows; whether it means anything is for a person to say."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True, slots=True)
class Suit:
    """A case as far as refiling goes: who sues whom about what, when it came and whether it was withdrawn."""

    key: int
    about: Hashable
    filed_on: date
    closed_on: date | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Refiled:
    """How many days after a withdrawal the same matter came again, and as which case."""

    days: int
    again: int


def refiled(suits: Iterable[Suit]) -> dict[int, Refiled]:
    """Withdrawn suits that came again on the day of closing or later, with the first that did."""
    by_matter: defaultdict[Hashable, list[Suit]] = defaultdict(list)
    for one in suits:
        by_matter[one.about].append(one)
    found = {}
    for same in by_matter.values():
        for one in same:
            if not one.withdrawn or one.closed_on is None:
                continue
            end = one.closed_on
            later = [(it.filed_on, it.key) for it in same if it.key != one.key and it.filed_on >= end]
            if later:
                day, key = min(later)
                found[one.key] = Refiled((day - end).days, key)
    return found


def on_one_day(grants: Iterable[tuple[int, Hashable, date]]) -> dict[int, int]:
    """For each case (key, unit, day of a grant): how many cases of its unit got one that day, at most."""
    cases: defaultdict[tuple[Hashable, date], set[int]] = defaultdict(set)
    for key, unit, day in grants:
        cases[unit, day].add(key)
    found: dict[int, int] = {}
    for keys in cases.values():
        for key in keys:
            found[key] = max(found.get(key, 0), len(keys))
    return found


@dataclass(frozen=True, slots=True)
class Worded:
    """How many cases have the same words as this one, and how many letters they are."""

    cases: int
    letters: int


def worded_alike(texts: Iterable[tuple[int, Hashable, str]]) -> dict[int, Worded]:
    """For each case (key, author, text): how many cases of one author say the same, blanks and signs aside;
    of several texts of a case the one that is repeated most."""
    cases: defaultdict[tuple[Hashable, str], set[int]] = defaultdict(set)
    for key, author, text in texts:
        if plain := letters_of(text):
            cases[author, plain].add(key)
    found: dict[int, Worded] = {}
    for (_, plain), keys in cases.items():
        for key in keys:
            one = Worded(len(keys), len(plain))
            if key not in found or (one.cases, one.letters) > (found[key].cases, found[key].letters):
                found[key] = one
    return found


def letters_of(text: str) -> str:
    """The letters and figures of a text; width, blanks and signs are nothing."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


@dataclass(frozen=True, slots=True)
class Like:
    """How many cases are like this one, and what is usual among them."""

    cases: int
    middle: float


def among_like(rows: Iterable[tuple[int, Hashable, int]]) -> dict[int, Like]:
    """For each case (key, what it is like, a number): the size of its group and the median of the number."""
    groups: defaultdict[Hashable, dict[int, int]] = defaultdict(dict)
    for key, like, number in rows:
        groups[like][key] = number
    found = {}
    for members in groups.values():
        usual = Like(len(members), float(median(members.values())))
        found.update(dict.fromkeys(members, usual))
    return found
