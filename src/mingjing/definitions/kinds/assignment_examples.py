"""Examples of an assignment: a case and a few people given, the lists, or what the rule says, expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Example
from mingjing.definitions.kinds.kind import Outcome, refusal_outcome
from mingjing.definitions.shapes import Choice, Field, ListOf, Record, Table, Text
from mingjing.definitions.shapes.conditions import PlainFields
from mingjing.definitions.shapes.groups import MapOf
from mingjing.definitions.shapes.tables import exactly_one
from mingjing.domain.assignment.allowing import check_deviation
from mingjing.domain.assignment.assembling import Ground, Shortlist, Staff, shortlists
from mingjing.domain.assignment.contributing import after_silence
from mingjing.domain.assignment.rules import AssignmentRule
from mingjing.domain.reasons import Refusal

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_OPEN = re.compile(r"(\S+) (\d+)")
_WORDS = {"揭示": True, "未揭示": False}

_ASKED = Table(
    (
        Field("ground", Text(example="重大疑难复杂"), "指定的理由", required=True),
        Field("by", Text(example="林知远"), "谁提出", required=True),
        Field("approver", Text(example="顾临川"), "谁批准", required=True),
        Field("post", Text(example="副院长"), "批准人的职务", required=True),
    ),
    example="{ground: 重大疑难复杂, by: 周岚, approver: 顾临川, post: 副院长}",
)
EXAMPLE = Table(
    (
        Field("name", Text(example="在办多的人份额减少"), "例子的名字", required=True),
        Field("case", PlainFields(), "案件的数据项"),
        Field(
            "people",
            MapOf(ListOf(Text(), least=1), example="{林知远: [审判员, 民事审判第一庭, 民事, 民事一审 30]}"),
            "名字 → [职务, 部门, 业务, 在办、请假、回避情形、缺谁]",
        ),
        Field("reveals", MapOf(Choice(_WORDS)), "提交了承诺的部门，揭示没有"),
        Field("asked", _ASKED, "申请指定分案"),
        Field("expect", ListOf(Text(example="法官 林知远 100")), "名单：组、名字、份额；或者怎样办"),
        Field("out", ListOf(Text(example="何叙 回避")), "抽不到的人和公开的理由"),
        Field("flags", ListOf(Text(example="只有一个结果")), "要报批的标记"),
        Field("refused", Text(example="只有 0 人可以抽"), "应当拒绝时，拒绝理由里的话"),
    ),
    rules=(exactly_one("expect", "refused"), exactly_one("people", "reveals", "asked")),
    example="{name: 一人, people: {林知远: [审判员]}, expect: [法官 林知远 100]}",
)


def run(rule: AssignmentRule, example: Example, shelf: Shelf) -> Outcome:
    """The lists, what follows a silence, or whether a designation may be approved."""
    record = example.record
    expected = _said(record.texts("expect"), record.texts("out"), record.texts("flags"))
    try:
        got = _answer(rule, record)
    except Refusal as refusal:
        outcome = refusal_outcome(example.refused, str(refusal))
        return outcome if example.refused else Outcome(False, expected, outcome.got)
    if example.refused:
        return Outcome(False, f"拒绝：{example.refused}", got)
    return Outcome(got == expected, expected, got)


def _answer(rule: AssignmentRule, record: Record) -> str:
    if "reveals" in record:
        reveals: Mapping[str, bool] = record.get("reveals", dict) or {}
        _known(rule, reveals)
        if all(reveals.values()):
            return _said(("抽取",))
        return _said((after_silence(rule, list(reveals), [one for one in reveals if reveals[one]]).value,))
    asked = record.get("asked", Record)
    if asked is not None:
        words = {key: asked.text(key) for key in ("ground", "by", "approver", "post")}
        check_deviation(
            rule, ground=words["ground"], by=words["by"], approver=words["approver"], posts=[words["post"]]
        )
        return _said(("可以批准",))
    facts = {name: _word(value) for name, value in (record.get("case", dict) or {}).items()}
    if not rule.serves(facts):
        raise Refusal(f"“{rule.label}”不管这类案件。")
    people: Mapping[str, tuple[str, ...]] = record.get("people", dict) or {}
    found = shortlists(rule, facts, [_staff(name, words) for name, words in people.items()])
    return _lists(found)


def _known(rule: AssignmentRule, names: Mapping[str, bool]) -> None:
    for name in names:
        if name not in rule.contributors:
            raise Refusal(f"“{name}”不在出随机数的部门里。", allowed=rule.contributors)


def _lists(found: tuple[Shortlist, ...]) -> str:
    lines = [f"{one.group.label} {two.id} {two.weight}" for one in found for two in one.candidates]
    lines += [f"{one.group.label}依次担任{'、'.join(one.group.roles)}" for one in found if one.group.take > 1]
    out = [f"{two.id} {two.reason}" for one in found for two in one.excluded]
    return _said(lines, out, [flag for one in found for flag in one.flags])


def _said(lines: object, out: object = (), flags: object = ()) -> str:
    parts = (("", lines), ("不抽：", out), ("标记：", flags))
    return "；".join(
        head + "、".join(map(str, words))
        for head, words in parts
        if isinstance(words, (list, tuple)) and words
    )


def _word(value: object) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _staff(name: str, words: tuple[str, ...]) -> Staff:
    """``[审判员, 民事审判第一庭, 民事, 民事一审 30, 请假, 回避 亲属, 缺书记员]``."""
    post, department, business = (*words[:3], "", "")[:3]
    given = words[3:]
    counts = {match[1]: int(match[2]) for one in given if (match := _OPEN.fullmatch(one))}
    grounds = tuple(Ground(one[3:], "已登记") for one in given if one.startswith("回避 "))
    away = "、".join(one for one in given if one == "请假")
    lacks = tuple(one for one in given if one.startswith("缺"))
    return Staff(
        name, post, department.replace("—", ""), business.replace("—", ""), counts, away, grounds, lacks
    )
