"""What can be counted, with the kind of every field: cases, their events, the records of a register."""

from __future__ import annotations

from collections.abc import Mapping

from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import CASES, Population
from mingjing.domain.ledgers.register import FieldType, Register

EVENTS = "事项"
ENTRY = "录入"
"""The group of ``dictionary.case_fields`` that describes an event and its entry, not a case."""
LOOKED_UP = {
    "案件类别": ("案件类型", "dictionary.case_kinds", "family", Kind.TEXT),
    "审级": ("案件类型", "dictionary.case_kinds", "level", Kind.TEXT),
    "计件": ("案件类型", "dictionary.case_kinds", "counts", Kind.FLAG),
    "有无审限": ("案件类型", "dictionary.case_kinds", "limit", Kind.TEXT),
    "实体裁判": ("结案方式", "dictionary.outcomes", "on_merit", Kind.FLAG),
    "调撤": ("结案方式", "dictionary.outcomes", "settles", Kind.FLAG),
    "改发": ("结案方式", "dictionary.outcomes", "changes", Kind.TEXT),
}
"""Fields a court does not enter: each is looked up in a column of a dictionary by another field."""
DATE_OF = "日期"
RECORD_FIELDS = {
    "法院": Kind.TEXT,
    "部门": Kind.TEXT,
    "承办人": Kind.TEXT,
    "编号": Kind.TEXT,
    "状态": Kind.TEXT,
    "期间": Kind.TEXT,
    "登记日期": Kind.DAY,
    "了结日期": Kind.DAY,
    "最近期限": Kind.DAY,
    "已了结": Kind.FLAG,
}
"""What every record has besides the fields of its register."""
ABOUT = "所涉"
ABOUT_FIELDS = {
    "案件类型": Kind.TEXT,
    "审理程序": Kind.TEXT,
    "案由": Kind.TEXT,
    "承办部门": Kind.TEXT,
    "承办人": Kind.TEXT,
    "立案日期": Kind.DAY,
    "结案日期": Kind.DAY,
    "结案方式": Kind.TEXT,
}
"""What the case of a record is, where the register has a field for one: 所涉案件类型, 所涉立案日期 …"""
_TYPES = {"文字": Kind.TEXT, "选项": Kind.TEXT, "数字": Kind.NUMBER, "金额": Kind.MONEY, "日期": Kind.DAY}
_TYPES["是否"] = Kind.FLAG
_FIELDS = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.CHOICE: Kind.TEXT,
    FieldType.PERSON: Kind.TEXT,
    FieldType.UNIT: Kind.TEXT,
    FieldType.INTEGER: Kind.NUMBER,
    FieldType.DECIMAL: Kind.NUMBER,
    FieldType.MONEY: Kind.MONEY,
    FieldType.DAY: Kind.DAY,
    FieldType.FLAG: Kind.FLAG,
}


def read_population(
    over: str, fields: Dictionary | None, events: Dictionary | None, register: Register | None
) -> Population | None:
    """What can be counted by a name, or None where nothing is called so or the fields cannot be read."""
    if over not in (CASES, EVENTS):
        return None if register is None else of_register(register)
    if fields is None:
        return None
    return of_cases(fields, events) if over == CASES else of_events(fields)


def of_cases(fields: Dictionary, events: Dictionary | None) -> Population:
    """Cases: their fields, what is looked up by them, the first day of every event (``开庭日期``)."""
    entered = _entered(fields, events=False)
    derived = {name: kind for name, (_, _, _, kind) in LOOKED_UP.items()}
    days = {f"{event}{DATE_OF}": Kind.DAY for event in (events.keys if events else ())}
    return Population(CASES, {**days, **derived, **entered}, "立案日期", "结案日期")


def of_events(fields: Dictionary) -> Population:
    """Events that were not struck out, each with the fields of its case; one never stands."""
    return Population(EVENTS, {**_entered(fields, events=False), **_entered(fields, events=True)}, "", "")


def of_register(register: Register) -> Population:
    """The records of a register, with what their case is. Fields of several values, files and long texts are
    not counted by."""
    own = {one.label: _FIELDS[one.type] for one in register.fields if one.type in _FIELDS}
    about: dict[str, Kind] = {}
    if any(one.type is FieldType.CASE for one in register.fields):
        about = {f"{ABOUT}{name}": kind for name, kind in ABOUT_FIELDS.items()}
    return Population(register.id, {**about, **own, **RECORD_FIELDS}, "登记日期", "了结日期")


def _entered(fields: Dictionary, *, events: bool) -> Mapping[str, Kind]:
    rows = {name: fields.row(name) for name in fields.keys}
    return {
        name: _TYPES[row.get("type", "")]
        for name, row in rows.items()
        if (row.get("group") == ENTRY) is events and row.get("type", "") in _TYPES
    }
