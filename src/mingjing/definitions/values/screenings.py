"""Rules that propose something about a case, and what they found."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.domain.expressions.reading import Expression, Given, MissingFieldError, WrongFieldError

BLANK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Proposal:
    """One rule: when its condition holds, ``label`` is proposed with ``reason`` (blanks filled in)."""

    label: str
    when: Expression
    reason: str
    category: str = ""
    law: str = ""


@dataclass(frozen=True)
class Finding:
    """A rule that spoke, and why."""

    label: str
    category: str
    reason: str
    law: str


@dataclass(frozen=True)
class Screened:
    """What a screening says of one item. ``missing`` maps a silent rule to the fields it lacked."""

    findings: tuple[Finding, ...]
    missing: Mapping[str, str]


@dataclass(frozen=True)
class Screening:
    """Rules over the fields of one kind of item. Rules that lack a field are silent and are reported."""

    id: str
    label: str
    owner: str
    since: date
    marks: str
    over: str
    rules: tuple[Proposal, ...]
    basis: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""

    def tests(self, known: Collection[str] = ()) -> tuple[tuple[Proposal, Callable[[Given], bool]], ...]:
        """Every rule with its compiled condition; ``known`` are the court's field names."""
        return tuple((rule, rule.when.compile(known)) for rule in self.rules)

    def screen(self, given: Given, known: Collection[str] = ()) -> Screened:
        """Ask every rule about one item."""
        return screen(self.tests(known), given)


def screen(tests: Iterable[tuple[Proposal, Callable[[Given], bool]]], given: Given) -> Screened:
    """Ask compiled rules about one item (compile once, ask for many)."""
    findings: list[Finding] = []
    missing: dict[str, str] = {}
    for rule, test in tests:
        try:
            holds = test(given)
        except MissingFieldError as absent:
            missing[rule.label] = f"缺数据：{absent.name}"
        except WrongFieldError as wrong:
            missing[rule.label] = f"数据不对：{wrong}"
        else:
            if holds:
                findings.append(Finding(rule.label, rule.category, _filled(rule.reason, given), rule.law))
    return Screened(tuple(findings), missing)


def _filled(reason: str, given: Given) -> str:
    return BLANK.sub(lambda blank: _said(given.get(blank[1].strip())), reason)


def _said(value: object) -> str:
    if value is None or value == "":
        return "（未登记）"
    return ("是" if value else "否") if isinstance(value, bool) else str(value)
