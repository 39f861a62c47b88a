"""Columns of Parquet that need no reading: days, decimals and flags in a type of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingjing.domain.dates.reading import FIRST_YEAR, LAST_YEAR
from mingjing.domain.expressions.kinds import SCALE, Kind
from mingjing.domain.reasons import Refusal
from mingjing.services.brought.readers import ZONE

_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER")
WHOLE = frozenset((*_WHOLE, "UBIGINT", "UHUGEINT"))
FLOATS = frozenset(("FLOAT", "DOUBLE"))
MOMENTS = frozenset(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"))
ZONED = "TIMESTAMP WITH TIME ZONE"


class ColumnOdd(Refusal):
    """A column of Parquet holds what no field is: bytes, lists, structures."""

    code = "brought-column"


@dataclass(frozen=True, slots=True)
class Native:
    """SQL of a value, of whether it is one, of whether it stands for nothing, and what is wrong otherwise."""

    value: str
    holds: str
    blank: str
    cause: str


def native(given: str, type_: str, kind: Kind) -> Native | None:
    """How a column of a type is taken as it is, or None where it is to be read as text."""
    if kind is Kind.DAY:
        return _day(given, type_)
    if kind is Kind.FLAG and type_ == "BOOLEAN":
        return Native(given, f"{given} IS NOT NULL", "FALSE", "")
    if kind in (Kind.MONEY, Kind.NUMBER):
        return _decimal(given, type_, kind)
    return None


def _day(given: str, type_: str) -> Native | None:
    if type_ == "DATE":
        day = given
    elif type_ in MOMENTS:
        day = f"CAST({given} AS DATE)"
    elif type_ == ZONED:
        day = f"CAST(timezone('{ZONE}', {given}) AS DATE)"
    else:
        return None
    holds = f"isfinite({given}) AND year({day}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
    return Native(day, holds, "FALSE", f"的年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间。")


def _decimal(given: str, type_: str, kind: Kind) -> Native | None:
    scale, whole = (2, 15) if kind is Kind.MONEY else (SCALE, 12)
    most, target = f"1{'0' * whole}", f"DECIMAL(18,{scale})"
    cause = f"大得不合情理：整数部分最多 {whole} 位。"
    if type_ in FLOATS:
        # A double is rounded to the fen it displays: 0.1 + 0.2 is 0.30, not a mistake.
        value = f"CAST(round({given}, {scale}) AS {target})"
        return Native(value, f"abs({given}) < {most}", f"isnan({given})", cause)
    of = _DECIMAL.fullmatch(type_)
    if type_ not in WHOLE and of is None:
        return None
    holds = f"coalesce(abs(TRY_CAST({given} AS DECIMAL(38,{scale}))) < {most}, FALSE)"
    if of is not None and int(of[2]) > scale and kind is Kind.MONEY:
        holds += f" AND {given} = round({given}, {scale})"
        cause = "精确到了分以下，或者大得不合情理，请核对。"
    return Native(f"TRY_CAST({given} AS {target})", holds, "FALSE", cause)


def text_of(given: str, type_: str) -> str:
    """A column as text, whole floating numbers without a point, flags in our words.

    Raises
    ------
    ColumnOdd   bytes, lists, structures
    """
    if type_ == "VARCHAR":
        return given
    if type_ in FLOATS:
        plain = f"CAST({given} AS VARCHAR)"
        whole = f"{given} = floor({given}) AND abs({given}) < 1e15"
        return f"CASE WHEN {whole} THEN CAST(CAST({given} AS BIGINT) AS VARCHAR) ELSE {plain} END"
    if type_ == "BOOLEAN":
        return f"CASE WHEN {given} THEN '是' WHEN NOT {given} THEN '否' END"
    simple = type_ in WHOLE or type_ in MOMENTS or type_ in (ZONED, "DATE", "TIME", "UUID")
    if not simple and not _DECIMAL.fullmatch(type_) and not type_.startswith("ENUM"):
        raise ColumnOdd(f"列 {given.removeprefix('r.')} 的类型是 {type_}，不是文字、数、日期或是否。")
    return f"CAST({given} AS VARCHAR)"
