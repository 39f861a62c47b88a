"""``roles``: who may do what, and whose cases they see. What is not listed is denied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import Severity
from mingjing.definitions.shapes import Choice, Field, ListOf, Record, Table, Text, Word
from mingjing.definitions.values.roles import Role, Roles, Sight

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf


_ROLE = Table(
    (
        Field("label", Text(example="庭长"), "角色名称", required=True),
        Field("posts", ListOf(Word("dictionary.posts", "职务", "庭长")), "担任这个角色的职务", required=True),
        Field("sees", Choice({sight.value: sight for sight in Sight}), "看得到哪些案件", required=True),
        Field(
            "may",
            ListOf(Word("dictionary.acts", "权限", "查看案件")),
            "可以做的事；没写的一律不可以",
            required=True,
        ),
    ),
    example="{label: 庭长, posts: [庭长], sees: 本庭案件, may: [查看案件]}",
)
_GIVEN = Table(
    (
        Field("职务", Text(example="庭长"), "哪个职务", required=True),
        Field("权限", Text(example="查看案件"), "想做什么", required=True),
    ),
    example="{职务: 庭长, 权限: 查看案件}",
)
_EXAMPLE = Table(
    (
        Field("name", Text(example="庭长可以查看案件"), "例子的名字", required=True),
        Field("given", _GIVEN, "谁想做什么", required=True),
        Field("expect", Choice({"可以": True, "不可以": False}), "可以或不可以", required=True),
    ),
    example="{name: 书记员不能批准结案, given: {职务: 书记员, 权限: 批准结案}, expect: 不可以}",
)


def _build(record: Record, head: Head) -> Roles:
    roles = tuple(
        Role(
            item.text("label"),
            item.texts("posts"),
            item.get("sees", Sight) or Sight.NOTHING,
            frozenset(item.texts("may")),
        )
        for item in record.records("roles")
    )
    return Roles(roles, record.day("from"))


def _unique(record: Record, notes: Notes) -> None:
    seen: set[str] = set()
    for item in record.records("roles"):
        label = item.text("label")
        if label in seen:
            notes.say(item.at("label"), "duplicate-row", f"角色“{label}”写了两次。请合成一条。")
        seen.add(label)


def _run(roles: Roles, example: Example, shelf: Shelf) -> Outcome:
    given = example.record.get("given", Record)
    if given is None:
        return Outcome(False, "", "")
    got = "可以" if roles.may([given.text("职务")], given.text("权限")) else "不可以"
    expected = "可以" if example.record.flag("expect") else "不可以"
    return Outcome(got == expected, expected, got)


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    """Every act is given to somebody and every role is held by some post (reminders only)."""
    roles = definition.value
    acts = shelf.dictionary_or_none("dictionary.acts")
    if not isinstance(roles, Roles):
        return
    for item in definition.record.records("roles"):
        if not item.texts("posts"):
            cause = f"角色“{item.text('label')}”没有任何职务担任，谁也拿不到它的权限。"
            notes.say(item.at("posts"), "nobody-holds", cause, severity=Severity.WARNING)
    for act in acts.keys if acts else ():
        if not any(act in role.may for role in roles.roles):
            cause = f"权限“{act}”没有分给任何角色，谁也不能做这件事。"
            notes.say(definition.record.at("roles"), "no-role", cause, severity=Severity.WARNING)


def _sections(roles: Roles) -> Iterable[Section]:
    rows = tuple(
        (role.label, "、".join(role.posts), role.sees.value, "、".join(sorted(role.may)))
        for role in roles.roles
    )
    yield Section("角色", ("角色", "职务", "看得到", "可以"), rows)


ROLES = Kind(
    name="roles",
    title="角色权限",
    question="谁可以做什么。",
    fields=(Field("roles", ListOf(_ROLE, least=1), "角色", required=True),),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    rules=(_unique,),
    dated=True,
    examples_needed=False,
)
