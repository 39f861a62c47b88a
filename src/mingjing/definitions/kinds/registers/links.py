"""What only the other files can tell of a register: who holds a capacity, which registers and words exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from mingjing.definitions.kinds.registers.comparing import say_words
from mingjing.definitions.kinds.registers.saying import places, say_unknown, tables
from mingjing.definitions.kinds.registers.shapes import BARE, ExampleStep
from mingjing.definitions.nodes import ListNode, MapNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import Severity, nearest
from mingjing.definitions.shapes import Record
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ladders.rungs import Rung
from mingjing.domain.ledgers.matters import BUILT_IN, COUNTS
from mingjing.domain.ledgers.register import NEW, Act, Register
from mingjing.domain.ledgers.stepping import ONESELF
from mingjing.domain.ledgers.values import PERSON_KINDS, UNIT_KINDS

if TYPE_CHECKING:
    from mingjing.definitions.shelf import Shelf

POSTS = "dictionary.posts"
_MANY = 20
OWN_UNIT = "本部门"
HEAD, LEADER = "负责人", "分管领导"


def check_register(register: Register, record: Record, shelf: Shelf, notes: Notes) -> None:
    """Note every name of a register that no other file knows, and what of it can never happen."""
    _say_capacities(register, record, shelf, notes)
    _say_nobody(register, record, shelf, notes)
    _say_files(register, record, shelf, notes)
    _say_words(record, shelf, notes)
    _say_unfilled(register, record, shelf, notes)
    _say_openings(record, shelf, notes)
    _say_under(register, record, shelf, notes)
    _say_examples(register, record, shelf, notes)


def capacities(register: Register, shelf: Shelf) -> frozenset[str] | None:
    """Every word that names somebody towards a record of this register; None where roles or posts could
    not be read."""
    posts = shelf.dictionary_or_none(POSTS)
    if posts is None or shelf.may_be_broken("roles"):
        return None
    roles = {role.label for role in shelf.roles().roles}
    named = {one.label for one in register.fields if one.type in PERSON_KINDS | UNIT_KINDS}
    derived = {f"{name}{what}" for name in (*named, OWN_UNIT) for what in (HEAD, LEADER)}
    return frozenset({*BUILT_IN, ONESELF, *roles, *posts.keys, *named, *derived})


def _say_capacities(register: Register, record: Record, shelf: Shelf, notes: Notes) -> None:
    known = capacities(register, shelf)
    if known is None:
        return
    subjectless = not register.subject
    for at in _capacity_places(record):
        if at.text not in known:
            fields = tuple(one.label for one in register.fields if one.type in PERSON_KINDS | UNIT_KINDS)
            cause = (
                f"“{at.text}”不是谁的身份。{nearest(at.text, known)}可以写人员或部门字段的名称、"
                f"“字段{HEAD}”“字段{LEADER}”“{OWN_UNIT}{HEAD}”、角色或职务。"
            )
            notes.say(
                at, "unknown-capacity", cause, allowed=(*fields, *BUILT_IN, ONESELF), example="by: 督察员"
            )
        elif at.text == ONESELF and subjectless:
            cause = "写了“本人”，但没有写 subject，不知道记录说的是谁。"
            notes.say(at, "unknown-capacity", cause, example="subject: 当事干警")


_WHO_KEYS = ("seen_by", "by", "kept_by", "checked_by", "called_by", "filed_by", "excused_by")
"""Keys of a whole register that say who."""


def _capacity_places(record: Record) -> Iterator[ScalarNode]:
    for key in _WHO_KEYS:
        yield from places(record, key)
    if (check := record.get("check", Record)) is not None:
        yield from places(check, "by")
    yield from _signers(record.node.entries.get("signs"))
    for item in tables(record, "fields").values():
        yield from places(item, "seen_by")
    for item in tables(record, "actions").values():
        yield from (*places(item, "by"), *places(item, "never_by"))
    for item in record.records("clocks"):
        yield from _told(item, "rungs")
        yield from _told(item, "late")
    for rungs, at in _ladders(record):
        yield from (ScalarNode(rung.tell, at.line, at.column) for rung in rungs)


def _signers(signs: Node | None) -> Iterator[ScalarNode]:
    """Who signs after oneself: the same for everybody, or by roster."""
    lists = signs.entries.values() if isinstance(signs, MapNode) else (signs,)
    for one in lists:
        items = one.items if isinstance(one, ListNode) else ()
        yield from (item for item in items if isinstance(item, ScalarNode))


def _told(record: Record, key: str) -> Iterator[ScalarNode]:
    nodes = places(record, key)
    rungs = [one for one in record.get(key, tuple) or () if isinstance(one, Rung)]
    for place, rung in enumerate(rungs):
        at = nodes[min(place, len(nodes) - 1)] if nodes else record.at(key)
        yield ScalarNode(rung.tell, at.line, at.column)


def _ladders(record: Record) -> Iterator[tuple[tuple[Rung, ...], Node]]:
    written = record.node.entries.get("ladders")
    for name, rungs in (record.get("ladders", dict) or {}).items():
        if isinstance(written, MapNode):
            yield rungs, written.keys[name]


def _say_nobody(register: Register, record: Record, shelf: Shelf, notes: Notes) -> None:
    """An act whose every capacity is empty when it would be done."""
    posts_of = (
        {} if shelf.may_be_broken("roles") else {role.label: role.posts for role in shelf.roles().roles}
    )
    for item in tables(record, "actions").values():
        act = register.act(item.text("label"))
        if all(_is_empty(word, act, register, posts_of) for word in act.by):
            why = "记录还没有建立，这个字段还是空的" if act.opens_record else "没有任何职务担任这个角色"
            cause = f"“{act.label}”谁也不能办：{'、'.join(act.by)}——{why}。"
            notes.say(item.at("by"), "nobody-may", cause, example="by: 督察员")


def _is_empty(word: str, act: Act, register: Register, posts_of: dict[str, tuple[str, ...]]) -> bool:
    if word in posts_of and not posts_of[word]:
        return True
    if not act.opens_record or any(NEW not in sources for sources, _ in act.moves):
        return False
    asked = (*act.fill, *act.may_fill)
    field = register.subject if word == ONESELF else word
    named = any(one.label == field and one.type in PERSON_KINDS | UNIT_KINDS for one in register.fields)
    return word == "办理人" or (named and field not in asked)


def _say_files(register: Register, record: Record, shelf: Shelf, notes: Notes) -> None:
    """Dictionaries, registers, approvals, documents and the calendar that are named are there."""
    for item in tables(record, "fields").values():
        source = item.text("of")
        if source.startswith("dictionary."):
            if shelf.dictionary_or_none(source) is None:
                _say_absent(source, "字典", item.at("of"), shelf.ids("dictionary"), shelf, notes)
        elif source:
            _say_register(source, item.at("of"), shelf, notes)
    for at in (*places(record, "under"), *places(record, "links")):
        _say_register(at.text, at, shelf, notes)
    for at in places(record, "prints"):
        if at.text not in shelf.ids("document"):
            _say_absent(at.text, "公文模板", at, shelf.ids("document"), shelf, notes)
    for item in tables(record, "actions").values():
        for at in places(item, "approval"):
            if at.text not in shelf.ids("approval"):
                _say_absent(at.text, "审批", at, shelf.ids("approval"), shelf, notes)
    if not shelf.calendar_years(register.calendar):
        _say_absent(register.calendar, "工作日历", record.at("calendar"), shelf.ids("calendar"), shelf, notes)


def _say_words(record: Record, shelf: Shelf, notes: Notes) -> None:
    """Words a condition compares with a field whose options a dictionary gives."""
    options: dict[str, tuple[str, ...]] = {}
    for item in tables(record, "fields").values():
        source = item.text("of")
        words = shelf.dictionary_or_none(source) if source.startswith("dictionary.") else None
        options[item.text("label")] = tuple(words.keys) if words is not None else ()
    acts = tables(record, "actions").values()
    asked = [one for act in acts for key in ("needs", "opens") for one in act.records(key)]
    for one in (*asked, *record.records("needs"), *record.records("steps")):
        if (when := one.get("when", Expression)) is not None:
            say_words(when, one.at("when"), options, notes)


def _say_unfilled(register: Register, record: Record, shelf: Shelf, notes: Notes) -> None:
    """Fields of a ledger that no act asks for and no other register brings along stay empty for ever."""
    filled = {label for act in register.acts for label in (*act.fill, *act.may_fill)}
    empty = (
        {field.label for field in register.fields} - filled if register.id.startswith("ledger.") else set()
    )
    if empty:
        others = (shelf.newest_register(id_) for id_ in shelf.register_ids())
        empty -= {
            label
            for other in others
            for act in (other.acts if other is not None else ())
            for opening in act.opens
            if opening.register == register.id
            for label in opening.values
        }
    for item in tables(record, "fields").values():
        if (label := item.text("label")) in empty:
            cause = (
                f"没有哪个办理填“{label}”，它永远是空的。请写进一个办理的 fill（必填）或者 may_fill（可填）。"
            )
            notes.say(
                item.at("label"),
                "never-filled",
                cause,
                example=f"may_fill: [{label}]",
                severity=Severity.WARNING,
            )


def _say_register(id_: str, at: Node, shelf: Shelf, notes: Notes) -> None:
    if id_ not in shelf.register_ids():
        _say_absent(id_, "台账", at, shelf.register_ids(), shelf, notes)


def _say_absent(id_: str, what: str, at: Node, known: tuple[str, ...], shelf: Shelf, notes: Notes) -> None:
    if not shelf.may_be_broken(id_):
        cause = f"没有{what}“{id_}”。{nearest(id_, known)}"
        notes.say(at, "unknown-definition", cause, allowed=known if len(known) <= 20 else ())


def _say_openings(record: Record, shelf: Shelf, notes: Notes) -> None:
    """What an act opens elsewhere fits the fields of the register there."""
    for item in tables(record, "actions").values():
        for opening in item.records("opens"):
            _say_register(opening.text("of"), opening.at("of"), shelf, notes)
            there = shelf.newest_register(opening.text("of"))
            written = opening.node.entries.get("fields")
            if there is None:
                continue
            labels = tuple(one.label for one in there.fields)
            keys = written.keys if isinstance(written, MapNode) else {}
            for label, key in keys.items():
                if label not in labels:
                    say_unknown(notes, key, label, f"“{there.label}”的字段", labels)
            first = next((act for act in there.acts if act.opens_record), None)
            missing = [label for label in first.fill if label not in keys] if first else []
            if missing:
                cause = (
                    f"“{there.label}”登记时必填的没有带过去：{'、'.join(missing)}。开出来的记录要由人补填。"
                )
                notes.say(opening.at("fields"), "opens-unfilled", cause, severity=Severity.WARNING)


def _say_under(register: Register, record: Record, shelf: Shelf, notes: Notes) -> None:
    path = [register.id]
    # A register may stand under itself, for levels of one kind: its records are there before those below.
    above = "" if register.under == register.id else register.under
    while above:
        path.append(above)
        if above == register.id:
            cause = f"台账互相挂在对方之下，成了一个圈：{' → '.join(path)}。请删去其中一个 under。"
            notes.say(record.at("under"), "under-cycle", cause)
            return
        if above in path[:-1]:
            return
        higher = shelf.newest_register(above)
        above = higher.under if higher else ""


def _say_examples(register: Register, record: Record, shelf: Shelf, notes: Notes) -> None:
    """Acts, fields, states, clocks and capacities that examples name are there."""
    known = capacities(register, shelf)
    for item in record.records("examples"):
        steps = [step for step in item.get("steps", tuple) or () if isinstance(step, ExampleStep)]
        for step in steps:
            _say_step(step, register, notes)
        for before, step in pairwise(steps):
            if step.on < before.on:
                cause = f"这一步（{step.on}）比上一步（{before.on}）早。例子按先后写，日期不能倒着走。"
                notes.say(step.node, "bad-step", cause, example=f"{before.on} {step.who} {step.act}")
        if (ends := item.text("ends")) and ends not in (NEW, *(state.label for state in register.states)):
            say_unknown(notes, item.at("ends"), ends, "状态", (state.label for state in register.states))
        for at in places(item, "late"):
            if at.text not in [clock.label for clock in register.clocks]:
                say_unknown(notes, at, at.text, "时限", (clock.label for clock in register.clocks))
        for word, where in _cast(item):
            if known is not None and word not in known:
                say_unknown(notes, where, word, "身份", _near(word, known))


def _near(word: str, known: Iterable[str]) -> list[str]:
    return [one for one in sorted(known) if set(one) & set(word)]


def _say_step(step: ExampleStep, register: Register, notes: Notes) -> None:
    act = next((one for one in register.acts if one.label == step.act), None)
    if act is None:
        say_unknown(notes, step.node, step.act, "办理", [one.label for one in register.acts])
    fields = [field.label for field in register.fields]
    for label, text in step.entries.items():
        if label in fields or (label in COUNTS and text != BARE):
            continue
        # Of many fields those the act asks for come into question.
        asked = (*act.fill, *act.may_fill) if act is not None else ()
        known = asked if asked and len(fields) > _MANY else (*fields, *COUNTS)
        say_unknown(notes, step.node, label, "字段", known)


def _cast(item: Record) -> Iterator[tuple[str, Node]]:
    written = item.node.entries.get("people")
    for name, words in (item.get("people", dict) or {}).items():
        at = written.entries[name] if isinstance(written, MapNode) else item.node
        yield from ((word, at) for word in words)
