"""A table kept as text is set as a table where it fills a paragraph alone; nothing else becomes one."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.definitions.values.documents import Blank, DocumentTemplate
from mingjing.documents.tables import Table
from mingjing.documents.template import fill_template
from mingjing.domain.ledgers.values import read_table

TEMPLATE = DocumentTemplate(
    "document.sample", "样本", "政治部", date(2024, 1, 1), "（{年}）样{序号}号", "样本", "各部门：",
    ("前文", "{得分}"), (Blank("得分", "得分", True),), "岚县人民法院",
)  # fmt: skip


def filled(text: str) -> list[object]:
    """The body of the document with this value."""
    paper = fill_template(
        TEMPLATE, {"得分": text}, issuer="岚县人民法院", number="（2024）样1号", issued_on=date(2024, 4, 1)
    )
    return list(paper.body)


def test_rows_of_equal_cells_become_a_table_under_their_head() -> None:
    table = filled("部门｜得分\n民一庭｜70.00\n民二庭｜95.00")[1]
    assert isinstance(table, Table)
    assert [one.label for one in table.columns] == ["部门", "得分"]
    assert table.rows == (("民一庭", "70.00"), ("民二庭", "95.00"))


@pytest.mark.parametrize(
    "text", ["民一庭｜70.00", "部门｜得分\n民一庭", "一行\n两行", "部门｜得分\n民一庭｜70｜多一格"]
)
def test_anything_else_stays_text(text: str) -> None:
    assert read_table(text) == ()
    assert not any(isinstance(part, Table) for part in filled(text))
