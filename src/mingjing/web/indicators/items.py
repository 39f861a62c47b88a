"""What is behind a number, as tables and workbooks show it: cases, events of cases, records of a register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mingjing.definitions.values.populations import EVENTS
from mingjing.domain.indicators.counts import CASES
from mingjing.services.exporting import Column, Sheet
from mingjing.services.figures.opening import Opened
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.records.models import Record

OF_CASES: tuple[Column[Case], ...] = (
    Column("案号", lambda case: case.number),
    Column("案件类型", lambda case: case.kind),
    Column("案由", lambda case: case.cause),
    Column("承办部门", lambda case: case.department.name if case.department else ""),
    Column("承办人", lambda case: case.handler_name),
    Column("立案日期", lambda case: case.filed_on),
    Column("结案日期", lambda case: case.closed_on),
    Column("结案方式", lambda case: case.outcome),
    Column("审理程序", lambda case: case.procedure),
)
OF_EVENTS: tuple[Column[CaseEvent], ...] = (
    Column("案号", lambda event: event.case.number),
    Column("事项", lambda event: event.kind),
    Column("发生日期", lambda event: event.happened),
    Column("承办部门", lambda event: event.case.department.name if event.case.department else ""),
    Column("承办人", lambda event: event.case.handler_name),
    Column("说明", lambda event: event.note),
)
OF_RECORDS: tuple[Column[Record], ...] = (
    Column("编号", lambda record: record.number),
    Column("标题", lambda record: record.title),
    Column("状态", lambda record: record.state),
    Column("部门", lambda record: record.unit.name if record.unit else ""),
    Column("承办人", lambda record: record.holder.name if record.holder else ""),
    Column("登记日期", lambda record: record.opened_on),
    Column("了结日期", lambda record: record.over_on),
)
PORTION = 500


def word(over: str) -> str:
    """What rows of a population are called."""
    return {CASES: "案件", EVENTS: "事项"}.get(over, "记录")


def sheet(over: str, ids: Sequence[int], read: Callable[[Sequence[int]], Opened], title: str) -> Sheet[Any]:
    """The rows behind a number as a workbook, read a portion at a time."""
    portions = (read(ids[start : start + PORTION]) for start in range(0, len(ids), PORTION))
    columns: dict[str, tuple[Column[Any], ...]] = {CASES: OF_CASES, EVENTS: OF_EVENTS}
    return Sheet(word(over), columns.get(over, OF_RECORDS), _rows(portions), title)


def _rows(portions: Iterable[Opened]) -> Iterable[Case | CaseEvent | Record]:
    for found in portions:
        yield from found.cases
        yield from found.events
        yield from found.records
