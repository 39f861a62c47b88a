"""What a row would change: the difference between a checked row and what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from mingjing.definitions.registry import Registry
from mingjing.domain.casenumbers.grammar import read_case_number
from mingjing.domain.reasons import Refusal
from mingjing.imports.rows import CaseRow, EventRow, FieldValue
from mingjing.services.importing.identity import Directory, event_keys
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion

CHUNK = 500
COLUMNS = {
    "案件类型": "kind",
    "审理程序": "procedure",
    "案由": "cause",
    "立案日期": "filed_on",
    "原始立案日期": "original_filed_on",
    "结案日期": "closed_on",
    "结案审批日期": "closing_approved_on",
    "结案方式": "outcome",
    "标的额": "amount",
    "在押": "in_custody",
    "当事人人数": "party_count",
}
PEOPLE = {"承办部门", "承办人", "承办人工号"}
FILED, CLOSED = "立案", "结案"


@dataclass(slots=True)
class Difference:
    """One row beside what is stored.

    ``case`` is stored already or new and unsaved; ``changes`` are (field, before, after) as text; the
    lists hold what would be added, ``touched_events`` stored events whose imported facts change.
    """

    row: CaseRow
    case: Case
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    new_events: list[CaseEvent] = field(default_factory=list)
    touched_events: list[CaseEvent] = field(default_factory=list)
    new_exclusions: list[Exclusion] = field(default_factory=list)
    touched_exclusions: list[Exclusion] = field(default_factory=list)
    new_parties: list[tuple[str, str]] = field(default_factory=list)
    new_tags: list[str] = field(default_factory=list)

    @property
    def effect(self) -> str:
        """新增, 更新 or 未变."""
        if self.case.pk is None:
            return "新增"
        lists = (self.new_events, self.touched_events, self.new_exclusions, self.touched_exclusions)
        return "更新" if self.changes or any(lists) or self.new_parties or self.new_tags else "未变"


@dataclass(slots=True)
class Refused:
    """A row that passed the check of its cells but does not fit what is stored."""

    row: CaseRow
    refusal: Refusal
    column: str

    @property
    def rows(self) -> int:
        """How many rows of the file this refuses."""
        return max(1, len(self.row.events)) if self.row.source_row == 0 else 1


def compare(
    rows: Iterable[CaseRow], directory: Directory, definitions: Registry, *, create: bool
) -> Iterator[Difference | Refused]:
    """Each row beside what is stored, in order, CHUNK rows at a time. ``create`` engages missing people."""
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        stored = _Stored(directory.court.pk, [row.number for row in chunk])
        for row in chunk:
            try:
                yield _difference(row, stored, directory, definitions, create)
            except Refusal as refusal:
                yield Refused(row, refusal, "承办人")


class _Stored:
    """What the database holds of a chunk's cases. Five queries."""

    def __init__(self, court: int, numbers: list[str]) -> None:
        self.cases = {c.number: c for c in Case.objects.filter(court=court, number__in=numbers)}
        ids = [c.pk for c in self.cases.values()]
        self.events: dict[int, dict[str, CaseEvent]] = {}
        for event in CaseEvent.objects.filter(case__in=ids):
            self.events.setdefault(event.case_id, {})[event.source_key] = event
        self.exclusions: dict[int, dict[tuple[str, date], Exclusion]] = {}
        for exclusion in Exclusion.objects.filter(case__in=ids, struck_at=None):
            self.exclusions.setdefault(exclusion.case_id, {})[(exclusion.kind, exclusion.first)] = exclusion
        self.parties: dict[int, set[tuple[str, str]]] = {}
        for case_id, role, name in Case.objects.filter(pk__in=ids, parties__isnull=False).values_list(
            "pk", "parties__role", "parties__name"
        ):
            self.parties.setdefault(case_id, set()).add((role, name))
        self.tags: dict[int, set[str]] = {}
        for case_id, tag in Case.objects.filter(pk__in=ids, tags__isnull=False).values_list(
            "pk", "tags__tag"
        ):
            self.tags.setdefault(case_id, set()).add(tag)


def _difference(
    row: CaseRow, stored: _Stored, directory: Directory, definitions: Registry, create: bool
) -> Difference:
    case = stored.cases.get(row.number)
    if case is None:
        case = _new_case(row, directory, definitions)
        stored.cases[row.number] = case
    found = Difference(row, case)
    _columns(found, row, directory, create)
    key = case.pk or 0
    _events(found, row, stored.events.get(key, {}))
    _exclusions(found, row, stored.exclusions.get(key, {}))
    found.new_parties = [
        p
        for p in dict.fromkeys((p.role, p.name) for p in row.parties)
        if p not in stored.parties.get(key, set())
    ]
    found.new_tags = [tag for tag in dict.fromkeys(row.tags) if tag not in stored.tags.get(key, set())]
    if row.parties:
        shown = "、".join(dict.fromkeys(p.name for p in row.parties))[:200]
        _assign(found, "当事人", "parties_text", shown)
        if "当事人人数" not in row.fields:
            _assign(found, "当事人人数", "party_count", max(case.party_count, len(row.parties)))
    return found


def _new_case(row: CaseRow, directory: Directory, definitions: Registry) -> Case:
    """An unsaved case; year, type and kind are read off a number in the court grammar."""
    case = Case(court=directory.court, number=row.number)
    if directory.court.number_grammar == "案号":
        parsed = read_case_number(row.number, definitions.vocabulary())
        case.number_year, case.type_code = parsed.year, parsed.type_code
        case.serial = int(parsed.serial) if str(parsed.serial).isdigit() else None
        case.kind = definitions.kind_of_type_code(parsed.type_code)
    return case


def _columns(found: Difference, row: CaseRow, directory: Directory, create: bool) -> None:
    """Compare the plain columns, the people and the remaining data items."""
    fields = dict(row.fields)
    since = fields.get("立案日期")
    start = since if isinstance(since, date) else date(2000, 1, 1)
    for name, column in COLUMNS.items():
        if name in fields:
            _assign(found, name, column, fields[name])
    if found.case.original_filed_on is None and isinstance(since, date):
        found.case.original_filed_on = since
    place = str(fields.get("承办部门", ""))
    department = directory.department(place, start, create=create) if place else found.case.department
    if department is not None and department.pk != found.case.department_id:
        found.changes.append(("承办部门", str(found.case.department or ""), department.name))
        found.case.department = department
    name = str(fields.get("承办人", ""))
    if name and name != found.case.handler_name:
        found.changes.append(("承办人", found.case.handler_name, name))
        found.case.handler_name = name
    if name:
        person = directory.person(name, str(fields.get("承办人工号", "")), department, start, create=create)
        if person is not None and person.pk != found.case.handler_id:
            found.case.handler = person
    for name, value in fields.items():
        if name not in COLUMNS and name not in PEOPLE and name != "案号":
            _fact(found, name, value)


def _assign(found: Difference, name: str, column: str, value: FieldValue) -> None:
    before = getattr(found.case, column)
    if isinstance(value, Decimal):
        value = value.quantize(Decimal("0.01"))
    if before != value and str(before) != str(value):
        found.changes.append((name, _shown(before), _shown(value)))
        setattr(found.case, column, value)


def _fact(found: Difference, name: str, value: FieldValue) -> None:
    plain: str | bool | int = value if isinstance(value, bool | int | str) else str(value)
    before = found.case.facts.get(name)
    if before != plain:
        found.changes.append((name, _shown(before), _shown(plain)))
        found.case.facts = {**found.case.facts, name: plain}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _events(found: Difference, row: CaseRow, stored: dict[str, CaseEvent]) -> None:
    """Events of the row not yet stored, and stored ones whose imported facts changed."""
    events = list(row.events)
    kinds = {event.kind for event in events}
    for kind, column in ((FILED, "立案日期"), (CLOSED, "结案日期")):
        day = row.fields.get(column)
        if isinstance(day, date) and kind not in kinds:
            events.append(EventRow(row.source_row, row.number, kind, day))
    for key, event in zip(event_keys(events), events, strict=True):
        known = stored.get(key)
        if known is None:
            found.new_events.append(_new_event(found.case, key, event))
        elif _touch(known, event):
            found.touched_events.append(known)


def _new_event(case: Case, key: str, event: EventRow) -> CaseEvent:
    return CaseEvent(
        case=case,
        source_key=key,
        kind=event.kind[:120],
        happened=event.happened,
        moment=event.moment,
        until=event.until,
        recorded_at=event.recorded,
        due=event.due,
        finished=event.finished,
        attributes=dict(event.attributes),
    )


def _touch(known: CaseEvent, event: EventRow) -> bool:
    """Carry changed facts of an event over; whether anything changed."""
    wanted = {
        "until": event.until,
        "due": event.due,
        "finished": event.finished,
        "recorded_at": event.recorded,
    }
    changed = {
        name: value for name, value in wanted.items() if value is not None and getattr(known, name) != value
    }
    for name, value in changed.items():
        setattr(known, name, value)
    return bool(changed)


def _exclusions(found: Difference, row: CaseRow, stored: dict[tuple[str, date], Exclusion]) -> None:
    for span in row.exclusions:
        known = stored.get((span.kind, span.first))
        if known is None:
            found.new_exclusions.append(
                Exclusion(
                    case=found.case,
                    kind=span.kind,
                    first=span.first,
                    last=span.last,
                    start_document=span.document,
                )
            )
        elif known.last != span.last and span.last is not None:
            known.last = span.last
            found.touched_exclusions.append(known)
