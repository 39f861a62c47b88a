"""What an act opens in another register: one record, or one for each."""

from __future__ import annotations

from dataclasses import replace

from mingjing.domain.ledgers.opening import opened
from mingjing.domain.ledgers.register import Field, FieldType, Opening
from tests.domain.ledgers.sample_registers import RECTIFICATION

REGISTER = replace(RECTIFICATION, fields=(*RECTIFICATION.fields, Field("people", "参加人", FieldType.PEOPLE)))
NAMES = {2: "李法官", 3: "王法官"}
VALUES: dict[str, object] = {"问题": "没有签名", "责任人": 2, "参加人": [2, 3, 2]}


def shown(field: Field, value: object) -> str:
    return NAMES[value] if field.type is FieldType.PERSON and isinstance(value, int) else str(value)


def open_(**values: str) -> list[dict[str, object]]:
    opening = Opening("ledger.task", values)
    return [dict(one) for one in opened(REGISTER, opening, VALUES, shown)]


def test_a_bare_label_copies_the_value() -> None:
    assert open_(经办人="责任人") == [{"经办人": 2}]


def test_a_text_has_its_blanks_filled_with_words() -> None:
    assert open_(事由="{责任人}：{问题}") == [{"事由": "李法官：没有签名"}]


def test_an_empty_value_is_left_out() -> None:
    assert open_(时间="期限", 事由="问题") == [{"事由": "没有签名"}]


def test_one_record_is_opened_for_each_person_once() -> None:
    opening = Opening("ledger.task", {"经办人": "{每个}", "事由": "请{每个}整改"}, each="参加人")
    assert [dict(one) for one in opened(REGISTER, opening, VALUES, shown)] == [
        {"经办人": 2, "事由": "请李法官整改"},
        {"经办人": 3, "事由": "请王法官整改"},
    ]
