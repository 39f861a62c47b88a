"""One file → one definition, or the problems that stand in the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.files import content_hash, read_text
from mingjing.definitions.kinds.kind import Kind
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.nodes import MapNode, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.parsing import parse
from mingjing.definitions.problems import Problem, nearest
from mingjing.definitions.remarks import question_of, read_remarks
from mingjing.definitions.shapes import Record

_ID_LINE = re.compile(r"^id:\s*(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of one file. ``id`` is known even where the rest is wrong, if it could be read."""

    path: Path
    id: str
    definition: Definition | None
    problems: tuple[Problem, ...]


def read_file(path: Path, layer: int = 0) -> ReadFile:
    """Read a definition file. Never raises for what the file contains."""
    notes = Notes(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        notes.say((1, 1), "unreadable-file", f"文件打不开：{error.strerror or error}。")
        return ReadFile(path, "", None, tuple(notes.problems))
    return read_bytes(data, notes, layer=layer)


def read_bytes(data: bytes, notes: Notes, *, layer: int = 0) -> ReadFile:
    """Read the bytes of a definition file; ``notes.path`` is the name shown in messages."""
    text = read_text(data, notes)
    if text is None:
        return ReadFile(notes.path, "", None, tuple(notes.problems))
    notes.lines = tuple(text.split("\n"))
    written = _ID_LINE.search(text)
    id_ = written[1] if written else ""
    root = parse(text, notes)
    if root is None:
        return ReadFile(notes.path, id_, None, _in_order(notes))
    if not question_of(text):
        cause = "第一行应是一句注释，用大白话写明本文件回答什么问题。"
        notes.say((1, 1), "no-question", cause, example="# 简易程序审理期限：这件案子最迟哪一天审结。")
    kind = kind_of(root, notes)
    if kind is not None and _is_of_another_kind(kind, root, notes):
        return ReadFile(notes.path, id_, None, _in_order(notes))
    record = kind.whole.read(root, notes) if kind else None
    if kind is None or record is None or notes.failed:
        return ReadFile(notes.path, id_, None, _in_order(notes))
    definition = _definition(kind, record, text, notes, layer)
    return ReadFile(notes.path, id_, definition, _in_order(notes))


_A_SLIP = 0.7
"""So alike, a first part of an id is a kind written wrongly; else the kind was left out."""


def kind_of(root: MapNode, notes: Notes) -> Kind[Any] | None:
    """The kind named by the first part of the id, or None after noting which kinds exist."""
    node = root.entries.get("id")
    example = "id: deadline.civil.summary"
    if not isinstance(node, ScalarNode) or not node.text.strip():
        cause = "缺少“id”。id 写作“类别.名称”，类别决定这份文件怎么读。"
        notes.say(node or root, "missing-key", cause, allowed=tuple(KINDS), example=example)
        return None
    name = node.text.strip().split(".", 1)[0]
    if name not in KINDS:
        cause = f"没有“{name}”这一类制度。{nearest(name, KINDS)}"
        alike = _kinds_with_these_keys(root)
        if alike and not get_close_matches(name, KINDS, n=1, cutoff=_A_SLIP):
            meant = alike[0]
            cause = f"没有“{name}”这一类制度。按其余的键看，这是{meant.title}，id 要以“{meant.name}.”开头。"
            example = f"id: {meant.name}.{node.text.strip()}"
        notes.say(node, "unknown-kind", cause, allowed=tuple(KINDS), example=example)
        return None
    return KINDS[name]


def _kinds_with_these_keys(root: MapNode) -> list[Kind[Any]]:
    """The kinds a file could be of by its keys: it has all they need and none they do not know."""
    return [
        kind
        for kind in KINDS.values()
        if set(root.entries) <= set(kind.whole.known)
        and all(field.key in root.entries for field in kind.whole.fields if field.required)
    ]


def _is_of_another_kind(kind: Kind[Any], root: MapNode, notes: Notes) -> bool:
    """Note where the keys of the file are those of another kind than its id says: one mistake, not dozens."""
    strange = [key for key in root.entries if key not in kind.whole.known]
    others = _kinds_with_these_keys(root)
    if len(strange) < 2 or not others:
        return False
    meant, id_ = others[0], root.entries["id"]
    cause = (
        f"id 的第一段“{kind.name}”说这是{kind.title}，"
        f"可是{'、'.join(f'“{key}”' for key in strange[:3])}都是{meant.title}（{meant.name}）的键。"
        "第一段决定这份文件怎么读，请改 id。"
    )
    name = id_.text.strip().partition(".")[2] if isinstance(id_, ScalarNode) else ""
    notes.say(
        id_,
        "bad-id",
        cause,
        allowed=tuple(one.name for one in others),
        example=f"id: {meant.name}.{name}",
    )
    return True


def head_of(record: Record, lines: tuple[str, ...], hashed: str) -> Head:
    """The head every kind shares."""
    return Head(
        id=record.text("id"),
        label=record.text("label"),
        owner=record.text("owner"),
        basis=record.text("basis"),
        questions=record.texts("questions"),
        content_hash=hashed,
        remarks=read_remarks(lines),
    )


def _definition(kind: Kind[Any], record: Record, text: str, notes: Notes, layer: int) -> Definition:
    head = head_of(record, notes.lines, content_hash(text))
    value = kind.build(record, head)
    since = record.get("from", date) if kind.dated else None
    versions = kind.versions(value) if kind.versions else ((since,) if since else ())
    examples = tuple(
        Example(item.text("name"), item, item.node.line, item.node.column)
        for item in record.records("examples")
    )
    return Definition(
        id=head.id,
        kind=kind.name,
        label=head.label,
        owner=head.owner,
        question=question_of(text),
        path=notes.path,
        basis=head.basis,
        questions=head.questions,
        since=since,
        versions=versions,
        text=text,
        content_hash=head.content_hash,
        examples=examples,
        value=value,
        record=record,
        references=tuple(notes.references),
        layer=layer,
    )


def _in_order(notes: Notes) -> tuple[Problem, ...]:
    return tuple(sorted(notes.problems, key=lambda problem: (problem.line, problem.column)))
