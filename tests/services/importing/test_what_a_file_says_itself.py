"""Due dates, sheets and notes a file carries: kept, counted to the day, named to whoever confirms."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from mingjing.domain.reasons import Refusal
from mingjing.imports.mapping import plain_mapping
from mingjing.services.actors import Actor
from mingjing.services.importing.batches import choose_mapping
from mingjing.services.importing.stored_lateness import stored_lateness
from mingjing.services.importing.suggested import suggested
from mingjing.services.importing.working import work
from mingjing.storage.batches.models import Batch, SavedMapping
from mingjing.storage.cases.models import Case, CaseEvent
from tests.services.builders import House
from tests.services.importing.files import HEADER, counts, csv, imported, row, sent


def guessed(batch: Batch, sheet: str = "") -> dict[str, object]:
    """The mapping the page would begin with."""
    found = suggested(batch, sheet)
    assert not isinstance(found, Refusal)
    return plain_mapping(found)


def as_guessed(office: Actor, data: bytes, name: str = "案件.csv") -> Batch:
    """A file all the way in under the mapping it suggests."""
    return imported(office, data, name=name, mapping=guessed(sent(office, data, name=name)))


def workbook(**pages: list[tuple[str, ...]]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    for name, rows in pages.items():
        page = book.add_worksheet(name)
        for at, cells in enumerate(rows):
            page.write_row(at, 0, cells)
    book.close()
    return target.getvalue()


def test_the_due_dates_of_a_register_are_stored_and_late_to_the_day(office: Actor, house: House) -> None:
    rows = [
        (*row(1, 结案日期="2024-06-08", 结案方式="判决"), "2024-06-05"),
        (*row(2, 结案日期="2024-06-05", 结案方式="判决"), "2024-06-05"),
        (*row(3), "2024-06-05"),
    ]
    batch = as_guessed(office, csv(rows, (*HEADER, "应结案日期")))
    (said,) = batch.lateness
    assert (said["label"], said["with_both"], said["late"], said["longest"]) == ("应结案日期", 2, 1, 3)
    assert Case.objects.get(serial=3).facts == {"应结案日期": "2024-06-05"}
    own = [one for one in stored_lateness(house.court, date(2024, 7, 1)) if one.source == "文件自带的期限"]
    assert [(one.label, one.counted, one.late, one.longest) for one in own] == [("应结案日期", 2, 1, 3)]


def test_the_due_dates_of_a_table_of_events_are_stored_with_the_events(office: Actor, house: House) -> None:
    imported(office, csv([row(1)]))
    number = "（2024）云9821民初1号"
    rows = [(number, "开庭", "2024-03-25", "2024-03-20"), (number, "宣判", "2024-03-26", "2024-03-26")]
    batch = as_guessed(office, csv(rows, ("案号", "节点名称", "完成时间", "期限届满日")))
    assert counts(batch) == (2, 2, 0, 0, 0)
    assert (batch.lateness[0]["late"], batch.lateness[0]["longest"]) == (1, 5)
    event = CaseEvent.objects.get(kind="开庭")
    assert (event.due, event.finished) == (date(2024, 3, 20), date(2024, 3, 25))
    own = [one for one in stored_lateness(house.court, date(2024, 7, 1)) if one.source == "文件自带的期限"]
    assert [(one.counted, one.late, one.longest) for one in own] == [(2, 1, 5)]


def test_what_a_file_leaves_out_is_named_before_it_is_confirmed(office: Actor) -> None:
    notes = [("合计 1 件",), ("注：涉密案件不在其内。",), ("填表人：甲", "", "审核人：乙")]
    data = workbook(**{"2023": [HEADER, row(1), *notes], "2024": [HEADER, row(2)]})
    batch = as_guessed(office, data, "台账.xlsx")
    assert (counts(batch), batch.skipped) == ((1, 1, 0, 0, 0), 3)
    assert any("没有读“2024”" in note for note in batch.notes)
    assert "跳过表下说明和重复的表头 2 行，不计入读到行数" in batch.notes
    again = as_guessed(office, data, "台账.xlsx")
    assert counts(again) == (1, 0, 0, 1, 0)


def test_a_sheet_that_was_chosen_is_read_and_not_saved_with_the_mapping(office: Actor) -> None:
    data = workbook(**{"2023": [HEADER, row(1)], "2024": [HEADER, row(2), row(3)]})
    batch = sent(office, data, name="台账.xlsx")
    choose_mapping(office, batch, guessed(batch, "2024"), name="台账")
    work(batch)
    assert counts(batch) == (2, 2, 0, 0, 0)
    assert "sheet" not in SavedMapping.objects.get().body
    assert isinstance(suggested(batch, "2025"), Refusal)


def test_a_file_with_a_header_alone_is_refused_and_not_kept(office: Actor) -> None:
    with pytest.raises(Refusal, match="只有表头"):
        sent(office, csv([]))
    assert not Batch.objects.exists()


def test_what_is_not_read_and_days_of_another_zone_are_named(office: Actor) -> None:
    lines = ["case:concept:name,concept:name,time:timestamp,org:group"]
    lines += ["A1,收到,2024-03-01T09:00:00+01:00,甲组", "A1,决定,2024-03-05T20:30:00+01:00,甲组"]
    data = "\n".join(lines).encode()
    batch = sent(office, data, name="日志.csv")
    choose_mapping(office, batch, {**guessed(batch), "number_grammar": "自由", "kinds": "自由"})
    work(batch)
    assert "文件里有、没有导入：org:group。要用的请写进列对应。" in batch.notes
    assert any(
        note.startswith("1 个事项的时间带着时区（+01:00），按 Asia/Shanghai 取日子") for note in batch.notes
    )
