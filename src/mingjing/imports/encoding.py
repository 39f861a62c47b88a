"""In which encoding a text file was saved: a byte-order mark, strict UTF-8, GB18030, bare UTF-16.

Statistical guessers call a mostly-ASCII GB18030 file cp1250 and garble every name in it, so the order is
fixed and every step must hold for the whole file. What stays doubtful is refused and the user chooses.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO

from mingjing.imports.refusals import EncodingUnknown, FileEmpty, FileTorn

CHUNK, ENOUGH = 1 << 20, 1 << 18
CHOICES: dict[str, str] = {
    "UTF-8": "utf-8-sig",
    "GB18030": "gb18030",
    "GBK": "gbk",
    "UTF-16": "utf-16",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "Big5": "big5hkscs",
    "Windows-1252": "cp1252",
    "ISO-8859-1": "iso-8859-1",
}
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_WIDE_RUN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """``codec`` is Python's name, ``label`` what a page shows, ``because`` how it was recognised."""

    codec: str
    label: str
    because: str


def detect_encoding(file: BinaryIO, *, override: str = "") -> Encoding:
    """The encoding of the whole file; the file is left at its beginning.

    ``override`` is one of CHOICES and is checked against the bytes, not merely believed.

    Raises
    ------
    FileEmpty         no byte, or a byte-order mark alone
    FileTorn          valid UTF-8 that stops in the middle of its last character
    EncodingUnknown   binary content, several encodings mixed, or a doubtful guess
    """
    file.seek(0)
    head = file.read(CHUNK)
    if not head.strip(b"\r\n\t \x1a"):
        raise FileEmpty("文件是空的，没有任何内容。请检查导出是否成功。")
    if override:
        return _chosen(file, override)
    for mark, codec, label in _MARKS:
        if head.startswith(mark):
            return _marked(file, head, Encoding(codec, label, "文件开头有字节顺序标记"), mark)
    if (failed := _failure(file, "utf-8")) is None and not _NOT_TEXT.search(head.decode("utf-8", "ignore")):
        file.seek(0)
        return Encoding("utf-8", "UTF-8", "全文是合法的 UTF-8")
    if failed is not None and _stops_in_a_character(file, head, failed):
        raise FileTorn("文件末尾停在半个汉字上，没有写完。请重新导出后再上传。")
    found = _without_mark(file, head)
    file.seek(0)
    if found is None:
        raise _doubt(head)
    return found


def _chosen(file: BinaryIO, override: str) -> Encoding:
    known = {label.lower(): label for label in CHOICES}
    override = known.get(override.lower(), override)
    codec = CHOICES.get(override)
    if codec is None:
        raise EncodingUnknown(f"不认识的编码“{override}”。", allowed=tuple(CHOICES), example="GB18030")
    failed = _failure(file, codec)
    file.seek(0)
    if failed is not None:
        raise EncodingUnknown(
            f"按您选择的 {override} 读不通：从第 {failed + 1} 个字节起不是合法的 {override} 文字。"
            "请换一种编码，或请系统管理员重新导出。",
            allowed=tuple(CHOICES),
        )
    return Encoding(codec, override, "由您选定")


def _marked(file: BinaryIO, head: bytes, encoding: Encoding, mark: bytes) -> Encoding:
    if not head[len(mark) :].strip(b"\x00\r\n\t "):
        raise FileEmpty("文件是空的，只有一个字节顺序标记。请检查导出是否成功。")
    failed = _failure(file, encoding.codec)
    file.seek(0)
    if failed is not None:
        raise FileTorn(
            f"文件自称是 {encoding.label}，但从第 {failed + 1} 个字节起读不通，"
            "文件可能在传送时损坏或没有写完。请重新导出。"
        )
    return encoding


def _failure(file: BinaryIO, codec: str) -> int | None:
    """Offset of the chunk-wise first undecodable byte, or None when the whole file decodes strictly."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    file.seek(0)
    done = 0
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
            done += len(chunk)
        decoder.decode(b"", True)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        return done + start
    return None


def _without_mark(file: BinaryIO, head: bytes) -> Encoding | None:
    if b"\x00" in head:
        return _bare_utf16(file, head)
    if _failure(file, "gb18030") is None and _looks_chinese(head[:ENOUGH]):
        return Encoding("gb18030", "GB18030", "全文是合法的 GB18030（含 GBK、GB2312）")
    return None


def _bare_utf16(file: BinaryIO, head: bytes) -> Encoding | None:
    """Commas, digits and line ends of a table are ASCII, so half of their bytes are zero, on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros < len(head) / 100 or others * 10 > zeros or _failure(file, codec) is not None:
            continue
        text = head[: len(head) // 2 * 2].decode(codec, "ignore")
        if not _NOT_TEXT.search(text) and ("\n" in text or "\r" in text or len(text) < 200):
            return Encoding(codec, codec.upper(), "没有字节顺序标记，按零字节的位置判断")
    return None


def _looks_chinese(head: bytes) -> bool:
    """Whether a text that decodes as GB18030 was probably meant so.

    Almost any Western or Big5 text decodes too. In Western text high bytes stand alone between ASCII
    letters; Big5 read as GB18030 gives mostly characters outside GB 2312.
    """
    text = head.decode("gb18030", "ignore")
    if _NOT_TEXT.search(text):
        return False
    runs = _HIGH_RUN.findall(head)
    if not runs:
        return True
    wide = "".join(_WIDE_RUN.findall(text))
    common = len(wide.encode("gb2312", "ignore")) // 2
    return not _looks_western(runs) and common >= 0.85 * len(wide)


def _looks_western(runs: list[bytes]) -> bool:
    """Whether the high bytes mostly stand alone, as ü and ç do between ASCII letters."""
    return sum(1 for run in runs if len(run) == 1) * 2 > len(runs)


def _stops_in_a_character(file: BinaryIO, head: bytes, failed: int) -> bool:
    """Good UTF-8 with Chinese in it whose only fault lies in the last three bytes."""
    size = file.seek(0, io.SEEK_END)
    return size - failed <= 3 and any(byte > 127 for byte in head[:failed])


def _doubt(head: bytes) -> EncodingUnknown:
    if _NOT_TEXT.search(head.decode("latin-1")):
        return EncodingUnknown(
            "文件不是文本，里面有不可显示的字节。可以读取的有：Excel 工作簿（.xlsx、.xls）、.ods、"
            "CSV 文本和事件日志（.xes、.json、.jsonl）。"
        )
    western = _looks_western(_HIGH_RUN.findall(head[:ENOUGH]))
    seems = "倒像西欧文字" if western else "按 GB18030 读出来又多是生僻字"
    return EncodingUnknown(
        f"判断不出文件用的是哪种文字编码：不是 UTF-8，{seems}。请选定编码（命令行写 --encoding）后重试。",
        allowed=tuple(CHOICES),
        example="Windows-1252" if western else "Big5",
    )
