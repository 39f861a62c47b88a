"""Examples of a sheet: played like those of every register, or a list of juries and what comes of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome
from mingjing.definitions.kinds.registers.examples import run_example
from mingjing.definitions.kinds.registers.parts import EXAMPLE_FIELDS, OUTCOMES
from mingjing.definitions.shapes import Field as Key
from mingjing.definitions.shapes import MapOf, Table, Text
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.domain.assessments.filling import step
from mingjing.domain.assessments.scoring import combined, shown
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.reasons import Refusal

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_TOTALS = Text(
    example="90.0 优秀",
    pattern=r"\d{1,4}(\.\d{1,4})? \S+|拒绝",
    code="bad-mark",
    cause="“{}”不是总分和等级。",
)


def loose(key: Key) -> Key:
    """A key of a register's example where an example need not be played step by step."""
    return Key(key.key, key.shape, key.title, required=key.key == "name", tested=key.tested)


EXAMPLE = Table(
    (
        *(loose(one) for one in EXAMPLE_FIELDS),
        Key(
            "totals",
            MapOf(_TOTALS, example="{88 92: 90.0 优秀}"),
            "各位评分人给的总分（空格隔开）→ 合成的总分和等级；人数不够的写“拒绝”",
        ),
    ),
    rules=(at_least_one(*OUTCOMES, "totals"), at_least_one("steps", "totals")),
    example="{name: 分数线, totals: {90 90: 90.0 优秀}}",
)


def run_sheet(sheet: Sheet, example: Example, shelf: Shelf) -> Outcome:
    """Answer one example."""
    given: Mapping[str, str] | None = example.record.get("totals", dict)
    if given is not None:
        return _totals(sheet, given)
    register = shelf.with_options(sheet.register)
    filled = replace(sheet, register=register)
    calendar = shelf.calendar(register.calendar)
    return run_example(register, lambda matter, deed: step(filled, matter, deed, calendar), example, shelf)


def _totals(sheet: Sheet, given: Mapping[str, str]) -> Outcome:
    got = {key: _one(sheet, key) for key in given}
    wrong = [key for key, wanted in given.items() if got[key] != wanted]
    shown_keys = wrong or list(given)
    return Outcome(
        not wrong,
        "；".join(f"{key} → {given[key]}" for key in shown_keys),
        "；".join(f"{key} → {got[key]}" for key in shown_keys),
    )


def _one(sheet: Sheet, key: str) -> str:
    try:
        total, grade = combined(sheet, [Fraction(one) for one in key.split()])
    except Refusal:
        return "拒绝"
    return f"{shown(total, sheet.decimals)} {grade.label}"
