"""A detector: which rows of the past look as if a number had been worked on, as a question to a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import Expression, MissingFieldError, Value, WrongFieldError
from mingjing.domain.indicators.counts import read_row
from mingjing.domain.indicators.formula import Formula

BLANK = re.compile(r"\{([^{}]*)\}")
Settings = Mapping[str, Value]


class Verdict(Enum):
    """What a detector makes of one row."""

    HIT = "检出"
    CLEAR = "不检出"
    ASIDE = "不在范围"
    MISSING = "缺数据"


@dataclass(frozen=True, slots=True)
class Found:
    """What one row gave. ``reason`` says why it was found, or which field it lacks; ``chance`` is how likely
    a row in range is found though nobody did anything, None where the definition does not say."""

    verdict: Verdict
    reason: str = ""
    chance: Fraction | None = None


@dataclass(frozen=True)
class Detector:
    """One rule. A row is in range where ``base`` holds, and found where ``when`` holds as well; ``settings``
    are the numbers and flags a court tunes, under the names both conditions use. ``look`` says what the
    person who checks should look at."""

    id: str
    label: str
    owner: str
    since: date
    group: str
    over: str
    on: str
    when: Expression
    reason: str
    look: str
    base: Expression | None = None
    settings: Settings = field(default_factory=dict)
    absent: Settings = field(default_factory=dict)
    chance: Formula | None = None
    basis: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""

    def tuned(self, settings: Settings) -> Detector:
        """The same rule with other settings. Raises KeyError for a name it does not have."""
        if unknown := settings.keys() - self.settings.keys():
            raise KeyError(sorted(unknown)[0])
        return replace(self, settings={**self.settings, **settings})

    def asked(self, kinds: Mapping[str, Kind]) -> Callable[[Mapping[str, object]], Found]:
        """The rule as a question to one row; ``kinds`` are the fields of its rows. Compile once."""
        names = {*kinds, *self.settings}
        base = self.base.exact().compile(names) if self.base else None
        when = self.when.exact().compile(names)

        def ask(row: Mapping[str, object]) -> Found:
            read = read_row(row, kinds)
            given = {**self.absent, **read, **self.settings}
            try:
                if base is not None and not base(given):
                    return Found(Verdict.ASIDE)
                held = when(given)
            except MissingFieldError as absent:
                return Found(Verdict.MISSING, f"缺数据：{absent.name}")
            except WrongFieldError as wrong:
                return Found(Verdict.MISSING, f"数据不对：{wrong}")
            chance = self._chance(given)
            if not held:
                return Found(Verdict.CLEAR, "", chance)
            return Found(Verdict.HIT, self._reason({**read, **self.settings}), chance)

        return ask

    def _reason(self, given: Mapping[str, object]) -> str:
        """The reason with its blanks filled; a day that stands for none at all is said to be none."""
        counted = {name: value for name, value in self.absent.items() if not isinstance(value, date)}
        return BLANK.sub(lambda it: _said({**counted, **given}.get(it[1].strip())), self.reason)

    def _chance(self, given: Mapping[str, object]) -> Fraction | None:
        if self.chance is None:
            return None
        numbers = {name: _number(given.get(name)) for name, _ in self.chance.names}
        if any(one is None for one in numbers.values()):
            return None
        found = self.chance.compute(numbers)
        return None if found is None else min(max(found, Fraction(0)), Fraction(1))


def _number(value: object) -> Fraction | None:
    return Fraction(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else None


def _said(value: object) -> str:
    if value is None or value == "":
        return "（未登记）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
