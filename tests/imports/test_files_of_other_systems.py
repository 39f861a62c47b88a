"""Tables and logs as the systems of other courts write them, and what is left unread in them."""

from __future__ import annotations

import io
import json

import pytest

from mingjing.imports.encoding import detect_encoding
from mingjing.imports.lateness import lateness
from mingjing.imports.limits import STANDARD
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.logs import read_traces, traces_of
from mingjing.imports.mapping import Mapping
from mingjing.imports.naming import bare
from mingjing.imports.precheck import Precheck, reading_of
from mingjing.imports.refusals import EncodingUnknown
from mingjing.imports.rows import CaseRow
from mingjing.imports.suggesting import suggest, suggest_table
from mingjing.imports.suggesting_logs import suggest_log
from mingjing.imports.tables import read_table
from mingjing.imports.words import Words

DOCKET = {
    "id": 7,
    "case": {"docket_number": "25-1", "filed": "2025-01-06"},
    "docket_entries": [
        {"date_filed": "2025-01-06", "description": "Complaint"},
        {"date_filed": "2025-03-09", "description": "Judgment"},
    ],
    "parties": [{"name": "A", "attorneys": [{"name": "L"}]}],
    "due_date": "2025-03-07",
    "date_terminated": "2025-03-09",
}


def docket() -> tuple[Mapping, LogPrecheck]:
    data = json.dumps(DOCKET).encode()
    mapping = suggest_log(io.BytesIO(data), "a.jsonl")
    traces = read_traces(io.BytesIO(data), "a.jsonl", mapping, reading_of(mapping), limits=STANDARD)
    return mapping, LogPrecheck(traces, mapping, Words())


def test_the_day_of_a_case_is_not_looked_for_among_its_events() -> None:
    mapping, walk = docket()
    assert mapping.columns["立案日期"].column == "case.filed"
    (found,) = walk
    assert isinstance(found, CaseRow)
    assert [event.kind for event in found.events] == ["立案", "Complaint", "结案", "Judgment"]


def test_a_list_of_a_log_that_nothing_reads_is_named() -> None:
    _, walk = docket()
    list(walk)
    assert walk.unread.names == ("id", "parties")


def test_the_filled_columns_of_a_table_that_nothing_reads_are_named(words: Words) -> None:
    text = "序号,案号,立案日期,来源编码,空列\n1,（2024）云0102民初1号,2024-03-05,,\n"
    text += "2,（2024）云0102民初2号,,A7,\n"
    table = read_table(io.BytesIO(text.encode()), "a.csv")
    walk = Precheck(table, suggest_table(table, words), words)
    list(walk)
    assert walk.unread.names == ("来源编码",)


@pytest.mark.parametrize(
    ("number", "filed", "due", "closed"),
    [
        ("案件案号", "受理日期", "审限截止日期", "实际结案日期"),
        ("案號", "收案日期", "審限屆滿日", "結案日期"),
        ("案号", "立案日期", "应审结日期", "结案日期"),
        ("Zaaknummer", "Ontvangstdatum", "Uiterste datum", "Einddatum"),
        ("Aktenzeichen", "Eingangsdatum", "Fristablauf", "Erledigungsdatum"),
    ],
)
def test_due_dates_are_found_under_other_names_and_compared_to_the_day(
    number: str, filed: str, due: str, closed: str, words: Words
) -> None:
    lines = ["A1;6.1.2025;1.3.2025;1.3.2025", "A2;7.1.2025;28.2.2025;5.3.2025", "A3;7.1.2025;1.4.2025;"]
    data = io.BytesIO("\n".join([";".join((number, filed, due, closed)), *lines]).encode())
    table = read_table(data, "a.csv")
    mapping = suggest_table(table, words)
    reading = reading_of(mapping.model_copy(update={"date_order": "日月年"}))
    (found,) = lateness(traces_of(table), mapping.dues, reading)
    assert (found.with_both, found.late, found.longest) == (2, 1, 5)
    assert mapping.columns["立案日期"].column == filed


def test_a_column_that_only_sounds_like_the_limit_is_no_due_date(words: Words) -> None:
    header = ["案号", "结案日期", "审限", "审限天数", "期限类型", "届满原因"]
    assert suggest(header, words).dues == ()


def test_names_in_traditional_characters_are_compared_in_simplified_ones() -> None:
    assert bare("承辦庭（審判）") == bare("承办庭")


def test_text_in_another_encoding_is_refused_with_the_likely_one() -> None:
    western, traditional = (
        "Número;Juíz\n1;João Güell\n".encode("cp1252"),
        "案號,審判長\n甲,陳\n".encode("big5"),
    )
    for data, likely in ((western, "Windows-1252"), (traditional, "Big5")):
        with pytest.raises(EncodingUnknown) as refused:
            detect_encoding(io.BytesIO(data))
        assert refused.value.example == likely


def test_a_chosen_encoding_may_be_written_in_small_letters() -> None:
    assert detect_encoding(io.BytesIO("案号".encode("gb18030")), override="gb18030").label == "GB18030"
