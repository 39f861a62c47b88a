"""JSON documents and JSON lines, one record at a time where the document is a list."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mingjing.imports.encoding import detect_encoding
from mingjing.imports.paths import list_at
from mingjing.imports.refusals import OBJECT_CENTRIC, FileEmpty, FileKindUnknown, FileTorn

_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class BadRecord:
    """One record of a log that cannot be read, though the others can: its beginning, to show."""

    beginning: str


def text_chunks(chunks: Iterable[bytes], chosen: str) -> Iterator[str]:
    """Decoded text. The encoding is settled on the first chunk; JSON is UTF-8 but for careless exports."""
    stream = iter(chunks)
    head = next(stream, b"")
    codec = "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8-sig")("strict").decode(head)
    except UnicodeDecodeError:
        codec = detect_encoding(io.BytesIO(head[: len(head) // 4 * 4]), override=chosen).codec
    if b"\x00" in head[:64]:
        codec = detect_encoding(io.BytesIO(head[: len(head) // 4 * 4]), override=chosen).codec
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        yield decoder.decode(head)
        for chunk in stream:
            yield decoder.decode(chunk)
        yield decoder.decode(b"", True)
    except UnicodeError as error:
        raise FileTorn("日志中途出现读不通的文字，文件可能已损坏或混用了几种编码。请重新导出。") from error


def read_json(chunks: Iterable[str], name: str, path: str) -> Iterator[Any]:
    """The cases of one document: the elements of its list, or of the list at ``path``.

    Raises
    ------
    FileTorn    not JSON, or broken off
    FileEmpty   no case in it
    """
    count = 0
    stream = iter(chunks)
    head = next(stream, "")
    while head and not head.strip(_SPACE):
        head = next(stream, "")
    if not path and head.lstrip(_SPACE).startswith("["):
        records: Iterable[Any] = _elements(head, stream, name)
    else:
        records = list_at(_of_cases(_whole(head + "".join(stream), name), name), path)
    for record in records:
        count += 1
        yield record
    if not count:
        raise FileEmpty(f"“{name}”里没有案件。请检查导出是否成功，或列对应里的 traces 路径“{path}”是否写对。")


def read_json_lines(chunks: Iterable[str], name: str) -> Iterator[Any]:
    """One record per line; a line that is not JSON comes out as a BadRecord instead."""
    count, rest = 0, ""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split("\n")
        for line in lines:
            if line.strip():
                count += 1
                yield _line(line)
    if rest.strip():
        count += 1
        yield _line(rest)
    if not count:
        raise FileEmpty(f"“{name}”里没有案件。请检查导出是否成功。")


def _line(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return BadRecord(line[:80])


def _whole(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _torn(name, error) from error


def _of_cases(document: Any, name: str) -> Any:
    """The document, if it is not a log of objects, in which no event belongs to one case."""
    keys = document.keys() if isinstance(document, dict) else ()
    if "ocel:events" in keys or "ocel:objects" in keys or ("objectTypes" in keys and "eventTypes" in keys):
        raise FileKindUnknown(OBJECT_CENTRIC.format(name))
    return document


def _elements(head: str, stream: Iterator[str], name: str) -> Iterator[Any]:
    """Elements of a top-level list, without the whole list in memory."""
    decoder = json.JSONDecoder()
    buffer = head.lstrip(_SPACE)[1:]
    at, ended = 0, False
    while True:
        at = _skip(buffer, at)
        if at < len(buffer) and buffer[at] == "]":
            return
        try:
            element, after = decoder.raw_decode(buffer, at)
            # A number at the edge of a chunk may go on in the next one.
            complete = after < len(buffer) or ended
        except RecursionError as error:
            raise _torn(name, error) from error
        except ValueError as error:
            if ended:
                raise _torn(name, error) from error
            complete = False
        if complete:
            at = after
            yield element
            continue
        more = "".join(_some(stream, max(len(buffer) - at, 1)))
        ended = not more
        buffer, at = buffer[at:] + more, 0


def _some(stream: Iterator[str], least: int) -> Iterator[str]:
    """At least as much more as is already waiting, so that long elements are not retried too often."""
    got = 0
    for chunk in stream:
        yield chunk
        got += len(chunk)
        if got >= least:
            return


def _skip(buffer: str, at: int) -> int:
    while at < len(buffer) and buffer[at] in " \t\r\n,":
        at += 1
    return at


def _torn(name: str, error: Exception) -> FileTorn:
    line = getattr(error, "lineno", 0)
    place = f"第 {line} 行起" if line else ""
    return FileTorn(f"“{name}”{place}不是完整的 JSON，文件可能没有写完或已损坏。请重新导出。")
