"""What a kind of definition consists of. A new kind is one module with one ``Kind``, listed in ``table``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Day, Edit, Field, ListOf, Record, Table, Text
from mingjing.definitions.shapes.base import Schema
from mingjing.definitions.shapes.tables import Rule

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an example expected and what the definition answered."""

    ok: bool
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a table: what a page or the command line shows of a definition's own keys."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def check_nothing(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """For kinds whose only links to other files are the names they use."""


_ID = Text(
    example="deadline.civil.summary",
    pattern=r"[a-z]+(?:\.[a-z][a-z0-9_]*)+",
    code="bad-id",
    cause="“{}”不是合格的 id。写作“类别.名称”，只用小写英文字母、数字、下划线和点。",
)

_LABEL = Text(
    pattern=r"(?!“[^“”]*”$)(?!\s*$).{1,60}",
    code="bad-label",
    cause="名称最多 60 个字，外面不加引号（加了会原样显示）。",
)

HEAD = (
    Field("id", _ID, "唯一编号：类别.名称，例如 deadline.civil.summary", required=True),
    Field("label", _LABEL, "名称", required=True),
    Field("owner", Text(example="审判管理办公室"), "归口管理部门", required=True),
    Field("basis", Text(example="《民事诉讼法》第一百六十四条"), "依据的文件和条文"),
    Field("questions", ListOf(Text(example="……待审判管理办公室确认。")), "还没有定论的地方，随答案一起显示"),
)
SINCE = Field("from", Day(), "生效日期；改版就另存一份，旧事项按旧版走完", required=True)


@dataclass(frozen=True)
class Kind(Generic[V]):
    """One kind of definition.

    ``build`` turns the record of a file into the typed value; ``run`` answers one example with it;
    ``check`` notes what only other files can tell; ``sections`` lays the value out for people.
    ``dated``: the file carries ``from`` and is one version. ``refusable``: an example can be a refusal.
    """

    name: str
    title: str
    question: str
    fields: tuple[Field, ...]
    example: Table
    build: Callable[[Record, Head], V]
    run: Callable[[V, Example, Shelf], Outcome]
    sections: Callable[[V], Iterable[Section]]
    check: Callable[[Definition, Shelf, Notes], None] = check_nothing
    rules: tuple[Rule, ...] = ()
    dated: bool = False
    versions: Callable[[V], tuple[date, ...]] | None = None
    examples_needed: bool = True
    refusable: bool = False
    body: Table = field(init=False)
    whole: Table = field(init=False)

    def __post_init__(self) -> None:
        head = HEAD + ((SINCE,) if self.dated else ())
        examples = Field("examples", ListOf(self.example), "例子：给定什么，得到什么")
        sample = f"id: {self.name}.名称"
        object.__setattr__(self, "body", Table(self.fields, example=sample))
        object.__setattr__(
            self, "whole", Table((*head, *self.fields, examples), self.title, self.rules, example=sample)
        )

    def schema(self) -> Schema:
        """JSON Schema of a whole file of this kind."""
        whole = self.whole.schema()
        properties = whole["properties"]
        if isinstance(properties, dict):
            properties["id"] = {**properties["id"], "pattern": rf"^{self.name}(\.[a-z][a-z0-9_]*)+$"}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.title,
            **whole,
            "description": self.question,
        }

    def edits(self, definition: Definition) -> Iterable[Edit]:
        """Small wrong edits of one file that its examples ought to notice."""
        return self.body.edits(definition.root)


def refusal_outcome(expected: str, message: str) -> Outcome:
    """How a refusal compares with what an example expected (empty: an answer was expected)."""
    return Outcome(
        bool(expected) and expected in message, f"拒绝：{expected}" if expected else "", f"拒绝：{message}"
    )


def mapping_text(values: Mapping[str, tuple[str, ...]]) -> str:
    """``案件类型：民事一审；审理程序：简易程序、普通程序``."""
    return "；".join(f"{key}：{'、'.join(words)}" for key, words in values.items()) or "全部"
