"""``filing``: who must report or sign what in each period, until when, who is excused, who checks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.filing_examples import EXAMPLE, run_period
from mingjing.definitions.kinds.filing_outline import built_in, is_of_units, own_fields
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.kinds.registers.building import NOTHING, build_register
from mingjing.definitions.kinds.registers.examples import run_example
from mingjing.definitions.kinds.registers.links import check_register
from mingjing.definitions.kinds.registers.parts import FIELDS, OPENING, RUNGS, register_parts
from mingjing.definitions.kinds.registers.rules import register_rules
from mingjing.definitions.kinds.registers.saying import say_unknown
from mingjing.definitions.kinds.registers.sections import register_sections
from mingjing.definitions.nodes import MapNode, Node
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Choice, ListOf, MapOf, OneOrMany, Record, Shape, Table, Text, Word
from mingjing.definitions.shapes import Field as Key
from mingjing.definitions.shapes.base import Schema
from mingjing.definitions.shapes.periods import EVERY, Percent, PeriodDayText
from mingjing.definitions.shapes.rungs import rung_text, say_unclimbed
from mingjing.domain.dates.period_days import BEGIN, PeriodDay
from mingjing.domain.dates.periods import Every
from mingjing.domain.filings.rates import percent
from mingjing.domain.filings.rules import FILE, SIGN, Filing, SpotCheck
from mingjing.domain.filings.stepping import step
from mingjing.domain.ledgers.register import Register

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

ROSTERS = "dictionary.rosters"
_WHO = Word(ROSTERS, "名册", "全体干警")
_WORDS = OneOrMany(Text(example="督察员"))
_SIGNERS = ListOf(Text(example="应报人负责人"), least=1)
LETTER_BLANKS = ("姓名", "部门", "职务", "法院", "年", "期间", "日期", "会签人")
"""Blanks of a letter beside the fields of its register."""


class _Signs(Shape[Mapping[str, tuple[str, ...]]]):
    """Counter-signatures in order; a mapping asks different ones of different rosters."""

    def read(self, node: Node, notes: Notes) -> Mapping[str, tuple[str, ...]] | None:
        if isinstance(node, MapNode):
            for key in node.keys.values():
                notes.refer(ROSTERS, key, "名册")
            return MapOf(_SIGNERS, example="{全体干警: [应报人负责人]}").read(node, notes)
        found = _SIGNERS.read(node, notes)
        return None if found is None else {"": found}

    def schema(self) -> Schema:
        several = _SIGNERS.schema()
        return {"oneOf": [several, {"type": "object", "additionalProperties": several}]}


_CHECK = Table(
    (
        Key("share", Percent(), "抽查多大比例，向上取整", required=True, tested=True),
        Key("by", _WORDS, "谁抽取、谁核查", required=True),
        Key("opens", ListOf(OPENING, least=1), "核查不实以后自动开什么"),
    ),
    example="{share: 10%, by: 督察员}",
)
_OWN = (
    Key("who", OneOrMany(_WHO, drops=False), "谁应当报；几个名册的，以先写的为准", required=True),
    Key("every", Choice(EVERY), "每隔多久报一次", required=True),
    Key("due", PeriodDayText(), "哪一天截止（当天算按时）", tested=True),
    Key("opens", PeriodDayText(), "从哪一天起可以报；不写就是期初"),
    Key("nil", Text(example="无事项"), "零报告叫什么；不写就不能零报告"),
    Key("files", OneOrMany(Text(example="报备"), drops=False), "哪些办理算作已报；自己写办理时要写"),
    Key("filed_by", _WORDS, "谁来填报；不写就是应报人，部门填报的就是应报部门的人"),
    Key("fill", OneOrMany(Text(example="情况"), drops=False), "填报时必填的字段；不写就是全部不必填"),
    Key("excuses", ListOf(Text(example="病假"), least=1, drops=False), "因为什么可以免报"),
    Key("excused_by", _WORDS, "谁准予免报、退回"),
    Key("called_by", _WORDS, "谁可以发起（every 为“发起”时）"),
    Key("called_with", OneOrMany(Text(example="文件名称"), drops=False), "发起人替大家先填好的字段"),
    Key("check", _CHECK, "抽查", tested=True),
    Key("signs", _Signs(), "本人签署以后依次由谁会签"),
    Key("text", Text(example="我承诺……"), "签署的文字，{字段} 处留空"),
    Key("rungs", RUNGS, "什么时候提醒谁；不写就是截止日前 1 天提醒应报人、次日提醒负责人"),
)
_PARTS = tuple(
    Key(one.key, one.shape, one.title, tested=one.tested) if one.key == FIELDS.key else one
    for one in register_parts(*_OWN, given=False)
)


def _every(record: Record) -> Every:
    found = record.get("every", Every)
    if found is None:
        raise KeyError("every")
    return found


def _rules(record: Record, notes: Notes) -> None:
    """The rules of a register, over what this file's own words build in."""
    if record.get("every", Every) is None or "who" not in record:
        return
    made = built_in(record) if _every(record) is not Every.EVENT else NOTHING
    for rule in register_rules(made):
        rule(record, notes)
    own = (one.text("label") for one in own_fields(record).values())
    known = tuple(dict.fromkeys((*own, *(one.label for one in made.fields))))
    acts = {one.text("label") for one in (record.get("actions", dict) or {}).values()}
    if "fields" in record or "fields" not in record.node.entries:  # else its own words are not known
        _say_own_words(record, known, acts, notes)
        _say_text(record, known, notes)
    say_unclimbed(record.get("rungs", tuple) or (), record.at("rungs"), notes)


def _say_own_words(record: Record, fields: Collection[str], acts: set[str], notes: Notes) -> None:
    for key in ("fill", "called_with"):
        for label in record.texts(key):
            if label not in fields:
                say_unknown(notes, record.at(key), label, "字段", fields)
    due, event = record.get("due", PeriodDay), _every(record) is Every.EVENT
    if due is None and not event and "due" not in record.node.entries:
        notes.say(record.node, "missing-key", "缺少“due”（哪一天截止）。", example="due: 期末后 5 天")
    if due is not None and event and (not due.field or due.field not in fields):
        cause = "事件填报的截止日要从一个日期字段数起。"
        notes.say(record.at("due"), "bad-period-day", cause, example="due: 举办日期前 10 天")
    elif due is not None and due.field and not event:
        cause = f"“{due.text}”里的“{due.field}”不是 期初、期末、发起。"
        notes.say(record.at("due"), "bad-period-day", cause, example="due: 期末后 5 天")
    if due is not None and event and due.offset and due.offset.half_workdays:
        cause = "从字段数起的截止日只能用天、个月、年。"
        notes.say(record.at("due"), "bad-period-day", cause, example="due: 举办日期前 10 天")
    if due is not None and due.month and _every(record) is not Every.YEAR:
        cause = "写定日子的截止日只能用在每年一次的填报。"
        notes.say(record.at("due"), "bad-period-day", cause, example="due: 期末后 5 天")
    if event and not acts:
        notes.say(record.node, "missing-key", "事件填报要自己写状态和办理（states、actions）。")
    if event and not set(record.texts("files")) <= acts:
        cause = "“files”里的办理没有写在 actions 里。"
        notes.say(record.at("files"), "unknown-name", cause, allowed=tuple(acts))
    if _every(record) is Every.CALLED and "called_by" not in record.node.entries:
        notes.say(record.node, "missing-key", "缺少“called_by”（谁可以发起）。", example="called_by: 督察员")


def _say_text(record: Record, fields: Collection[str], notes: Notes) -> None:
    for blank in re.findall(r"\{([^{}]*)\}", record.text("text")):
        if blank not in fields and blank not in LETTER_BLANKS:
            cause = f"文字里的“{{{blank}}}”既不是字段，也不是可以自动填的内容。"
            notes.say(record.at("text"), "bad-placeholder", cause, allowed=(*LETTER_BLANKS, *fields))


def _build(record: Record, head: Head) -> Filing:
    every = _every(record)
    made = built_in(record) if every is not Every.EVENT else NOTHING
    register = build_register(record, head, made)
    check = record.get("check", Record)
    return Filing(
        register=_placed(register, record, every),
        who=record.texts("who"),
        every=every,
        due=record.get("due", PeriodDay),
        opens=record.get("opens", PeriodDay) or PeriodDay(BEGIN, anchor=BEGIN),
        nil=record.text("nil"),
        files=record.texts("files") or (SIGN if "signs" in record or "text" in record else FILE,),
        excuses=record.texts("excuses"),
        called_by=record.texts("called_by"),
        called_with=record.texts("called_with"),
        check=SpotCheck(_share(check), check.texts("by")) if check else None,
        signs=record.get("signs", dict) or ({"": ()} if "text" in record else {}),
        text=record.text("text"),
    )


def _share(check: Record) -> Fraction:
    found = check.get("share", Fraction)
    if found is None:
        raise KeyError("share")
    return found


def _placed(register: Register, record: Record, every: Every) -> Register:
    """A report by period belongs to who owes it, and is called after the period."""
    if every is Every.EVENT:
        return register
    of_units, check = is_of_units(record), record.get("check", Record)
    keepers = (*record.texts("called_by"), *record.texts("excused_by"), *(check.texts("by") if check else ()))
    return replace(
        register,
        seen_by=tuple(dict.fromkeys((*register.seen_by, *keepers))),
        title=record.text("title") or "期间",
        holder="负责人" if of_units else "应报人",
        unit="应报部门" if of_units else "所在部门",
        subject="" if of_units else "应报人",
    )


def _run(filing: Filing, example: Example, shelf: Shelf) -> Outcome:
    filled = replace(filing, register=shelf.with_options(filing.register))
    if "period" in example.record:
        return run_period(filled, example, shelf)
    return run_example(filled.register, lambda matter, deed: step(filled, matter, deed), example, shelf)


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    filing = definition.value
    if not isinstance(filing, Filing):
        return
    check_register(filing.register, definition.record, shelf, notes)
    table = shelf.dictionary_or_none(ROSTERS)
    for word in filing.who if table else ():
        wanted = "部门" if is_of_units(definition.record) else "人员"
        row = table.row(word) if table else {}
        if row and row.get("object") != wanted:
            cause = f"名册“{word}”列的是{row.get('object')}，这里按{wanted}填报。“各”字开头的名册是部门。"
            notes.say(definition.record.at("who"), "wrong-roster", cause)


def _sections(filing: Filing) -> Iterable[Section]:
    rows = [("谁报", "、".join(filing.who)), ("多久一次", filing.every.value)]
    if filing.due:
        rows.append(("截止日", f"{filing.due.text}（当天算按时）"))
    if filing.every.comes_by_itself:
        rows.append(("何时可报", filing.opens.text))
    rows.append(("零报告", filing.nil or "不允许"))
    if filing.excuses:
        rows.append(("免报事由", "、".join(filing.excuses)))
    for group, signers in filing.signs.items():
        if signers:
            rows.append((f"会签（{group}）" if group else "会签", " → ".join(("本人", *signers))))
    if filing.check:
        rows.append(("抽查", f"{percent(filing.check.share)}，由{'、'.join(filing.check.by)}核查"))
    for clock in filing.register.clocks[:1]:
        rows.append(("提醒", "；".join(rung_text(rung) for rung in clock.rungs) or "—"))
    yield Section("填报要求", ("项目", "内容"), tuple(rows))
    if filing.text:
        yield Section("签署的文字", ("内容",), tuple((line,) for line in filing.text.split("\n") if line))
    yield from register_sections(filing.register)


FILING = Kind(
    name="filing",
    title="填报与签署",
    question="谁在每一期应当报什么、签什么，到哪天截止，谁没有报。",
    fields=_PARTS,
    example=EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    rules=(_rules,),
    dated=True,
)
