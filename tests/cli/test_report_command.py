"""`mingjing report check` tells contradictions with line and column, and keeps them as a list."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from mingjing.cli.main import main

TEXT = (
    "工作总结\n2021年1至6月，全市法院共受理执行案件19343件，执结10042件，执结率51.67%。\n"
    "2021年1至6月，全市法院共受理各类案件47407件，审执结28144件，结案率59.37%。\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "总结.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_contradiction_is_told_at_its_place(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "check", str(report)]) == 1
    printed = capsys.readouterr().out
    assert "总结.txt:2:41  矛盾  执结率写作51.67%，按文中的数应为 51.92%" in printed
    assert "10042件 ÷ 19343件 = 51.91542%" in printed
    assert "19434↔19343" in printed
    assert "59.37%" not in printed


def test_all_lists_what_is_right_too(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["report", "check", str(report), "--all"])
    assert "相符  结案率59.37% 与文中的数相符" in capsys.readouterr().out


def test_the_list_is_kept_as_workbook_and_document(report: Path, tmp_path: Path) -> None:
    book, paper = tmp_path / "清单.xlsx", tmp_path / "清单.docx"
    main(["report", "check", str(report), "--xlsx", str(book), "--docx", str(paper)])
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][1:4] == ["2:41", "51.67%", "矛盾"]
    (table,) = docx.Document(str(paper)).tables
    assert "51.92%" in table.cell(1, 3).text


def test_a_report_in_order_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "总结.txt"
    path.write_text(TEXT.replace("51.67", "51.92"), encoding="utf-8")
    assert main(["report", "check", str(path)]) == 0
    assert "矛盾 0 处" in capsys.readouterr().out


def test_what_cannot_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "扫描.docx"
    path.write_bytes(b"%PDF-1.4")
    assert main(["report", "check", str(path)]) == 1
    assert "PDF" in capsys.readouterr().err
