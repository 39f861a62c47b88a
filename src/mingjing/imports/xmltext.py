"""The bytes of an XML file in an encoding the parser knows, whatever encoding the file declares."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from mingjing.imports.refusals import EncodingUnknown, FileTorn

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_KNOWN_TO_EXPAT = frozenset(("utf-8", "utf-16", "iso8859-1", "ascii"))


def parseable(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The chunks in an encoding the parser knows; those of GBK or Big5 are turned into UTF-8.

    Raises
    ------
    EncodingUnknown   the file declares an encoding there is none of
    FileTorn          it cannot be read in the one it declares
    """
    head = next(chunks, b"")
    declared = _ENCODING.match(head)
    named = declared[1].decode() if declared else "UTF-8"
    codec = _codec(name, named)
    if codec in _KNOWN_TO_EXPAT:
        yield head
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        yield decoder.decode(head).replace(named, "UTF-8", 1).encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", True).encode()
    except UnicodeDecodeError as error:
        raise FileTorn(
            f"“{name}”自称是 {named} 编码，却读不通，文件可能已损坏或写错了编码。请重新导出。"
        ) from error


def _codec(name: str, declared: str) -> str:
    """Python's name of a declared encoding; the older Chinese ones are read as what contains them."""
    try:
        codec = codecs.lookup(declared).name
    except LookupError:
        raise EncodingUnknown(
            f"“{name}”自称是 {declared} 编码，没有这种编码。请另存为 UTF-8。", example="UTF-8"
        ) from None
    return "gb18030" if codec in ("gb2312", "gbk") else codec
