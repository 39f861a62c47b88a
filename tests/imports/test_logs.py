"""Event logs: XES, JSON, JSON lines and flat CSV become traces, and traces become cases."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.imports.lateness import Lateness, lateness
from mingjing.imports.limits import Limits
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.logs import read_traces, xes_mapping
from mingjing.imports.mapping import Mapping, load_mapping
from mingjing.imports.paths import look_up, paths_of
from mingjing.imports.precheck import reading_of
from mingjing.imports.refusals import (
    FileEmpty,
    FileKindUnknown,
    FileTooLarge,
    FileTorn,
    HeaderMissing,
    ImportRefused,
)
from mingjing.imports.rows import CaseRow, RefusedEvent, RefusedRow
from mingjing.imports.suggesting_logs import suggest_log
from mingjing.imports.words import Words

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
  <string key="concept:name" value="整个日志"/>
  <trace>
    <string key="concept:name" value="甲-1"/>
    <date key="deadline" value="2024-03-31T23:30:00.000+00:00"/>
    <int key="n" value="3"><string key="unit" value="件"/></int>
    <event>
      <string key="concept:name" value="结案"/>
      <date key="time:timestamp" value="2024-04-01T09:00:00.000+08:00"/>
      <float key="cost" value="1.5"/><boolean key="done" value="true"/><id key="id" value="x-1"/>
    </event>
    <event>
      <string key="concept:name" value="立案"/>
      <date key="time:timestamp" value="2024-03-05T23:30:00.000+00:00"/>
      <list key="parts"><values><string key="name" value="甲"/></values></list>
    </event>
    <event><string key="concept:name" value="开庭"/><date key="time:timestamp" value="不知道"/></event>
  </trace>
  <trace><string key="concept:name" value="甲-2"/></trace>
</log>
"""
FREE = Words()


def traces(data: bytes, name: str, mapping: Mapping, **more: Any) -> list[Any]:
    return list(read_traces(io.BytesIO(data), name, mapping, reading_of(mapping), **more))


def checked(data: bytes, name: str, mapping: Mapping) -> tuple[list[Any], LogPrecheck]:
    walk = LogPrecheck(traces(data, name, mapping), mapping, FREE)
    return list(walk), walk


@pytest.mark.parametrize("packed", [False, True])
def test_xes_keeps_types_offsets_and_nested_attributes(packed: bool) -> None:
    data = gzip.compress(XES.encode()) if packed else XES.encode()
    first, second = traces(data, "a.xes.gz" if packed else "a.xes", xes_mapping())
    assert (first.case_key, second.case_key) == ("甲-1", "甲-2")
    assert first.attributes["deadline"] == datetime(2024, 3, 31, 23, 30, tzinfo=UTC)
    assert (first.attributes["n"], first.attributes["n.unit"]) == (3, "件")
    closing, filing, hearing = first.events
    assert closing.attributes["cost"] == 1.5
    assert closing.attributes["done"] is True
    assert closing.moment is not None
    assert closing.moment.isoformat() == "2024-04-01T09:00:00+08:00"
    assert filing.attributes["parts.name"] == "甲"
    assert filing.day == date(2024, 3, 6)  # 23:30 at Greenwich is the next day in Shanghai
    assert hearing.day is None


def test_events_come_out_in_order_of_date_and_a_bad_one_alone_is_refused() -> None:
    outcomes, walk = checked(XES.encode(), "a.xes", xes_mapping())
    refused, case, empty = outcomes
    assert isinstance(refused, RefusedEvent)
    assert (refused.position, refused.case_number) == (3, "甲-1")
    assert refused.errors[0].value == "不知道"
    assert isinstance(case, CaseRow)
    assert [event.kind for event in case.events] == ["立案", "结案"]
    assert empty.events == ()
    counts = walk.counts
    assert (counts.rows, counts.accepted, counts.events, counts.events_refused) == (2, 2, 3, 1)
    assert counts.balanced


def test_a_document_type_is_refused_before_anything_is_expanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log><trace/></log>'
    with pytest.raises(FileKindUnknown, match="DOCTYPE"):
        traces(bomb.encode(), "a.xes", xes_mapping())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (XES.encode()[:900], FileTorn),
        (b"<log></log>", FileEmpty),
        (b"<html5/>", FileKindUnknown),
        (gzip.compress(XES.encode())[:-20], FileTorn),
        (b"\x1f\x8b\x08\x00garbage", FileTorn),
    ],
)
def test_a_broken_xes_file_is_refused(data: bytes, kind: type[ImportRefused]) -> None:
    with pytest.raises(kind):
        traces(data, "a.xes.gz" if data[:1] == b"\x1f" else "a.xes", xes_mapping())


def test_a_packed_log_that_swells_is_stopped() -> None:
    data = gzip.compress(b"<log>" + b" " * (4 << 20))
    with pytest.raises(FileTooLarge, match="解开后"):
        traces(data, "a.xes.gz", xes_mapping(), limits=Limits(ratio_from=1 << 20))


JSON_MAPPING = """
name: 报送
shape: log
number: dados.numero
number_grammar: 自由
kinds: 自由
zone: America/Rio_Branco
columns: {立案日期: {column: dados.data, kind: 日期}, 案由: {column: "assuntos[].nome", kind: 文字}}
events: [{kind: 立案, happened: dados.data}]
events_in: movimentos
event:
  kind: {template: ["{nacional.codigo}", "本地 {local.codigo}"]}
  happened: dataHora
  recorded: ^.inserido
"""
DOCUMENTS = [
    {
        "dados": {"numero": "0001", "data": "20200101083000"},
        "inserido": 1601131023389,
        "assuntos": [{"nome": "A"}, {"nome": "B"}],
        "movimentos": [
            {"nacional": {"codigo": 60}, "dataHora": "20200305120000"},
            {"local": {"codigo": 7}, "dataHora": "20200201000000"},
            {"dataHora": "20200201000000"},
        ],
    },
    {"dados": {"numero": "0002", "data": "20200101"}, "inserido": 1, "movimentos": None},
    {"dados": {}, "movimentos": []},
    {"dados": {"numero": "0001", "data": "20200101"}},
]


@pytest.mark.parametrize("shape", ["json", "jsonl", "nested"])
def test_nested_documents_are_read_by_path(shape: str) -> None:
    mapping = load_mapping(JSON_MAPPING + ("traces: 'hits.hits[]._source'" if shape == "nested" else ""))
    data: Any = {
        "json": lambda: json.dumps(DOCUMENTS, indent=1),
        "jsonl": lambda: "\n".join(json.dumps(one) for one in DOCUMENTS),
        "nested": lambda: json.dumps({"hits": {"hits": [{"_source": one} for one in DOCUMENTS]}}),
    }[shape]()
    outcomes, walk = checked(data.encode(), "a.jsonl" if shape == "jsonl" else "a.json", mapping)
    refused_event, case, bare, keyless, repeated = outcomes
    assert isinstance(refused_event, RefusedEvent)
    assert [(event.kind, event.happened) for event in case.events] == [
        ("立案", date(2020, 1, 1)),
        ("本地 7", date(2020, 2, 1)),
        ("60", date(2020, 3, 5)),
    ]
    assert case.events[2].recorded == datetime.fromtimestamp(1601131023.389, ZoneInfo("America/Rio_Branco"))
    assert case.fields["案由"] == "A、B"
    assert bare.number == "0002"
    assert isinstance(keyless, RefusedRow)
    assert "第 1 件已经出现过" in repeated.errors[0].reason
    assert (walk.counts.rows, walk.counts.accepted, walk.counts.refused) == (4, 2, 2)
    assert (walk.counts.events, walk.counts.events_refused) == (3, 1)


def test_one_bad_line_does_not_cost_the_others() -> None:
    mapping = load_mapping(JSON_MAPPING)
    data = "\n".join([json.dumps(DOCUMENTS[0]), '{"dados": {', "3", json.dumps(DOCUMENTS[1])])
    outcomes, walk = checked(data.encode(), "a.jsonl", mapping)
    assert [type(one).__name__ for one in outcomes] == [
        "RefusedEvent",
        "CaseRow",
        "RefusedRow",
        "RefusedRow",
        "CaseRow",
    ]
    assert "JSON" in outcomes[2].errors[0].reason
    assert walk.counts.balanced


@pytest.mark.parametrize("data", ['[{"a": 1}, {"b"', "[1, 2", '{"a": ', "[" * 100_000, "{}x"])
def test_a_json_document_that_breaks_off_is_torn(data: str) -> None:
    with pytest.raises(FileTorn):
        traces(
            data.encode(),
            "a.json",
            load_mapping(JSON_MAPPING + "traces: x" if data[0] == "{" else JSON_MAPPING),
        )


def test_an_empty_list_is_an_empty_file() -> None:
    with pytest.raises(FileEmpty):
        traces(b" [ ] ", "a.json", load_mapping(JSON_MAPPING))


def test_a_long_list_is_read_across_chunks() -> None:
    documents = [
        {"dados": {"numero": f"{n:06d}", "data": "20200101"}, "x": "长" * (n % 90)} for n in range(9_000)
    ]
    found = traces(json.dumps(documents).encode(), "a.json", load_mapping(JSON_MAPPING))
    assert [trace.case_key for trace in found] == [f"{n:06d}" for n in range(9_000)]


def test_json_saved_as_gbk_is_read() -> None:
    data = json.dumps(
        [{"dados": {"numero": "（2024）云0102民初1号", "data": "20240305"}}], ensure_ascii=False
    )
    assert (
        traces(data.encode("gbk"), "a.json", load_mapping(JSON_MAPPING))[0].case_key
        == "（2024）云0102民初1号"
    )


def test_rows_of_a_flat_log_are_gathered_by_case() -> None:
    text = (
        "case:concept:name,concept:name,time:timestamp,amount\n"
        "A,Create,2005-03-23 00:00:00+01:00,35.0\nB,Create,2005-03-24 00:00:00+01:00,\n"
        "A,Send,2005-07-22 00:00:00+02:00,\n,Lost,2005-07-22 00:00:00+02:00,\n"
    )
    mapping = load_mapping(
        "name: 平\nshape: log\nnumber: 'case:concept:name'\nnumber_grammar: 自由\nkinds: 自由\n"
        "zone: Europe/Rome\n"
        "event: {kind: 'concept:name', happened: 'time:timestamp', attributes: {金额: amount}}"
    )
    outcomes, walk = checked(text.encode(), "a.csv", mapping)
    assert [event.kind for event in outcomes[0].events] == ["Create", "Send"]
    assert outcomes[0].events[0].attributes == {"金额": "35.0"}
    assert isinstance(outcomes[2], RefusedRow)
    assert (walk.counts.rows, walk.counts.events, walk.counts.events_refused) == (3, 4, 1)


def test_lateness_counts_days_and_not_hours() -> None:
    documents = [
        {"id": "1", "due": "2024-03-05T10:00:00+08:00", "done": "2024-03-05T18:00:00+08:00"},
        {"id": "2", "due": "2024-03-05T10:00:00+08:00", "done": "2024-03-06T00:00:00+08:00"},
        {"id": "3", "due": "2024-03-05", "done": "2024-03-05T16:30:00+00:00"},
        {"id": "4", "due": "2024-03-05", "done": None},
        {"id": "5", "due": "2024-03-10", "done": "2024-03-05"},
    ]
    mapping = load_mapping(
        "name: 甲\nshape: log\nnumber: id\nnumber_grammar: 自由\nkinds: 自由\nevents_in: e\n"
        "event: {kind: k, happened: h}\ndues: [{label: 期限, due: due, done: done}]"
    )
    found = traces(json.dumps(documents).encode(), "a.json", mapping)
    assert lateness(found, mapping.dues, reading_of(mapping)) == (Lateness("期限", "case", 4, 2, 1),)


def test_paths_reach_into_lists_and_prefer_a_literal_key() -> None:
    record = {"a": {"b": [{"c": 1}, {"c": 2}]}, "x.y": 3, "x": {"y": 4}, "l": ["p", "q"]}
    assert look_up(record, "a.b[].c") == "1、2"
    assert look_up(record, "a.b[1].c") == 2
    assert look_up(record, "a.b[7].c") is None
    assert look_up(record, "x.y") == 3
    assert look_up(record, "l") == "p、q"
    assert look_up(record, "a.b") is None
    assert list(paths_of(record)) == ["a.b[].c", "x.y", "x.y", "l[]"]


def test_a_mapping_is_suggested_for_a_standard_log_with_its_due_dates() -> None:
    data = XES.replace('key="deadline"', 'key="endDatePlanned"').replace(
        '<int key="n"', '<date key="endDate" value="2024-04-02T00:00:00+08:00"/><int key="n"'
    )
    mapping = suggest_log(io.BytesIO(data.encode()), "a.xes")
    assert mapping.number.column == "concept:name"
    assert mapping.columns["结案日期"].column == "endDate"
    assert [(due.due, due.done, due.level) for due in mapping.dues] == [("endDatePlanned", "endDate", "case")]
    found = traces(data.encode(), "a.xes", mapping)
    assert lateness(found, mapping.dues, reading_of(mapping))[0].late == 1


def test_a_mapping_is_suggested_for_nested_documents() -> None:
    document = {
        "numeroProcesso": "0001",
        "dataAjuizamento": "2020-01-01T08:30:00.000Z",
        "assuntos": [{"codigo": 1, "nome": "A"}],
        "movimentos": [{"nome": "Distribuição", "dataHora": "2020-01-02T00:00:00Z"}],
    }
    answer = {
        "took": 3,
        "hits": {"hits": [{"_source": {**document, "numeroProcesso": f"{n}"}} for n in range(3)]},
    }
    mapping = suggest_log(io.BytesIO(json.dumps(answer).encode()), "a.json", zone="America/Sao_Paulo")
    assert (mapping.traces, mapping.events_in) == ("hits.hits[]._source", "movimentos")
    cases, walk = checked(json.dumps(answer).encode(), "a.json", mapping)
    assert (walk.counts.accepted, walk.counts.events) == (3, 3)
    assert [event.kind for event in cases[0].events] == ["立案", "Distribuição"]


def test_a_log_whose_keys_say_nothing_is_asked_about() -> None:
    with pytest.raises(HeaderMissing, match="看不出哪一项是编号"):
        suggest_log(io.BytesIO(b'[{"a": 1, "b": [{"c": 2}]}]'), "a.json")


@given(st.binary(max_size=500), st.sampled_from(["a.xes", "a.json", "a.jsonl", "a.xes.gz", "a.csv"]))
def test_random_bytes_raise_nothing_but_a_refusal(data: bytes, name: str) -> None:
    for start in (b"", b"<log><trace>", b"[{", b'{"a":', b"\x1f\x8b\x08\x00"):
        try:
            list(LogPrecheck(traces(start + data, name, xes_mapping()), xes_mapping(), FREE))
        except ImportRefused as refusal:
            assert refusal.message
