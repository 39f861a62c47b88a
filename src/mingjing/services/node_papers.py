"""节点前应备材料: what must be on file before a node, by ``dictionary.node_papers`` (R-066, R-080)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform

from mingjing.definitions.shelf import UnknownDefinition
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case, CaseEvent, CaseTag
from mingjing.storage.people.models import Court, Person
from mingjing.storage.records.models import Record
from mingjing.storage.supervision.models import Proposal

TABLE = "dictionary.node_papers"
BY_TAG, BY_MARK, BY_EVENT, BY_REGISTER = "标签", "识别", "事项", "台账"
CANCELLED = "已取消"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A paper that is not on file: which, in which register, before which nodes; ``passed`` are nodes that
    happened without it, with their days."""

    label: str
    register: str
    nodes: tuple[str, ...]
    why: str
    passed: tuple[tuple[str, date], ...]
    field: str

    @property
    def sentence(self) -> str:
        """What is said where the node is entered."""
        return f"还没有“{self.label}”（{self.why}），应当在{'、'.join(self.nodes)}以前备好。"


@dataclass(frozen=True, slots=True)
class Marked:
    """What a page knows of a case already: its tags, and what it was confirmed as."""

    tags: frozenset[str]
    marks: frozenset[str]


class _Known:
    """What is known of some cases: their tags, what they were confirmed as, the states of the records that
    name them. Each is asked once for all of them, and only when a row wants it."""

    def __init__(self, cases: Sequence[Case], marked: Mapping[int, Marked]) -> None:
        self._cases, self._marked = cases, dict(marked)
        self._states: dict[tuple[int, str, str], dict[object, set[str]]] = {}

    def marked(self, case: Case) -> Marked:
        """Tags and confirmed marks of a case."""
        if case.pk not in self._marked:
            keys = [one.pk for one in self._cases]
            tags, marks = defaultdict(set), defaultdict(set)
            for key, tag in CaseTag.objects.filter(case__in=keys).values_list("case", "tag"):
                tags[key].add(tag)
            confirmed = Proposal.objects.filter(case__in=keys, state=Proposal.State.CONFIRMED)
            for key, mark in confirmed.values_list("case", "marks"):
                marks[key].add(mark)
            self._marked = {key: Marked(frozenset(tags[key]), frozenset(marks[key])) for key in keys}
        return self._marked[case.pk]

    def states(self, row: Mapping[str, str], case: Case) -> set[str]:
        """The states of the records a row asks for that name a case."""
        register = registry(case.court).newest_register(row["paper"])
        if register is None:
            return set()
        key = (case.court_id, register.id, row["by"])
        if key not in self._states:
            beside = [one for one in self._cases if one.court_id == case.court_id]
            field = f"data__{_link(register, row, case)[0]}"
            values = [_link(register, row, one)[1] for one in beside]
            rows = Record.objects.filter(court=case.court, register=register.id, **{f"{field}__in": values})
            held: dict[object, set[str]] = defaultdict(set)
            for value, state in rows.values_list(field, "state"):
                held[value].add(state)
            self._states[key] = held
        return self._states[key].get(_link(register, row, case)[1], set())


def lacking(case: Case, node: str = "", known: Marked | None = None) -> list[Lacking]:
    """What is missing on a case; only what must be ready before ``node`` where one is named.

    No statement where no row speaks of the node. With ``known`` the registers that list cases by themselves
    are left out: a page asks nothing for a case nobody marked.
    """
    own = _Known([case], {} if known is None else {case.pk: known})
    return _lacking_on(case, own, node, by_register=known is None)


def lacking_on(cases: Sequence[Case]) -> list[tuple[Case, Lacking]]:
    """What is missing on each of some cases, in their order: so many statements as the table names registers,
    and two, however many cases there are."""
    own = _Known(cases, {})
    return [(case, one) for case in cases for one in _lacking_on(case, own)]


def _lacking_on(case: Case, known: _Known, node: str = "", *, by_register: bool = True) -> list[Lacking]:
    try:
        table = registry(case.court).dictionary(TABLE)
    except UnknownDefinition:
        return []
    rows = [
        row
        for row in table.rows
        if (not node or node in row["nodes"].split("、")) and (by_register or row["sort"] != BY_REGISTER)
    ]
    found: dict[str, Lacking] = {}
    for row in rows:
        if row["paper"] in found or not _concerns(row, case, known):
            continue
        if known.states(row, case).isdisjoint(row["states"].split("、")):
            found[row["paper"]] = _lacking(row, case)
    return list(found.values())


def _concerns(row: Mapping[str, str], case: Case, known: _Known) -> bool:
    words = frozenset(row["word"].split("、"))
    if row["sort"] == BY_TAG:
        return not words.isdisjoint(known.marked(case).tags)
    if row["sort"] == BY_MARK:
        return not words.isdisjoint(known.marked(case).marks)
    if row["sort"] == BY_REGISTER:
        return bool(known.states(row, case) - {CANCELLED})
    return row["sort"] == BY_EVENT and not words.isdisjoint(case.milestones)


def _link(register: Register, row: Mapping[str, str], case: Case) -> tuple[str, object]:
    if row["by"] == "案件":
        field = next(one for one in register.fields if one.type is FieldType.CASE)
        return field.key, case.pk
    return register.field(row["by"]).key, case.number


def _lacking(row: Mapping[str, str], case: Case) -> Lacking:
    nodes = tuple(row["nodes"].split("、"))
    passed = tuple(
        (node, date.fromisoformat(case.milestones[node])) for node in nodes if node in case.milestones
    )
    register = registry(case.court).newest_register(row["paper"])
    field = _link(register, row, case)[0] if register else ""
    why = {BY_TAG: f"标签“{row['word']}”", BY_MARK: f"已认定{row['word']}", BY_EVENT: "要上会"}.get(
        row["sort"], "已列入台账"
    )
    return Lacking(row["label"], row["paper"], nodes, why, passed, field)


def concerned(court: Court) -> set[int]:
    """Open cases of a court some row may concern: tagged or marked so, or in the register it names."""
    try:
        table = registry(court).dictionary(TABLE)
    except UnknownDefinition:
        return set()
    words: dict[str, set[str]] = {}
    for row in table.rows:
        words.setdefault(row["sort"], set()).update(row["word"].split("、"))
    open_ = Case.objects.filter(court=court, closed_on__isnull=True)
    tagged = CaseTag.objects.filter(case__in=open_, tag__in=words.get(BY_TAG, ())).values_list(
        "case", flat=True
    )
    marked = Proposal.objects.filter(
        case__in=open_, marks__in=words.get(BY_MARK, ()), state=Proposal.State.CONFIRMED
    ).values_list("case", flat=True)
    met = CaseEvent.objects.filter(case__in=open_, kind__in=words.get(BY_EVENT, ()), struck_at=None)
    found = {*tagged, *marked, *met.values_list("case", flat=True)}
    for row in table.rows:
        if row["sort"] == BY_REGISTER:
            found |= _by_register(row, court)
    return found


def owing(court: Court, person: Person) -> tuple[Hashable, Q] | None:
    """What makes a case one of the open cases of a judge that some row may concern, and what that condition
    depends on besides court and person; None where the court has no such table."""
    try:
        table = registry(court).dictionary(TABLE)
    except UnknownDefinition:
        return None
    words: dict[str, set[str]] = {}
    for row in table.rows:
        words.setdefault(row["sort"], set()).update(row["word"].split("、"))
    of_case = OuterRef("pk")
    tagged = CaseTag.objects.filter(case=of_case, tag__in=sorted(words.get(BY_TAG, ())))
    marked = Proposal.objects.filter(
        case=of_case, marks__in=sorted(words.get(BY_MARK, ())), state=Proposal.State.CONFIRMED
    )
    met = CaseEvent.objects.filter(
        case=of_case, kind__in=sorted(words.get(BY_EVENT, ())), struck_at__isnull=True
    )
    concerns = Q(Exists(tagged)) | Q(Exists(marked)) | Q(Exists(met))
    registers: list[tuple[str, str]] = []
    for row in table.rows:
        register = registry(court).newest_register(row["word"]) if row["sort"] == BY_REGISTER else None
        if register is not None:
            registers.append((row["word"], register.field(row["by"]).key))
    for register_id, key in registers:
        held = Record.objects.filter(court=court, register=register_id, over=False).order_by()
        concerns |= Q(number__in=held.values_list(KeyTextTransform(key, "data")))
    # the court is not asked: beside it the planner walks through every open case of the court
    mine = Q(closed_on__isnull=True, handler=person)
    told = tuple(sorted((sort, tuple(sorted(some))) for sort, some in words.items()))
    return (told, tuple(registers)), mine & concerns


def _by_register(row: Mapping[str, str], court: Court) -> set[int]:
    register = registry(court).newest_register(row["word"])
    if register is None:
        return set()
    key = register.field(row["by"]).key
    held = Record.objects.filter(court=court, register=row["word"], over=False).values_list(
        f"data__{key}", flat=True
    )
    numbers = [str(one) for one in held]
    if not numbers:
        return set()
    return set(Case.objects.filter(court=court, number__in=numbers).values_list("pk", flat=True))
