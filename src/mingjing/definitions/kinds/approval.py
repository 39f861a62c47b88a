"""``approval``: which posts decide in which order, what they may hand on, where it may be sent back."""

from __future__ import annotations

from collections.abc import Iterable

from mingjing.definitions.definition import Head
from mingjing.definitions.kinds.approval_checks import check_approval, say_steps
from mingjing.definitions.kinds.approval_examples import run_approval
from mingjing.definitions.kinds.kind import Kind, Section
from mingjing.definitions.kinds.registers.building import BuiltIn, build_register, requirement_of
from mingjing.definitions.kinds.registers.parts import EXAMPLE_FIELDS, NEED, OUTCOMES, RUNGS, register_parts
from mingjing.definitions.kinds.registers.rules import register_rules
from mingjing.definitions.kinds.registers.saying import tables
from mingjing.definitions.kinds.registers.sections import asked_of, need_text, register_sections
from mingjing.definitions.kinds.registers.shapes import ANY, LateText, Move
from mingjing.definitions.shapes import Choice, Field, Length, ListOf, OneOrMany, Record, Table, Text
from mingjing.definitions.shapes.conditions import Condition
from mingjing.definitions.shapes.rungs import rung_text
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.domain.approvals.approval import AGREED, Approval, ApprovalStep, Back, Handing, Mode, Resume
from mingjing.domain.approvals.outline import chain_acts, chain_clocks, chain_states
from mingjing.domain.dates.durations import Duration
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ladders.rungs import Rung
from mingjing.domain.ledgers.matters import COUNTS
from mingjing.domain.ledgers.register import FieldType, Requirement
from mingjing.domain.ledgers.stepping import SURROUNDINGS

_YES = Choice({"true": True, "false": False, "是": True, "否": False}, code="bad-flag")
_WHO = OneOrMany(Text(example="综合办主任"))
_FIELDS = OneOrMany(Text(example="事由"))
_STEP = Table(
    (
        Field("label", Text(example="部门审核"), "这一步的名称", required=True),
        Field("by", _WHO, "谁审批：职务、角色，或者记录里的人员、部门字段", required=True, tested=True),
        Field("instead", _WHO, "上面的人空缺、是申请人、或者已办过别的步骤时，依次找谁", tested=True),
        Field(
            "mode", Choice({one.value: one for one in Mode}), "几个人时怎么算：或签、会签、依次", tested=True
        ),
        Field("when", Condition(names="", example="金额 >= 10000"), "什么条件下才要这一步", tested=True),
        Field("within", Length("2 个工作日"), "到了这一步多久以内办理", tested=True),
        Field("rungs", RUNGS, "什么时候提醒谁", tested=True),
        Field("late", LateText(), "超期次日提醒谁"),
        Field(
            "may",
            OneOrMany(Choice({one.value: one for one in Handing})),
            "除了同意、驳回还可以怎样办",
        ),
        Field("fill", _FIELDS, "同意时必须填的字段", tested=True),
        Field("may_fill", _FIELDS, "同意时可以填的字段", tested=True),
        Field("needs", ListOf(NEED, least=1), "同意时还要满足什么条件", tested=True),
        Field("in_bulk", _YES, "可以在待办清单里成批同意"),
        Field("about", Text(example="核对预算有没有余额"), "给审批人的说明"),
    ),
    example="{label: 部门审核, by: 本部门负责人, within: 2 个工作日, may: [转办, 委派]}",
)
_OWN = (
    Field("by", _WHO, "谁可以申请", required=True, tested=True),
    Field("fill", _FIELDS, "申请时必须填的字段；不写就是别处不填的全部字段", tested=True),
    Field("may_fill", _FIELDS, "申请时可以填的字段", tested=True),
    Field("needs", ListOf(NEED, least=1), "申请时还要满足什么条件", tested=True),
    Field("steps", ListOf(_STEP, least=1), "审批步骤，依次排列", required=True, tested=True),
    Field("distinct", _YES, "同一个人不得办理两步；不写就是不得", tested=True),
    Field(
        "returns_to",
        ListOf(Choice({one.value: one for one in Back}), least=1),
        "驳回可以退到哪里；不写就是上一步和发起人",
        tested=True,
    ),
    Field(
        "resumes",
        Choice({one.value: one for one in Resume}),
        "退回以后再办：从头，还是直接到驳回处",
        tested=True,
    ),
    Field("copies_to", _WHO, "同意以后抄送谁"),
    Field("gives", Text(example="同意用章一次"), "同意了就可以做什么"),
)
_EVERYBODY = ("任何人",)
_STATIC = BuiltIn(
    states=chain_states(Back, goes_on=True),
    acts=chain_acts(_EVERYBODY, (ApprovalStep("审批", _EVERYBODY, may=frozenset(Handing)),), Back, (), ()),
    merged=True,
)


def _build(record: Record, head: Head) -> Approval:
    fields = tuple(item.text("label") for item in tables(record, "fields").values())
    steps = tuple(_step(item, fields) for item in record.records("steps"))
    by = record.texts("by")
    returns_to = _listed(record, "returns_to", Back) or (Back.BEFORE, Back.APPLICANT)
    built_in = BuiltIn(
        states=chain_states(returns_to, goes_on=_goes_on(record)),
        acts=chain_acts(by, steps, returns_to, *_asked(record)),
        clocks=chain_clocks(steps),
        merged=True,
    )
    return Approval(
        register=build_register(record, head, built_in),
        by=by,
        steps=steps,
        distinct="distinct" not in record or record.flag("distinct"),
        returns_to=returns_to,
        resumes=record.get("resumes", Resume) or Resume.AFRESH,
        copies_to=record.texts("copies_to"),
        gives=record.text("gives"),
        needs=_needs(record, fields),
    )


def _goes_on(record: Record) -> bool:
    """Whether something is done once it is agreed."""
    acts = tables(record, "actions").values()
    moves = (one for act in acts for one in act.get("moves", tuple) or () if isinstance(one, Move))
    return any({AGREED, ANY} & set(move.sources) for move in moves)


def _listed(record: Record, key: str, kind: type[Back]) -> tuple[Back, ...]:
    return tuple(one for one in record.get(key, tuple) or () if isinstance(one, kind))


def _step(record: Record, fields: tuple[str, ...]) -> ApprovalStep:
    when = record.get("when", Expression)
    names = (*fields, *COUNTS, *SURROUNDINGS)
    needs = tuple(name for name, _ in when.fields) if when else ()
    return ApprovalStep(
        label=record.text("label"),
        by=record.texts("by"),
        instead=record.texts("instead"),
        mode=record.get("mode", Mode) or Mode.ANY,
        when=Requirement(when.text, "", when.exact().compile(names), needs) if when else None,
        within=record.get("within", Duration),
        rungs=_rungs(record, "rungs") or _rungs(record, "late"),
        may=frozenset(one for one in record.get("may", tuple) or () if isinstance(one, Handing)),
        fill=record.texts("fill"),
        may_fill=record.texts("may_fill"),
        needs=_needs(record, fields),
        in_bulk=record.flag("in_bulk"),
        about=record.text("about"),
    )


def _needs(record: Record, fields: tuple[str, ...]) -> tuple[Requirement, ...]:
    return tuple(requirement_of(item, fields) for item in record.records("needs"))


def _rungs(record: Record, key: str) -> tuple[Rung, ...]:
    return tuple(one for one in record.get(key, tuple) or () if isinstance(one, Rung))


def _asked(record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What an application must fill and may fill: by default every field that no later act fills, files
    when there are any."""
    later = {
        label
        for one in (*record.records("steps"), *tables(record, "actions").values())
        for label in (*one.texts("fill"), *one.texts("may_fill"))
    }
    kinds = {item.text("label"): item.get("type", FieldType) for item in tables(record, "fields").values()}
    offered = record.texts("may_fill")
    if "fill" in record:
        return record.texts("fill"), offered
    own = [label for label in kinds if label not in later and label not in offered]
    files = (FieldType.FILES, FieldType.PHOTOS)
    needed = tuple(label for label in own if kinds[label] not in files)
    return needed, (*offered, *(label for label in own if kinds[label] in files))


_BULK = {True: ("成批同意",), False: ()}


def _sections(approval: Approval) -> Iterable[Section]:
    points = (
        ("谁可以申请", "、".join(approval.by)),
        ("同一个人办两步", "不可以" if approval.distinct else "可以"),
        ("驳回可以退到", "、".join(one.value for one in approval.returns_to)),
        ("退回以后再办", approval.resumes.value),
        ("同意以后抄送", "、".join(approval.copies_to) or "—"),
        ("同意以后", approval.gives or "—"),
        ("申请的条件", "；".join(map(need_text, approval.needs)) or "—"),
    )
    yield Section("怎样审批", ("项目", "内容"), points)
    rows = tuple(
        (
            one.label,
            "、".join(one.by) + (f"（或者：{'、'.join(one.instead)}）" if one.instead else ""),
            one.mode.value,
            one.when.text if one.when else "每次都要",
            str(one.within) if one.within else "—",
            "；".join(map(rung_text, one.rungs)) or "—",
            "、".join([*(way.value for way in Handing if way in one.may), *_BULK[one.in_bulk]]) or "—",
            "；".join(asked_of(one.fill, one.may_fill, one.needs, one.about)) or "—",
        )
        for one in approval.steps
    )
    columns = ("步骤", "谁审批", "方式", "什么条件下", "多久", "提醒", "还可以", "填什么、要满足什么")
    yield Section("审批步骤", columns, rows)
    yield from register_sections(approval.register)


_EXAMPLE = Table(
    (
        *EXAMPLE_FIELDS,
        Field("path", ListOf(Text(example="部门审核")), "一共要经过哪些步骤，依次写"),
        Field("waits", ListOf(Text(example="李主任")), "最后在等谁审批"),
    ),
    rules=(at_least_one(*OUTCOMES, "path", "waits"),),
    example="{name: 申请, steps: [2024-03-01 王某 提交 事由=合同用章], waits: [李主任]}",
)

APPROVAL = Kind(
    name="approval",
    title="审批",
    question="谁可以申请，依次由谁审批，什么情况多一步，办不成退到哪里。",
    fields=register_parts(*_OWN, given=False),
    example=_EXAMPLE,
    build=_build,
    run=run_approval,
    sections=_sections,
    check=check_approval,
    rules=(*register_rules(_STATIC), say_steps),
    dated=True,
    refusable=True,
)
