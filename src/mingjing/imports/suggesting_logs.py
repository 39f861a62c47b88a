"""A first mapping for an event log, guessed from its first cases. Shown to the user, never used unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Plain
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from mingjing.imports import synonyms
from mingjing.imports.jsonlogs import BadRecord, read_json, read_json_lines, text_chunks
from mingjing.imports.kinds import kind_of
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.logs import raw_records, xes_mapping
from mingjing.imports.mapping import Due, EventColumn, EventSource, FieldKind, Mapping, Source
from mingjing.imports.naming import bare
from mingjing.imports.orders import order_of
from mingjing.imports.packed import chunks_of
from mingjing.imports.paths import list_at, look_up, paths_of
from mingjing.imports.refusals import FileKindUnknown, HeaderMissing
from mingjing.imports.rows import Cell

_SAMPLE, _EVENTS = 300, 200
_NUMBER = ("concept:name", *synonyms.CASE_NUMBER)
_OF_CASE = re.compile(r"(?:case:|\(case\)\s*)(?=.)", re.IGNORECASE)
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
    """The mapping that the keys of a log's first cases suggest; for a CSV use ``suggesting.suggest_table``.

    Raises
    ------
    HeaderMissing     no key looks like a case number, or like the time of an event
    ImportRefused     the file cannot be read
    """
    kind = kind_of(file, name, limits)
    bare_kind = kind.removesuffix(".gz")
    chunks = chunks_of(file, name, kind.endswith(".gz"), limits)
    if bare_kind == "xes":
        records = raw_records(file, name, xes_mapping(), limits=limits)
        samples = [one for one in islice(records, _SAMPLE) if not isinstance(one, BadRecord)]
        return _suggested(_Sample.of(samples), name, zone)
    if bare_kind not in ("json", "jsonl"):
        raise FileKindUnknown(f"“{name}”不是 XES、JSON 或 JSONL 日志。")
    text = text_chunks(chunks, encoding)
    found = read_json(text, name, "") if bare_kind == "json" else read_json_lines(text, name)
    documents = [one for one in islice(found, _SAMPLE) if isinstance(one, dict)]
    alone = bare_kind == "json" and len(documents) == 1 and _find(_own(documents[0]), _NUMBER) is None
    traces = _list_of_cases(documents[0]) if alone else ""
    if traces:
        documents = [one for one in list_at(documents[0], traces)[:_SAMPLE] if isinstance(one, dict)]
    events_in = _event_list(documents)
    if not events_in and _are_events(documents):
        return flat_log(list(_paths(documents)), documents, name, "", zone=zone, traces=traces)
    pairs = [
        (one, [event for event in list_at(one, events_in) if event] if events_in else []) for one in documents
    ]
    return _suggested(_Sample.of(pairs, events_in), name, zone, traces=traces, events_in=events_in)


def blank_log(names: Sequence[str]) -> str:
    """A mapping to fill in, as text, where nothing could be guessed, with the names to choose from.

    As it stands it is refused: which name is the number, a person says.
    """
    return (
        f"# 文件里有：{'、'.join(names)}\n"
        "name: 新建对应\n"
        "shape: log\n"
        "number:             # 编号在哪一项\n"
        "number_grammar: 自由   # 按我国案号编的写 案号\n"
        "kinds: 自由\n"
        "event:\n"
        "  kind:             # 事项的名称在哪一项\n"
        "  happened:         # 事项的时间在哪一项\n"
    )


def flat_log(
    names: Sequence[str],
    rows: Sequence[Plain[str, Any]],
    name: str,
    number: str,
    *,
    zone: str = "Asia/Shanghai",
    traces: str = "",
) -> Mapping:
    """The mapping of a log in which every row is an event and repeats what belongs to its case.

    What belongs to the case is told by its name (``case:deadline``), or by being the same on all its rows.
    ``number`` is the column of the case number; empty, it is looked for.
    """
    own = number or _find(names, synonyms.CASE_NUMBER) or ""
    of_case = [column for column in names if _OF_CASE.match(column) and column != own]
    of_case += [column for column in _constant(names, rows, own) if column not in of_case]
    events = [column for column in names if column not in of_case and column != own]
    sample = _Sample([own, *of_case] if own else of_case, events, [(row, [row]) for row in rows])
    return _suggested(sample, name, zone, traces=traces)


@dataclass(frozen=True, slots=True)
class _Sample:
    """The paths of cases and of events, and a few of them."""

    case_paths: Sequence[str]
    event_paths: Sequence[str]
    pairs: Sequence[tuple[Plain[str, Any], Sequence[Any]]]

    @classmethod
    def of(cls, pairs: Sequence[tuple[Plain[str, Any], Sequence[Any]]], events_in: str = "") -> _Sample:
        events = (event for _, events in pairs for event in events[:_EVENTS])
        own = [
            path
            for path in _paths(case for case, _ in pairs)
            if not events_in or not path.startswith(f"{events_in}[]")
        ]
        return cls(own, _paths(events), pairs)

    def cells(self, of_case: Iterable[str], of_event: Iterable[str]) -> Iterator[Cell]:
        """What stands at these paths."""
        for path in of_case:
            yield from (look_up(case, path) for case, _ in self.pairs)
        for path in of_event:
            yield from (look_up(event, path) for _, events in self.pairs for event in events)


def _suggested(sample: _Sample, name: str, zone: str, *, traces: str = "", events_in: str = "") -> Mapping:
    number = _find(sample.case_paths, (*_NUMBER, "编号", "id", "identity:id"))
    event = _event(sample.event_paths)
    if number is None or (event is None and sample.event_paths):
        what = "编号" if number is None else "事项的时间"
        shown = sample.case_paths if number is None else sample.event_paths
        raise HeaderMissing(f"看不出哪一项是{what}。请在列对应里指定。", allowed=tuple(shown)[:20])
    columns = {
        field: Source(column=path, kind=typed)
        for field, typed in _FIELDS.items()
        if (path := _find(sample.case_paths, synonyms.FIELDS[field])) and path != number
    }
    dues = (*_case_dues(sample.case_paths, columns.get("结案日期")), *event_dues(event, sample.event_paths))
    kept = {due.label: Source(column=due.due, kind="日期") for due in dues if due.level == "case"}
    dated = [source.column for source in (columns | kept).values() if source.kind == "日期"]
    happened = [] if event is None else [event.happened.column, *(s.column for s in _days_of(event))]
    return Mapping(
        name=name,
        shape="log",
        number=Source(column=number),
        number_grammar="自由",
        kinds="自由",
        zone=zone,
        date_order=order_of(sample.cells(dated, happened)),
        columns=columns | kept,
        events=tuple(
            EventColumn(kind=field.removesuffix("日期"), happened=Source(column=columns[field].column))
            for field in ("立案日期", "结案日期")
            if field in columns
        ),
        traces=traces,
        events_in=events_in,
        event=event,
        dues=dues,
    )


def _event(paths: Sequence[str]) -> EventSource | None:
    """Where an event says what it is and when; None where no path looks like a time."""
    kind = _find(paths, ("concept:name", *synonyms.EVENT_KIND, "nome"))
    happened = _find(paths, ("time:timestamp", *synonyms.EVENT_HAPPENED, "date_filed"))
    if happened is None:
        return None
    until = _find(paths, synonyms.EVENT_UNTIL)
    started, completed = _find(paths, synonyms.EVENT_STARTED), _find(paths, synonyms.EVENT_COMPLETED)
    if started and completed and bare(happened) != "time:timestamp":
        happened, until = started, completed
    due = _find(paths, synonyms.EVENT_DUE)
    # What a log tells of has happened: where it says no more, the due date was kept or missed then.
    finished = _find(paths, synonyms.EVENT_FINISHED) or ((until or happened) if due else None)
    besides = {word: _find(paths, names) for word, names in synonyms.EVENT_BESIDES.items()}
    return EventSource(
        kind=Source(column=kind) if kind else _coded(paths),
        happened=Source(column=happened),
        recorded=_source(_find(paths, synonyms.EVENT_RECORDED)),
        until=_source(until),
        due=_source(due),
        finished=_source(finished),
        attributes={word: Source(column=path) for word, path in besides.items() if path},
    )


def _coded(paths: Sequence[str]) -> Source:
    """Events that have no name have a code, or several of which one is filled."""
    codes = [path for name in synonyms.EVENT_CODE for path in paths if _last(path) == bare(name)]
    if codes:
        return Source(template=tuple(f"{{{path}}}" for path in dict.fromkeys(codes)))
    return Source(constant="事项")


def _days_of(event: EventSource) -> Iterator[Source]:
    return (source for source in (event.recorded, event.until, event.due, event.finished) if source)


def _are_events(records: Sequence[Plain[str, Any]]) -> bool:
    """Whether the records are events themselves: each with a case number, a kind and a time."""
    paths = list(_paths(records))
    wanted = (synonyms.CASE_NUMBER, synonyms.EVENT_KIND, synonyms.EVENT_HAPPENED)
    return all(_find(paths, names) is not None for names in wanted)


def _constant(names: Sequence[str], rows: Sequence[Plain[str, Any]], number: str) -> list[str]:
    """Columns that could belong to a case and are the same on all rows of each."""
    wanted = _plain(name for field in _FIELDS for name in synonyms.FIELDS[field])
    if any(_last(column) in _plain(synonyms.FIELDS["结案日期"]) for column in names):
        wanted |= _plain(synonyms.CASE_DUE)  # against which closing it would count, an event cannot say
    groups: dict[Any, list[Plain[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row.get(number), []).append(row)
    if all(len(group) == 1 for group in groups.values()):
        return []
    return [
        column
        for column in names
        if column != number
        and _last(column) in wanted
        and all(len({str(row.get(column)) for row in group}) == 1 for group in groups.values())
    ]


def _case_dues(paths: Sequence[str], closing: Source | None) -> list[Due]:
    """Each due date a case carries, against its closing."""
    if closing is None:
        return []
    known = _plain(synonyms.CASE_DUE)
    due = [path for path in paths if _last(path) in known or synonyms.says_due(_last(path))]
    return [Due(label=_shown(path), due=path, done=closing.column, level="case") for path in due]


def event_dues(event: EventSource | None, paths: Iterable[str]) -> tuple[Due, ...]:
    """Each due date an event carries, against the day it was done."""
    if event is None or event.due is None or event.finished is None:
        return ()
    known, done = _plain(synonyms.EVENT_DUE), event.finished.column
    due = dict.fromkeys([event.due.column, *(path for path in paths if _last(path) in known)])
    return tuple(Due(label=_shown(path), due=path, done=done, level="event") for path in due)


def _paths(records: Iterable[Any]) -> list[str]:
    found: dict[str, None] = {}
    for record in records:
        found.update(dict.fromkeys(paths_of(record)))
    return list(found)


def _find(paths: Sequence[str], candidates: Iterable[str]) -> str | None:
    """The first candidate that is a path or the last key of one; those inside lists come last."""
    forms = [(path, (bare(path), _last(path))) for path in sorted(paths, key=lambda path: path.count("."))]
    names = [bare(candidate) for candidate in candidates]
    for listed in (False, True):
        outside = [form for form in forms if ("[]" in form[0]) == listed]
        for wanted in names:
            for path, known in outside:
                if wanted in known:
                    return path
    return None


def _source(path: str | None) -> Source | None:
    return Source(column=path) if path else None


def _shown(path: str) -> str:
    """The last key of a path, without the mark that it belongs to the case."""
    return _OF_CASE.sub("", path.rpartition(".")[2].removesuffix("[]"))


def _last(path: str) -> str:
    return bare(_shown(path))


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(bare(name) for name in names)


def _own(document: Any) -> list[str]:
    """The paths of a document that lead into no list."""
    return [path for path in paths_of(document) if "[]" not in path]


def _list_of_cases(document: Any) -> str:
    """The path of the list of cases in a document that is not itself a case: the longest that names cases."""
    best, rank = "", (False, 1)
    for path in _object_lists(document):
        elements = list_at(document, path)
        found = (_find(_paths(elements[:_SAMPLE]), _NUMBER) is not None, len(elements))
        if found > rank:
            best, rank = path, found
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
