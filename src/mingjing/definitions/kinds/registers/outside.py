"""What a register lets outside: the public window, what a party reads. Said where it cannot work."""

from __future__ import annotations

from mingjing.definitions.kinds.registers.saying import (
    Words,
    places,
    say_each,
    say_moment,
    say_unknown,
    tables,
)
from mingjing.definitions.kinds.registers.shapes import Move
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Record
from mingjing.domain.ledgers.matters import BUILT_IN
from mingjing.domain.ledgers.register import NEW, FieldType

PUBLIC = BUILT_IN[4]
FILLED_OUTSIDE = (
    FieldType.TEXT,
    FieldType.LONG,
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.MONEY,
    FieldType.DAY,
    FieldType.FLAG,
    FieldType.CHOICE,
    FieldType.CHOICES,
    FieldType.FILES,
)
"""Types somebody outside can fill: nothing that asks for the court's people, departments, cases, records."""
_SAMPLE = "window: {about: 一次交齐材料，一次办好, show: [办理结果]}"


def say_outside(record: Record, words: Words, notes: Notes) -> None:
    """Note what of ``public``, ``window`` and ``party`` can never happen."""
    if (public := record.get("public", Record)) is not None:
        say_moment(public, words, notes)
    _say_party(record.get("party", Record), words, notes)
    window = record.get("window", Record)
    _say_case(window, words, notes)
    opens = False
    for item in tables(record, "actions").values():
        by = next((at for at in places(item, "by") if at.text == PUBLIC), None)
        if by is None:
            continue
        if window is None:
            cause = f"“{item.text('label')}”由公众办理，但没有写 window，公众没有地方进来办。"
            notes.say(by, "no-window", cause, example=_SAMPLE)
        _say_public_act(item, words, notes)
        opens = opens or any(NEW in move.sources for move in _moves(item))
    if window is None:
        return
    say_each(window, "show", words.fields, "字段", notes)
    if not record.text("id").startswith("ledger."):
        cause = "公众窗口只开在台账上；填报、活动、审批、会议由本院人员办。"
        notes.say(record.node.keys["window"], "no-window", cause)
    elif not opens:
        cause = f"写了 window，但没有一个办理是公众从“{NEW}”开始的，谁也进不来。"
        notes.say(record.node.keys["window"], "no-window", cause, example="by: 公众, moves: 新建 → 待受理")
    elif not _is_seen(record):
        cause = "公众交进来的，院里没有人看得见：没有写 seen_by，也没有哪一步由院里的人办。"
        notes.say(record.node.keys["window"], "no-window", cause, example="seen_by: [诉讼服务中心]")


def _is_seen(record: Record) -> bool:
    """Whether somebody of the court sees what came in: by the register's word or because they act on it."""
    acting = {at.text for item in tables(record, "actions").values() for at in places(item, "by")}
    named = record.texts("seen_by") or acting - set(BUILT_IN)
    return bool(named) or record.text("secrecy") == "公开"


def _moves(item: Record) -> tuple[Move, ...]:
    return tuple(one for one in item.get("moves", tuple) or () if isinstance(one, Move))


def _say_public_act(item: Record, words: Words, notes: Notes) -> None:
    known = words.of(*FILLED_OUTSIDE)
    for key in ("fill", "may_fill"):
        for at in places(item, key):
            if at.text in words.fields and at.text not in known:
                kind = words.fields[at.text].value
                cause = f"“{at.text}”是{kind}，公众填不了：院里的人员、部门、案件不给外面挑。"
                notes.say(at, "no-window", cause, allowed=known)
    for at in places(item, "approval"):
        cause = f"“{item.text('label')}”由公众办理，不能再等审批；审批写在法院人员办的那一步。"
        notes.say(at, "no-window", cause)


def _say_party(party: Record | None, words: Words, notes: Notes) -> None:
    if party is not None:
        _say_case(party, words, notes)
        say_each(party, "show", words.fields, "字段", notes)


def _say_case(part: Record | None, words: Words, notes: Notes) -> None:
    """Which case somebody outside may read about, and from when on."""
    written = [key for key in ("of", "when") if part is not None and key in part.node.entries]
    if part is None or not written:
        return
    if len(written) == 1:
        cause = "of（哪件案件）和 when（什么时候看得见）要一起写。"
        notes.say(part.node.keys[written[0]], "conflicting-keys", cause, example="of: 案件, when: 有效")
        return
    cases = words.of(FieldType.CASE)
    for at in places(part, "of"):
        if at.text not in cases:
            say_unknown(notes, at, at.text, "案件字段", cases)
    say_moment(part, words, notes)
