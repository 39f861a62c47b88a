"""Definitions side by side, ready to be asked by id, by kind, by case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from mingjing.definitions.definition import Definition
from mingjing.definitions.precedence import goes_before
from mingjing.definitions.problems import Problem, nearest
from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.definitions.values.documents import DocumentTemplate
from mingjing.definitions.values.populations import read_population
from mingjing.definitions.values.roles import Roles
from mingjing.definitions.values.screenings import Screening
from mingjing.definitions.vocabulary import read_vocabulary
from mingjing.domain.caseflow.rules import Caseflow
from mingjing.domain.casenumbers.vocabulary import Vocabulary
from mingjing.domain.dates.calendars import WorkCalendar, YearCalendar
from mingjing.domain.deadlines.computing import applies_to, select_version
from mingjing.domain.deadlines.rules import Deadline, Facts
from mingjing.domain.indicators.counts import Indicator, Population
from mingjing.domain.ledgers.register import SEALED, Register
from mingjing.domain.reasons import Ambiguous, NotInForce, Refusal

V = TypeVar("V")
R = TypeVar("R", Deadline, Caseflow)


class UnknownDefinition(Refusal):
    """No definition of that id."""

    code = "unknown-definition"


@dataclass(frozen=True, eq=False)
class Shelf:
    """Typed definitions, ready to be asked. ``problems`` lists what was wrong with files and their links;
    a file with an error is not among ``definitions``."""

    definitions: tuple[Definition, ...]
    problems: tuple[Problem, ...] = ()
    broken_ids: frozenset[str] = frozenset()
    folders: tuple[Path, ...] = ()
    _by_id: dict[str, tuple[Definition, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_id: dict[str, list[Definition]] = {}
        for definition in self.definitions:
            by_id.setdefault(definition.id, []).append(definition)
        object.__setattr__(self, "_by_id", {id_: tuple(found) for id_, found in by_id.items()})

    def all(self) -> tuple[Definition, ...]:
        """Every definition in use, file by file."""
        return self.definitions

    def may_be_broken(self, id: str) -> bool:
        """Whether a file of this id, or of an id below it, could not be read (nor its id, perhaps): then
        its absence says nothing."""
        return any(one in ("", id) or one.startswith(f"{id}.") for one in self.broken_ids)

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of one kind, in order of reading."""
        return tuple(id_ for id_, found in self._by_id.items() if found[0].kind == kind)

    def files(self, id: str) -> tuple[Definition, ...]:
        """Every file of one id: the years of a calendar, the versions of a case flow (newest first)."""
        return self._by_id.get(id, ())

    def definition(self, id: str, on: date | None = None) -> Definition:
        """The file in force on a day (the newest where no day is given).

        Raises
        ------
        UnknownDefinition   no such id
        NotInForce          the day lies before its first version
        """
        found = self._by_id.get(id)
        if not found:
            raise UnknownDefinition(
                f"没有制度“{id}”。{nearest(id, self._by_id)}", example="deadline.civil.summary"
            )
        if on is None or found[0].since is None:
            return found[0]
        in_force = next((one for one in found if one.since is not None and one.since <= on), None)
        if in_force is None:
            raise NotInForce(
                f"“{found[0].label}”在 {on} 没有生效的版本。",
                allowed=[f"{one.since} 起施行的版本" for one in found],
            )
        return in_force

    def ref(self, id: str, on: date) -> str:
        """``id @ effective date # first 8 of the content hash``; the date is left out for undated kinds."""
        definition = self.definition(id, on)
        version = definition.version_on(on)
        return definition.reference(version)

    def calendar_years(self, id: str = "calendar.cn") -> Mapping[int, YearCalendar]:
        """Year → what its notice says; empty when there is no such calendar."""
        years = (one.value for one in self.files(id))
        return {year.year: year for year in years if isinstance(year, YearCalendar)}

    def calendar(self, id: str = "calendar.cn") -> WorkCalendar:
        """All years of a calendar as one."""
        if id not in self._calendars:
            years = self.calendar_years(id)
            if not years:
                raise UnknownDefinition(
                    f"没有工作日历“{id}”。", allowed=self.ids("calendar"), example="calendar.cn"
                )
            self._calendars[id] = WorkCalendar(id, dict(sorted(years.items())))
        return self._calendars[id]

    @cached_property
    def _calendars(self) -> dict[str, WorkCalendar]:
        return {}

    def dictionary(self, id: str) -> Dictionary:
        """A dictionary by id. Raises UnknownDefinition."""
        found = self.dictionary_or_none(id)
        if found is None:
            raise UnknownDefinition(
                f"没有字典“{id}”。", allowed=self.ids("dictionary"), example="dictionary.events"
            )
        return found

    def dictionary_or_none(self, id: str) -> Dictionary | None:
        """A dictionary by id, or None. The rows of ``<id>_local`` are laid over it: same key, other row."""
        if id not in self._dictionaries:
            parts = [one.value for name in (id, f"{id}_local") for one in self.files(name)]
            found = [part for part in parts if isinstance(part, Dictionary)]
            self._dictionaries[id] = (
                found[0].with_rows(found[1]) if len(found) > 1 else next(iter(found), None)
            )
        return self._dictionaries[id]

    @cached_property
    def _dictionaries(self) -> dict[str, Dictionary | None]:
        return {}

    def field_names(self) -> frozenset[str]:
        """Every field a case may have, by its Chinese name; empty without ``dictionary.case_fields``."""
        return self._keys("dictionary.case_fields")

    def exclusion_names(self) -> frozenset[str]:
        """Every ground of exclusion; empty without ``dictionary.exclusions``."""
        return self._keys("dictionary.exclusions")

    def _keys(self, id_: str) -> frozenset[str]:
        dictionary = self.dictionary_or_none(id_)
        return frozenset(dictionary.keys) if dictionary else frozenset()

    def deadlines(self) -> tuple[Deadline, ...]:
        """Every deadline definition."""
        return self._deadlines

    @cached_property
    def _deadlines(self) -> tuple[Deadline, ...]:
        return tuple(one.value for one in self.definitions if isinstance(one.value, Deadline))

    @cached_property
    def _by_clock(self) -> dict[str, tuple[Deadline, ...]]:
        slots: dict[str, list[Deadline]] = {}
        for rule in self._deadlines:
            slots.setdefault(rule.clock, []).append(rule)
        return {clock: tuple(rules) for clock, rules in slots.items()}

    def clocks(self) -> tuple[str, ...]:
        """Every clock slot some deadline fills."""
        return tuple(self._by_clock)

    def deadline_for(self, clock: str, facts: Facts) -> Deadline | None:
        """The deadline that fills a slot for these facts; a special rule (``outranks``) or a
        narrower one goes before the other.

        A rule without a version in force on the day its facts name gives way to one that has; where no
        rule has one, the rule is still returned, so that asking it gives the refusal. Raises Ambiguous
        when two rules fit and neither is narrower.
        """
        fitting = [rule for rule in self._by_clock.get(clock, ()) if applies_to(rule.applies, facts)]
        if len(fitting) > 1:
            fitting = [rule for rule in fitting if _in_force(rule, facts)] or fitting[:1]
        if len(fitting) > 1:
            fitting = self._foremost(fitting)
        if len(fitting) > 1:
            raise Ambiguous(
                f"“{clock}”有 {len(fitting)} 份期限同时适用，无法决定用哪一份。",
                allowed=[rule.id for rule in fitting],
            )
        return fitting[0] if fitting else None

    def _foremost(self, fitting: list[R], on: date | None = None) -> list[R]:
        """The rules no other one goes before."""
        files = {id(rule): self.definition(rule.id, on) for rule in fitting}
        return [
            rule
            for rule in fitting
            if not any(
                goes_before(files[id(other)], files[id(rule)]) for other in fitting if other is not rule
            )
        ]

    def deadlines_for(self, facts: Facts) -> Mapping[str, Deadline]:
        """Clock slot → the deadline that fills it for these facts."""
        found = {clock: self.deadline_for(clock, facts) for clock in self._by_clock}
        return {clock: rule for clock, rule in found.items() if rule is not None}

    def caseflows(self, on: date) -> tuple[Caseflow, ...]:
        """Every case flow in force on a day."""
        return self._on("caseflow", Caseflow, on)

    def caseflow_for(self, facts: Facts, on: date) -> Caseflow | None:
        """The case flow for these facts on a day; the narrower goes before the wider. Raises Ambiguous."""
        fitting = [flow for flow in self.caseflows(on) if applies_to(flow.applies, facts)]
        if len(fitting) > 1:
            fitting = self._foremost(fitting, on)
        if len(fitting) > 1:
            raise Ambiguous(
                f"有 {len(fitting)} 份流程同时适用，无法决定用哪一份。", allowed=[flow.id for flow in fitting]
            )
        return fitting[0] if fitting else None

    def roles(self, on: date | None = None) -> Roles:
        """All roles together, as of a day (the newest where no day is given)."""
        return self._newest_roles if on is None else self._together(self._on("roles", Roles, on))

    @cached_property
    def _newest_roles(self) -> Roles:
        return self._together(self.definition(id_).value for id_ in self.ids("roles"))

    def _together(self, values: Iterable[object]) -> Roles:
        parts = [one for one in values if isinstance(one, Roles)]
        return Roles(
            tuple(role for part in parts for role in part.roles),
            max((part.since for part in parts if part.since), default=None),
        )

    def document(self, id: str, on: date) -> DocumentTemplate:
        """A document template in force on a day. Raises UnknownDefinition, NotInForce."""
        return self._one("document", "公文模板", DocumentTemplate, id, on)

    def screening(self, id: str, on: date) -> Screening:
        """A screening in force on a day. Raises UnknownDefinition, NotInForce."""
        return self._one("screening", "筛查规则", Screening, id, on)

    def _one(self, kind: str, what: str, of: type[V], id_: str, on: date) -> V:
        value = self.definition(id_, on).value
        if not isinstance(value, of):
            raise UnknownDefinition(f"“{id_}”不是{what}。", allowed=self.ids(kind)[:20])
        return value

    def screenings(self, on: date) -> tuple[Screening, ...]:
        """Every screening in force on a day."""
        return self._on("screening", Screening, on)

    def indicators(self, on: date) -> tuple[Indicator, ...]:
        """Every indicator in force on a day."""
        return self._on("indicator", Indicator, on)

    def indicator(self, id: str, on: date) -> Indicator:
        """An indicator in force on a day. Raises UnknownDefinition, NotInForce."""
        return self._one("indicator", "指标", Indicator, id, on)

    def population(self, over: str) -> Population | None:
        """What can be counted by this name: 案件, 事项, or a register's id (its newest version)."""
        fields, events = map(self.dictionary_or_none, ("dictionary.case_fields", "dictionary.events"))
        return read_population(over, fields, events, self.newest_register(over))

    def register_ids(self) -> tuple[str, ...]:
        """The ids of every definition that has a register, whatever its kind, in order of reading."""
        return self._register_ids

    @cached_property
    def _register_ids(self) -> tuple[str, ...]:
        return tuple(id_ for id_, found in self._by_id.items() if register_of(found[0].value) is not None)

    def newest_register(self, id: str) -> Register | None:
        """The newest version of a register as its file says it, or None where there is none."""
        return next((register_of(one.value) for one in self.files(id)), None)

    def register(self, id: str, on: date) -> Register:
        """A register in force on a day, with the words of its dictionaries as options.

        Raises UnknownDefinition, NotInForce.
        """
        return _register(self.register_value(id, on), id, self.register_ids())

    def register_value(self, id: str, on: date) -> object:
        """The typed value of a definition with a register (``Register``, ``Filing`` …) in force on a day.

        Raises UnknownDefinition, NotInForce.
        """
        return self._valued(self.definition(id, on))

    def register_value_at(self, reference: str) -> object:
        """The typed value of the version a record names (``id @ day # hash``).

        Raises UnknownDefinition where no file of that id is of that day.
        """
        id_, _, rest = reference.partition(" @ ")
        day = rest.partition(" # ")[0].strip()
        for one in self.files(id_):
            if one.since is not None and one.since.isoformat() == day:
                return self._valued(one)
        raise UnknownDefinition(
            f"没有“{id_}”自 {day or '（没有写日子）'} 起施行的版本。",
            allowed=[f"{one.since} 起施行的版本" for one in self.files(id_)],
        )

    def registers(self, on: date) -> tuple[Register, ...]:
        """Every register in force on a day, of every kind; sealed ones have no records and are left out."""
        found: list[Register] = []
        for id_ in self.register_ids():
            in_force = next((one for one in self.files(id_) if one.since and one.since <= on), None)
            register = register_of(self._valued(in_force)) if in_force is not None else None
            if register is not None and register.secrecy != SEALED:
                found.append(register)
        return tuple(found)

    def with_options(self, register: Register) -> Register:
        """The register with the words of its dictionaries as the options of its fields."""
        if not any(one.of.startswith("dictionary.") and not one.options for one in register.fields):
            return register
        fields = tuple(
            replace(one, options=self._words(one.of)) if one.of and not one.options else one
            for one in register.fields
        )
        return replace(register, fields=fields)

    def _words(self, id_: str) -> tuple[str, ...]:
        dictionary = self.dictionary_or_none(id_)
        return tuple(dictionary.keys) if dictionary else ()

    def _valued(self, definition: Definition) -> object:
        """The value of a definition with a register, its options filled; made once."""
        key = (definition.id, definition.since)
        if key not in self._values:
            register = _register(definition.value, definition.id, self.register_ids())
            self._values[key] = _with_register(definition.value, self.with_options(register))
        return self._values[key]

    @cached_property
    def _values(self) -> dict[tuple[str, date | None], object]:
        return {}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        ids = ("dictionary.type_codes", "dictionary.court_codes", "dictionary.provinces")
        return read_vocabulary(*(self.dictionary(id_) for id_ in ids))

    def vocabulary(self) -> Vocabulary:
        """The codes case numbers are read with. Raises UnknownDefinition without their dictionaries."""
        return self._vocabulary

    def kind_of_type_code(self, code: str) -> str:
        """The 案件类型 a 类型代字 stands for, empty where the code is unknown."""
        known = self.vocabulary().types.get(code)
        return known.label if known else ""

    def _on(self, kind: str, of: type[V], on: date) -> tuple[V, ...]:
        values = (self._in_force(id_, on) for id_ in self.ids(kind))
        return tuple(value for value in values if isinstance(value, of))

    def _in_force(self, id_: str, on: date) -> object:
        found = (one for one in self._by_id[id_] if one.since is not None and one.since <= on)
        first = next(found, None)
        return None if first is None else first.value


def register_of(value: object) -> Register | None:
    """The register of a definition's value: itself, or what it calls ``register``."""
    found = value if isinstance(value, Register) else getattr(value, "register", None)
    return found if isinstance(found, Register) else None


def _register(value: object, id_: str, known: tuple[str, ...]) -> Register:
    found = register_of(value)
    if found is None:
        raise UnknownDefinition(f"“{id_}”不是台账。", allowed=known if len(known) <= 20 else ())
    return found


def _with_register(value: object, register: Register) -> object:
    if not is_dataclass(value) or isinstance(value, (type, Register)):
        return register
    return replace(value, register=register)


def _in_force(rule: Deadline, facts: Facts) -> bool:
    try:
        select_version(rule, facts)
    except Refusal:
        return False
    return True
