"""``card``: from a monthly ranking to blue, yellow and red cards, what each brings, how each ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing.definitions.definition import Definition, Example, Head
from mingjing.definitions.kinds.card_examples import MACHINE, run_machine
from mingjing.definitions.kinds.kind import Kind, Outcome, Section
from mingjing.definitions.kinds.registers.building import BuiltIn, build_register, opening_of
from mingjing.definitions.kinds.registers.examples import run_example
from mingjing.definitions.kinds.registers.links import check_register
from mingjing.definitions.kinds.registers.parts import EXAMPLE_FIELDS, OPENING, OUTCOMES, register_parts
from mingjing.definitions.kinds.registers.rules import register_rules
from mingjing.definitions.kinds.registers.sections import register_sections
from mingjing.definitions.kinds.sheet_checks import say_opens
from mingjing.definitions.kinds.sheet_examples import loose
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import (
    FLAG,
    Choice,
    Length,
    ListOf,
    Number,
    OneOrMany,
    Record,
    Table,
    Text,
)
from mingjing.definitions.shapes import Field as Key
from mingjing.definitions.shapes.tables import at_least_one
from mingjing.domain.assessments import dealing
from mingjing.domain.assessments.cards import CardColour, CardRules, Month, Year, earliest
from mingjing.domain.assessments.chance import exactly, hit_chance
from mingjing.domain.assessments.dealing import Card
from mingjing.domain.assessments.scoring import shown
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.periods import Every

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

_WHO = OneOrMany(Text(example="政治部"))
_SHEET_ID = Text(
    example="sheet.integrity_month",
    pattern=r"sheet\.[a-z][a-z0-9_.]*",
    code="bad-id",
    cause="“{}”不是评分表的 id。",
)
_OPENS = ListOf(OPENING, least=1)
_COURTS = (4, 6, 9, 12, 15, 20)
"""Sizes of courts, in departments, for which the page says what chance alone does."""
_COLOURS = {"blue": CardColour.BLUE, "yellow": CardColour.YELLOW, "red": CardColour.RED}
_OWN = (
    Key("sheet", _SHEET_ID, "看哪一张评分表的月度排名", required=True),
    Key("document", Text(example="法党发〔2026〕5号"), "规定发牌的文件和文号", required=True),
    Key("by", _WHO, "谁核实整改", required=True, tested=True),
    Key("confirms", _WHO, "谁确认发牌、答复申辩", required=True, tested=True),
    Key("explain", Length("7 天"), "确认发牌以后多久以内要说明", required=True, tested=True),
    Key("last", Number(1, 20, "3"), "每月最后几名", required=True, tested=True),
    Key("small_court", FLAG, "部门少的，末位最多算三分之一（向下取整）", tested=True),
    Key("months", Number(1, 12, "2"), "连续几个月在末位发蓝牌", required=True, tested=True),
    Key("yellow", Number(1, 8, "2"), "连续几个季度有蓝牌发黄牌", required=True, tested=True),
    Key("red", Number(1, 8, "4"), "连续几个季度末黄牌有效发红牌", required=True, tested=True),
    Key("year", Choice({one.value: one for one in Year}), "“全年”怎样算", tested=True),
    Key("clean", Number(1, 8, "1"), "整改核实以后还要几个季度没有蓝牌，黄牌才结束", tested=True),
    Key(
        "opens",
        Table(
            tuple(
                Key(key, _OPENS, f"{colour.value}确认以后自动开什么", tested=True)
                for key, colour in _COLOURS.items()
            ),
            example="{blue: [{of: ledger.reminder}]}",
        ),
        "确认发牌以后自动在别的台账里开什么",
        tested=True,
    ),
)


def _built_in(record: Record) -> BuiltIn:
    by, confirms = record.texts("by"), record.texts("confirms")
    within = record.get("explain", Duration) or Duration(days=7, text="7 天")
    return BuiltIn(
        dealing.FIELDS,
        dealing.STATES,
        dealing.acts(by, confirms),
        dealing.clocks(within, by),
        merged=True,
    )


def _rules(record: Record, notes: Notes) -> None:
    if "by" in record and "confirms" in record:
        for rule in register_rules(_built_in(record)):
            rule(record, notes)


def _build(record: Record, head: Head) -> Card:
    register = build_register(record, head, _built_in(record))
    by, confirms = record.texts("by"), record.texts("confirms")
    register = replace(
        register,
        title=dealing.TITLE,
        unit=dealing.UNIT,
        holder="",
        seen_by=tuple(dict.fromkeys((*register.seen_by, *by, *confirms))),
    )
    opens = record.get("opens", Record)
    return Card(
        register=register,
        sheet=record.text("sheet"),
        rules=CardRules(
            last=_number(record, "last"),
            share=record.flag("small_court"),
            months=_number(record, "months"),
            yellow=_number(record, "yellow"),
            red=_number(record, "red"),
            year=record.get("year", Year) or Year.ROLLING,
            clean=record.get("clean", int) or 1,
        ),
        document=record.text("document"),
        opens={
            colour: tuple(opening_of(one) for one in opens.records(key)) for key, colour in _COLOURS.items()
        }
        if opens
        else {},
    )


def _number(record: Record, key: str) -> int:
    found = record.get(key, int)
    if found is None:
        raise KeyError(key)
    return found


def _run(card: Card, example: Example, shelf: Shelf) -> Outcome:
    if "ranking" in example.record:
        return run_machine(card.rules, example)
    register = shelf.with_options(card.register)
    filled = replace(card, register=register)
    return run_example(register, lambda matter, deed: dealing.step(filled, matter, deed), example, shelf)


def _check(definition: Definition, shelf: Shelf, notes: Notes) -> None:
    card, record = definition.value, definition.record
    if not isinstance(card, Card):
        return
    check_register(card.register, record, shelf, notes)
    opens = record.get("opens", Record)
    for key in _COLOURS if opens else ():
        say_opens(opens.records(key) if opens else (), shelf, notes)
    files = shelf.files(card.sheet) if card.sheet in shelf.ids("sheet") else ()
    if not files and not shelf.may_be_broken(card.sheet):
        cause = f"没有评分表“{card.sheet}”。{nearest(card.sheet, shelf.ids('sheet'))}"
        notes.say(record.at("sheet"), "unknown-definition", cause)
    sheet = files[0].value if files else None
    if isinstance(sheet, Sheet) and (sheet.ranking is None or sheet.ranking.per is not Every.MONTH):
        cause = f"“{sheet.register.label}”没有规定按月排名，不能据以发牌。"
        notes.say(record.at("sheet"), "no-ranking", cause, example="ranking: {per: 月, document: …}")


def _sections(card: Card) -> Iterable[Section]:
    rules = card.rules
    share = "；部门少的最多算三分之一" if rules.share else ""
    rows = (
        ("依据文件", card.document),
        ("看什么", card.sheet),
        ("末位", f"每月最后 {rules.last} 名{share}；同分的都算，全部同分的都不算"),
        (CardColour.BLUE.value, f"连续 {rules.months} 个月在末位，可以跨季度；下一季没有再发就结束"),
        (
            CardColour.YELLOW.value,
            f"连续 {rules.yellow} 个季度有蓝牌，季末发；整改核实并且 {rules.clean} 个季度没有蓝牌才结束",
        ),
        (CardColour.RED.value, f"{rules.red} 个季度末黄牌都有效（{rules.year.value}）；随黄牌结束"),
    )
    yield Section("发牌规则", ("事项", "规定"), rows)
    opens = tuple(
        (colour.value, "、".join(one.register for one in card.opens.get(colour, ())) or "—")
        for colour in CardColour
    )
    yield Section("自动登记", ("牌", "开到哪个台账"), opens)
    yield Section(
        "从一月一日起，最早哪天有牌",
        ("“全年”怎样算", *(one.value for one in CardColour)),
        tuple(_soonest(replace(rules, year=year), now=year is rules.year) for year in Year),
    )
    yield Section(
        "只凭运气会怎样",
        ("部门数", "某一个部门一年内得蓝牌", "一年内得黄牌", "两年内得红牌", "平均几个部门一年内得蓝牌"),
        tuple(_luck(rules, units) for units in _COURTS),
    )
    yield from register_sections(card.register)


def _soonest(rules: CardRules, *, now: bool) -> tuple[str, ...]:
    """The first possible day of each card under one reading, for whoever is among the last every month."""
    days = earliest(rules, Month(2026, 1))
    said = (_in_year(days[one]) for one in CardColour)
    return (f"{rules.year.value}{'（现在用的）' if now else ''}", *said)


def _in_year(day: date | None) -> str:
    if day is None:
        return "不会有"
    year = ("当年", "第二年", "第三年")[day.year - 2026] if day.year < 2029 else f"第 {day.year - 2025} 年"
    return f"{year} {day.month} 月 {day.day} 日"


@lru_cache(maxsize=256)
def _luck(rules: CardRules, units: int) -> tuple[str, ...]:
    """What chance alone gives one department of so many, exactly; rectifications verified in time."""
    hit = hit_chance(rules, units)
    year, two = exactly(rules, hit, 12), exactly(rules, hit, 24)
    shares = (year[CardColour.BLUE], year[CardColour.YELLOW], two[CardColour.RED])
    said = tuple(f"{shown(one * 100, 2)}%" for one in shares)
    return (str(units), *said, shown(year[CardColour.BLUE] * units, 1))


_EXAMPLE = Table(
    (
        *(loose(one) for one in EXAMPLE_FIELDS),
        *MACHINE,
    ),
    rules=(at_least_one(*OUTCOMES, "cards"), at_least_one("steps", "ranking")),
    example="{name: 连续两个月末位, ranking: {2026-01: 甲 60 乙 90}, unit: 甲, cards: []}",
)

CARD = Kind(
    name="card",
    title="牌",
    question="排在末位会怎样，发什么牌，要做什么，什么时候结束。",
    fields=tuple(
        Key(one.key, one.shape, one.title, tested=one.tested) if one.key == "fields" else one
        for one in register_parts(*_OWN, given=False)
    ),
    example=_EXAMPLE,
    build=_build,
    run=_run,
    sections=_sections,
    check=_check,
    rules=(_rules,),
    dated=True,
    refusable=True,
)
