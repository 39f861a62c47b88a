"""``dictionary``: which words and codes exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example, Head
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Field, MapOf, Record, Rows, Table, Text
from mingjing.definitions.shapes.tables import exactly_one
from mingjing.definitions.values.dictionaries import Dictionary

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf


_COLUMN = Table(
    (
        Field("label", Text(example="名称"), "这一列的中文名称", required=True),
        Field("about", Text(example="案件事项的名称"), "这一列的说明"),
    ),
    example="{label: 名称}",
)
_EXAMPLE = Table(
    (
        Field("name", Text(example="立案的代码"), "例子的名字", required=True),
        Field("given", Text(example="立案"), "查哪个词", required=True),
        Field("expect", MapOf(Text()), "应查到的各列，写作 {列名: 内容}"),
        Field("refused", Text(example="没有"), "应当查不到时，拒绝理由里的话"),
    ),
    rules=(exactly_one("expect", "refused"),),
    example="{name: 立案的代码, given: 立案, expect: {代码: '01'}}",
)


def _labels(record: Record) -> dict[str, str]:
    columns = record.get("columns", dict) or {}
    return {key: item.text("label") for key, item in columns.items()}


def _rows_fit(record: Record, notes: Notes) -> None:
    """The heading names the columns in order; every row is as long; the first column is unique."""
    labels, rows = tuple(_labels(record).values()), record.get("rows", tuple)
    if rows is None or not labels:
        return
    if not rows or rows[0][1] != labels:
        line = rows[0][0] if rows else record.at("rows").line
        cause = f"表格第一行应为各列的名称：{'  '.join(labels)}。"
        notes.say((line, 1), "bad-table", cause, example="  ".join(labels))
        return
    seen: dict[str, int] = {}
    for line, cells in rows[1:]:
        if len(cells) != len(labels):
            cause = (
                f"这一行有 {len(cells)} 列，应为 {len(labels)} 列（{'、'.join(labels)}）。"
                "空着的格写“—”，格里不能有空格。"
            )
            notes.say((line, 1), "bad-table", cause)
        elif not cells[0]:
            notes.say((line, 1), "bad-table", f"第一列“{labels[0]}”不能为空。")
        elif cells[0] in seen:
            cause = f"“{cells[0]}”已经出现在第 {seen[cells[0]]} 行。第一列“{labels[0]}”不能重复。"
            notes.say((line, 1), "duplicate-row", cause)
        seen.setdefault(cells[0], line)


def _build(record: Record, head: Head) -> Dictionary:
    columns = _labels(record)
    keys = tuple(columns)
    table = record.get("rows", tuple) or ()
    rows = tuple(dict(zip(keys, cells, strict=True)) for _, cells in table[1:])
    first = keys[0] if keys else ""
    by_key = {row[first]: row for row in rows}
    return Dictionary(head.id, head.label, columns, rows, head.questions, head.content_hash, by_key)


def _run(dictionary: Dictionary, example: Example, shelf: Shelf) -> Outcome:
    word = example.record.text("given")
    row = dictionary.row(word)
    if not row:
        message = f"{dictionary.label}里没有“{word}”。{nearest(word, dictionary.keys)}"
        ok = bool(example.refused) and example.refused in message
        return Outcome(ok, example.refused or "查得到", message)
    expected: Mapping[str, str] = example.record.get("expect", dict) or {}
    by_label = {dictionary.columns[key]: text for key, text in row.items()}
    got = {label: by_label.get(label, "（没有这一列）") for label in expected}
    ok = bool(expected) and got == expected
    return Outcome(ok, _listed(expected) or f"拒绝：{example.refused}", _listed(got) or _listed(by_label))


def _listed(cells: Mapping[str, str]) -> str:
    return "，".join(f"{label}: {text or '—'}" for label, text in cells.items())


def _sections(dictionary: Dictionary) -> Iterable[Section]:
    rows = tuple(tuple(row.values()) for row in dictionary.rows)
    yield Section("词条", tuple(dictionary.columns.values()), rows)


DICTIONARY = Kind(
    name="dictionary",
    title="数据字典",
    question="有哪些名称和代码。",
    fields=(
        Field(
            "columns",
            MapOf(_COLUMN, example="{label: {label: 名称}}"),
            "各列：英文键和中文名称",
            required=True,
        ),
        Field("rows", Rows(), "词条表：第一行是各列名称，每行一条，空格隔开，空着写“—”", required=True),
    ),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    rules=(_rows_fit,),
    examples_needed=False,
)
