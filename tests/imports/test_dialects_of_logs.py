"""Event logs as other programs write them: dialects of XES, flat CSV and JSON, logs of objects."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mingjing.domain.reasons import Unreadable
from mingjing.imports.kinds import kind_of
from mingjing.imports.lateness import Lateness, lateness
from mingjing.imports.limits import STANDARD
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.logs import read_traces
from mingjing.imports.mapping import Mapping, load_mapping
from mingjing.imports.precheck import reading_of
from mingjing.imports.refusals import EncodingUnknown, FileKindUnknown, FileTorn, MappingWrong
from mingjing.imports.rows import CaseRow, RefusedEvent, RefusedRow
from mingjing.imports.suggesting import suggest_table
from mingjing.imports.suggesting_logs import blank_log, suggest_log
from mingjing.imports.tables import read_table
from mingjing.imports.values import Reading, read_day
from mingjing.imports.words import Words

ZONE = "Europe/Amsterdam"


def suggested(data: bytes, name: str) -> Mapping:
    """The mapping the file suggests by itself."""
    if kind_of(io.BytesIO(data), name, STANDARD) in ("csv", "csv.gz"):
        found = suggest_table(read_table(io.BytesIO(data), name), Words())
        return found.model_copy(update={"number_grammar": "自由", "kinds": "自由", "zone": ZONE})
    return suggest_log(io.BytesIO(data), name, zone=ZONE)


def cases(data: bytes, name: str) -> list[CaseRow]:
    """The cases under the suggested mapping; nothing may be refused."""
    mapping = suggested(data, name)
    assert mapping.shape == "log"
    found = list(LogPrecheck(traces(data, name, mapping), mapping, Words()))
    assert all(isinstance(one, CaseRow) for one in found), found
    return [one for one in found if isinstance(one, CaseRow)]


def traces(data: bytes, name: str, mapping: Mapping) -> list[Any]:
    return list(read_traces(io.BytesIO(data), name, mapping, reading_of(mapping)))


def late(data: bytes, name: str) -> tuple[Lateness, ...]:
    mapping = suggested(data, name)
    return lateness(traces(data, name, mapping), mapping.dues, reading_of(mapping))


def told(row: CaseRow) -> list[tuple[str, str]]:
    return [(event.kind, str(event.happened)) for event in row.events]


def xes(*traces_: str, declared: str = "UTF-8", prefix: str = "") -> str:
    body = "".join(traces_)
    return f'<?xml version="1.0" encoding="{declared}"?>\n<{prefix}log>{body}</{prefix}log>'


def trace(name: str, *events: str, more: str = "") -> str:
    return f'<trace><string key="concept:name" value="{name}"/>{more}{"".join(events)}</trace>'


def event(kind: str, when: str, more: str = "") -> str:
    named = f'<string key="concept:name" value="{kind}"/>' if kind else ""
    return f'<event>{named}<date key="time:timestamp" value="{when}"/>{more}</event>'


# XES


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2012-01-01T23:30:00Z", "2012-01-02"),
        ("2012-01-01T23:30:00.5Z", "2012-01-02"),
        ("2012-01-01T23:30:00+0100", "2012-01-01"),
        ("2012-01-01T23:30:00.000+01", "2012-01-01"),
        ("2012-01-01T23:30:00.1234567+01:00", "2012-01-01"),
        ("2012-01-01 23:30:00,123 +0100", "2012-01-01"),
        ("2012-01-01T23:30:00 UTC", "2012-01-02"),
        ("20120101T233000Z", "2012-01-02"),
        ("2012-01-01T23:30:00", "2012-01-01"),
        ("2012-01-01", "2012-01-01"),
        ("1325460600000", "2012-01-02"),
    ],
)
def test_a_timestamp_in_every_spelling_is_the_day_it_was_in_the_courts_zone(when: str, day: str) -> None:
    (case,) = cases(xes(trace("A", event("x", when))).encode(), "a.xes")
    assert told(case) == [("x", day)]


def test_start_and_completion_of_a_step_are_two_events_that_say_which_they_are() -> None:
    def step(phase: str) -> str:
        return f'<string key="lifecycle:transition" value="{phase}"/><string key="org:resource" value="甲"/>'

    when = "2012-01-01T10:00:00+01:00"
    data = xes(trace("A", event("x", when, step("START")), event("x", when, step("COMPLETE"))))
    (case,) = cases(data.encode(), "a.xes")
    assert [dict(one.attributes) for one in case.events] == [
        {"生命周期": "START", "经办": "甲"},
        {"生命周期": "COMPLETE", "经办": "甲"},
    ]


def test_tags_in_a_name_space_are_read() -> None:
    inner = trace("A", event("x", "2012-01-01T10:00:00Z"))
    for tag in ("trace", "string", "event", "date"):
        inner = inner.replace(f"<{tag}", f"<p:{tag}").replace(f"</{tag}", f"</p:{tag}")
    (case,) = cases(xes(inner, prefix="p:").encode(), "a.xes")
    assert told(case) == [("x", "2012-01-01")]


def test_events_that_name_themselves_otherwise_or_not_at_all() -> None:
    otherwise = event("", "2012-01-01T10:00:00Z", '<string key="Activity" value="x"/>')
    assert told(cases(xes(trace("A", otherwise)).encode(), "a.xes")[0]) == [("x", "2012-01-01")]
    nameless = event("", "2012-01-01T10:00:00Z")
    assert told(cases(xes(trace("A", nameless)).encode(), "a.xes")[0]) == [("事项", "2012-01-01")]


def test_a_trace_known_by_its_id_alone() -> None:
    data = f'<trace><id key="id" value="A"/>{event("x", "2012-01-01T10:00:00Z")}</trace>'
    assert cases(xes(data).encode(), "a.xes")[0].number == "A"


def test_what_stands_in_a_list_is_kept_whole() -> None:
    names = '<string key="name" value="甲"/><string key="name" value="乙"/>'
    more = f'<list key="parts"><values>{names}</values></list>'
    data = xes(trace("A", event("x", "2012-01-01T10:00:00Z"), more=more)).encode()
    mapping = suggested(data, "a.xes")
    assert traces(data, "a.xes", mapping)[0].attributes["parts.name"] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("GBK", "gbk"),
        ("gb2312", "gb18030"),
        ("GB18030", "gb18030"),
        ("Big5", "big5"),
        ("UTF-16", "utf-16"),
        ("ISO-8859-1", "latin-1"),
    ],
)
def test_a_log_in_the_encoding_it_declares(declared: str, codec: str) -> None:
    number = "é" if codec == "latin-1" else "甲"
    data = xes(trace(number, event("x", "2012-01-01T10:00:00Z")), declared=declared).encode(codec)
    assert cases(data, "a.xes")[0].number == number


def test_an_encoding_that_does_not_exist_or_is_not_that_of_the_bytes() -> None:
    with pytest.raises(EncodingUnknown, match="没有这种编码"):
        suggested(xes(trace("甲"), declared="GBX").encode(), "a.xes")
    with pytest.raises(FileTorn, match="自称是 GBK 编码，却读不通"):
        suggested(xes(trace("A"), declared="GBK").encode().replace(b"A", b"\xff\xff"), "a.xes")


@pytest.mark.parametrize("name", ["a.xes.gz", "a.gz", "a.xml.gz", "a.xml", "a.csv", "日志"])
def test_a_log_is_known_by_its_content_whatever_it_is_called(name: str) -> None:
    data = xes(trace("A", event("x", "2012-01-01T10:00:00Z"))).encode()
    packed = gzip.compress(data) if name.endswith("gz") else data
    assert cases(packed, name)[0].number == "A"


# Logs without cases

OBJECTS_JSON = {"objectTypes": [], "eventTypes": [], "objects": [{"id": "o"}], "events": [{"id": "e"}]}
OLD_OBJECTS_JSON = {"ocel:events": {"e": {"ocel:activity": "x"}}, "ocel:objects": {"o": {}}}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps(OBJECTS_JSON)),
        ("a.jsonocel", json.dumps(OLD_OBJECTS_JSON)),
        ("a.xml", "<log><events><event/></events><objects/></log>"),
        ("a.xmlocel", "<log><object-types/><events/></log>"),
    ],
)
def test_a_log_of_objects_is_refused_with_the_way_out(name: str, text: str) -> None:
    with pytest.raises(FileKindUnknown, match="选定一种对象展平"):
        suggested(text.encode(), name)


def test_an_old_mxml_log_is_named_as_such() -> None:
    with pytest.raises(FileKindUnknown, match="MXML"):
        suggested(b"<WorkflowLog><Process/></WorkflowLog>", "a.xml")


# Flat logs

FLAT = {
    "case_id;activity;timestamp\nA;x;2014-10-22 11:15:41+02:00\n": "2014-10-22",
    "case:concept:name,concept:name,time:timestamp\nA,x,2011-10-01 00:38:44.546000+02:00\n": "2011-10-01",
    "Case ID,Activity,Complete Timestamp\nA,x,2012/10/09 14:50:17.000\n": "2012-10-09",
    "CaseID,ActivityID,CompleteTimestamp\nA,x,2012-04-03 16:55:38\n": "2012-04-03",
    "case,event,startTime,completeTime\nA,x,2016/01/01 09:51:15.304,2016/01/02 10:00:00\n": "2016-01-01",
    "case|activity|timestamp\nA|x|1325460600\n": "2012-01-02",
    "case_id\tactivity\ttimestamp\nA\tx\t05-Mar-2024 10:00\n": "2024-03-05",
    "\ufeffCase ID;Activity;Complete Timestamp\nA;x;30-12-2010:14.32\n": "2010-12-30",
    "case id,activity,timestamp\nA,x,1/13/2012 2:50:17 PM\n": "2012-01-13",
    'case_id,activity,timestamp\nA,x,"March 6, 2024 3:30 PM"\n': "2024-03-06",
}


@pytest.mark.parametrize(("text", "day"), FLAT.items())
def test_a_flat_log_of_each_style_is_recognised_and_dated(text: str, day: str) -> None:
    (case,) = cases(text.encode(), "a.csv")
    assert (case.number, told(case)) == ("A", [("x", day)])
    assert told(cases(gzip.compress(text.encode()), "a.csv.gz")[0]) == [("x", day)]


def test_the_order_of_day_and_month_is_taken_from_the_dates_that_leave_no_choice() -> None:
    head = "case id,activity,timestamp\n"
    assert suggested(f"{head}A,x,13/01/2012 10:00\nA,y,05/02/2012\n".encode(), "a.csv").date_order == "日月年"
    assert suggested(f"{head}A,x,1/13/2012\nA,y,2/5/2012\n".encode(), "a.csv").date_order == "月日年"
    for undecided in ("A,x,01/02/2012\n", "A,x,13/01/2012\nA,y,01/13/2012\n"):
        assert suggested(f"{head}{undecided}".encode(), "a.csv").date_order == "年月日"


def test_an_undecided_order_refuses_the_event_and_not_the_case() -> None:
    data = b"case id,activity,timestamp\nA,x,01/02/2012\nA,y,2012-02-03\n"
    mapping = suggested(data, "a.csv")
    refused, case = list(LogPrecheck(traces(data, "a.csv", mapping), mapping, Words()))
    assert isinstance(refused, RefusedEvent)
    assert "可以读成" in refused.errors[0].reason
    assert isinstance(case, CaseRow)
    assert told(case) == [("y", "2012-02-03")]


def test_due_dates_of_the_case_repeated_on_every_row_are_counted_once() -> None:
    head = "case:concept:name,concept:name,time:timestamp,case:deadline,case:enddate\n"
    rows = "A,x,2011-10-01,2011-10-05,2011-10-08\nA,y,2011-10-02,2011-10-05,2011-10-08\n"
    rows += "B,x,2011-10-01,2011-10-05,\n"
    assert late((head + rows).encode(), "a.csv") == (Lateness("deadline", "case", 1, 1, 3),)
    plain = head.replace("case:deadline", "Deadline").replace("case:enddate", "End Date")
    assert late((plain + rows).encode(), "a.csv") == (Lateness("Deadline", "case", 1, 1, 3),)


def test_due_dates_of_each_event_are_counted_event_by_event() -> None:
    head = "case id,activity,timestamp,due_date"
    rows = "A,x,2024-02-03,2024-02-01\nA,y,2024-02-01,2024-02-01\n"
    assert late(f"{head}\n{rows}".encode(), "a.csv") == (Lateness("due_date", "event", 2, 1, 2),)
    finished = "A,x,2024-01-01,2024-02-01,2024-02-05\n"
    assert late(f"{head},finished_at\n{finished}".encode(), "a.csv") == (
        Lateness("due_date", "event", 1, 1, 4),
    )


# JSON

ROWS = [
    {"case:concept:name": "A", "concept:name": "x", "time:timestamp": "2012-01-01T10:00:00Z"},
    {"case:concept:name": "B", "concept:name": "x", "time:timestamp": "2012-01-03T10:00:00Z"},
    {"case:concept:name": "A", "concept:name": "y", "time:timestamp": 1325460600000},
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps(ROWS)),
        ("a.jsonl", "\n".join(map(json.dumps, ROWS))),
        ("a.ndjson", "\n".join(map(json.dumps, ROWS))),
        ("a.json", json.dumps({"meta": {"columns": [{"n": 1}] * 9}, "data": ROWS})),
    ],
)
def test_records_that_are_events_are_gathered_by_case(name: str, text: str) -> None:
    first, second = cases(text.encode(), name)
    assert told(first) == [("x", "2012-01-01"), ("y", "2012-01-02")]
    assert told(second) == [("x", "2012-01-03")]


def test_a_document_that_is_one_case_is_not_taken_for_a_list_of_its_events() -> None:
    history = [
        {"eventType": "Filed", "eventDate": "2024-01-01"},
        {"eventType": "Heard", "eventDate": "2024-02-01"},
    ]
    document = {"caseId": "A", "dueDate": "2024-03-01", "closedDate": "2024-03-05", "history": history}
    (case,) = cases(json.dumps(document).encode(), "a.json")
    assert told(case) == [("Filed", "2024-01-01"), ("Heard", "2024-02-01"), ("结案", "2024-03-05")]
    assert case.fields["结案日期"] == date(2024, 3, 5)
    assert late(json.dumps(document).encode(), "a.json") == (Lateness("dueDate", "case", 1, 1, 4),)


def test_events_known_by_one_of_several_codes() -> None:
    moves = [
        {"dataHora": "20200305120000", "movimentoNacional": {"codigoNacional": 60}},
        {"dataHora": "20200306120000", "movimentoLocal": {"codigoMovimento": 7}},
    ]
    (case,) = cases(json.dumps([{"numeroProcesso": "1", "movimento": moves}]).encode(), "a.json")
    assert told(case) == [("60", "2020-03-05"), ("7", "2020-03-06")]


def test_a_list_of_cases_without_events_is_read_for_its_cases() -> None:
    documents = [{"docketNumber": "1", "dateFiled": "2024-01-01", "dateTerminated": "2024-02-01"}]
    (case,) = cases(json.dumps(documents).encode(), "a.json")
    assert told(case) == [("立案", "2024-01-01"), ("结案", "2024-02-01")]


def test_days_of_iso_weeks_are_days_and_a_week_the_year_does_not_have_is_none() -> None:
    reading = Reading(ZoneInfo("Asia/Shanghai"))
    assert read_day("2024-W10-2", reading) == date.fromisocalendar(2024, 10, 2)
    assert read_day("2020W537", reading) == date(2021, 1, 3)
    for wrong in ("2024-W53-1", "2024-W10", "2024-W10-8"):
        with pytest.raises(Unreadable):
            read_day(wrong, reading)


NESTED = """{"case":{"number":"3:24-cv-1"},"filed":"2024-03-05","history":[
{"what":"Complaint","when":"2024-03-05T10:00:00-05:00"},
{"what":"Answer","when":"2024-04-01T23:30:00-05:00","due":"2024-03-26"}]}"""


def test_a_history_that_says_what_and_when_is_a_list_of_events() -> None:
    data = NESTED.replace("\n", "").encode()
    (case,) = cases(data, "cases.jsonl")
    assert told(case)[1:] == [("Complaint", "2024-03-05"), ("Answer", "2024-04-02")]
    (found,) = late(data, "cases.jsonl")
    assert found.late == 1


TWICE = """<log><trace><string key="concept:name" value="A1"/>
<container key="meta"><string key="x" value="1"><string key="deep" value="2"/></string></container>
<event><string key="concept:name" value="Receive"/>
<date key="time:timestamp" value="2024-03-01T23:30:00.123Z"/></event>
<event><string key="concept:name" value="Decide"/>
<date key="time:timestamp" value="2024-03-11T09:00:00"/></event>
</trace><trace><string key="concept:name" value="A1"/></trace>
<trace><string key="concept:name" value="A2"/>
<event><string key="concept:name" value="Decide"/></event></trace></log>"""


def test_two_traces_of_one_name_and_an_event_without_a_time_are_refused_at_their_places() -> None:
    data = TWICE.encode()
    mapping = suggested(data, "a.xes")
    walk = LogPrecheck(traces(data, "a.xes", mapping), mapping, Words())
    found = list(walk)
    cases = [row for row in found if isinstance(row, CaseRow)]
    assert [(case.number, [event.happened for event in case.events]) for case in cases] == [
        ("A1", [date(2024, 3, 2), date(2024, 3, 11)]),
        ("A2", []),
    ]
    assert [row.errors[0].reason for row in found if isinstance(row, RefusedRow)] == [
        "编号 A1 在本日志第 1 件已经出现过，一个编号只能是一件案件。"
    ]
    assert (walk.counts.events, walk.counts.events_refused) == (3, 1)


def test_records_that_say_ref_step_and_at_are_events_of_cases() -> None:
    steps = [("filed", "2026-01-05T08:00:00Z"), ("judgment", "2026-03-16T23:30:00Z")]
    lines = [json.dumps({"ref": "LT-1", "step": kind, "at": at, "clerk": "K1"}) for kind, at in steps]
    (row,) = cases("\n".join(lines).encode(), "events.jsonl")
    assert [kind for kind, _ in told(row)] == ["filed", "judgment"]
    assert told(row)[1][1].startswith("2026-03-17"), "half past eleven in London is the next day in Amsterdam"


def test_a_blank_mapping_names_the_choices_and_is_refused_until_filled_in() -> None:
    text = blank_log(["kenmerk", "stap", "op"])
    assert "kenmerk、stap、op" in text
    with pytest.raises(MappingWrong, match="number：没有填"):
        load_mapping(text)
    for key, path in (("number", "kenmerk"), ("kind", "stap"), ("happened", "op")):
        text = text.replace(f"{key}:  ", f"{key}: {path} ")
    found = load_mapping(text)
    assert found.event and (found.number.column, found.event.happened.column) == ("kenmerk", "op")
