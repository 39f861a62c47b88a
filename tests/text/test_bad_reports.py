"""What is no report is refused, saying what it is and what to do instead."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.shared import Mm

from mingjing.text.checking import check_report
from mingjing.text.sources import (
    LARGEST,
    ReportEmpty,
    ReportGarbled,
    ReportIsPicture,
    ReportKindUnknown,
    ReportTooLarge,
    ReportTorn,
    text_of,
)

SENTENCE = "2021年1至6月，全市法院共受理执行案件19343件，执结10042件，执结率51.67%。"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f"
    "0005fe02fedccc59e70000000049454e44ae426082"
)


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def body(xml: str, **more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
        for name, text in more.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_a_docx_is_read_with_its_tables() -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "受理", "19343件"
    document.add_paragraph("以上。")
    assert text_of(saved(document), "报告.docx").splitlines() == [SENTENCE, "受理\t19343件", "以上。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    assert text_of(SENTENCE.encode(encoding), "报告.txt").strip("\ufeff") == SENTENCE


def test_traditional_text_in_big5_is_read() -> None:
    text = "臨江縣人民法院審結案件的情況是這樣的，我院在年內審結案件一千二百件，結案率是百分之九十。"
    assert text_of(text.encode("big5"), "報告.txt") == text


@pytest.mark.parametrize("content", [b"", b"  \n\t ", "\ufeff \n".encode()])
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(ReportEmpty):
        text_of(content, "空.txt")


def test_a_docx_of_pictures_is_refused() -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(DOT), width=Mm(10))
    with pytest.raises(ReportIsPicture, match="只有图片"):
        text_of(saved(document), "扫描.docx")


def test_a_picture_a_pdf_and_an_old_doc_are_named() -> None:
    with pytest.raises(ReportIsPicture, match="PNG"):
        text_of(DOT, "报告.docx")
    with pytest.raises(ReportKindUnknown, match="PDF"):
        text_of(b"%PDF-1.7 ...", "报告.pdf")
    with pytest.raises(ReportTorn, match=r"旧的 \.doc"):
        text_of(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "报告.doc")


def test_a_password_is_told_from_an_old_doc() -> None:
    head = b"\xd0\xcf\x11\xe0" + b"\0" * 600
    with pytest.raises(ReportTorn, match="打开密码"):
        text_of(head + "EncryptedPackage".encode("utf-16-le"), "报告.docx")
    with pytest.raises(ReportTorn, match=r"是旧的 \.doc，"):
        text_of(head + "WordDocument".encode("utf-16-le"), "报告.doc")
    with pytest.raises(ReportKindUnknown, match="RTF"):
        text_of(b"{\\rtf1\\ansi ...", "报告.doc")


def test_an_empty_cell_keeps_its_column() -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).text, table.cell(0, 2).text = "民一庭", "3"
    assert text_of(saved(document), "报告.docx") == "民一庭\t\t3"


def test_idle_spaces_and_line_ends_do_not_hide_a_figure() -> None:
    spaced = "本 院 共 受 理 案 件 5 316 件 ， 审 结 5 002 件 ， 结 案 率 94.90 ％ 。"
    (found,) = check_report(spaced).accusations
    assert "94.09%" in found.message
    assert check_report(spaced).reading.outline.line_column(found.start) == (1, spaced.index("94.90") + 1)


def test_two_hundred_pages_are_read_whole() -> None:
    line = "2026年，本院受理案件1,000件，审结900件，结案率90%。\n"
    text = line * (200 * 616 // len(line)) + "2026年，本院受理民事案件100件，审结90件，结案率91%。"
    (found,) = check_report(text).accusations
    assert "90%" in found.message


def test_half_garbled_text_is_refused_with_its_line() -> None:
    content = (SENTENCE + "\n").encode() * 3 + "受理锟斤拷锟斤拷锟斤拷件".encode()
    with pytest.raises(ReportGarbled, match="第 4 行"):
        text_of(content, "报告.txt")


def test_text_cut_in_the_middle_of_a_character_is_garbled() -> None:
    with pytest.raises(ReportGarbled):
        text_of("法院".encode() + b"\xe5\xff\xff\xfe\x81", "报告.txt")


def test_fifty_megabytes_are_not_read() -> None:
    with pytest.raises(ReportTooLarge, match="50 MB"):
        text_of(b"a" * (50 << 20), "报告.txt")
    assert LARGEST < 50 << 20


def test_a_bomb_is_not_unpacked() -> None:
    bomb = body("<w>" + " " * (80 << 20) + "</w>")
    assert len(bomb) < 1 << 20
    with pytest.raises(ReportTooLarge, match="压缩炸弹"):
        text_of(bomb, "报告.docx")


def test_entities_are_not_unfolded() -> None:
    with pytest.raises(ReportTorn, match="实体定义"):
        text_of(body('<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'), "报告.docx")


def test_a_torn_docx_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    whole = saved(document)
    with pytest.raises(ReportTorn):
        text_of(whole[: len(whole) // 2], "报告.docx")
    with pytest.raises(ReportTorn):
        text_of(body("<w:p>没有收尾"), "报告.docx")
    with pytest.raises(ReportKindUnknown, match="不是 Word"):
        text_of(body("<x/>").replace(b"word/document.xml", b"word/dokument.xml"), "报告.docx")
