"""The list of cases as a workbook."""

from __future__ import annotations

from itertools import chain

from mingjing.services.actors import Actor
from mingjing.services.exporting import Column, Sheet, export
from mingjing.services.reading.case_list import CaseFilter, ordered, select
from mingjing.storage.cases.models import Case

CHUNK = 2000
COLUMNS: tuple[Column[Case], ...] = (
    Column("案号", lambda case: case.number),
    Column("案由", lambda case: case.cause),
    Column("案件类型", lambda case: case.kind),
    Column("审理程序", lambda case: case.procedure),
    Column("当事人", lambda case: case.parties_text),
    Column("法院", lambda case: case.court.short_name),
    Column("承办部门", lambda case: case.department.name if case.department else ""),
    Column("承办人", lambda case: case.handler.name if case.handler else case.handler_name),
    Column("环节", lambda case: case.stage),
    Column("立案日期", lambda case: case.filed_on),
    Column("审限届满日", lambda case: case.due_on),
    Column("最近期限", lambda case: case.next_due_on),
    Column("预警", lambda case: ("", "蓝", "黄", "红")[case.colour]),
    Column("结案日期", lambda case: case.closed_on),
    Column("结案方式", lambda case: case.outcome),
)


def export_cases(actor: Actor, chosen: CaseFilter) -> bytes:
    """A workbook of the cases that match ``chosen``, with the query and the cut-off below."""
    runs = (
        run.select_related("court", "department", "handler").iterator(chunk_size=CHUNK)
        for run in ordered(select(actor, chosen), chosen)
    )
    sheet = Sheet("案件", COLUMNS, chain.from_iterable(runs), " · ".join(chosen.sentence()))
    return export(actor, sheet, verb="导出案件")
