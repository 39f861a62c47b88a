"""XES event logs, read as they stream: one case in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.parsers import expat

from mingjing.imports.refusals import OBJECT_CENTRIC, FileEmpty, FileKindUnknown, FileTorn
from mingjing.imports.rows import Cell
from mingjing.imports.xmltext import parseable

_OF_OBJECTS = frozenset(("objects", "object-types", "event-types"))
_TYPED = frozenset(("string", "date", "int", "float", "boolean", "id", "list", "container"))


class XesReader:
    """Cases out of the chunks of an XES file: ``(attributes, events)``, attributes flattened by path.

    Dates keep the offset they were written with. A value that does not fit its type stays text; the
    pre-check then names it. Document types are refused: entity bombs and external entities need one.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._ready: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
        self._trace: dict[str, Any] | None = None
        self._events: list[dict[str, Any]] = []
        self._event: dict[str, Any] | None = None
        self._keys: list[str] = []
        self._is_log = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def read(self, chunks: Iterable[bytes]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        """Each case once its end has been read.

        Raises
        ------
        FileTorn          the XML breaks off or is damaged (with the line)
        FileKindUnknown   XML, but not an XES log; or one with a document type
        FileEmpty         a log without a single case
        """
        count = 0
        try:
            for chunk in parseable(iter(chunks), self._name):
                self._parser.Parse(chunk, False)
                count += len(self._ready)
                yield from self._taken()
            self._parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            line = self._parser.CurrentLineNumber
            raise FileTorn(
                f"“{self._name}”第 {line} 行起不是完整的 XML，文件可能没有写完或已损坏。请重新导出。"
            ) from error
        count += len(self._ready)
        yield from self._taken()
        if not self._is_log:
            raise FileKindUnknown(f"“{self._name}”是 XML，但不是 XES 事件日志（没有 <log>）。")
        if not count:
            raise FileEmpty(f"事件日志“{self._name}”里没有案件（没有 <trace>）。")

    def _taken(self) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
        ready, self._ready = self._ready, []
        yield from ready

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "log":
            self._is_log = True
        elif tag == "trace":
            self._trace, self._events, self._keys = {}, [], []
        elif tag == "event" and self._trace is not None:
            self._event, self._keys = {}, []
        elif tag in _TYPED and self._trace is not None:
            self._keys.append(attributes.get("key", ""))
            target = self._trace if self._event is None else self._event
            if "value" in attributes:
                self._put(target, ".".join(self._keys), _typed(tag, attributes["value"]))
        elif self._trace is None and (tag in _OF_OBJECTS or tag == "WorkflowLog"):
            self._refuse_other(tag)

    def _put(self, target: dict[str, Any], path: str, value: Cell) -> None:
        """Keep a value; of several with one key the first, or all of them where they stand in a list."""
        if path not in target:
            target[path] = value
        elif len(self._keys) > 1:
            before = target[path]
            target[path] = [*before, value] if isinstance(before, list) else [before, value]

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "trace" and self._trace is not None:
            self._ready.append((self._trace, self._events))
            self._trace, self._event = None, None
        elif tag == "event" and self._event is not None:
            self._events.append(self._event)
            self._event, self._keys = None, []
        elif tag in _TYPED and self._keys:
            self._keys.pop()

    def _refuse_other(self, tag: str) -> None:
        if tag == "WorkflowLog":
            raise FileKindUnknown(f"“{self._name}”是旧的 MXML 日志。请用流程挖掘软件另存为 XES 后再上传。")
        raise FileKindUnknown(OBJECT_CENTRIC.format(self._name))

    def _refuse_doctype(self, *_: object) -> None:
        raise FileKindUnknown(f"“{self._name}”带有 DOCTYPE 声明，可能夹带外部内容，未读取。请去掉该声明。")


def _typed(tag: str, text: str) -> Cell:
    try:
        if tag == "date":
            return datetime.fromisoformat(text)
        if tag == "int":
            return int(text)
        if tag == "float":
            return float(text)
        if tag == "boolean":
            return {"true": True, "false": False, "1": True, "0": False}.get(text.lower(), text)
    except ValueError:
        return text
    return text
