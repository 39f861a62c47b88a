"""The fields, states, acts and the clock every scoring sheet has, whatever it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.sheets import Item, Marking
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.periods import Every
from mingjing.domain.ladders.rungs import Colour, Rung
from mingjing.domain.ledgers.register import NEW, Act, Field, FieldType, RecordClock, State

SCORING, TO_TELL, TOLD = "待评分", "待告知", "待答复"
TO_CONFIRM, FINAL, VOID = "待确认", "已确认", "已撤销"
OPEN, SCORE, REPLACE = "开评", "打分", "更换评分人"
TELL, ANSWER, ACCEPT = "告知", "答复", "无异议"
CHANGE, FIND, CONFIRM, CANCEL = "复核改分", "认定否决", "确认", "撤销"
REPLY_CLOCK = "答复时限"

EXAMPLES = {Every.MONTH: "2026-03", Every.QUARTER: "2026-Q1", Every.HALF: "2026-H1", Every.YEAR: "2026"}
"""A period of each kind as it is written."""

STATES = (
    State("scoring", SCORING),
    State("to_tell", TO_TELL),
    State("told", TOLD),
    State("to_confirm", TO_CONFIRM),
    State("final", FINAL, final=True),
    State("void", VOID, final=True),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file says that shapes fields and acts: see ``sheets.Sheet`` for the meaning of each.

    ``answers`` are the words for whoever may answer the result; ``asked`` are the file's own fields that
    must be filled when the sheet is opened, ``offered`` those that may be, ``added`` those offered when it is
    confirmed.
    """

    items: tuple[Item, ...]
    by: tuple[str, ...]
    confirms: tuple[str, ...]
    own: tuple[str, ...]
    answers: tuple[str, ...]
    asked: tuple[str, ...]
    offered: tuple[str, ...]
    added: tuple[str, ...] = ()
    marking: Marking = Marking.MARKS
    vetoes: tuple[str, ...] = ()
    period: Every | None = None
    reply: Duration | None = None


def fields(plan: Plan) -> tuple[Field, ...]:
    """The fields beside the file's own: jury, period, one for each item, results, reply, changes."""
    marks = tuple(
        Field(one.key, one.label, FieldType.DECIMAL, help=_help(one, plan.marking)) for one in plan.items
    )
    example = EXAMPLES.get(plan.period, "") if plan.period else ""
    period = (Field("period", words.PERIOD, FieldType.TEXT, help=f"例如 {example}"),)
    vetoes = (
        Field("veto", words.VETO, FieldType.CHOICE, plan.vetoes),
        Field("veto_why", words.VETO_WHY, FieldType.LONG, help="写明哪一件事、哪一份材料"),
    )
    return (
        Field("title", words.TITLE, FieldType.TEXT),
        *(period if plan.period else ()),
        Field("jury", words.JURY, FieldType.PEOPLE, help="各评各的，全部交齐以前互相看不见"),
        *marks,
        Field("note", words.NOTE, FieldType.LONG),
        Field("total", words.TOTAL, FieldType.DECIMAL, unit="分"),
        Field("grade", words.GRADE, FieldType.TEXT),
        Field("grade_before", words.BEFORE_VETO, FieldType.TEXT, help="不计一票否决时的等级"),
        Field("reply", words.REPLY, FieldType.LONG),
        Field("changed", words.CHANGED, FieldType.CHOICE, tuple(one.label for one in plan.items)),
        Field("changed_to", words.CHANGED_TO, FieldType.DECIMAL),
        Field("changed_why", words.CHANGED_WHY, FieldType.LONG),
        *(vetoes if plan.vetoes else ()),
        Field("void_why", words.VOID_WHY, FieldType.LONG),
    )


def _help(item: Item, marking: Marking) -> str:
    full = item.full.numerator if item.full.denominator == 1 else float(item.full)
    what = f"满分 {full}" if marking is Marking.MARKS else f"扣分，最多 {full}；不扣就空着"
    return f"{what}。{item.rule}" if item.rule else what


def acts(plan: Plan) -> tuple[Act, ...]:
    """The acts of a sheet, in the order in which they come."""
    late = (TO_TELL, TOLD, TO_CONFIRM)
    items = tuple(one.label for one in plan.items)
    must, may = (items, ()) if plan.marking is Marking.MARKS else ((), items)
    period = (words.PERIOD,) if plan.period else ()
    barred = tuple(dict.fromkeys(plan.own))
    found = [
        Act(
            "open",
            OPEN,
            plan.by,
            (((NEW,), SCORING),),
            (*plan.asked, *period, words.JURY),
            plan.offered,
            about="定下评谁、由谁评。评分人交齐以前，各人的分数只有自己看得见。",
        ),
        Act(
            "score",
            SCORE,
            (words.JURY,),
            (((SCORING,), TO_TELL),),
            must,
            (*may, words.NOTE),
            barred,
            about="交齐以前可以改自己的分；最后一人交了，结果一起打开。",
        ),
        Act("replace", REPLACE, plan.by, (((SCORING,), ""),), (words.JURY,)),
        Act("tell", TELL, plan.by, (((TO_TELL,), TOLD if plan.reply else TO_CONFIRM),), never_by=barred),
    ]
    if plan.reply:
        found += [
            Act("answer", ANSWER, plan.answers, (((TOLD,), TO_CONFIRM),), (words.REPLY,)),
            Act("accept", ACCEPT, plan.answers, (((TOLD,), TO_CONFIRM),)),
        ]
    asked = (words.CHANGED, words.CHANGED_TO, words.CHANGED_WHY)
    found.append(Act("change", CHANGE, plan.by, (((TO_CONFIRM,), ""),), asked, never_by=barred))
    if plan.vetoes:
        needs = (words.VETO, words.VETO_WHY)
        found.append(Act("find", FIND, plan.by, ((late, ""),), needs, never_by=barred))
    ends = (TOLD, TO_CONFIRM) if plan.reply else (TO_CONFIRM,)
    about = "确认以后不再改动，等级规定的后果自动登记。"
    never = (*barred, words.JURY)
    confirm = Act("confirm", CONFIRM, plan.confirms, ((ends, FINAL),), (), plan.added, never, about=about)
    found.append(confirm)
    found.append(Act("cancel", CANCEL, plan.by, (((SCORING, *late), VOID),), (words.VOID_WHY,)))
    return tuple(found)


def clocks(plan: Plan) -> tuple[RecordClock, ...]:
    """How long the scored may answer; on the day after, whoever keeps the sheet is told."""
    if plan.reply is None:
        return ()
    late = tuple(Rung(Colour.RED, word, Duration(days=1, text="1 天"), before=False) for word in plan.by)
    return (RecordClock(REPLY_CLOCK, (TELL,), (ANSWER, ACCEPT, CONFIRM), within=plan.reply, rungs=late),)


def answering(subject: Field, own: Sequence[str]) -> tuple[str, ...]:
    """Who answers where the file does not say: the person scored, the head of the department scored, else
    whoever may not score."""
    if subject.type is FieldType.UNIT:
        return (f"{subject.label}负责人",)
    return (subject.label,) if subject.type is FieldType.PERSON else tuple(own)
