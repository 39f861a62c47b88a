"""``activity``: what is held, who came, and how much of it each branch, department or person owes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.activity_examples import EXAMPLE, run_counts
from mingjing.definitions.kinds.activity_outline import built_in, owes, own_fields
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.kinds.registers.building import build_register
from mingjing.definitions.kinds.registers.examples import run_example
from mingjing.definitions.kinds.registers.links import check_register
from mingjing.definitions.kinds.registers.parts import FIELDS, RUNGS, register_parts
from mingjing.definitions.kinds.registers.rules import register_rules
from mingjing.definitions.kinds.registers.saying import say_unknown
from mingjing.definitions.kinds.registers.sections import register_sections
from mingjing.definitions.nodes import Node
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Choice, ListOf, Number, OneOrMany, Record, Table, Text, Word
from mingjing.definitions.shapes import Field as Key
from mingjing.definitions.shapes.conditions import Condition
from mingjing.definitions.shapes.periods import EVERY, PeriodDayText
from mingjing.definitions.shapes.rungs import say_unclimbed
from mingjing.domain.activities.rules import COUNTED, ORGANISER, Activity, Quota
from mingjing.domain.activities.stepping import step
from mingjing.domain.dates.period_days import END, PeriodDay
from mingjing.domain.dates.periods import Every
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.domain.ledgers.values import for_conditions

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

ROSTERS = "dictionary.rosters"
_WORDS = OneOrMany(Text(example="支部书记"))
_LABELS = OneOrMany(Text(example="主题"), drops=False)
_TOTAL = Table(
    (
        Key("of", Text(example="天数"), "把哪个数字字段加起来", required=True),
        Key("least", Number(1, 999999, "44"), "至少多少", required=True, tested=True),
    ),
    example="{of: 天数, least: 44}",
)
_EVERY = {word: every for word, every in EVERY.items() if every is not Every.EVENT}
_QUOTA = (
    Key("who", Word(ROSTERS, "名册", "各党支部"), "谁要完成"),
    Key("every", Choice(_EVERY), "每一期多长"),
    Key("times", Number(1, 999, "1"), "每期至少几次", tested=True),
    Key("covers", Text(example="类别"), "每期要把这个字段的每一项（或者每一个人）都做到"),
    Key("among", Word(ROSTERS, "名册", "分管部门干警"), "covers 是人员字段时，要覆盖的是哪些人"),
    Key("total", _TOTAL, "每期累计至少多少", tested=True),
    Key("counts_for", Text(example="党支部"), "一场活动算谁的：哪个部门、人员或多人字段"),
    Key("due", PeriodDayText(), "哪一天以前完成；不写就是期末"),
    Key("when", Condition(names="", example="类别 == 党课"), "哪些活动才算数", tested=True),
)
_QUOTA_TABLE = Table(
    (Key("label", Text(example="党员大会"), "要求的名称", required=True), *_QUOTA),
    example="{label: 党员大会, who: 各党支部, every: 季, times: 1, counts_for: 党支部}",
)
_OWN = (
    *_QUOTA,
    Key("quotas", ListOf(_QUOTA_TABLE, least=1), "不止一项要求时，逐项写在这里", tested=True),
    Key("attended", Text(example="参加人"), "哪个多人字段记录谁参加了"),
    Key("heads", Text(example="参加人次"), "只知道来了多少人时，哪个整数字段记人次"),
    Key("makes_up", Text(example="补哪一天的"), "补办的活动算哪一天的：哪个日期字段"),
    Key("sums", _LABELS, "另外把哪些数字字段加起来"),
    Key("kept_by", _WORDS, "谁可以安排、记录；不写就是任何人"),
    Key("checked_by", _WORDS, "谁核验；不写就不核验"),
    Key("called_by", _WORDS, "谁可以发起（every 为“发起”时）"),
    Key("counted", _LABELS, "到了哪些状态才算数；不写就是已记录、已核验"),
    Key("excuses", ListOf(Text(example="换届"), least=1, drops=False), "因为什么可以免办"),
    Key("fill", _LABELS, "记录时必填的字段"),
    Key("rungs", RUNGS, "什么时候提醒谁；不写就是期末前 5 天和次日提醒承办人"),
)
_PARTS = tuple(
    Key(one.key, one.shape, one.title, tested=one.tested) if one.key == FIELDS.key else one
    for one in register_parts(*_OWN, given=False)
)
_KINDS: Mapping[str, tuple[FieldType, ...]] = {
    "attended": (FieldType.PEOPLE,),
    "heads": (FieldType.INTEGER,),
    "makes_up": (FieldType.DAY,),
    "sums": (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY),
}
_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL)
_OWNERS = (FieldType.UNIT, FieldType.UNITS, FieldType.PERSON, FieldType.PEOPLE)
_COVERED = (FieldType.CHOICE, FieldType.CHOICES, FieldType.PERSON, FieldType.PEOPLE)


def _quota_records(record: Record) -> tuple[Record, ...]:
    single = (record,) if "who" in record.node.entries else ()
    return (*single, *record.records("quotas"))


def _rules(record: Record, notes: Notes) -> None:
    """The rules of a register, over what this file's own words build in."""
    made = built_in(record)
    for rule in register_rules(made):
        rule(record, notes)
    say_unclimbed(record.get("rungs", tuple) or (), record.at("rungs"), notes)
    if "fields" in record.node.entries and "fields" not in record:
        return  # what its own words may say is not known
    kinds = {one.label: one.type for one in made.fields}
    for one in own_fields(record).values():
        kinds[one.text("label")] = one.get("type", FieldType) or FieldType.TEXT
    for key, allowed in _KINDS.items():
        for label in record.texts(key) if key == "sums" else [record.text(key)] if key in record else []:
            _say_kind(record.at(key), label, kinds, allowed, notes)
    for label in record.texts("fill"):
        if label not in kinds:
            say_unknown(notes, record.at("fill"), label, "字段", kinds)
    for quota in _quota_records(record):
        _say_quota(quota, record, kinds, notes)
    for key in ("rungs", "excuses", "called_by") if not owes(record) else ():
        if key in record.node.entries:
            cause = f"没有写谁要完成（who 或者 quotas），“{key}”用不上。"
            notes.say(record.node.keys[key], "conflicting-keys", cause, example="who: 各党支部, every: 月")


def _say_kind(
    at: Node, label: str, kinds: Mapping[str, FieldType], allowed: tuple[FieldType, ...], notes: Notes
) -> None:
    if kinds.get(label) not in allowed:
        fitting = tuple(name for name, kind in kinds.items() if kind in allowed)
        say_unknown(notes, at, label, "、".join(kind.value for kind in allowed) + "字段", fitting)


def _say_quota(quota: Record, whole: Record, kinds: Mapping[str, FieldType], notes: Notes) -> None:
    for key in ("who", "every", "counts_for"):
        if key not in quota.node.entries:
            sample = {"who": "各党支部", "every": "月", "counts_for": "党支部"}[key]
            notes.say(quota.node, "missing-key", f"缺少“{key}”。", example=f"{key}: {sample}")
    written = [key for key in ("times", "covers", "total") if key in quota.node.entries]
    if len(written) != 1:
        cause = "每项要求要写 times（次数）、covers（覆盖）、total（累计）中的一个，只写一个。"
        notes.say(quota.node, "conflicting-keys", cause, example="times: 1")
    if "counts_for" in quota:
        _say_kind(quota.at("counts_for"), quota.text("counts_for"), kinds, _OWNERS, notes)
    if "covers" in quota:
        _say_kind(quota.at("covers"), quota.text("covers"), kinds, _COVERED, notes)
        people = kinds.get(quota.text("covers")) in (FieldType.PERSON, FieldType.PEOPLE)
        if people != ("among" in quota.node.entries):
            cause = "覆盖人员的要求要写 among（哪些人）；覆盖选项的不写。"
            notes.say(quota.at("covers"), "conflicting-keys", cause, example="among: 分管部门干警")
    if quota.get("every", Every) is Every.CALLED and "called_by" not in whole.node.entries:
        cause = "缺少“called_by”（谁可以发起）。"
        notes.say(quota.node, "missing-key", cause, example="called_by: 政治部干部")
    if (total := quota.get("total", Record)) is not None:
        _say_kind(total.at("of"), total.text("of"), kinds, _NUMBERS, notes)
    if (due := quota.get("due", PeriodDay)) is not None and due.field:
        cause = f"“{due.text}”里的“{due.field}”不是 期初、期末、发起。"
        notes.say(quota.at("due"), "bad-period-day", cause, example="due: 期末")


def _build(record: Record, head: Head) -> Activity:
    register = build_register(record, head, built_in(record))
    single = (_quota(record, head.label, register),) if "who" in record.node.entries else ()
    quotas = (*single, *(_quota(one, one.text("label"), register) for one in record.records("quotas")))
    return Activity(
        register=replace(register, holder=record.text("holder") or ORGANISER),
        quotas=quotas,
        attended=record.text("attended"),
        heads=record.text("heads"),
        makes_up=record.text("makes_up"),
        excuses=record.texts("excuses"),
        called_by=record.texts("called_by"),
        counted=record.texts("counted") or COUNTED,
        sums=record.texts("sums"),
    )


def _quota(record: Record, label: str, register: Register) -> Quota:
    total, when = record.get("total", Record), record.get("when", Expression)
    return Quota(
        label=label,
        who=record.text("who"),
        every=record.get("every", Every) or Every.YEAR,
        by=record.text("counts_for"),
        due=record.get("due", PeriodDay) or PeriodDay(END),
        times=record.get("times", int) or 0,
        covers=record.text("covers"),
        among=record.text("among"),
        total=total.text("of") if total else "",
        least=Decimal(total.get("least", int) or 0) if total else Decimal(0),
        only=_counting(when, register) if when else None,
        only_text=when.text if when else "",
    )


def _counting(when: Expression, register: Register) -> Callable[[Mapping[str, object]], bool]:
    """The condition asked of the fields as a record keeps them."""
    holds = when.exact().compile([field.label for field in register.fields])
    return lambda values: holds(for_conditions(register, values))


def _run(activity: Activity, example: Example, shelf: Shelf) -> Outcome:
    filled = replace(activity, register=shelf.with_options(activity.register))
    if "held" in example.record:
        return run_counts(filled, example)
    return run_example(filled.register, lambda matter, deed: step(filled, matter, deed), example, shelf)


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    activity = definition.value
    if not isinstance(activity, Activity):
        return
    check_register(activity.register, definition.record, shelf, notes)
    kinds = {field.label: field.type for field in activity.register.fields}
    rosters: dict[Every, str] = {}
    for quota, record in zip(activity.quotas, _quota_records(definition.record), strict=True):
        if rosters.setdefault(quota.every, quota.who) != quota.who:
            both = f"“{rosters[quota.every]}”和“{quota.who}”"
            cause = f"每{quota.every.value}一期的几项要求要用同一个名册，这里有{both}。"
            notes.say(record.at("who"), "wrong-roster", cause)
        table = shelf.dictionary_or_none(ROSTERS)
        row = table.row(quota.who) if table else {}
        units = kinds.get(quota.by) in (FieldType.UNIT, FieldType.UNITS)
        if row and (row.get("object") == "部门") != units:
            cause = f"名册“{quota.who}”列的是{row.get('object')}，“{quota.by}”却不是这样的字段。"
            notes.say(record.at("counts_for"), "wrong-roster", cause)


def quota_text(quota: Quota) -> str:
    """A quota in words: ``每月覆盖“类别”的每一项``."""
    each = "每次发起" if quota.every is Every.CALLED else f"每{quota.every.value}"
    if quota.covers:
        whom = f"每一名{quota.among}" if quota.among else "每一项"
        return f"{each}，“{quota.covers}”覆盖{whom}"
    if quota.total:
        return f"{each}，“{quota.total}”累计至少 {quota.least}"
    return f"{each}至少 {quota.times} 次"


def _sections(activity: Activity) -> Iterable[Section]:
    rows = tuple(
        (one.label, one.who, quota_text(one), one.only_text or "全部", one.due.text)
        for one in activity.quotas
    )
    yield Section("完成要求", ("要求", "谁完成", "做到什么", "哪些活动算数", "截止"), rows)
    counts = [("参加人", activity.attended), ("人次", activity.heads), ("补办", activity.makes_up)]
    counts.append(("累计", "、".join(activity.sums)))
    yield Section("怎样计数", ("项目", "字段"), tuple((what, label) for what, label in counts if label))
    yield from register_sections(activity.register)


ACTIVITY = Kind(
    name="activity",
    title="活动",
    question="办了什么活动，谁参加了，谁还差几次。",
    fields=_PARTS,
    example=EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    rules=(_rules,),
    dated=True,
)
