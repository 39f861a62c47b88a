"""One text of a file → what the count reads, written the one way DuckDB takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from mingjing.definitions.shelf import Shelf
from mingjing.definitions.values.populations import ENTRY, LOOKED_UP
from mingjing.domain.expressions.kinds import SCALE, Kind
from mingjing.domain.indicators.counts import CASES, Population
from mingjing.domain.ledgers.register import FieldType
from mingjing.domain.reasons import Unreadable
from mingjing.imports.values import (
    Reading,
    is_empty,
    read_day,
    read_flag,
    read_money,
    read_number,
    read_option,
    read_text,
)
from mingjing.imports.words import OPEN_LISTS

ZONE = "Asia/Shanghai"
BLANK = frozenset({"", "null", "NULL", "None", "NaN", "nan", "N/A", "NA", "NaT", "<NA>", "\\N"})
"""What programs write for nothing. A sign people put for it (— 无) may be a word and is read by kind."""
MOST_WHOLE = Decimal(10) ** 12
Reader = Callable[[str], str | None]
"""A text of the file → its value as text, None where it says nothing. Raises Unreadable, Ambiguous."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a field: its kind and, where its words are listed, which there are."""

    kind: Kind
    words: tuple[str, ...] = ()


def reader_of(known: Known, *, since_1904: bool = False) -> Reader:
    """How a text of a field of that kind is read."""
    if known.kind is Kind.TEXT:
        return partial(_word, words=known.words)
    if known.kind is Kind.DAY:
        reading = Reading(ZoneInfo(ZONE), since_1904=since_1904)
        return lambda text: None if _blank(text) else read_day(text, reading).isoformat()
    return {Kind.MONEY: _money, Kind.NUMBER: _number, Kind.FLAG: _flag}[known.kind]


def _blank(text: str) -> bool:
    return text.strip() in BLANK or is_empty(text)


def _word(text: str, *, words: tuple[str, ...]) -> str | None:
    if text.strip() in BLANK:
        return None
    return read_option(text, words, open_list=True) or None if words else read_text(text) or None


def _money(text: str) -> str | None:
    return None if _blank(text) else str(read_money(text))


def _number(text: str) -> str | None:
    if _blank(text):
        return None
    number = Decimal(read_number(text))
    if abs(number) >= MOST_WHOLE:
        raise Unreadable(f"“{text}”太大：数字的整数部分最多 12 位。", example="12")
    return str(number.quantize(Decimal(1).scaleb(-SCALE)))


def _flag(text: str) -> str | None:
    plain = text.strip()
    if plain in BLANK:
        return None
    return "true" if read_flag(plain.removesuffix(".0")) else "false"


def looked_up(name: str, shelf: Shelf, by: Reader) -> Reader | None:
    """How a field that no court enters is read from the field beside it, None where nothing says so."""
    if name not in LOOKED_UP:
        return None
    _, dictionary, column, kind = LOOKED_UP[name]
    words = shelf.dictionary_or_none(dictionary)
    if words is None:
        return None
    own = reader_of(Known(kind))

    def read(text: str) -> str | None:
        word = by(text)
        return None if word is None else own(words.row(word).get(column, ""))

    return read


def known_fields(shelf: Shelf, population: Population) -> Mapping[str, Known]:
    """Every field of a population with its listed words."""
    words = _words(shelf, population)
    return {name: Known(kind, words.get(name, ())) for name, kind in population.kinds.items()}


def _words(shelf: Shelf, population: Population) -> dict[str, tuple[str, ...]]:
    register = shelf.newest_register(population.over)
    if register is not None:
        return {
            one.label: tuple(one.options)
            for one in register.fields
            if one.type is FieldType.CHOICE and one.options
        }
    fields = shelf.dictionary_or_none("dictionary.case_fields")
    found: dict[str, tuple[str, ...]] = {}
    for name in fields.keys if fields else ():
        row = fields.row(name) if fields else {}
        if row.get("type") != "选项" or (population.over == CASES and row.get("group") == ENTRY):
            continue
        found[name] = _listed(shelf, row.get("words", ""))
    for name, (_, dictionary, column, kind) in LOOKED_UP.items():
        listed = shelf.dictionary_or_none(dictionary)
        if kind is Kind.TEXT and listed is not None:
            found[name] = tuple(dict.fromkeys(row[column] for row in listed.rows if row.get(column)))
    return found


def _listed(shelf: Shelf, words: str) -> tuple[str, ...]:
    if words in OPEN_LISTS:
        return ()
    if words.startswith("dictionary."):
        listed = shelf.dictionary_or_none(words)
        return tuple(listed.keys) if listed else ()
    return tuple(one for one in words.split("、") if one)
