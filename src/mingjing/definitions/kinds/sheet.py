"""``sheet``: what is scored, by whom, out of how many marks, which grade follows, what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Head
from mingjing.definitions.kinds.kind import Kind, Section
from mingjing.definitions.kinds.registers.building import BuiltIn, build_register, opening_of
from mingjing.definitions.kinds.registers.links import check_register
from mingjing.definitions.kinds.registers.parts import register_parts
from mingjing.definitions.kinds.registers.rules import register_rules
from mingjing.definitions.kinds.registers.sections import register_sections
from mingjing.definitions.kinds.sheet_checks import say_openings, say_sheet
from mingjing.definitions.kinds.sheet_examples import EXAMPLE, run_sheet
from mingjing.definitions.kinds.sheet_shapes import EVERY, GRADE, ITEM, RANKING, VETO, MarkText
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import (
    FLAG,
    Choice,
    Length,
    ListOf,
    MapOf,
    Number,
    OneOrMany,
    Record,
    Table,
    Text,
)
from mingjing.definitions.shapes import Field as Key
from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.outline import STATES, Plan, acts, answering, clocks, fields
from mingjing.domain.assessments.scoring import short
from mingjing.domain.assessments.sheets import Grade, Item, Jury, Marking, Ranking, Sheet, Veto
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.periods import Every
from mingjing.domain.ledgers.register import Field, FieldType

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_WHO = OneOrMany(Text(example="考核办"))
_REQUIRES = Table(
    (
        Key("categories", Number(1, 99, "6"), "必须有几个大类"),
        Key("items", Number(1, 999, "20"), "必须有几个项目"),
    ),
    example="{categories: 6, items: 20}",
)
_OWN = (
    Key("scores", Text(example="被评部门"), "评的是哪个字段里的部门、人员、案件或作品", required=True),
    Key(
        "items",
        MapOf(ITEM, example="{punctual: {label: 庭审准时, full: 10}}"),
        "评哪些项目，各多少分",
        required=True,
        tested=True,
    ),
    Key("grades", ListOf(GRADE, least=1), "几分算哪一级，从高到低", required=True, tested=True),
    Key("by", _WHO, "谁开评、告知、复核改分", required=True, tested=True),
    Key("confirms", _WHO, "谁确认；不写就是开评的人"),
    Key("own", OneOrMany(Text(example="承办法官")), "谁不得评（自己的事）；不写就是被评的人或部门"),
    Key("answers", OneOrMany(Text(example="承办法官")), "谁可以答复；不写就是被评的人、被评部门的负责人"),
    Key("asks", OneOrMany(Text(example="案件")), "开评的时候必须填的字段", tested=True),
    Key("adds", OneOrMany(Text(example="责任类别")), "确认的时候可以填的字段", tested=True),
    Key("marking", Choice({one.value: one for one in Marking}), "评分人填得分还是扣分", tested=True),
    Key("jury", Choice({one.value: one for one in Jury}), "几位评分人的分怎样合成一个", tested=True),
    Key("least", Number(1, 99, "3"), "至少几位评分人", tested=True),
    Key("decimals", Number(0, 4, "2"), "总分保留几位小数，四舍五入；等级、名次按它算", tested=True),
    Key("full", MarkText(), "总分的满分；不写就是 100"),
    Key("vetoes", ListOf(VETO, least=1), "一票否决", tested=True),
    Key("reply", Length("3 个工作日"), "告知以后多久以内可以答复；不写就没有答复这一步", tested=True),
    Key("period", EVERY, "考核期是月、季、半年还是年", tested=True),
    Key("ranking", RANKING, "按总分排名：要有规定排名的文件"),
    Key("requires", _REQUIRES, "方案必须有几类几项，不符就不能用"),
    Key("eligible", FLAG, "开评之前查评优资格：有牌、有否决、有处理的不能参评"),
)


def _tables(record: Record, key: str) -> Mapping[str, Record]:
    return record.get(key, dict) or {}


def _items(record: Record) -> tuple[Item, ...]:
    return tuple(
        Item(
            key,
            one.text("label"),
            one.get("full", Fraction) or Fraction(0),
            one.text("category"),
            one.get("weight", Fraction),
            one.text("rule"),
        )
        for key, one in _tables(record, "items").items()
    )


def plan_of(record: Record) -> Plan:
    """What the file says that shapes fields and acts."""
    subject = next((one for one in _fields(record) if one.label == record.text("scores")), None)
    own = record.texts("own")
    if not own and subject is not None and subject.type in (FieldType.UNIT, FieldType.PERSON):
        own = (subject.label,)
    answers = record.texts("answers") or (answering(subject, own) if subject else own)
    named = dict.fromkeys((record.text("scores"), *record.texts("asks")))
    asked = tuple(label for label in named if label)
    return Plan(
        items=_items(record),
        by=record.texts("by"),
        confirms=record.texts("confirms") or record.texts("by"),
        own=own,
        answers=answers,
        asked=asked,
        offered=tuple(
            one.label
            for one in _fields(record)
            if one.label not in (*asked, *record.texts("adds"), words.COLLECTED)
        ),
        added=record.texts("adds"),
        marking=record.get("marking", Marking) or Marking.MARKS,
        vetoes=tuple(one.text("label") for one in record.records("vetoes")),
        period=record.get("period", Every),
        reply=record.get("reply", Duration),
    )


def _fields(record: Record) -> tuple[Field, ...]:
    return tuple(
        Field(key, one.text("label"), one.get("type", FieldType) or FieldType.TEXT)
        for key, one in _tables(record, "fields").items()
    )


def _built_in(plan: Plan) -> BuiltIn:
    return BuiltIn(fields(plan), STATES, acts(plan), clocks(plan), merged=True)


def _rules(record: Record, notes: Notes) -> None:
    if any(key not in record for key in ("scores", "items", "grades", "by", "fields")):
        return
    for rule in register_rules(_built_in(plan_of(record))):
        rule(record, notes)
    say_sheet(record, _items(record), notes)


def _build(record: Record, head: Head) -> Sheet:
    plan = plan_of(record)
    register = build_register(record, head, _built_in(plan))
    subject = register.field(record.text("scores"))
    of_person = subject.type is FieldType.PERSON
    register = replace(
        register,
        title=record.text("title") or words.TITLE,
        subject=register.subject or (subject.label if of_person else ""),
        holder=record.text("holder"),
        unit=record.text("unit") or (subject.label if subject.type is FieldType.UNIT else ""),
        seen_by=tuple(dict.fromkeys((*register.seen_by, *plan.by, *plan.confirms, words.JURY))),
        # Whoever is scored answers the marks, and may object to a reviewer: both need to be read.
        subject_sees=register.subject_sees or tuple(one.label for one in register.fields),
    )
    ranking = record.get("ranking", Record)
    return Sheet(
        register=register,
        items=plan.items,
        grades=tuple(_grade(one) for one in record.records("grades")),
        by=plan.by,
        confirms=plan.confirms,
        subject=subject.label,
        marking=plan.marking,
        jury=record.get("jury", Jury) or Jury.MEAN,
        least=record.get("least", int) or 1,
        decimals=2 if "decimals" not in record else record.get("decimals", int) or 0,
        full=record.get("full", Fraction) or Fraction(100),
        own=plan.own,
        vetoes=tuple(Veto(one.text("label"), one.text("best")) for one in record.records("vetoes")),
        reply=plan.reply,
        period=record.get("period", Every),
        ranking=None if ranking is None else _ranking(ranking),
        eligible=record.flag("eligible"),
    )


def _grade(record: Record) -> Grade:
    opens = tuple(opening_of(one) for one in record.records("opens"))
    return Grade(record.text("label"), record.get("least", Fraction) or Fraction(0), opens)


def _ranking(record: Record) -> Ranking:
    return Ranking(record.get("per", Every) or Every.MONTH, record.text("document"), record.texts("among"))


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    sheet = definition.value
    if isinstance(sheet, Sheet):
        check_register(sheet.register, definition.record, shelf, notes)
        say_openings(definition.record, shelf, notes)


def _sections(sheet: Sheet) -> Iterable[Section]:
    weighted = ("权重",) if sheet.weighted else ()
    rows = tuple(
        (
            one.category or "—",
            one.label,
            short(one.full),
            *((f"{short((one.weight or Fraction(0)) * 100)}%",) if weighted else ()),
            one.rule or "—",
        )
        for one in sheet.items
    )
    yield Section("评分项目", ("大类", "项目", "满分", *weighted, "怎样评"), rows)
    grades = tuple(
        (one.label, f"{short(one.least)} 分以上", "、".join(each.register for each in one.opens) or "—")
        for one in sheet.grades
    )
    yield Section("等级", ("等级", "总分", "确认以后自动登记"), grades)
    yield Section("评分办法", ("事项", "规定"), tuple(_ways(sheet)))
    if sheet.vetoes:
        vetoes = tuple((one.label, one.best) for one in sheet.vetoes)
        yield Section("一票否决", ("情形", "最高等级"), vetoes)
    yield from register_sections(sheet.register)


def _ways(sheet: Sheet) -> Iterable[tuple[str, str]]:
    yield "评什么", sheet.subject
    yield "填什么", sheet.marking.value
    yield "评分人", f"至少 {sheet.reviewers} 位，{sheet.jury.value}；交齐以前互相看不见"
    yield "不得评", "、".join(sheet.own) or "—"
    yield "小数", f"总分保留 {sheet.decimals} 位，四舍五入"
    yield "答复", f"告知后 {sheet.reply} 内" if sheet.reply else "没有答复这一步"
    yield "考核期", sheet.period.value if sheet.period else "—"
    if sheet.ranking:
        yield "排名", f"按{sheet.ranking.per.value}排名，依据 {sheet.ranking.document}"


SHEET = Kind(
    name="sheet",
    title="评分表",
    question="评什么，谁来评，几分算哪一级，评完以后会怎样。",
    fields=register_parts(*_OWN, given=False),
    example=EXAMPLE,
    build=_build,
    run=run_sheet,
    sections=_sections,
    check=_check,
    rules=(_rules,),
    dated=True,
    refusable=True,
)
