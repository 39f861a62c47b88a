"""Last month's export of a court's old system: two header rows, a total, and rows people got wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.installation import Installation

GROUPS = ("案号", "案件信息", "", "", "承办", "", "日期", "")
COLUMNS = ("", "案件类型", "审理程序", "案由", "承办部门", "承办人", "立案日期", "结案日期")
TITLE = "清河区人民法院二〇二六年九月案件台账"

KNOWN = """
SELECT c.number, c.kind, c.procedure, c.cause, d.name, p.name, c.filed_on, coalesce(c.closed_on, '')
FROM cases_case c JOIN people_court k ON k.id = c.court_id
JOIN people_department d ON d.id = c.department_id JOIN people_person p ON p.id = c.handler_id
WHERE k.code = '云9801' AND c.kind = '民事一审' AND c.closed_on IS NULL ORDER BY c.id LIMIT :count
"""
Row = tuple[str, ...]


@dataclass(frozen=True)
class Export:
    """The rows and how many of each sort there are."""

    rows: tuple[Row, ...]
    new: int
    changed: int
    same: int
    bad: int


def last_month(installation: Installation) -> Export:
    """Rows for cases the court knows (some with another cause of action), new ones, and 37 bad ones."""
    known = [tuple(map(str, row)) for row in installation.ask(KNOWN, {"count": 14})]
    department, judge = known[0][4], known[0][5]
    moved = [(*row[:3], "合同纠纷", *row[4:]) for row in known[:4]]
    same = known[4:]

    def case(serial: int, filed: str, **other: str) -> Row:
        values = {"案号": f"（2026）云9801民初{serial}号", "类型": "民事一审", "结案": "", **other}
        return (
            *(values["案号"], values["类型"], "简易程序", "民间借贷纠纷"),
            *(department, judge, filed, values["结案"]),
        )

    new = [
        case(9000 + n, ("2026-09-03", "2026.9.8", "2026年9月10日", "２０２６/９/１１")[n % 4])
        for n in range(30)
    ]
    bad = [
        *(case(9100 + n, "2026-09-31") for n in range(10)),
        *(case(9200 + n, "九月初") for n in range(8)),
        *(case(9300 + n, "2026-09-07", 类型="民事一身") for n in range(7)),
        *(case(0, "2026-09-07", 案号=f"云9801民初字{n}") for n in range(7)),
        *(case(9400 + n, "2026-09-14", 结案="2026-13-01") for n in range(5)),
    ]
    rows = (*new[:15], *bad[:20], *moved, *same, *bad[20:], *new[15:])
    return Export(rows, len(new), len(moved), len(same), len(bad))


def total(export: Export) -> Row:
    """The line under the table."""
    return ("合计", str(len(export.rows)), "", "", "", "", "", "")


def as_gbk_csv(export: Export) -> bytes:
    """As the old system writes it: GBK, a title line, two header rows, a total."""
    text = io.StringIO(newline="")
    lines = ((TITLE, *[""] * 7), GROUPS, COLUMNS, *export.rows, total(export))
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode("gbk")


def as_workbook(export: Export) -> bytes:
    """The same as .xlsx with the cells of the header merged."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ((TITLE,), GROUPS, COLUMNS, *export.rows, total(export)):
        sheet.append(line)
    for merged in ("A1:H1", "A2:A3", "B2:D2", "E2:F2", "G2:H2"):
        sheet.merge_cells(merged)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write(export: Export, path: Path) -> Path:
    """The file at ``path``, in the format its name says."""
    path.write_bytes(as_gbk_csv(export) if path.suffix == ".csv" else as_workbook(export))
    return path
