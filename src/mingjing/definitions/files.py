"""Bytes of a definition file → text, or a refusal that says how to save it properly."""

from __future__ import annotations

import hashlib

from mingjing.definitions.notes import Notes

MOST_BYTES = 4_000_000
_SAVE = "请用编辑器“另存为”，编码选“UTF-8”（不带 BOM）。"


def read_text(data: bytes, notes: Notes) -> str | None:
    """The text of the file with ``\\n`` line ends, or None after noting why it cannot be read."""
    start = (1, 1)
    if len(data) > MOST_BYTES:
        notes.say(
            start, "too-large", f"文件有 {len(data)} 字节，最多 {MOST_BYTES} 字节。请按问题拆成几个文件。"
        )
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        notes.say(
            start, "not-utf8", f"文件是 UTF-16 编码（记事本里叫“Unicode”），制度文件只收 UTF-8。{_SAVE}"
        )
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        notes.say(start, "bom", f"文件开头有看不见的 BOM 标记。{_SAVE}")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _say_encoding(data, error, notes)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _say_encoding(data: bytes, error: UnicodeDecodeError, notes: Notes) -> None:
    line = data.count(b"\n", 0, error.start) + 1
    column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        notes.say((line, column), "not-utf8", f"文件不是 UTF-8 编码，这里的字节无法辨认。{_SAVE}")
    else:
        notes.say((line, column), "gbk", f"文件是 GBK（GB18030）编码，制度文件只收 UTF-8。{_SAVE}")


def content_hash(text: str) -> str:
    """SHA-256 (hex) of the text without trailing blanks, so that an editor's habits change nothing."""
    lines = [line.rstrip() for line in text.split("\n")]
    return hashlib.sha256(("\n".join(lines).rstrip("\n") + "\n").encode()).hexdigest()
