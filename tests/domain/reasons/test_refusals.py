"""A refusal says what is wrong, what is allowed, and shows one correct input."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.reasons import (
    Ambiguous,
    CalendarMissing,
    MissingFact,
    NotInForce,
    Refusal,
    Unreadable,
    reference,
)


def test_cause_allowed_values_and_example_are_said_in_one_breath() -> None:
    refusal = Refusal("没有“乙”。", allowed=["甲", "丙"], example="甲")
    assert str(refusal) == "没有“乙”。可用：甲、丙。例如：甲"
    assert str(Refusal("没有。")) == "没有。"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Refusal, "refused"),
        (NotInForce, "not-in-force"),
        (MissingFact, "missing-fact"),
        (CalendarMissing, "calendar-missing"),
        (Ambiguous, "ambiguous"),
        (Unreadable, "unreadable"),
    ],
)
def test_every_kind_of_refusal_has_a_stable_code(kind: type[Refusal], code: str) -> None:
    assert kind("原因").code == code


def test_a_reference_names_definition_day_and_content() -> None:
    assert reference("deadline.a", date(2022, 1, 1), "0123456789") == "deadline.a @ 2022-01-01 # 01234567"
    assert reference("deadline.a", date(2022, 1, 1), "") == "deadline.a @ 2022-01-01"
