"""A first mapping for an event log, guessed from its first cases. Shown to the user, never used unseen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, BinaryIO

from mingjing.imports import synonyms
from mingjing.imports.jsonlogs import BadRecord, read_json, read_json_lines, text_chunks
from mingjing.imports.kinds import kind_of
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.logs import raw_records, xes_mapping
from mingjing.imports.mapping import Due, EventColumn, EventSource, FieldKind, Mapping, Source
from mingjing.imports.packed import chunks_of
from mingjing.imports.paths import list_at, paths_of
from mingjing.imports.refusals import FileKindUnknown, HeaderMissing

_SAMPLE = 50
_FIELDS: dict[str, FieldKind] = {
    "立案日期": "日期",
    "结案日期": "日期",
    "承办人": "文字",
    "承办部门": "文字",
    "案由": "文字",
    "案件名称": "文字",
}


def suggest_log(
    file: BinaryIO, name: str, *, zone: str = "Asia/Shanghai", encoding: str = "", limits: Limits = STANDARD
) -> Mapping:
    """The mapping that the keys of a log's first cases suggest; for a CSV use ``suggesting.suggest``.

    Raises
    ------
    HeaderMissing     no key looks like a case number, or like the time of an event
    ImportRefused     the file cannot be read
    """
    kind = kind_of(file, name, limits)
    bare = kind.removesuffix(".gz")
    chunks = chunks_of(file, name, kind.endswith(".gz"), limits)
    if bare == "xes":
        records = raw_records(file, name, xes_mapping(), limits=limits)
        samples = [one for one in islice(records, _SAMPLE) if not isinstance(one, BadRecord)]
        return _of_samples(samples, name, zone, traces="", events_in="")
    if bare not in ("json", "jsonl"):
        raise FileKindUnknown(f"“{name}”不是 XES、JSON 或 JSONL 日志。")
    text = text_chunks(chunks, encoding)
    found = read_json(text, name, "") if bare == "json" else read_json_lines(text, name)
    documents = [one for one in islice(found, _SAMPLE) if isinstance(one, dict)]
    traces = _longest_list(documents[0]) if bare == "json" and len(documents) == 1 else ""
    if traces:
        documents = [one for one in list_at(documents[0], traces)[:_SAMPLE] if isinstance(one, dict)]
    events_in = _event_list(documents)
    pairs = [
        (one, [event for event in list_at(one, events_in) if event] if events_in else []) for one in documents
    ]
    return _of_samples(pairs, name, zone, traces=traces, events_in=events_in)


def _of_samples(
    samples: Sequence[tuple[dict[str, Any], list[Any]]], name: str, zone: str, *, traces: str, events_in: str
) -> Mapping:
    case_paths = _paths(case for case, _ in samples)
    event_paths = _paths(event for _, events in samples for event in events[:_SAMPLE])
    number = _find(case_paths, (*synonyms.CASE_NUMBER, "concept:name"))
    kind = _find(event_paths, ("concept:name", *synonyms.EVENT_KIND, "nome"))
    happened = _find(event_paths, (*synonyms.EVENT_HAPPENED, "date_filed"))
    if number is None or happened is None:
        what = "编号" if number is None else "事项的时间"
        shown = case_paths if number is None else event_paths
        raise HeaderMissing(f"看不出哪一项是{what}。请在列对应里指定。", allowed=tuple(shown)[:20])
    columns = {
        field: Source(column=path, kind=typed)
        for field, typed in _FIELDS.items()
        if (path := _find(case_paths, synonyms.FIELDS[field]))
    }
    event = EventSource(
        kind=Source(column=kind) if kind else Source(constant="事项"),
        happened=Source(column=happened),
        recorded=_optional(event_paths, synonyms.EVENT_RECORDED),
        due=_optional(event_paths, synonyms.EVENT_DUE),
        finished=_optional(event_paths, synonyms.EVENT_FINISHED),
    )
    return Mapping(
        name=name,
        shape="log",
        number=Source(column=number),
        number_grammar="自由",
        kinds="自由",
        zone=zone,
        columns=columns,
        events=tuple(
            EventColumn(kind=field.removesuffix("日期"), happened=Source(column=columns[field].column))
            for field in ("立案日期", "结案日期")
            if field in columns
        ),
        traces=traces,
        events_in=events_in,
        event=event,
        dues=(*_case_dues(case_paths, columns.get("结案日期")), *_event_dues(event)),
    )


def _case_dues(paths: Sequence[str], closing: Source | None) -> list[Due]:
    """Each due date a case carries, against its closing."""
    if closing is None:
        return []
    due = [path for path in paths if _last(path) in _plain(synonyms.CASE_DUE)]
    return [Due(label=path.rpartition(".")[2], due=path, done=closing.column, level="case") for path in due]


def _event_dues(event: EventSource) -> list[Due]:
    if event.due is None or event.finished is None:
        return []
    return [Due(label="环节期限", due=event.due.column, done=event.finished.column, level="event")]


def _paths(records: Iterable[Any]) -> list[str]:
    found: dict[str, None] = {}
    for record in records:
        found.update(dict.fromkeys(paths_of(record)))
    return list(found)


def _find(paths: Sequence[str], candidates: Iterable[str]) -> str | None:
    """The first candidate that is a path or the last key of one; paths inside lists come last."""
    ordered = sorted(paths, key=lambda path: (path.count("[]"), path.count(".")))
    for candidate in candidates:
        for path in ordered:
            if candidate.lower() in (path.lower(), _last(path)):
                return path
    return None


def _optional(paths: Sequence[str], candidates: Iterable[str]) -> Source | None:
    path = _find(paths, candidates)
    return Source(column=path) if path else None


def _last(path: str) -> str:
    return path.rpartition(".")[2].removesuffix("[]").lower()


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def _longest_list(document: Any) -> str:
    """The path of the list of cases in a document that is not itself a list."""
    best, size = "", 1
    for path in _object_lists(document):
        count = len(list_at(document, path))
        if count > size:
            best, size = path, count
    inner = [one for one in list_at(document, best)[:1] if best and isinstance(one, dict)]
    # A search engine wraps every case once more.
    return f"{best}[]._source" if inner and "_source" in inner[0] else best


def _event_list(documents: Sequence[dict[str, Any]]) -> str:
    """The path of the list of dated things in a case."""
    dated = _plain((*synonyms.EVENT_HAPPENED, *synonyms.EVENT_RECORDED, "date_filed"))
    for document in documents:
        for path in _object_lists(document):
            if any({_last(inner) for inner in paths_of(one)} & dated for one in list_at(document, path)[:5]):
                return path
    return ""


def _object_lists(record: Any, prefix: str = "", depth: int = 4) -> list[str]:
    if depth == 0 or not isinstance(record, dict):
        return []
    found = []
    for key, value in record.items():
        path = f"{prefix}.{key}" if prefix else str(key)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found.append(path)
        found += _object_lists(value, path, depth - 1)
    return found
