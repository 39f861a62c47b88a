"""A definition laid out for people: pages and the command line show the same structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width

from mingjing.definitions.definition import Definition, Example
from mingjing.definitions.kinds.kind import Section
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.nodes import ListNode, MapNode, Node, shown
from mingjing.definitions.shelf import Shelf

_MOST_ROWS = 60
_LINKED = re.compile(
    r"\b(?:ledger|filing|activity|approval|meeting|sheet|card|document|dictionary)\.[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*"
)
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class DescribedExample:
    """One example as a row of a table: its name, what is given, what comes out, where it stands."""

    name: str
    given: str
    expected: str
    refused: bool
    line: int


@dataclass(frozen=True, slots=True)
class Description:
    """Everything a reader needs about a definition, in reading order.

    ``versions`` are all effective dates known for the id, newest first, over all its files; ``in_force`` is
    the one in force on the day asked about.
    """

    id: str
    kind: str
    kind_title: str
    label: str
    question: str
    owner: str
    basis: str
    path: str
    reference: str
    in_force: date | None
    versions: tuple[date, ...]
    sections: tuple[Section, ...]
    examples: tuple[DescribedExample, ...]
    questions: tuple[str, ...]
    text: str


def describe(definition: Definition, shelf: Shelf, on: date) -> Description:
    """Lay out a definition as of a day."""
    kind = KINDS[definition.kind]
    versions = sorted({day for one in shelf.files(definition.id) for day in one.versions}, reverse=True)
    version = definition.version_on(on)
    return Description(
        id=definition.id,
        kind=definition.kind,
        kind_title=kind.title,
        label=definition.label,
        question=definition.question,
        owner=definition.owner,
        basis=definition.basis,
        path=str(definition.path),
        reference=definition.reference(version),
        in_force=version,
        versions=tuple(versions),
        sections=tuple(_by_name(one, shelf) for one in kind.sections(definition.value) if one.rows),
        examples=tuple(_example(one) for one in definition.examples),
        questions=definition.questions,
        text=definition.text,
    )


def _by_name(section: Section, shelf: Shelf) -> Section:
    """The section with the labels of registers, approvals and templates in place of their ids."""

    def label(match: re.Match[str]) -> str:
        found = shelf.files(match[0])
        return f"“{found[0].label}”" if found else match[0]

    rows = tuple(tuple(_LINKED.sub(label, cell) for cell in row) for row in section.rows)
    return Section(section.title, section.columns, rows)


def _example(example: Example) -> DescribedExample:
    entries = example.record.node.entries
    outcome = [key for key in _OUTCOMES if key in entries]
    given = [key for key in entries if key not in (*outcome, "name")]
    return DescribedExample(
        name=example.name,
        given="；".join(_given(key, entries[key]) for key in given),
        expected="；".join(_outcome(key, example) for key in outcome),
        refused=bool(example.refused),
        line=example.line,
    )


def _given(key: str, node: Node) -> str:
    """What an example gives; the steps of a record follow each other."""
    if key == "steps" and isinstance(node, ListNode):
        return " → ".join(_words(step) for step in node.items)
    return f"到 {_words(node)} 看" if key == "on" else _words(node)


def _words(node: Node) -> str:
    if isinstance(node, MapNode):
        return "，".join(f"{key} {shown(value)}" for key, value in node.entries.items())
    return shown(node)


_OUTCOMES = {
    "expect": "",
    "ends": "状态：",
    "final": "了结：",
    "due": "截止日：",
    "counted": "名册日：",
    "rate": "按时率：",
    "complete": "已报率：",
    "unfiled": "未报：",
    "late": "超期：",
    "tardy": "逾期补报：",
    "excused": "免报：",
    "nil": "零报告：",
    "drawn": "抽查：",
    "possible": "可能的比率：",
    "gaps": "还差：",
    "counts": "计数：",
    "coverage": "覆盖率：",
    "done": "完成率：",
    "warned": "预警：",
    "stage": "阶段：",
    "says": "说明：",
    "opens": "自动开出：",
    "missing": "缺数据：",
    "refused": "拒绝：",
}


def _outcome(key: str, example: Example) -> str:
    words = _words(example.record.node.entries[key])
    return _OUTCOMES[key] + {"": "无", "true": "是", "false": "否"}.get(words, words)


def render(description: Description) -> tuple[str, ...]:
    """The description as lines of plain text."""
    lines = [description.label, description.question, ""]
    lines += [
        f"编号：{description.reference}",
        f"类别：{description.kind_title}",
        f"归口：{description.owner}",
    ]
    if description.basis:
        lines.append(f"依据：{description.basis}")
    lines.append(f"文件：{description.path}")
    if description.versions:
        lines.append("施行日：" + "、".join(map(str, description.versions)))
    for section in description.sections:
        lines += ["", section.title, *_table(section.columns, section.rows)]
    if description.examples:
        rows = [(one.name, one.given, one.expected) for one in description.examples]
        lines += ["", "例子", *_table(("例子", "给定", "得到"), rows)]
    if description.questions:
        lines += ["", "待确认", *(f"  · {question}" for question in description.questions)]
    return tuple(lines)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    cells = [tuple(columns), *(tuple(row) for row in rows)]
    rest = len(cells) - 1 - _MOST_ROWS
    more = [f"  …（另有 {rest} 行）"] if rest > 0 else []
    cells = cells[: _MOST_ROWS + 1]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(columns) - 1)]
    if sum(widths) + max(_width(row[-1]) for row in cells) > _WIDEST:
        return [*_cards(columns, cells[1:]), *more]
    lines = ["  " + "  ".join([*map(_padded, row, widths), row[-1]]).rstrip() for row in cells]
    return [*lines, *more]


def _cards(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table too wide for a screen, row under row: the first cell as a heading, the others beneath it."""
    lines: list[str] = []
    for row in rows:
        lines.append(f"  {row[0]}")
        named = zip(columns[1:], row[1:], strict=True)
        lines += [f"      {column}：{cell}" for column, cell in named if cell and cell != "—"]
    return lines


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
