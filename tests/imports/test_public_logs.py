"""The public logs come out right: every case and event counted, lateness to the day."""

from __future__ import annotations

from datetime import UTC, date
from functools import cache
from pathlib import Path

import pytest

from mingjing.imports.lateness import lateness
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.logs import read_traces
from mingjing.imports.mapping import Mapping, load_mapping
from mingjing.imports.precheck import Precheck, reading_of
from mingjing.imports.rows import CaseRow, ImportCounts, RefusedRow
from mingjing.imports.tables import read_table
from mingjing.imports.words import Words

MAPPINGS = Path(__file__).parents[2] / "institutions" / "mappings"


def shipped(name: str) -> Mapping:
    return load_mapping((MAPPINGS / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def checked(path: Path, name: str) -> tuple[list[CaseRow], ImportCounts]:
    """Cases and counts of a log under a shipped mapping; read once, the logs are long."""
    mapping = shipped(name)
    with path.open("rb") as file:
        walk = LogPrecheck(read_traces(file, path.name, mapping, reading_of(mapping)), mapping, Words())
        cases = [one for one in walk if isinstance(one, CaseRow)]
    return cases, walk.counts


def late(path: Path, mapping: Mapping) -> dict[str, tuple[int, int]]:
    reading = reading_of(mapping)
    with path.open("rb") as file:
        results = lateness(read_traces(file, path.name, mapping, reading), mapping.dues, reading)
    return {one.label: (one.late, one.with_both) for one in results}


@pytest.mark.parametrize(
    ("file", "name", "cases", "events"),
    [
        ("receipt.xes.gz", "xes-receipt", 1_434, 8_577),
        ("BPIC15_1.xes.gz", "xes-permit", 1_199, 52_217),
        ("BPIC15_2.xes.gz", "xes-permit", 832, 44_354),
        ("BPI_2020_DomesticDeclarations.xes.gz", "xes", 10_500, 56_437),
        ("tjac_004.json.gz", "datajud", 400, 2_801),
        ("tjac_012.json.gz", "datajud", 235, 802),
        ("roadtraffic100traces.csv", "csv-log", 100, 390),
    ],
)
def test_every_case_and_event_of_a_public_log_is_accepted(
    flow: Path, file: str, name: str, cases: int, events: int
) -> None:
    found, counts = checked(flow / file, name)
    assert (counts.rows, counts.accepted, counts.refused) == (cases, cases, 0)
    assert (counts.events, counts.events_refused) == (events, 0)
    assert len(found) == cases


def test_receipts_closed_after_their_deadline(flow: Path) -> None:
    assert late(flow / "receipt.xes.gz", shipped("xes-receipt")) == {
        "办结期限": (309, 1_329),
        "计划办结日期": (322, 1_329),
    }


@pytest.mark.parametrize(
    ("file", "expected"), [("BPIC15_1.xes.gz", (619, 3_340)), ("BPIC15_2.xes.gz", (97, 398))]
)
def test_steps_finished_after_their_due_date(flow: Path, file: str, expected: tuple[int, int]) -> None:
    mapping = shipped("xes-permit")
    assert late(flow / file, mapping)["环节应完成日期"] == expected
    cases, _ = checked(flow / file, "xes-permit")
    dated = [event for case in cases for event in case.events if event.due and event.finished]
    over = [event for event in dated if event.finished and event.due and event.finished > event.due]
    assert (len(over), len(dated)) == expected


def test_american_docket_entries_entered_on_a_later_day(flow: Path) -> None:
    mapping = shipped("us-docket")
    cases, counts = checked(flow / "us_dockets_open.jsonl.gz", "us-docket")
    assert (counts.rows, counts.accepted, counts.refused, counts.events) == (135, 134, 1, 3_985)
    assert late(flow / "us_dockets_open.jsonl.gz", mapping) == {"提交当日登录": (803, 3_810)}
    entries = [event for case in cases for event in case.events if event.recorded is not None]
    assert sum(1 for event in entries if event.recorded and event.recorded.date() > event.happened) == 803


def test_brazilian_movements_are_put_in_order_of_date(flow: Path) -> None:
    cases, _ = checked(flow / "tjac_012.json.gz", "datajud")
    for case in cases:
        days = [event.happened for event in case.events]
        assert days == sorted(days)
    recorded = [event.recorded for case in cases for event in case.events if event.recorded is not None]
    assert len(recorded) == 802
    assert {moment.date().year for moment in recorded} == {2020}


def test_a_brazilian_court_list_is_read_with_its_repeated_numbers_refused(flow: Path) -> None:
    mapping = shipped("tjsc")
    with (flow / "tjsc_family.csv").open("rb") as file:
        table = read_table(file, "tjsc_family.csv", expected=mapping.file_columns)
        walk = Precheck(table, mapping, Words())
        outcomes = list(walk)
    assert (walk.counts.rows, walk.counts.accepted, walk.counts.refused) == (508, 418, 90)
    assert walk.absent == ()
    refused = [one for one in outcomes if isinstance(one, RefusedRow)]
    assert all("已经出现过" in one.errors[0].reason for one in refused)


def test_a_moment_in_utc_is_dated_where_the_court_sits(flow: Path) -> None:
    mapping = shipped("tjsc")
    with (flow / "tjsc_family.csv").open("rb") as file:
        cases = [
            one for one in Precheck(read_table(file, "a.csv"), mapping, Words()) if isinstance(one, CaseRow)
        ]
    moved = 0
    for case in cases:
        filed, moment = case.fields["立案日期"], case.events[0].moment
        assert isinstance(filed, date)
        assert moment is not None
        assert (moment.astimezone(UTC).date() - filed).days in (0, 1)
        moved += moment.date() != filed
    assert moved > 0
