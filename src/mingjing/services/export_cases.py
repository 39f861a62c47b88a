"""The list of cases as a workbook: same columns, same order, cells that cannot run as formulas."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.reading.case_list import CaseFilter, ordered, select
from mingjing.storage.cases.models import Case

LIMIT = 100_000
HEADINGS = (
    "案号",
    "案由",
    "案件类型",
    "审理程序",
    "当事人",
    "法院",
    "承办部门",
    "承办人",
    "环节",
    "立案日期",
    "审限届满日",
    "最近期限",
    "预警",
    "结案日期",
    "结案方式",
)


def _row(case: Case) -> tuple[object, ...]:
    return (
        case.number,
        case.cause,
        case.kind,
        case.procedure,
        case.parties_text,
        case.court.short_name,
        case.department.name if case.department else "",
        case.handler.name if case.handler else case.handler_name,
        case.stage,
        case.filed_on,
        case.due_on,
        case.next_due_on,
        ("", "蓝", "黄", "红")[case.colour],
        case.closed_on,
        case.outcome,
    )


def export_cases(actor: Actor, chosen: CaseFilter) -> bytes:
    """A workbook of up to LIMIT cases that match ``chosen``, with the query and the cut-off below."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("案件")
    heading, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(HEADINGS) - 1, 14)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, HEADINGS, heading)
    written = 0
    with act(actor, "导出案件", needs="导出数据", subject_kind="法院", subject_id=actor.court.code) as record:
        for run in ordered(select(actor, chosen), chosen.order):
            rows = run.select_related("court", "department", "handler")[: LIMIT - written]
            for case in rows.iterator(chunk_size=2000):
                written += 1
                for column, value in enumerate(_row(case)):
                    if hasattr(value, "isoformat"):
                        sheet.write_datetime(written, column, value, day)
                    elif value not in (None, ""):
                        sheet.write_string(written, column, str(value))
        record.payload = {"条件": " · ".join(chosen.sentence()), "件数": written}
    sheet.write_string(
        written + 2, 0, f"条件：{' · '.join(chosen.sentence())}；截至 {actor.on}；共 {written} 件"
    )
    book.close()
    return out.getvalue()
