"""What a file is, by its first bytes; the name is believed only where the bytes say nothing."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from typing import BinaryIO

from mingjing.imports.limits import Limits, in_megabytes
from mingjing.imports.refusals import FileEmpty, FileKindUnknown, FileProtected, FileTooLarge, FileTorn

WORKBOOKS = ("xlsx", "xls", "ods", "xml2003")
TABLES = (*WORKBOOKS, "html", "csv", "csv.gz")
READABLE = ".xlsx、.xls、.ods、.csv、.tsv、.xes、.json、.jsonl（文字文件可带 .gz 或装在 .zip 里）"
_FOREIGN = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"SQLite format 3", "SQLite 数据库"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序"),
)
_PAGES = (
    b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<div", b"<style", b"<center",
)  # fmt: skip
_SMALLEST_CFB = 1536  # a header, an allocation table and a directory, one sector each
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(file: BinaryIO, name: str, limits: Limits) -> str:
    """``xlsx``, ``xls``, ``ods``, ``xml2003``, ``html``, ``csv``, ``xes``, ``json`` or ``jsonl``.

    A text packed by gzip, or alone in a zip archive, is told by ``.gz`` behind its kind.

    The file is left at its beginning.

    Raises
    ------
    FileEmpty, FileTooLarge, FileTorn, FileProtected
    FileKindUnknown   a picture, a PDF, a Word document, a web archive saved as .xls …
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if size == 0:
        raise FileEmpty(f"文件“{name}”是空的（0 字节）。请检查导出是否成功。")
    if size > limits.bytes:
        raise FileTooLarge(
            f"文件“{name}”有 {in_megabytes(size)}，一次最多 {in_megabytes(limits.bytes)}。"
            "请按年度或庭室拆成几个文件。"
        )
    if head.startswith(b"PK"):
        return _inside_zip(file, name)
    if head.startswith(_CFB):
        return _inside_cfb(file, name)
    if head.startswith(b"\x1f\x8b"):
        return _inside_gzip(file, name) + ".gz"
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise FileKindUnknown(f"文件“{name}”是{what}，不是表格或日志。可以读取：{READABLE}。")
    return _text_kind(head, name)


def _inside_gzip(file: BinaryIO, name: str) -> str:
    """What is packed; a stream that breaks off at once is told by its name."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        head = unpacker.decompress(file.read(4096), 4096)
    except zlib.error:
        head = b""
    finally:
        file.seek(0)
    return _packed_kind(head, name, name.lower().removesuffix(".gz"))


def _packed_kind(head: bytes, name: str, inner: str) -> str:
    """The kind of a packed text by its first bytes."""
    if head.startswith((b"PK", _CFB)):
        raise FileKindUnknown(f"“{name}”里是一个工作簿。请解压后上传。")
    kind = _text_kind(head, inner) if head else _ending(inner)
    if kind in ("html", "xml2003"):
        raise FileKindUnknown(f"“{name}”里是一张网页或 XML 电子表格。请解压后上传。")
    return kind


def _inside_zip(file: BinaryIO, name: str) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            packed = any(info.flag_bits & 1 for info in archive.infolist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names and not packed else b""
            alone = "" if packed else only_entry(archive)
            head = _beginning(archive, alone) if alone else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise FileTorn(
            f"文件“{name}”不完整或已损坏，打不开（可能没有下载完）。请重新导出或重新上传。"
        ) from error
    except Exception as error:  # zlib.error and struct.error of a damaged directory have no common parent
        raise FileTorn(f"文件“{name}”已损坏，打不开。请重新导出或重新上传。") from error
    finally:
        file.seek(0)
    if packed:
        raise FileProtected(f"压缩包“{name}”设有密码。请去掉密码后重新上传。")
    if "xl/workbook.xml" in names or any(entry.startswith("xl/") for entry in names):
        if "xl/workbook.bin" in names:
            raise FileKindUnknown(f"“{name}”是二进制工作簿（.xlsb）。请另存为 .xlsx 后重新上传。")
        return "xlsx"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    if any(entry.startswith("word/") for entry in names):
        raise FileKindUnknown(f"“{name}”是 Word 文档，不是表格。请把表格另存为 .xlsx 后重新上传。")
    if alone and not any(head.startswith(start) for start, _ in _FOREIGN):
        return _packed_kind(head, name, alone) + ".gz"
    raise FileKindUnknown(f"“{name}”是压缩包，里面不是一个表格。请解压后逐个上传。可以读取：{READABLE}。")


def only_entry(archive: zipfile.ZipFile) -> str:
    """The one file an archive holds, apart from what operating systems add; empty where there are several."""
    files = [info.filename for info in archive.infolist() if not info.is_dir()]
    own = [one for one in files if not one.startswith("__MACOSX/") and one.rpartition("/")[2][:1] != "."]
    return own[0] if len(own) == 1 else ""


def _beginning(archive: zipfile.ZipFile, entry: str) -> bytes:
    with archive.open(entry) as opened:
        return opened.read(4096)


def _inside_cfb(file: BinaryIO, name: str) -> str:
    """Old Office files and encrypted new ones share one container; the directory names tell them apart."""
    body = file.read(8 << 20)
    file.seek(0)
    if len(body) < _SMALLEST_CFB:
        raise FileTorn(f"工作簿“{name}”不完整，没有下载完或没有写完。请重新导出或重新上传。")
    if "EncryptedPackage".encode("utf-16-le") in body:
        raise FileProtected(
            f"工作簿“{name}”设有打开密码。请在 Excel 中取消密码（文件－信息－保护工作簿）后重新上传。"
        )
    if "Workbook".encode("utf-16-le") in body or "Book".encode("utf-16-le") in body:
        return "xls"
    if "WordDocument".encode("utf-16-le") in body:
        raise FileKindUnknown(f"“{name}”是 Word 文档，不是表格。请把表格另存为 .xlsx 后重新上传。")
    # The directory may lie beyond what was searched; the workbook reader has the last word.
    return "xls"


def _text_kind(head: bytes, name: str) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    ending = _ending(name)
    if start.startswith(b"mime-version:"):
        raise FileKindUnknown(f"“{name}”其实是单个文件网页（.mht）。请用 Excel 打开后另存为 .xlsx 再上传。")
    if start.startswith(_PAGES):
        return "html"
    if b"schemas-microsoft-com:office:spreadsheet" in start:
        return "xml2003"
    if start.startswith((b"<?xml", b"<!--")) and b"<html" in start:
        return "html"
    if start.startswith(b"<"):
        return "xes"
    if ending in ("json", "jsonl") or start.startswith((b"{", b"[{")):
        return _json_kind(start, ending)
    return "csv"


def _json_kind(start: bytes, ending: str) -> str:
    if ending == "jsonl":
        return "jsonl"
    first, _, rest = start.partition(b"\n")
    several = first.startswith(b"{") and first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")
    return "jsonl" if several else "json"


def _ending(name: str) -> str:
    ending = name.lower().rpartition(".")[2]
    if ending in ("xes", "json", "jsonl"):
        return ending
    return "jsonl" if ending == "ndjson" else "csv"
