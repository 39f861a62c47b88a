from __future__ import annotations

import os
import select
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mingjing.documents import pdf
from mingjing.documents.gongwen import Paragraph, read_paragraphs, write_document
from mingjing.documents.tables import Column, Table
from mingjing.documents.typefaces import font_rules
from tests.documents.samples import needs_pdftotext, needs_soffice, notice, words_by_page


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("soffice") / "profile"


def text_of(content: bytes, folder: Path) -> str:
    return "".join(word for page in words_by_page(content, folder) for _, word in page)


@needs_soffice
@needs_pdftotext
def test_a_notice_becomes_a_pdf_with_the_same_words(profile: Path, tmp_path: Path) -> None:
    (content,) = pdf.to_pdf([write_document(notice())], profile=profile)
    pages = words_by_page(content, tmp_path)
    text = text_of(content, tmp_path)
    assert len(pages) == 2
    for words in (
        "云中法督〔2026〕18号",
        "（2025）云0102民初771号",
        "抄送：分管院领导，督察室。",
        "—1—",
        "—2—",
    ):
        assert words in text


@needs_soffice
@needs_pdftotext
def test_a_full_page_holds_exactly_22_lines_of_28_characters(profile: Path, tmp_path: Path) -> None:
    long_body = (Paragraph("审" * 28 * 60),)
    (content,) = pdf.to_pdf([write_document(notice(body=long_body))], profile=profile)
    pages = [[len(word) for _, word in page if "审审" in word] for page in words_by_page(content, tmp_path)]
    assert pages[0][0] == 26  # two characters in
    assert pages[1] == [28] * 22
    assert pages[2] == [28] * 22


@needs_soffice
@needs_pdftotext
def test_the_colophon_never_covers_the_text_however_long_it_is(profile: Path, tmp_path: Path) -> None:
    counts = range(1, 30)
    files = [
        write_document(notice(body=read_paragraphs("\n".join(f"第{i}行。" for i in range(count)))))
        for count in counts
    ]
    for content in pdf.to_pdf(files, profile=profile):
        last = words_by_page(content, tmp_path)[-1]
        colophon = min(top for top, word in last if "抄送" in word)
        signature = [top for top, word in last if word.endswith("人民法院")]
        assert colophon > 690  # at the foot of the text area, which ends 743 pt below the edge
        assert signature[0] < colophon - 20
        assert any("行。" in word for _, word in last), "署名独占一页"


@needs_soffice
@needs_pdftotext
def test_a_long_table_repeats_its_head_on_each_page(profile: Path, tmp_path: Path) -> None:
    table = Table((Column("案号", 2), Column("问题栏")), tuple((f"第{i}案", "漏录") for i in range(90)))
    (content,) = pdf.to_pdf([write_document(notice(body=(table,)))], profile=profile)
    pages = words_by_page(content, tmp_path)
    with_rows = [page for page in pages if any(word.endswith("案") for _, word in page)]
    assert len(with_rows) >= 3
    assert all(any(word == "问题栏" for _, word in page) for page in with_rows[1:])


@needs_soffice
def test_calls_at_the_same_time_all_succeed(profile: Path) -> None:
    files = [write_document(notice(number=f"云中法督〔2026〕{number}号")) for number in range(3)]
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda file: pdf.to_pdf([file], profile=profile)[0], files))
    assert all(result.startswith(b"%PDF") for result in results)


@needs_soffice
def test_a_file_that_is_no_document_is_named(profile: Path) -> None:
    with pytest.raises(pdf.ConversionFailed, match="第 2 个文件没有转成 PDF"):
        pdf.to_pdf([write_document(notice()), b"PK\x03\x04 torn"], profile=profile)


def test_without_libreoffice_the_refusal_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_PROGRAMS", ("soffice",))
    assert not pdf.is_available()
    with pytest.raises(pdf.ConverterMissing, match="没有安装 LibreOffice") as refused:
        pdf.to_pdf([b""], profile=tmp_path)
    assert refused.value.code == "pdf-converter-missing"
    assert "soffice" in refused.value.example


def ends(process: int) -> bool:
    """Whether a process is gone, or goes within ten seconds: a killed one runs on until its turn comes."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10.0)[0])
    finally:
        os.close(handle)


def test_a_program_that_hangs_is_stopped_with_its_children(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\n/bin/sleep 60 &\necho $! > "{tmp_path}/child"\nwait\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setattr(pdf, "_PROGRAMS", (str(program),))
    with pytest.raises(pdf.ConversionFailed, match="超时"):
        pdf.to_pdf([b"x"], profile=tmp_path / "profile", timeout=4.0)
    assert ends(int((tmp_path / "child").read_text(encoding="utf-8")))


def test_a_busy_profile_is_waited_for_and_then_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_PROGRAMS", (os.fspath(Path("/bin/true")),))
    with pdf._exclusive(tmp_path, 0.0), pytest.raises(pdf.ConversionFailed, match="等候超时"):
        pdf.to_pdf([b"x"], profile=tmp_path, timeout=0.2)


def test_the_stand_in_faces_name_every_face_of_the_standard() -> None:
    rules = font_rules()
    for face in ("仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "黑体", "宋体", "Times New Roman"):
        assert f"<family>{face}</family>" in rules
