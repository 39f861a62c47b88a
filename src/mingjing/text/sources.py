"""The words of an uploaded report: .txt in its encoding, .docx with its tables; the rest is refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from mingjing.domain.reasons import Refusal

LARGEST = 20 << 20
"""Bytes of a file as uploaded."""
INFLATED, RATIO = 64 << 20, 200
"""Bytes of the body of a .docx when unpacked, and how many times its packed size it may be."""
LONGEST = 1_000_000
"""Characters of a report: some thousand pages."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_PICTURES = {b"\x89PNG": "PNG 图片", b"\xff\xd8\xff": "JPEG 图片", b"GIF8": "GIF 图片", b"BM": "BMP 图片",
             b"II*\x00": "TIFF 图片", b"MM\x00*": "TIFF 图片"}  # fmt: skip
_GARBLED = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]|锟斤拷|烫烫烫|屯屯屯|[À-ÿ]{4,}")


class ReportRefused(Refusal):
    """A report cannot be read."""

    code = "report-refused"


class ReportEmpty(ReportRefused):
    """There are no words in it."""

    code = "report-empty"


class ReportIsPicture(ReportRefused):
    """The pages are pictures: nothing in it is text."""

    code = "report-picture"


class ReportGarbled(ReportRefused):
    """Part of the text was lost in a wrong encoding."""

    code = "report-garbled"


class ReportKindUnknown(ReportRefused):
    """Neither text nor .docx, whatever its name says."""

    code = "report-kind"


class ReportTooLarge(ReportRefused):
    """Above a stated limit, packed or unpacked."""

    code = "report-too-large"


class ReportTorn(ReportRefused):
    """The file breaks off, is damaged, or asks for a password."""

    code = "report-torn"


_KINDS = (".docx", ".txt", "粘贴的文字")


def text_of(content: bytes, name: str) -> str:
    """The text of an uploaded file, paragraphs on lines; the first bytes decide, not the name.

    Raises
    ------
    ReportRefused   with what is wrong and what to do instead
    """
    if len(content) > LARGEST:
        raise ReportTooLarge(
            f"“{name}”有 {len(content) / (1 << 20):.0f} MB，超过 {LARGEST >> 20} MB，没有读。"
            "报告正文不会这么大：多半是插了图片。",
            example="只留正文另存为 .docx，或把文字粘贴进来",
        )
    if not content.strip():
        raise ReportEmpty(f"“{name}”是空的。", allowed=_KINDS)
    if content.startswith(b"%PDF"):
        raise ReportKindUnknown(f"“{name}”是 PDF，不读：扫描的 PDF 只是图片，数字会认错。", allowed=_KINDS,
                                example="用 Word 打开后另存为 .docx，或复制文字粘贴")  # fmt: skip
    for head, kind in _PICTURES.items():
        if content.startswith(head):
            raise ReportIsPicture(f"“{name}”是{kind}，里面没有文字，不认图上的字。", allowed=_KINDS)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse_old(content, name)
    if content.startswith(b"{\\rtf"):
        raise ReportKindUnknown(
            f"“{name}”是 RTF，不读。", allowed=_KINDS, example="用 Word 打开，另存为 .docx"
        )
    text = _docx(content, name) if content.startswith(b"PK") else _plain(content, name)
    return checked_text(text, name)


def _refuse_old(content: bytes, name: str) -> None:
    """The container of old Office files: a .docx with a password, an old .doc, or another of the kind.

    Raises
    ------
    ReportTorn
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ReportTorn(f"“{name}”加了打开密码，读不了。", allowed=_KINDS,
                         example="用 Word 打开，在“保护文档”里去掉密码，再另存为 .docx")  # fmt: skip
    kind = "旧的 .doc" if "WordDocument".encode("utf-16-le") in content else "旧的 .doc 或者其他旧格式的文件"
    raise ReportTorn(
        f"“{name}”是{kind}，读不了。", allowed=_KINDS, example="用 Word 或 WPS 打开，另存为 .docx"
    )


def checked_text(text: str, name: str) -> str:
    """The text itself, with plain line ends.

    Raises
    ------
    ReportEmpty, ReportTooLarge, ReportGarbled
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReportEmpty(f"“{name}”里没有文字。", allowed=_KINDS)
    if len(text) > LONGEST:
        raise ReportTooLarge(f"“{name}”有 {len(text):,} 字，超过 {LONGEST:,} 字。请分开核对。")
    broken = list(_GARBLED.finditer(text))
    lost = sum(len(match.group()) for match in broken)
    if broken and lost * 200 > len(text):
        line = text.count("\n", 0, broken[0].start()) + 1
        raise ReportGarbled(
            f"“{name}”有一部分是乱码（第 {line} 行起，共 {lost} 字），数字可能也坏了，没有核对。",
            example="从原文件重新另存，编码选 UTF-8",
        )
    return text


def _plain(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ReportTorn(f"“{name}”没有完整地保存下来（UTF-16 断在中间）。") from error
    if b"\x00" in content:
        raise ReportKindUnknown(f"“{name}”不是文字文件，也不是 .docx。", allowed=_KINDS)
    tried: list[str] = []
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig":
            return text
        tried.append(text)
    if tried:
        return max(tried, key=_likeness)
    return content.decode("utf-8", errors="replace")


def _likeness(text: str) -> int:
    """How much a decoded text looks like Chinese: common characters, less those of no use."""
    common = sum(text.count(sign) for sign in "的是在和了年月日件人法院案，。")
    return common * 4 - len(_GARBLED.findall(text)) * 50


def _docx(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "word/document.xml" not in names:
                raise ReportKindUnknown(f"“{name}”不是 Word 文档。", allowed=_KINDS)
            entry = archive.getinfo("word/document.xml")
            packed = max(entry.compress_size, 1)
            if entry.file_size > min(INFLATED, RATIO * packed + (1 << 20)):
                raise ReportTooLarge(
                    f"“{name}”解开后有 {entry.file_size / (1 << 20):,.0f} MB，是原来的 "
                    f"{entry.file_size // packed:,} 倍，像是压缩炸弹，没有读。"
                )
            with archive.open(entry) as body:
                text = "\n".join(_lines(iter(lambda: body.read(1 << 16), b""), name))
    except (zipfile.BadZipFile, ParseError, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise ReportTorn(f"“{name}”不完整或已损坏，请重新另存或重新上传。") from error
    if not text.strip() and any(one.startswith("word/media/") for one in names):
        raise ReportIsPicture(f"“{name}”里只有图片，没有文字，不认图上的字。", allowed=_KINDS)
    return text


def _lines(chunks: Iterator[bytes], name: str) -> Iterator[str]:
    """Paragraphs of the body; the cells of a table's row on one line, parted by tabs."""
    parser: XMLPullParser[Any] = XMLPullParser(("start", "end"))
    row: list[str] | None = None
    cell: list[str] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > INFLATED:
            raise ReportTooLarge(f"“{name}”解开后超过 {INFLATED >> 20} MB，没有读。")
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise ReportTorn(f"“{name}”里有 Word 不会写的实体定义，没有读。")
        parser.feed(chunk)
        for found in parser.read_events():
            event, element = found[0], found[-1]
            assert isinstance(element, Element)  # only starts and ends are asked for
            if element.tag == f"{_W}tr":
                if event == "start":
                    row = []
                elif row is not None:
                    yield "\t".join(row)
                    row = None
                    element.clear()
            elif element.tag == f"{_W}tc":
                if event == "end" and row is not None:
                    row.append(" ".join(cell))
                cell = []
            elif element.tag == f"{_W}p" and event == "end":
                words = "".join(_words(element))
                if row is None:
                    yield words
                elif words.strip():
                    cell.append(words.strip())
                element.clear()
    parser.close()


def _words(paragraph: Element) -> Iterator[str]:
    for piece in paragraph.iter():
        if piece.tag == f"{_W}t":
            yield piece.text or ""
        elif piece.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " " if piece.tag == f"{_W}tab" else "\n"
