"""What a bulletin counts: the keys ``counts`` of a document, and the links they make to a register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition
from mingjing.definitions.kinds.registers.saying import say_condition, say_unknown
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Field, ListOf, Record, Table, Text
from mingjing.definitions.shapes.conditions import Condition
from mingjing.definitions.values.documents import Borne, Counts, DocumentTemplate
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ledgers.register import FieldType

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_BORNE = Table(
    (
        Field("label", Text(example="已完成"), "认定成什么", required=True),
        Field("when", Condition(names="", example="佐证数 >= 1"), "记录要是什么样才这么认定", required=True),
    ),
    example="{label: 已完成, when: 佐证数 >= 1}",
)
COUNTS = Table(
    (
        Field("over", Text(example="ledger.inspection_issue"), "数哪一本台账", required=True),
        Field("claims", Text(example="自报档次"), "自己报的档次写在哪个字段；没有就只数认定的"),
        Field("bears", ListOf(_BORNE, least=1), "认定档次，从上往下第一条符合的算", required=True),
        Field("otherwise", Text(example="整改中"), "都不符合的算什么", required=True),
    ),
    example="{over: ledger.inspection_issue, claims: 自报档次, bears: [{label: 已完成, when: 佐证数 >= 1}], "
    "otherwise: 整改中}",
)


def build_counts(record: Record) -> Counts | None:
    """The typed ``counts`` of a document, or None where it counts nothing."""
    counts = record.get("counts", Record)
    if counts is None:
        return None
    return Counts(
        counts.text("over"),
        counts.text("claims"),
        tuple(_borne(item) for item in counts.records("bears")),
        counts.text("otherwise"),
    )


def _borne(item: Record) -> Borne:
    when = item.get("when", Expression)
    if when is None:
        raise KeyError("when")
    return Borne(item.text("label"), when)


def check_counts(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """The register is there, it has the field of what is claimed, and its conditions know their names."""
    template = definition.value
    counts = definition.record.get("counts", Record)
    if not isinstance(template, DocumentTemplate) or template.counts is None or counts is None:
        return
    register = shelf.newest_register(template.counts.over)
    if register is None:
        if not shelf.may_be_broken(template.counts.over):
            say_unknown(notes, counts.at("over"), template.counts.over, "台账", shelf.register_ids())
        return
    labels = {field.label: field.type for field in register.fields}
    if template.counts.claims and labels.get(template.counts.claims) is not FieldType.CHOICE:
        words = [label for label, kind in labels.items() if kind is FieldType.CHOICE]
        say_unknown(notes, counts.at("claims"), template.counts.claims, "选项字段", words)
    for item in counts.records("bears"):
        if (when := item.get("when", Expression)) is not None:
            say_condition(when, item.at("when"), labels, notes)
