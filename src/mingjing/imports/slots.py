"""A mapping made ready to run: each source becomes a slot that picks a cell and reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from mingjing.domain.reasons import Refusal, Unreadable
from mingjing.imports.mapping import PLACEHOLDER, Source
from mingjing.imports.numbers import Numbers
from mingjing.imports.refusals import MappingWrong
from mingjing.imports.rows import Cell, FieldValue, RowError
from mingjing.imports.values import (
    Reading,
    is_empty,
    other_words,
    read_day,
    read_flag,
    read_length,
    read_money,
    read_number,
    read_option,
    read_text,
    short_forms,
)
from mingjing.imports.words import FieldSpec, Words

T = TypeVar("T")
Pick = Callable[[Any], Cell]
Locate = Callable[[str], Pick | None]
"""From a column's name to what picks its cell out of a record, or None where the file has no such column."""


_UNKNOWN: Any = object()
_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """One value of a record: ``label`` is what an error calls the place.

    Texts repeat down a column (dates, names, options), so the first few thousand readings are kept.
    """

    label: str
    pick: Pick
    read: Callable[[Cell], T]
    required: bool = False
    blank: Callable[[Cell], bool] = is_empty
    known: dict[str, T | None] = field(default_factory=dict)

    def value(self, record: Any, row: int, errors: list[RowError]) -> T | None:
        """The value, or None where the cell is blank or an error was added to ``errors``."""
        return self.read_cell(self.pick(record), row, errors)

    def read_cell(self, cell: Cell, row: int, errors: list[RowError]) -> T | None:
        """As ``value``, of the cell itself."""
        if isinstance(cell, str):
            found = self.known.get(cell, _UNKNOWN)
            if found is not _UNKNOWN:
                return found
            if not cell and not self.required:
                return None
        if cell is None or self.blank(cell):
            if self.required:
                errors.append(RowError(row, self.label, "", f"“{self.label}”没有填，必须填写。"))
            return None
        try:
            value = self.read(cell)
        except Refusal as refusal:
            errors.append(error_of(refusal, row, self.label, cell))
            return None
        if isinstance(cell, str) and len(self.known) < _REMEMBERED:
            self.known[cell] = value
        return value


def error_of(refusal: Refusal, row: int, column: str, cell: Cell) -> RowError:
    """A refusal about one cell, with its place."""
    return RowError(row, column, shown(cell), refusal.message, refusal.allowed, refusal.example)


def shown(cell: Cell) -> str:
    """A cell as an error message quotes it; never longer than 80 characters, never failing."""
    try:
        text = read_text(cell)
    except Refusal:
        text = str(cell)
    return text if len(text) <= 80 else text[:79] + "…"


def slot(
    source: Source, locate: Locate, read: Callable[[Cell], T], *, required: bool = False
) -> Slot[T] | None:
    """The slot of a source, or None where the file lacks one of its columns."""
    pick = _pick(source, locate)
    if pick is None:
        return None
    if source.values:
        read = _translated(source.values, read)
    blank = _blank_only if read is read_flag else is_empty
    return Slot("、".join(source.columns) or source.constant, pick, read, required, blank)


def field_reader(name: str, source: Source, words: Words, reading: Reading) -> Callable[[Cell], FieldValue]:
    """How the cells of a field are read.

    Raises
    ------
    MappingWrong   the field is neither a data item of the court nor typed by the mapping itself
    """
    spec = words.fields.get(name)
    if spec is None:
        if source.kind is None and words.fields:
            near = get_close_matches(name, words.fields, n=5, cutoff=0.4)
            raise MappingWrong(
                f"没有叫“{name}”的案件数据项。要么改用已有的数据项，要么在列对应里写明 kind。",
                allowed=tuple(near or list(words.fields)[:12]),
                example=f"{name}: {{column: {source.column or name}, kind: 日期}}",
            )
        spec = FieldSpec(name, source.kind or "文字")
    return _reader(spec, source, reading)


def _reader(spec: FieldSpec, source: Source, reading: Reading) -> Callable[[Cell], FieldValue]:
    if spec.options:
        short = other_words(spec.options) if spec.open_list else short_forms((*spec.options, *spec.wider))
        return lambda cell: read_option(cell, spec.options, open_list=spec.open_list, short=short)
    if spec.kind == "日期":
        return lambda cell: read_day(cell, reading)
    if spec.kind == "金额":
        return lambda cell: read_money(cell, source.unit)
    return _PLAIN.get(spec.kind, read_text)


_PLAIN: Mapping[str, Callable[[Cell], FieldValue]] = {
    "数字": read_number,
    "是否": read_flag,
    "时长": read_length,
}


def number_reader(grammar: str, words: Words) -> Callable[[Cell], str]:
    """案号: the court's grammar, normalised. 自由: the text as it stands."""
    vocabulary = words.vocabulary
    if grammar == "自由" or vocabulary is None:
        return read_text

    numbers = Numbers(vocabulary, words.latest_year)

    def read(cell: Cell) -> str:
        return numbers.read(read_text(cell)).normalised

    return read


def kind_reader(kinds: str, words: Words) -> Callable[[Cell], str]:
    """The kind of an event; with 词表 it must be one of the court's."""
    if kinds == "自由":
        return read_text

    def read(cell: Cell) -> str:
        text = read_text(cell)
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        if plain in words.event_kinds:
            return plain
        near = get_close_matches(plain, words.event_kinds, n=6, cutoff=0.4) or sorted(words.event_kinds)[:12]
        raise Unreadable(
            f"事项“{text}”不在案件事项词表里。", allowed=tuple(near), example=near[0] if near else ""
        )

    return read


def _pick(source: Source, locate: Locate) -> Pick | None:
    if source.constant:
        constant = source.constant
        return lambda record: constant
    if source.column:
        return locate(source.column)
    templates = []
    for text in source.template:
        names = PLACEHOLDER.findall(text)
        picks = [locate(name) for name in names]
        if all(picks):
            templates.append((text, dict(zip(names, (pick for pick in picks if pick), strict=True))))
    return _from_templates(templates) if templates else None


def _from_templates(templates: list[tuple[str, dict[str, Pick]]]) -> Pick:
    def pick(record: Any) -> Cell:
        for text, picks in templates:
            cells = {name: one(record) for name, one in picks.items()}
            if not any(cell is None or is_empty(cell) for cell in cells.values()):
                return PLACEHOLDER.sub(lambda match, found=cells: shown(found[match[1]]), text)  # type: ignore[misc]
        return None

    return pick


def _translated(values: Mapping[str, str], read: Callable[[Cell], T]) -> Callable[[Cell], T]:
    def translate(cell: Cell) -> T:
        text = read_text(cell)
        return read(values.get(text, cell))

    return translate


def _blank_only(cell: Cell) -> bool:
    """A flag reads 无 and × as 否, so only a truly blank cell is without a value."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
