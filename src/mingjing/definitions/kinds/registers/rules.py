"""What is wrong within one register: names nobody wrote, states nobody reaches or leaves, numbers, moves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mingjing.definitions.kinds.registers.building import NOTHING, BuiltIn
from mingjing.definitions.kinds.registers.comparing import say_compared
from mingjing.definitions.kinds.registers.containing import say_contained
from mingjing.definitions.kinds.registers.outside import say_outside
from mingjing.definitions.kinds.registers.saying import (
    Words,
    places,
    say_condition,
    say_each,
    say_unknown,
    tables,
)
from mingjing.definitions.kinds.registers.shapes import ANY, STAYS, Move
from mingjing.definitions.nodes import MapNode, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.definitions.shapes.rungs import say_unclimbed
from mingjing.definitions.shapes.tables import Rule
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ledgers.matters import BUILT_IN, COUNTS
from mingjing.domain.ledgers.numbers import BLANKS, PatternError, check_pattern
from mingjing.domain.ledgers.register import NEW, FieldType
from mingjing.domain.ledgers.stepping import ONESELF, SURROUNDINGS, TODAY

SYSTEM = "系统"
RESERVED = frozenset({NEW, ANY, STAYS, ONESELF, *SURROUNDINGS, *COUNTS, *BUILT_IN})
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_BLANK = re.compile(r"\{([^{}]*)\}")
QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」")
"""A name with Chinese quotation marks around it, which YAML takes for a part of it."""
_SPOILS = {
    "字段": "/\\{}=＝;；【】",
    "状态": "/\\{}→、;；【】",
    "办理": "/\\{} \u3000=＝;；【】",
    "时限": "{};；【】",
}
"""Signs that a label may not hold: an address, an example or a move would be cut at them."""
_LABELS = {"字段": "问题描述", "状态": "待认领", "办理": "认领", "时限": "认领时限"}
_ENDS = "，,。、：:；;！!"
"""What a label copied out of a sentence ends with."""
_LONGEST_LABEL = 40
EACH = "每个"
_TITLES = (FieldType.TEXT, FieldType.LONG, FieldType.CHOICE)


def register_rules(built_in: BuiltIn = NOTHING) -> tuple[Rule, ...]:
    """The rules of a file with a register, for ``Kind.rules``. Where a part could not be read, what depends
    on it is not looked at."""

    def rule(record: Record, notes: Notes) -> None:
        _say_labels(record, notes)
        broken = {key for key in ("fields", "states", "actions") if _is_broken(record, key)}
        words = Words(record, built_in)
        if "fields" not in broken:
            _say_fields(record, words, notes)
        if not broken:
            say_outside(record, words, notes)
            before = notes.errors
            _say_acts(record, words, notes)
            if notes.errors == before:
                _say_graph(record, words, notes)
            _say_clocks(record, words, notes)
        if (pattern := record.text("number")) and (cause := _number_cause(pattern)):
            notes.say(
                record.at("number"), "bad-number-format", cause, allowed=BLANKS, example="整改-{年}-{序号:4}"
            )

    return (rule,)


def _is_broken(record: Record, key: str) -> bool:
    return key in record.node.entries and key not in record


def _say_labels(record: Record, notes: Notes) -> None:
    """Labels and keys are unique, and no label is a word that means something else."""
    for part, what in (("fields", "字段"), ("states", "状态"), ("actions", "办理")):
        seen: dict[str, int] = {}
        whole = record.node.entries.get(part)
        for key, item in tables(record, part).items():
            label, at = item.text("label"), item.at("label")
            if label in seen:
                cause = f"{what}“{label}”已经写在第 {seen[label]} 行。{what}名称不能重复。"
                notes.say(at, "duplicate-row", cause)
            elif label in RESERVED:
                cause = f"“{label}”另有意思，不能用作{what}名称。请换一个名称。"
                notes.say(at, "reserved-name", cause)
            elif "label" in item and (cause := _label_cause(label, what)):
                notes.say(at, "bad-label", cause, example=f"label: {_LABELS[what]}")
            seen.setdefault(label, at.line)
            if not _KEY.fullmatch(key) and isinstance(whole, MapNode):
                cause = f"“{key}”不能用作键。键用小写英文字母、数字和下划线，以字母开头。"
                notes.say(
                    whole.keys[key], "bad-key", cause, example="problem: {label: 问题描述, type: 长文本}"
                )
    seen = {}
    for item in record.records("clocks"):
        label, at = item.text("label"), item.at("label")
        if label in seen:
            cause = f"时限“{label}”已经写在第 {seen[label]} 行。时限名称不能重复。"
            notes.say(at, "duplicate-row", cause)
        elif "label" in item and (cause := _label_cause(label, "时限")):
            notes.say(at, "bad-label", cause, example=f"label: {_LABELS['时限']}")
        seen.setdefault(label, at.line)


def _label_cause(label: str, what: str) -> str:
    """Why a label cannot be one, or an empty text."""
    if not label.strip():
        return f"{what}名称是空的，请写一个名称。"
    if len(label) > _LONGEST_LABEL:
        return f"{what}名称有 {len(label)} 个字，最多 {_LONGEST_LABEL} 个字。说明写在 help 或 about 里。"
    if QUOTED.fullmatch(label):
        return f"{what}名称外面不加引号，加了会原样显示。请写成 {label[1:-1]}。"
    if label.strip(_ENDS + ".") == "":
        return f"“{label}”不能用作{what}名称。请写文字。"
    if (bare := label.strip(_ENDS)) != label:
        sign = label[-1] if label[-1] in _ENDS else label[0]
        return f"{what}名称“{label}”前后不带“{sign}”，带了会原样显示。请写成 {bare}。"
    found = next((sign for sign in _SPOILS[what] if sign in label), "")
    shown = "空格" if found.isspace() else f"“{found}”"
    return f"{what}名称“{label}”里不能有{shown}，请改用别的字。" if found else ""


def _say_fields(record: Record, words: Words, notes: Notes) -> None:
    for item in tables(record, "fields").values():
        _say_options(item, notes)
    kinds: tuple[tuple[str, str, tuple[FieldType, ...]], ...] = (
        ("title", "文字字段", _TITLES),
        ("holder", "人员字段", (FieldType.PERSON,)),
        ("unit", "部门字段", (FieldType.UNIT,)),
        ("subject", "人员字段", (FieldType.PERSON,)),
        ("subject_sees", "字段", tuple(FieldType)),
    )
    for key, what, allowed in kinds:
        for at in places(record, key):
            if at.text not in words.of(*allowed):
                say_unknown(notes, at, at.text, what, words.of(*allowed))
    if (recurs := record.get("recurs", Record)) is not None:
        say_each(recurs, "same", words.fields, "字段", notes)
    if (public := record.get("public", Record)) is not None:
        say_each(public, "show", words.fields, "字段", notes)


def _say_options(item: Record, notes: Notes) -> None:
    kind, label = item.get("type", FieldType), item.text("label")
    source = item.text("of")
    if kind in (FieldType.CHOICE, FieldType.CHOICES):
        if ("options" in item) == bool(source):
            cause = f"“{label}”是{kind.value}，要写 options（可以选的内容）或者 of（字典），只写一个。"
            notes.say(item.at("type"), "no-options", cause, example="options: [案件评查, 审务督察]")
        elif source and not source.startswith("dictionary."):
            notes.say(
                item.at("of"), "no-options", f"“{label}”的内容要取自字典。", example="of: dictionary.outcomes"
            )
    elif kind is FieldType.RECORD:
        if not source or source.startswith("dictionary."):
            cause = f"“{label}”指向别的记录，要写 of（哪个台账）。"
            notes.say(item.at("of"), "no-options", cause, example="of: ledger.rectification")
    elif "options" in item or source:
        at = item.at("options" if "options" in item else "of")
        cause = f"“{label}”是{kind.value if kind else ''}，不能写 options 或 of。"
        notes.say(at, "no-options", cause, allowed=("选项", "多选", "记录"))
    seen: set[str] = set()
    for one in places(item, "options"):
        if one.text in seen:
            notes.say(item.at("options"), "duplicate-row", f"“{one.text}”在可选内容里写了两次。")
            break
        if QUOTED.fullmatch(one.text):
            cause = f"可选内容外面不加引号，加了会原样显示。请写成 {one.text[1:-1]}。"
            notes.say(one, "bad-label", cause, example=f"options: [{one.text[1:-1]}]")
        seen.add(one.text)


def _say_acts(record: Record, words: Words, notes: Notes) -> None:
    for item in tables(record, "actions").values():
        say_each(item, "fill", words.fields, "字段", notes)
        say_each(item, "may_fill", words.fields, "字段", notes)
        fill = set(item.texts("fill"))
        for at in places(item, "may_fill"):
            if at.text in fill:
                notes.say(at, "duplicate-row", f"“{at.text}”已经写在 fill 里，是必填的。")
        _say_moves(item, words, notes)
        for need in item.records("needs"):
            when = need.get("when", Expression)
            if when is not None:
                say_condition(when, need.at("when"), words.fields, notes)
                say_contained(when, need.at("when"), record, notes)
                say_compared(when, need.at("when"), record, notes)
        for opening in item.records("opens"):
            _say_opening(opening, words, notes)
            if (when := opening.get("when", Expression)) is not None:
                say_condition(when, opening.at("when"), words.fields, notes)
                say_contained(when, opening.at("when"), record, notes)
                say_compared(when, opening.at("when"), record, notes)
        _say_expiring(item, {one.text("label"): one for one in record.records("clocks")}, words, notes)
        barred = set(item.texts("never_by"))
        if barred and barred.issuperset(item.texts("by")):
            cause = f"“{item.text('label')}”谁也不能办：可以办的人（by）都在不得办理的人（never_by）里。"
            notes.say(item.at("by"), "nobody-may", cause, example="by: 督察员, never_by: 责任人")


def _say_expiring(item: Record, clocks: Mapping[str, Record], words: Words, notes: Notes) -> None:
    """What time does, the system must be allowed to do, with nothing to fill in, and once."""
    if not (expires := item.text("expires")):
        return
    label = item.text("label")
    if expires not in clocks:
        say_unknown(notes, item.at("expires"), expires, "时限", clocks)
    elif SYSTEM not in item.texts("by"):
        cause = f"“{expires}”满了由系统办“{label}”，by 里要写上系统。"
        notes.say(item.at("by"), "conflicting-keys", cause, example=f"by: {SYSTEM}")
    elif item.texts("fill"):
        cause = "系统自己办的，没有人填必填的字段。请把 fill 改成 may_fill。"
        notes.say(item.at("fill"), "conflicting-keys", cause, example="may_fill: [说明]")
    elif label not in clocks[expires].texts("stops") and not _ends_everything(item, words):
        cause = f"办了“{label}”，“{expires}”还在走，系统会天天再办。请把“{label}”写进这个时限的 stops。"
        notes.say(item.at("expires"), "conflicting-keys", cause, example=f"stops: [{label}]")


def _ends_everything(item: Record, words: Words) -> bool:
    """Whether an act always leads to a final state, where every clock stops."""
    return all(move.after != STAYS and words.states.get(move.after, False) for move in _moves(item))


def _say_moves(item: Record, words: Words, notes: Notes) -> None:
    taken: set[str] = set()
    for move in _moves(item):
        for source in move.sources:
            if source not in words.states and source not in (NEW, ANY):
                say_unknown(notes, move.node, source, "状态", (NEW, ANY, *words.states))
            elif source == ANY and len(move.sources) > 1:
                notes.say(
                    move.node, "bad-move", f"“{ANY}”已经包括别的状态，请单独写。", example=f"{ANY} → 已撤销"
                )
            elif source in taken:
                cause = f"“{item.text('label')}”从“{source}”出发写了两次，不知道该到哪个状态。"
                notes.say(move.node, "bad-move", cause, example="整改中 → 待验收")
            taken.add(source)
        if move.after not in words.states and move.after != STAYS:
            say_unknown(notes, move.node, move.after, "状态", (*words.states, STAYS))
        elif move.after == STAYS and NEW in move.sources:
            cause = "新建的记录总要到一个状态，不能写“不变”。"
            notes.say(move.node, "bad-move", cause, example=f"{NEW} → {next(iter(words.states), '待认领')}")


def _moves(item: Record) -> tuple[Move, ...]:
    return tuple(one for one in item.get("moves", tuple) or () if isinstance(one, Move))


def _say_opening(opening: Record, words: Words, notes: Notes) -> None:
    several = words.of(FieldType.PEOPLE, FieldType.UNITS, FieldType.CHOICES)
    each = opening.text("each")
    if each and each not in several:
        say_unknown(notes, opening.at("each"), each, "多人、多部门或多选字段", several)
    values = opening.node.entries.get("fields")
    for at in values.entries.values() if isinstance(values, MapNode) else ():
        if isinstance(at, ScalarNode):
            known = (*words.fields, TODAY, *((EACH,) if each else ()))
            for blank in _BLANK.findall(at.text):
                if blank not in known:
                    notes.say(
                        at,
                        "bad-placeholder",
                        f"没有“{blank}”这个字段。{nearest(blank, known)}",
                        allowed=known,
                    )


def _say_graph(record: Record, words: Words, notes: Notes) -> None:
    """Every state is reached from 新建, and every one that is not final can be left."""
    acts = tables(record, "actions")
    if not acts:
        return
    steps = [
        (source, move.after)
        for item in acts.values()
        for move in _moves(item)
        for source in _spread(move, words)
    ]
    if words.built_in.merged:
        moves = [move for act in words.built_in.acts for move in act.moves]
        steps += [(source, after or STAYS) for sources, after in moves for source in sources]
    reached = _reached(steps)
    if len(reached) == 1:
        cause = f"没有从“{NEW}”开始的办理，谁也建不了记录。"
        notes.say(
            record.node.keys["actions"],
            "no-first-act",
            cause,
            example=f"moves: {NEW} → {next(iter(words.states))}",
        )
        return
    for item in tables(record, "states").values():
        label = item.text("label")
        if label not in reached:
            cause = f"状态“{label}”永远到不了：没有哪个办理从“{NEW}”一路走到这里。"
            notes.say(item.at("label"), "unreachable-state", cause, example=f"moves: … → {label}")
        elif not words.states[label] and not any(a == label and b not in (label, STAYS) for a, b in steps):
            cause = f"状态“{label}”没有办理离开它，又没有写 final: true，记录到了这里就再也办不下去。"
            notes.say(item.at("label"), "dead-end-state", cause, example=f"{{label: {label}, final: true}}")


def _spread(move: Move, words: Words) -> Iterator[str]:
    if move.sources == (ANY,):
        yield from (state for state, final in words.states.items() if not final and state != move.after)
    else:
        yield from move.sources


def _reached(steps: Iterable[tuple[str, str]]) -> set[str]:
    steps = list(steps)
    reached, before = {NEW}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {after for source, after in steps if source in reached and after != STAYS}
    return reached


def _say_clocks(record: Record, words: Words, notes: Notes) -> None:
    written = record.node.entries.get("ladders")
    ladders = tuple(written.entries) if isinstance(written, MapNode) else ()
    for name, rungs in (record.get("ladders", dict) or {}).items():
        if isinstance(written, MapNode):
            say_unclimbed(rungs, written.entries[name], notes)
    for item in record.records("clocks"):
        for key in ("starts", "stops"):
            say_each(item, key, words.acts, "办理", notes)
        say_unclimbed(item.get("rungs", tuple) or (), item.at("rungs"), notes)
        if (until := item.text("until")) and until not in words.of(FieldType.DAY):
            say_unknown(notes, item.at("until"), until, "日期字段", words.of(FieldType.DAY))
        if (ladder := item.text("ladder")) and ladder not in ladders:
            cause = f"没有“{ladder}”这一组提醒。{nearest(ladder, ladders)}"
            notes.say(item.at("ladder"), "no-ladder", cause, allowed=ladders)
        told = [key for key in item.node.entries if key in ("rungs", "ladder", "late")]
        if len(told) > 1:
            cause = "“rungs”、“ladder”、“late” 只能写一个，请删去多余的。"
            notes.say(item.node.keys[told[1]], "conflicting-keys", cause)


def _number_cause(pattern: str) -> str:
    try:
        check_pattern(pattern)
    except PatternError as error:
        return str(error)
    return ""
