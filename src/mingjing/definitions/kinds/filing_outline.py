"""What every filing by period has: who owes it, for which period; the states and acts built in."""

from __future__ import annotations

from collections.abc import Mapping

from mingjing.definitions.kinds.registers.building import BuiltIn, opening_of
from mingjing.definitions.shapes import Record
from mingjing.domain.dates.durations import Duration
from mingjing.domain.filings import rules as words
from mingjing.domain.ladders.rungs import Colour, Rung
from mingjing.domain.ledgers.register import NEW, Act, Field, FieldType, RecordClock, State

CLOCK, OWN_UNIT = "填报时限", "所在部门"
TRUE, UNTRUE = "核查属实", "核查不实"
SYSTEM = "系统"


def is_of_units(record: Record) -> bool:
    """Whether departments report: their rosters begin with 各."""
    who = record.texts("who")
    return bool(who) and who[0].startswith("各")


def own_fields(record: Record) -> Mapping[str, Record]:
    """The fields the file writes, by key."""
    return record.get("fields", dict) or {}


def built_in(record: Record) -> BuiltIn:
    """Fields, states, acts and the clock of a filing by period, as its other keys ask for them."""
    return BuiltIn(_fields(record), _states(record), _acts(record), merged=True, clocks=(_clock(record),))


def _signed(record: Record) -> bool:
    return "signs" in record or "text" in record


def _signers(record: Record) -> tuple[str, ...]:
    given: Mapping[str, tuple[str, ...]] = record.get("signs", dict) or {}
    return tuple(dict.fromkeys(word for several in given.values() for word in several))


def _fields(record: Record) -> tuple[Field, ...]:
    excuses = (*record.texts("excuses"), words.OFF_ROSTER)
    owed = (
        (Field("unit", words.UNIT, FieldType.UNIT), Field("head", words.HEAD, FieldType.PERSON))
        if is_of_units(record)
        else (Field("person", words.PERSON, FieldType.PERSON), Field("unit", OWN_UNIT, FieldType.UNIT))
    )
    optional = (
        (True, Field("excuse", words.EXCUSE, FieldType.CHOICE, excuses)),
        (bool(_signers(record)), Field("signers", words.SIGNERS, FieldType.TEXT)),
        (bool(_signers(record)), Field("remark", words.OTHER_SIDE, FieldType.LONG)),
        ("check" in record, Field("checked", words.CHECKED, FieldType.LONG)),
        (bool(record.texts("excused_by")), Field("returned", words.RETURNED, FieldType.LONG)),
    )
    return (
        *owed,
        Field("period", words.PERIOD, FieldType.TEXT),
        Field("due", words.DUE, FieldType.DAY),
        *(field for wanted, field in optional if wanted),
    )


def _states(record: Record) -> tuple[State, ...]:
    signed, check = _signed(record), "check" in record
    rows = (
        (True, State("waiting", words.WAITING)),
        (not signed, State("filed", words.FILED, final=True)),
        (bool(record.text("nil")), State("nil", words.NIL, final=True)),
        (bool(_signers(record)), State("to_sign", words.TO_SIGN)),
        (signed, State("signed", words.SIGNED, final=True)),
        (True, State("excused", words.EXCUSED, final=True)),
        (check, State("drawn", words.DRAWN)),
        (check, State("true", words.TRUE, final=True)),
        (check, State("untrue", words.UNTRUE, final=True)),
    )
    return tuple(state for wanted, state in rows if wanted)


def _acts(record: Record) -> tuple[Act, ...]:
    nil, by = record.text("nil"), _filed_by(record)
    acts = [_open(record), *_reporting(record, by)]
    if nil:
        acts.append(Act("file_nil", nil, by, (((words.WAITING,), words.NIL),)))
    acts += [*_signing(record), *_excusing(record), *_checking(record)]
    return tuple(acts)


def _filed_by(record: Record) -> tuple[str, ...]:
    return record.texts("filed_by") or ((words.UNIT,) if is_of_units(record) else (words.PERSON,))


def _open(record: Record) -> Act:
    owed = (words.UNIT,) if is_of_units(record) else (words.PERSON,)
    also = (words.HEAD,) if is_of_units(record) else (OWN_UNIT,)
    signers = (words.SIGNERS,) if _signers(record) else ()
    return Act(
        "open",
        words.OPEN,
        (SYSTEM,),
        (((NEW,), words.WAITING),),
        (*owed, words.PERIOD, words.DUE),
        (*also, *signers, *record.texts("called_with")),
        about="由系统按名册开启，一人（一个部门）一份。",
    )


def _reporting(record: Record, by: tuple[str, ...]) -> list[Act]:
    given = record.texts("called_with")
    labels = (one.text("label") for one in own_fields(record).values())
    own = tuple(label for label in labels if label not in given)
    fill = record.texts("fill")
    rest = tuple(label for label in own if label not in fill)
    if not _signed(record):
        acts = [Act("file", words.FILE, by, (((words.WAITING,), words.FILED),), fill, rest)]
        if own:
            acts.append(Act("mend", words.MEND, by, (((words.FILED,), ""),), (), own))
        return acts
    after = words.TO_SIGN if _signers(record) else words.SIGNED
    return [Act("sign", words.SIGN, by, (((words.WAITING,), after),), fill, rest)]


def _signing(record: Record) -> list[Act]:
    signers = _signers(record)
    if not signers:
        return []
    barred = () if is_of_units(record) else (words.PERSON,)
    moves = (((words.TO_SIGN,), words.SIGNED),)
    about = "按会签顺序，轮到谁谁签；应签的人是本人或者空缺的，由上一级签，院长自己签了就算签完。"
    remark, by = (words.OTHER_SIDE,), tuple(dict.fromkeys((*signers, *_above(signers))))
    return [Act("countersign", words.COUNTERSIGN, by, moves, (), remark, barred, about=about)]


def _above(signers: tuple[str, ...]) -> tuple[str, ...]:
    """The steps of the line above the lowest that is asked to sign."""
    asked = [words.LINE.index(word) for word in signers if word in words.LINE]
    return words.LINE[min(asked) :] if asked else ()


def _excusing(record: Record) -> list[Act]:
    by = record.texts("excused_by")
    moves = (((words.WAITING,), words.EXCUSED),)
    acts = [
        Act("excuse", words.EXCUSE_ACT, (*by, SYSTEM), moves, (words.EXCUSE,)),
        Act("restore", words.RESTORE, (*by, SYSTEM), (((words.EXCUSED,), words.WAITING),)),
    ]
    if by:
        back = (words.FILED,) if not _signed(record) else (words.SIGNED,)
        waiting = (words.TO_SIGN,) if _signers(record) else ()
        nil = (words.NIL,) if record.text("nil") else ()
        returns = (((*back, *waiting, *nil), words.WAITING),)
        acts.append(Act("return", words.RETURN, by, returns, (words.RETURNED,)))
    return acts


def _checking(record: Record) -> list[Act]:
    check = record.get("check", Record)
    if check is None:
        return []
    by = check.texts("by")
    filed = (words.FILED, words.NIL) if record.text("nil") else (words.FILED,)
    opens = tuple(opening_of(item) for item in check.records("opens"))
    found = (words.CHECKED,)
    return [
        Act("draw", words.DRAW, (*by, SYSTEM), ((filed, words.DRAWN),)),
        Act("true", TRUE, by, (((words.DRAWN,), words.TRUE),), found),
        Act("untrue", UNTRUE, by, (((words.DRAWN,), words.UNTRUE),), found, opens=opens),
    ]


def _clock(record: Record) -> RecordClock:
    own = tuple(rung for rung in record.get("rungs", tuple) or () if isinstance(rung, Rung))
    signed = _signed(record)
    files = record.texts("files") or (words.SIGN if signed else words.FILE,)
    nil = (record.text("nil"),) if record.text("nil") else ()
    starts = (words.OPEN, *((words.RETURN,) if record.texts("excused_by") else ()))
    return RecordClock(
        label=CLOCK,
        starts=(*starts, words.RESTORE),
        stops=(*files, *nil, words.EXCUSE_ACT),
        until=words.DUE,
        rungs=own or _rungs(record),
    )


def _rungs(record: Record) -> tuple[Rung, ...]:
    owed = words.UNIT if is_of_units(record) else words.PERSON
    head = "应报部门负责人" if is_of_units(record) else "应报人负责人"
    day = Duration(days=1, text="1 天")
    return (Rung(Colour.BLUE, owed, day, before=True), Rung(Colour.RED, head, day, before=False))
