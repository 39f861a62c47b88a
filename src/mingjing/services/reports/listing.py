"""The findings of a checked report as rows, as a workbook and as a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from mingjing.documents.gongwen import OfficialDocument, Paragraph, read_level, write_document
from mingjing.documents.tables import Column, Table
from mingjing.text.checking import Checked
from mingjing.text.findings import CHECKS, Finding, Verdict

HEADS = ("序号", "位置", "原文", "结论", "核对", "说明", "算式", "怎么改")
_WIDTHS = (6, 10, 28, 10, 16, 48, 48, 44)


@dataclass(frozen=True, slots=True)
class Row:
    """One finding in words; ``place`` is line:column, both from 1."""

    number: int
    place: str
    quoted: str
    verdict: str
    check: str
    message: str
    arithmetic: str
    repairs: str

    def cells(self) -> tuple[str, ...]:
        """In the order of HEADS."""
        words = (
            self.place,
            self.quoted,
            self.verdict,
            self.check,
            self.message,
            self.arithmetic,
            self.repairs,
        )
        return (str(self.number), *words)


def rows_of(checked: Checked, findings: tuple[Finding, ...]) -> list[Row]:
    """The findings numbered from 1, as the page numbers them."""
    return [
        Row(
            number,
            "{}:{}".format(*checked.reading.outline.line_column(one.start)),
            checked.reading.words(one.start, one.end)[:60],
            one.verdict.value,
            CHECKS[one.code],
            one.message,
            "\n".join(one.arithmetic),
            "\n".join(one.repairs),
        )
        for number, one in enumerate(findings, start=1)
    ]


def workbook(rows: list[Row], sentence: str, others: list[Row] | None = None) -> bytes:
    """The rows as .xlsx, ``others`` on a sheet of their own; cells are text and cannot run as formulas."""
    import xlsxwriter  # only whoever exports waits for it

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, listed in (("核数清单", rows), ("其余结论", others)):
        if listed is None:
            continue
        page = book.add_worksheet(name)
        for place, width in enumerate(_WIDTHS):
            page.set_column(place, place, width)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, HEADS, head)
        for line, row in enumerate(listed, start=1):
            for place, cell in enumerate(row.cells()):
                page.write_string(line, place, cell, wrapped)
        page.write_string(len(listed) + 2, 0, sentence)
    book.close()
    return out.getvalue()


def document(rows: list[Row], sentence: str, title: str, issuer: str, on: date) -> bytes:
    """The rows as a .docx in the layout of official documents."""
    columns = (Column("位置", 1.1), Column("原文", 2), Column("结论", 1.1), Column("说明、算式、怎么改", 5.2))
    cells = tuple(
        (
            row.place,
            row.quoted,
            row.verdict,
            "\n".join(filter(None, (row.message, row.arithmetic, row.repairs))),
        )
        for row in rows
    )
    lead = Paragraph(sentence, read_level(sentence))
    body = (lead, Table(columns, cells)) if rows else (lead,)
    return write_document(OfficialDocument(issuer, f"《{title}》核数清单", body, on))


def summary(checked: Checked) -> str:
    """How many figures, and how they came out."""
    counts = "，".join(f"{verdict.value} {checked.count(verdict)} 处" for verdict in Verdict)
    return f"找到 {len(checked.figures)} 个数：{counts}。"
