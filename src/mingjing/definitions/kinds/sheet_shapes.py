"""The keys of a scoring sheet's own parts: marks, items, grades, vetoes, the order to rank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.definitions.kinds.registers.parts import OPENING
from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Choice, Edit, Field, ListOf, OneOrMany, Shape, Table, Text, Word
from mingjing.definitions.shapes.base import Schema, plain_text, rewrite
from mingjing.definitions.shapes.periods import Percent
from mingjing.domain.dates.periods import Every

_NUMBER = re.compile(r"\d{1,6}(\.\d{1,4})?")


@dataclass(frozen=True)
class MarkText(Shape[Fraction]):
    """A number of marks: ``5``, ``2.5``; exact, four decimals at most."""

    def read(self, node: Node, notes: Notes) -> Fraction | None:
        text = plain_text(node, notes, example="5")
        if text is None:
            return None
        if not _NUMBER.fullmatch(text):
            notes.say(node, "bad-mark", f"“{text}”不是分数。写数字，小数最多四位。", example="2.5")
            return None
        return Fraction(text)

    def schema(self) -> Schema:
        return {"type": "number", "minimum": 0}

    def edits(self, node: Node) -> Iterator[Edit]:
        """One more and one less."""
        if isinstance(node, ScalarNode) and node.text.isdecimal():
            yield from (rewrite(node, str(int(node.text) + by)) for by in (1, -1) if int(node.text) + by >= 0)


EVERY = Choice({one.value: one for one in (Every.MONTH, Every.QUARTER, Every.HALF, Every.YEAR)})
ITEM = Table(
    (
        Field("label", Text(example="庭审准时"), "项目名称", required=True),
        Field("full", MarkText(), "满分", required=True, tested=True),
        Field("category", Text(example="司法作风"), "属于哪一大类"),
        Field("weight", Percent(), "占总分的比例；写了一项就要项项都写", tested=True),
        Field("rule", Text(example="每迟到一次扣 1 分"), "怎样评"),
    ),
    example="{label: 庭审准时, full: 10, rule: 每迟到一次扣 1 分}",
)
GRADE = Table(
    (
        Field("label", Text(example="优秀"), "等级", required=True),
        Field("least", MarkText(), "几分以上（含）", required=True, tested=True),
        Field("opens", ListOf(OPENING, least=1), "确认以后自动在别的台账里开什么", tested=True),
    ),
    example="{label: 优秀, least: 90}",
)
VETO = Table(
    (
        Field("label", Text(example="群众投诉查实"), "出现什么情形", required=True),
        Field("best", Text(example="良好"), "等级最高只能到哪一级", required=True, tested=True),
    ),
    example="{label: 群众投诉查实, best: 良好}",
)
RANKING = Table(
    (
        Field("per", EVERY, "在哪一种考核期里排名", required=True, tested=True),
        Field("document", Text(example="法党发〔2026〕5号"), "规定排名的文件和文号", required=True),
        Field(
            "among",
            OneOrMany(Word("dictionary.rosters", "名册", "各部门"), drops=False),
            "哪些部门排在一起；他们都确认了，这一期才算数",
            required=True,
        ),
    ),
    example="{per: 月, document: 法党发〔2026〕5号, among: 各部门}",
)
