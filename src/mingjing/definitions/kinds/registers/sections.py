"""A register laid out for people: its fields, states, acts and clocks as tables."""

from __future__ import annotations

from collections.abc import Container, Iterable

from mingjing.definitions.kinds.kind import Section
from mingjing.definitions.shapes.rungs import rung_text
from mingjing.domain.ledgers.register import Act, Field, Opening, RecordClock, Register, Requirement, State
from mingjing.domain.ledgers.stepping import acts_from


def register_sections(register: Register) -> Iterable[Section]:
    """The sections of a page about a register, in reading order."""
    yield Section("要点", ("项目", "内容"), tuple(_points(register)))
    yield Section("字段", ("字段", "填什么", "说明"), tuple(_field(register, one) for one in register.fields))
    yield Section(
        "状态", ("状态", "这时能办什么", "了结"), tuple(_state(register, one) for one in register.states)
    )
    yield Section("办理", ("办理", "谁办", "状态变化", "填什么、要满足什么"), tuple(map(_act, register.acts)))
    opens = tuple(_opening(act, one) for act in register.acts for one in act.opens)
    yield Section("自动开出", ("办理", "开到哪里", "按谁各开一条", "带过去的内容"), opens)
    yield _clocks(register)


def _opening(act: Act, one: Opening) -> tuple[str, ...]:
    said = [one.when] if one.when else []
    said += [f"两条记录的关系是“{one.link}”"] if one.link else []
    where = f"{one.register}（{'；'.join(said)}）" if said else one.register
    return act.label, where, one.each or "—", "；".join(f"{k} ← {v}" for k, v in one.values.items()) or "—"


def own_sections(register: Register, *, of: Container[str]) -> Iterable[Section]:
    """The sections of a register whose states and acts its kind has built in: ``of`` are the labels of the
    fields that its file adds."""
    yield Section("要点", ("项目", "内容"), tuple(_points(register)))
    fields = tuple(_field(register, one) for one in register.fields if one.label in of)
    yield Section("另外记的字段", ("字段", "填什么", "说明"), fields)
    yield _clocks(register)


def _clocks(register: Register) -> Section:
    columns = ("时限", "起算", "到哪一步", "多久", "提醒", "依据")
    return Section("时限", columns, tuple(map(_clock, register.clocks)))


def _points(register: Register) -> Iterable[tuple[str, str]]:
    yield "编号", register.number
    yield "谁看得见", "、".join((register.secrecy, *register.seen_by))
    if register.subject:
        sees = f"，本人看得见：{'、'.join(register.subject_sees)}" if register.subject_sees else ""
        yield "说的是谁", f"{register.subject}{sees}"
    if register.under:
        yield "挂在哪里", register.under
    if register.links:
        yield "可以关联", "、".join(register.links)
    if register.recurs:
        yield "什么算复发", f"{register.recurs.within}内，{'、'.join(register.recurs.same)}相同"
    if register.public_when:
        yield "公开", f"{register.public_when}以后公开：{'、'.join(register.public_fields)}"
    if window := register.window:
        case = f"；{window.when}的还能查“{window.case}”" if window.case else ""
        yield "公众办理", f"{window.about}；凭回执看得见：{'、'.join(window.shown)}{case}"
    if party := register.party:
        yield "当事人查询", f"“{party.case}”的当事人在{party.when}以后看得见：{'、'.join(party.shown)}"
    if register.keeps:
        yield "保存", f"了结后 {register.keeps}"
    if register.prints:
        yield "打印", "、".join(register.prints)


def _field(register: Register, field: Field) -> tuple[str, ...]:
    marks = ((register.title, "标题"), (register.holder, "承办人"), (register.unit, "所属部门"))
    said = [mark for label, mark in marks if label == field.label]
    said += [f"单位：{field.unit}"] if field.unit else []
    said += [f"只有{'、'.join(field.seen_by)}看得见"] if field.seen_by else []
    said += [field.help] if field.help else []
    words = "、".join(field.options) or field.of
    return field.label, f"{field.type.value}：{words}" if words else field.type.value, "；".join(said) or "—"


def _state(register: Register, state: State) -> tuple[str, ...]:
    acts = "、".join(act.label for act in acts_from(register, state.label))
    return state.label, acts or "—", "是" if state.final else "—"


def _act(act: Act) -> tuple[str, ...]:
    moves = "；".join(f"{'、'.join(sources)} → {after or '不变'}" for sources, after in act.moves)
    said = asked_of(act.fill, act.may_fill, act.needs)
    said += [f"先经审批 {act.approval}"] if act.approval else []
    said += [f"“{act.expires}”满了，次日由系统自己办"] if act.expires else []
    said += [act.about.rstrip("。")] if act.about else []
    barred = f"（{'、'.join(act.never_by)}不得）" if act.never_by else ""
    return act.label, f"{'、'.join(act.by)}{barred}", moves, "；".join(said) or "—"


def asked_of(
    fill: Iterable[str], may_fill: Iterable[str], needs: Iterable[Requirement], about: str = ""
) -> list[str]:
    """What is filled in and what must hold, in words."""
    must, may = "、".join(fill), "、".join(may_fill)
    said = [f"必填：{must}"] if must else []
    said += [f"可填：{may}"] if may else []
    said += [f"条件：{need_text(one)}" for one in needs]
    return [*said, about.rstrip("。")] if about else said


def need_text(one: Requirement) -> str:
    """A condition with what is said where it does not hold."""
    return f"{one.text}，否则“{one.says.rstrip('。')}”"


def _clock(clock: RecordClock) -> tuple[str, ...]:
    length = str(clock.within) if clock.within else f"到“{clock.until}”当天"
    told = "；".join(map(rung_text, clock.rungs)) or "—"
    return clock.label, "、".join(clock.starts), "、".join(clock.stops), length, told, clock.law or "—"
