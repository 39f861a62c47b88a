"""What a field holds is checked in its storage form, and compared in a form conditions understand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingjing.domain.ledgers.matters import WrongValue
from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.domain.ledgers.values import check_value, for_conditions, is_empty, read_text

GOOD: list[tuple[FieldType, object]] = [
    (FieldType.TEXT, "甲"),
    (FieldType.INTEGER, 0),
    (FieldType.DECIMAL, "-0.125"),
    (FieldType.MONEY, "1200.50"),
    (FieldType.DAY, "2024-02-29"),
    (FieldType.MOMENT, "2024-02-29T09:30"),
    (FieldType.FLAG, False),
    (FieldType.CHOICE, "甲"),
    (FieldType.CHOICES, ["甲", "乙"]),
    (FieldType.PERSON, 3),
    (FieldType.UNITS, [3, 4]),
    (FieldType.FILES, ["a" * 64]),
    (FieldType.RECORD, 9),
]
BAD: list[tuple[FieldType, object]] = [
    (FieldType.TEXT, "长" * 401),
    (FieldType.INTEGER, True),
    (FieldType.INTEGER, "3"),
    (FieldType.DECIMAL, 0.5),
    (FieldType.MONEY, "1.234"),
    (FieldType.DAY, "2023-02-29"),
    (FieldType.DAY, "20240301"),
    (FieldType.MOMENT, "2024-03-01"),
    (FieldType.FLAG, "是"),
    (FieldType.CHOICE, "丙"),
    (FieldType.CHOICES, "甲"),
    (FieldType.CHOICES, ["甲", "丙"]),
    (FieldType.PERSON, "李法官"),
    (FieldType.PEOPLE, [True]),
    (FieldType.FILES, [3]),
]


def field(kind: FieldType) -> Field:
    return Field("key", "字段", kind, options=("甲", "乙"))


@pytest.mark.parametrize(("kind", "value"), GOOD)
def test_the_storage_form_is_accepted(kind: FieldType, value: object) -> None:
    check_value(field(kind), value)
    assert not is_empty(value)


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_anything_else_is_refused(kind: FieldType, value: object) -> None:
    with pytest.raises(WrongValue):
        check_value(field(kind), value)


@pytest.mark.parametrize("kind", FieldType)
def test_nothing_is_accepted_everywhere(kind: FieldType) -> None:
    check_value(field(kind), None)
    assert is_empty(None)


def test_conditions_see_numbers_days_and_counts() -> None:
    kinds = {
        "金额": FieldType.MONEY,
        "日子": FieldType.DAY,
        "时刻": FieldType.MOMENT,
        "参加人": FieldType.PEOPLE,
        "种类": FieldType.CHOICES,
        "空着": FieldType.TEXT,
    }
    fields = tuple(Field(f"f{place}", label, kind) for place, (label, kind) in enumerate(kinds.items()))
    register = Register("ledger.any", "台账", "甲", date(2024, 1, 1), "{年}{序号}", fields, (), ())
    held = {
        "金额": "12.50",
        "日子": "2024-03-01",
        "时刻": "2024-03-01T09:30",
        "参加人": [1, 2],
        "种类": ["甲", "乙"],
        "空着": "",
    }
    assert for_conditions(register, held) == {
        "金额": Decimal("12.50"),
        "日子": date(2024, 3, 1),
        "时刻": date(2024, 3, 1),
        "参加人": 2,
        "种类": "甲、乙",
    }


def test_what_a_person_writes_becomes_the_storage_form() -> None:
    keys = {"李法官": 2, "王法官": 3}
    assert read_text(field(FieldType.INTEGER), "12", keys.__getitem__) == 12
    assert read_text(field(FieldType.FLAG), "是", keys.__getitem__) is True
    assert read_text(field(FieldType.PERSON), "李法官", keys.__getitem__) == 2
    assert read_text(field(FieldType.PEOPLE), "李法官、王法官", keys.__getitem__) == [2, 3]
    assert read_text(field(FieldType.CHOICES), "甲、乙", keys.__getitem__) == ["甲", "乙"]
    assert read_text(field(FieldType.INTEGER), "十二", keys.__getitem__) == "十二"
