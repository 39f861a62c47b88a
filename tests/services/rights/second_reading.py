"""A second reading of who may see and do what, straight from the files: short, slow, and sharing no code.

It is written from the rules as the documentation tells them (谁能看什么, 台账怎么看得见谁能办), not from the
program. Where the two disagree one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[3] / "institutions" / "cn"
KINDS = ("ledger", "filing", "activity", "approval", "meeting", "sheet", "card")
PEOPLE, UNITS = ("人员", "多人"), ("部门", "多部门")


def pages() -> dict[str, dict[str, Any]]:
    """Every register's file as plain lists and words, by its id."""
    read = (yaml.load(path.read_text(), Loader=yaml.BaseLoader) for path in sorted(FOLDER.rglob("*.yaml")))
    return {page["id"]: page for page in read if page["id"].partition(".")[0] in KINDS}


def several(value: Any) -> list[str]:
    """One word or a list of them, as a list."""
    return [value] if isinstance(value, str) else list(value or [])


@dataclass(frozen=True)
class Written:
    """An act as its file writes it."""

    label: str
    by: frozenset[str]
    never_by: frozenset[str]
    before: frozenset[str]


def written_acts(page: Mapping[str, Any]) -> Iterator[Written]:
    """The acts a file writes itself; a machinery brings others along."""
    for act in page.get("actions", {}).values():
        moves = [move.partition("→")[0].strip().split("、") for move in several(act["moves"])]
        yield Written(
            act["label"],
            frozenset(several(act["by"])),
            frozenset(several(act.get("never_by"))),
            frozenset(state for before in moves for state in before),
        )


@dataclass(frozen=True)
class Somebody:
    """A person as the rules look at one: posts and roles, where posted, where head, of what in charge.

    ``lenders`` are those whose delegation runs to them on the day.
    """

    key: int
    court: int
    posts: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    posted: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    uses_registers: bool = True
    lenders: Sequence[Somebody] = ()


@dataclass(frozen=True)
class Paper:
    """A record as the rules look at one: whose court, and whom and which departments it names, by word."""

    court: int
    subject: int
    people: Mapping[str, frozenset[int]]
    units: Mapping[str, frozenset[int]]
    places: Mapping[int, frozenset[int]] = field(default_factory=dict)


def words_of(one: Somebody, paper: Paper) -> set[str]:
    """Every word by which a file could mean this person towards this record. A word that is a field's means
    whom the field names, though a post be called the same (承办法官)."""
    found = {*one.posts, *one.roles, "任何人"} - paper.people.keys() - paper.units.keys()
    for word, keys in paper.people.items():
        where = {place for key in keys for place in paper.places.get(key, frozenset())}
        found |= {word} if one.key in keys else set()
        found |= _ranks(one, word, where)
    for word, places in paper.units.items():
        found |= {word} if places & one.posted else set()
        found |= _ranks(one, word, set(places))
    return found


def _ranks(one: Somebody, word: str, places: set[int]) -> set[str]:
    joints = (word, f"{word}部门", f"{word}的")
    head = {f"{joint}负责人" for joint in joints} if places & one.heads else set()
    leader = {f"{joint}{rank}" for joint in joints for rank in ("分管领导", "分管院领导")}
    return head | (leader if places & one.leads else set())


@dataclass(frozen=True)
class Rules:
    """What one register's file says about sight; ``acting`` are the words of acts on existing records,
    ``opening`` of those that open one, ``told`` of warnings, the machinery's own among them."""

    secrecy: str
    seen_by: frozenset[str]
    holder: str
    fields: Mapping[str, frozenset[str]]
    subject_sees: frozenset[str]
    acting: frozenset[str]
    opening: frozenset[str]
    told: frozenset[str]

    @property
    def sight(self) -> frozenset[str]:
        """The words that show a record of this register to whoever has one of them."""
        if self.secrecy == "保密":
            return self.seen_by | {self.holder}
        anchors = [word for word in (self.holder, "本部门") if word]
        command = {f"{word}{rank}" for word in anchors for rank in ("负责人", "分管领导")}
        parts = {"登记人", "办理人", "院长", self.holder} | (self.opening & self.fields.keys())
        return (self.seen_by | self.acting | self.told | command | parts) - {"任何人", ""}


def sees(one: Somebody, paper: Paper, rules: Rules) -> bool:
    """Whether they see the record at all."""
    if not one.uses_registers or one.court != paper.court:
        return False
    if rules.secrecy == "公开" or one.key == paper.subject:
        return True
    return any(words_of(hand, paper) & rules.sight for hand in (one, *one.lenders))


def reads(one: Somebody, paper: Paper, rules: Rules) -> set[str]:
    """The fields they read of a record they see."""
    held = set().union(*(words_of(hand, paper) for hand in (one, *one.lenders)))
    open_to_them = {label for label, few in rules.fields.items() if not few or "任何人" in few or held & few}
    only_subject = one.key == paper.subject and rules.secrecy != "公开"
    if only_subject and not words_of(one, paper) & rules.sight:
        return open_to_them & rules.subject_sees
    return open_to_them
