"""One act on a record: who may do what now, and what the record is after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from mingjing.domain.expressions.reading import MissingFieldError, WrongFieldError
from mingjing.domain.ledgers.evidence import counts_after
from mingjing.domain.ledgers.matters import (
    Deed,
    Matter,
    NotAsked,
    NotFilled,
    NotReady,
    Permitted,
    Stepped,
    UnknownAct,
    Who,
    WrongPerson,
    WrongState,
)
from mingjing.domain.ledgers.register import NEW, Act, Opening, Register, Requirement
from mingjing.domain.ledgers.values import PERSON_KINDS, check_value, for_conditions, is_empty
from mingjing.domain.reasons import Step

ANYBODY, ONESELF = "任何人", "本人"
STATE, TODAY, OPENED = "状态", "今天", "登记日期"
SURROUNDINGS = (STATE, TODAY, OPENED)
"""Names that conditions may use beside the fields and ``matters.COUNTS``."""


def acts_from(register: Register, state: str) -> tuple[Act, ...]:
    """The acts open in a state, in the order of the definition, whoever may do them."""
    return tuple(act for act in register.acts if any(state in sources for sources, _ in act.moves))


def permitted(register: Register, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What somebody may do to a record now. An act they hold the capacity for but are barred from, or whose
    condition cannot hold whatever they enter, is shown with the reason."""
    found: list[Permitted] = []
    for act in acts_from(register, matter.state):
        if _holds(register, act, who, None):
            refusal = _barred(register, act, who, matter.values) or _not_yet(register, act, matter, on)
            found.append(Permitted(act.label, act.fill, act.may_fill, about=act.about, refusal=refusal))
    return tuple(found)


def step(register: Register, matter: Matter, deed: Deed) -> Stepped:
    """The record after an act. Nothing of ``matter`` is changed.

    Raises
    ------
    UnknownAct    the register has no such act
    WrongState    the act is not open in the state the record is in
    NotAsked      a field is entered that the act does not ask for
    WrongValue    an entry is not what its field holds
    WrongPerson   the actor has not the capacity, or is barred, were it by somebody else's delegation
    NotFilled     a field the act requires is still empty
    NotReady      a condition does not hold
    """
    act = _named(register, deed.act)
    after = _after(register, act, matter.state)
    _check_entries(register, act, deed.values)
    values = {**matter.values, **deed.values}
    if not _holds(register, act, deed.who, values):
        raise WrongPerson(f"“{act.label}”由{'、'.join(act.by)}办理，{deed.who.name}不是。")
    if barred := _barred(register, act, deed.who, {**values}, before=matter.values):
        raise WrongPerson(barred)
    missing = (label for label in act.fill if is_empty(values.get(label)))
    if empty := [label for label in missing if label not in matter.assumed]:
        raise NotFilled(f"“{act.label}”还要填写：{'、'.join(empty)}。")
    surroundings = surroundings_of(register, matter, deed.on, values)
    for requirement in act.needs:
        if said := _unmet(requirement, surroundings):
            raise NotReady(said)
    move = f"{matter.state} → {after}" if after != matter.state else after
    opens = tuple(one for one in act.opens if _opens(one, surroundings))
    return Stepped(after, values, dict(matter.inner), opens, says=(Step(move, act.label),))


def _opens(opening: Opening, surroundings: Mapping[str, object]) -> bool:
    """Whether the condition of an opening holds; one over an empty field does not."""
    try:
        return opening.holds is None or opening.holds(surroundings)
    except MissingFieldError:
        return False


def _named(register: Register, label: str) -> Act:
    for act in register.acts:
        if act.label == label:
            return act
    raise UnknownAct(f"“{register.label}”没有“{label}”。", allowed=[act.label for act in register.acts])


def _after(register: Register, act: Act, state: str) -> str:
    for sources, after in act.moves:
        if state in sources:
            return after or state
    open_now = "、".join(one.label for one in acts_from(register, state))
    only = f"现在只能：{open_now}" if open_now else "现在不能再办理"
    raise WrongState(f"“{state}”不能“{act.label}”，{only}")


def _check_entries(register: Register, act: Act, entries: Mapping[str, object]) -> None:
    asked = (*act.fill, *act.may_fill)
    for label, value in entries.items():
        if label not in asked:
            offered = f"可以填：{'、'.join(asked)}。" if asked else "什么也不用填。"
            raise NotAsked(f"“{act.label}”不填“{label}”，{offered}")
        check_value(register.field(label), value)


def _holds(register: Register, act: Act, who: Who, values: Mapping[str, object] | None) -> bool:
    """Whether the actor has a capacity of the act. Before the entries of an opening act are known
    (``values`` is None) a person field it fills counts as held: it may become the actor."""
    if who.anything or ANYBODY in act.by or who.capacities.intersection(act.by):
        return True
    if not act.opens_record:
        return False
    own = [label for label in _person_fields(register, act.by) if label in (*act.fill, *act.may_fill)]
    return bool(own) if values is None else any(_names(values.get(label), who.key) for label in own)


def _barred(
    register: Register,
    act: Act,
    who: Who,
    values: Mapping[str, object],
    *,
    before: Mapping[str, object] | None = None,
) -> str:
    """Why ``never_by`` forbids the act, or nothing. Capacities held by delegation bar as well, and so does a
    field that names the actor before the act or after it."""
    for word in act.never_by:
        fields = _person_fields(register, (word,))
        named = any(_names(held.get(label), who.key) for label in fields for held in (values, before or {}))
        if word in who.capacities or named:
            return f"{word} {who.name} 不得办理“{act.label}”"
    return ""


def _person_fields(register: Register, words: Iterable[str]) -> list[str]:
    labels = [register.subject if word == ONESELF else word for word in words]
    return [field.label for field in register.fields if field.label in labels and field.type in PERSON_KINDS]


def _names(value: object, key: int) -> bool:
    return key in value if isinstance(value, (list, tuple)) else value == key and value is not None


def surroundings_of(
    register: Register, matter: Matter, on: date, values: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Everything a condition about a record may ask for: its fields (or ``values`` in their place), its
    state, its counts, the days it was opened and is looked at."""
    values = matter.values if values is None else values
    return {
        **counts_after(register, matter, values),
        STATE: matter.state,
        TODAY: on,
        OPENED: matter.opened or on,
        **for_conditions(register, values),
    }


def _unmet(requirement: Requirement, surroundings: Mapping[str, object]) -> str:
    """What to say where the requirement does not hold, or nothing."""
    try:
        return "" if requirement.holds(surroundings) else requirement.says
    except MissingFieldError as missing:
        return f"{requirement.says}（“{missing.name}”还没有）"
    except WrongFieldError as wrong:
        return f"{requirement.says}（{wrong}）"


def _not_yet(register: Register, act: Act, matter: Matter, on: date) -> str:
    """A condition nothing the actor enters can fulfil: it looks at no field the act asks for and files are
    not among them."""
    asked = {*act.fill, *act.may_fill}
    if any(register.field(label).type.value in ("附件", "照片") for label in asked):
        asked |= {"附件数", "佐证数"}
    surroundings = surroundings_of(register, matter, on)
    for requirement in act.needs:
        if not asked.intersection(requirement.needs) and (said := _unmet(requirement, surroundings)):
            return said
    return ""


def fold(register: Register, deeds: Iterable[Deed], start: Matter | None = None) -> Matter:
    """The record its acts make, from nothing or from ``start``. Raises what ``step`` raises."""
    matter = start or Matter(NEW)
    for deed in deeds:
        stepped = step(register, matter, deed)
        matter = replace(
            matter,
            state=stepped.state,
            values=stepped.values,
            inner=stepped.inner,
            opened=matter.opened or deed.on,
        )
    return matter
