"""What every activity has: its day, its organiser; states and acts of a session and of what is owed."""

from __future__ import annotations

from collections.abc import Mapping

from mingjing.definitions.kinds.registers.building import BuiltIn
from mingjing.definitions.shapes import Record
from mingjing.domain.activities import rules as words
from mingjing.domain.dates.durations import Duration
from mingjing.domain.ladders.rungs import Colour, Rung
from mingjing.domain.ledgers.register import NEW, Act, Field, FieldType, RecordClock, State

SYSTEM, ANYBODY, CLOCK, GIVE_UP = "系统", "任何人", "完成时限", "认定未完成"
QUOTA_KEYS = ("who", "every", "times", "covers", "total", "counts_for")


def own_fields(record: Record) -> Mapping[str, Record]:
    """The fields the file writes, by key."""
    return record.get("fields", dict) or {}


def owes(record: Record) -> bool:
    """Whether anybody owes anything: otherwise it is a plain record of what was held."""
    return "who" in record.node.entries or "quotas" in record.node.entries


def built_in(record: Record) -> BuiltIn:
    """Fields, states, acts and the clock of an activity, as its other keys ask for them."""
    clocks = (_clock(record),) if owes(record) else ()
    return BuiltIn(_fields(record), _states(record), _acts(record), clocks, merged=True)


def _fields(record: Record) -> tuple[Field, ...]:
    owed, excuses = owes(record), (*record.texts("excuses"), words.OFF_ROSTER)
    rows = (
        (True, Field("held_on", words.HELD_ON, FieldType.DAY)),
        (True, Field("organiser", words.ORGANISER, FieldType.PERSON)),
        (owed, Field("period", words.PERIOD, FieldType.TEXT)),
        (owed, Field("due", words.DUE, FieldType.DAY)),
        (owed, Field("lacks", words.LACKS, FieldType.LONG)),
        (owed, Field("excuse", words.EXCUSE, FieldType.CHOICE, excuses)),
        (True, Field("cancelled", words.CANCELLED_WHY, FieldType.LONG)),
        ("checked_by" in record, Field("returned", words.RETURNED, FieldType.LONG)),
    )
    return tuple(field for wanted, field in rows if wanted)


def _states(record: Record) -> tuple[State, ...]:
    owed, checked = owes(record), "checked_by" in record
    rows = (
        (True, State("planned", words.PLANNED)),
        (True, State("held", words.HELD)),
        (True, State("recorded", words.RECORDED, final=not checked)),
        (checked, State("checked", words.CHECKED, final=True)),
        (True, State("cancelled", words.CANCELLED, final=True)),
        (owed, State("owed", words.OWED)),
        (owed, State("met", words.MET, final=True)),
        (owed and checked, State("short", words.SHORT, final=True)),
        (owed, State("excused", words.EXCUSED, final=True)),
    )
    return tuple(state for wanted, state in rows if wanted)


def _acts(record: Record) -> tuple[Act, ...]:
    by = record.texts("kept_by") or (ANYBODY,)
    own = tuple(one.text("label") for one in own_fields(record).values())
    fill = record.texts("fill")
    rest = tuple(label for label in own if label not in fill)
    again = by if ANYBODY in by else (*by, "登记人")
    acts = [
        Act(
            "plan",
            words.PLAN,
            by,
            (((NEW,), words.PLANNED),),
            (words.HELD_ON,),
            (*own, words.ORGANISER),
            about="先排上日子，到时候再记录。",
        ),
        Act("hold", words.HOLD, again, (((words.PLANNED,), words.HELD),), (), (words.HELD_ON, *own)),
        Act(
            "record",
            words.RECORD,
            again,
            (((NEW, words.PLANNED, words.HELD), words.RECORDED),),
            (words.HELD_ON, *fill),
            (*rest, words.ORGANISER),
            about="已经举行的直接记录，不必先安排。",
        ),
        Act(
            "cancel",
            words.CANCEL,
            again,
            (((words.PLANNED, words.HELD), words.CANCELLED),),
            (words.CANCELLED_WHY,),
        ),
        *_checking(record),
        *_owing(record),
    ]
    return tuple(acts)


def _checking(record: Record) -> list[Act]:
    by = record.texts("checked_by")
    if not by:
        return []
    moves = (((words.RECORDED,), words.CHECKED),)
    back = (((words.RECORDED, words.CHECKED), words.HELD),)
    return [
        Act("check", words.CHECK, by, moves, never_by=("登记人",)),
        Act("return", words.RETURN, by, back, (words.RETURNED,)),
    ]


def _owing(record: Record) -> list[Act]:
    if not owes(record):
        return []
    title = "" if "title" in record else _label(record, "title", FieldType.TEXT)
    named = (_label(record, "unit", FieldType.UNIT), title)
    also = (*(label for label in named if label), words.ORGANISER, words.LACKS)
    system, again = (SYSTEM,), (((words.MET, words.EXCUSED), words.OWED),)
    acts = [
        Act("open", words.OPEN, system, (((NEW,), words.OWED),), (words.PERIOD, words.DUE), also),
        Act("meet", words.MEET, system, (((words.OWED,), words.MET),), (), (words.LACKS,)),
        Act("unmeet", words.UNMEET, system, again, (), (words.LACKS,)),
        Act("update", words.UPDATE, system, (((words.OWED,), ""),), (), (words.LACKS,)),
    ]
    if by := record.texts("checked_by"):
        acts.append(Act("give_up", GIVE_UP, by, (((words.OWED,), words.SHORT),)))
    allowed = (*record.texts("checked_by"), SYSTEM)
    moves = (((words.OWED,), words.EXCUSED),)
    acts.append(Act("excuse", words.EXCUSE_ACT, allowed, moves, (words.EXCUSE,)))
    return acts


def _label(record: Record, key: str, kind: FieldType) -> str:
    """The field that is a session's department or title: what is owed carries it too."""
    if written := record.text(key):
        return written
    fields = (one for one in own_fields(record).values() if one.get("type", FieldType) is kind)
    return next((one.text("label") for one in fields), "")


def _clock(record: Record) -> RecordClock:
    own = tuple(rung for rung in record.get("rungs", tuple) or () if isinstance(rung, Rung))
    gave_up = (GIVE_UP,) if "checked_by" in record else ()
    week, day = Duration(days=5, text="5 天"), Duration(days=1, text="1 天")
    default = (
        Rung(Colour.BLUE, words.ORGANISER, week, before=True),
        Rung(Colour.RED, words.ORGANISER, day, before=False),
    )
    return RecordClock(
        label=CLOCK,
        starts=(words.OPEN, words.UNMEET),
        stops=(words.MEET, words.EXCUSE_ACT, *gave_up),
        until=words.DUE,
        rungs=own or default,
    )
