"""A number that is none is refused beside its field with how to write it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from mingjing.domain.ledgers.register import Field, FieldType
from mingjing.web.records.fields import Lists, control


@pytest.mark.parametrize(
    ("kind", "typed", "example"),
    [
        (FieldType.MONEY, "一百二十万又三分", "1286400.00"),
        (FieldType.DECIMAL, "八成五", "0.85"),
        (FieldType.INTEGER, "十二", "12"),
    ],
)
def test_words_for_a_number_are_answered_with_an_example(kind: FieldType, typed: str, example: str) -> None:
    nothing = Lists(list, list, lambda _text: None, lambda _register, _text: None)
    asked = control(Field("amount", "数", kind), nothing, required=True)
    with pytest.raises(ValidationError) as refused:
        asked.clean(typed)
    assert example in "".join(refused.value.messages)
    asked.clean(example)
