"""What a row would change: the difference between a checked row and what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from mingjing.definitions.registry import Registry
from mingjing.domain.reasons import Refusal
from mingjing.imports.rows import CaseRow, EventRow, ExclusionRow, FieldValue
from mingjing.services.importing.checks import NUMBER, Contradiction, RowChecks
from mingjing.services.importing.event_differences import CLOSED, FILED, compare_events
from mingjing.services.importing.held import HeldCase, HeldEvent, HeldSpan, NewCase
from mingjing.services.importing.identity import Directory, TwoPeople
from mingjing.services.importing.stored import Stored

CHUNK = 4000
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
ELSEWHERE = {*PEOPLE, NUMBER}
FEN = Decimal("0.01")
EARLIEST = date(2000, 1, 1)


@dataclass(slots=True)
class Difference:
    """One row beside what is stored.

    ``case`` is stored already or new and not yet stored; ``changes`` are (field, before, after); the lists
    hold what would be added (events with their keys), ``touched_events`` stored events whose imported facts
    change or that a corrected day strikes out or brings back.
    """

    row: CaseRow
    case: HeldCase
    changes: list[tuple[str, object, object]] = field(default_factory=list)
    new_events: list[tuple[str, EventRow]] = field(default_factory=list)
    touched_events: list[HeldEvent] = field(default_factory=list)
    new_exclusions: list[ExclusionRow] = field(default_factory=list)
    touched_exclusions: list[HeldSpan] = field(default_factory=list)
    new_parties: list[tuple[str, str]] = field(default_factory=list)
    new_tags: list[str] = field(default_factory=list)
    new_links: list[str] = field(default_factory=list)

    @property
    def effect(self) -> str:
        """新增, 更新 or 未变."""
        if self.case.pk is None:
            return "新增"
        lists = (self.new_events, self.touched_events, self.new_exclusions, self.touched_exclusions)
        more = (self.new_parties, self.new_tags, self.new_links)
        return "更新" if self.changes or any(lists) or any(more) else "未变"


@dataclass(slots=True)
class Refused:
    """A row that passed the check of its cells but does not fit as a whole, or not what is stored.

    ``item`` is the data item at fault; which column it stands in, the mapping says.
    """

    row: CaseRow
    refusal: Refusal
    item: str

    @property
    def rows(self) -> int:
        """How many rows of the file this refuses."""
        return max(1, len(self.row.events)) if self.row.source_row == 0 else 1

    @property
    def source_rows(self) -> tuple[int, ...]:
        """Which rows of the file this refuses."""
        if self.row.source_row:
            return (self.row.source_row,)
        return tuple(event.source_row for event in self.row.events)


def compare(
    rows: Iterable[CaseRow], directory: Directory, definitions: Registry, *, create: bool
) -> Iterator[Difference | Refused]:
    """Each row beside what is stored, in order, CHUNK rows at a time. ``create`` engages missing people."""
    source, checks = iter(rows), RowChecks(directory.court, definitions)
    while chunk := list(islice(source, CHUNK)):
        stored = Stored(directory.court.pk, [row.number for row in chunk])
        for row in chunk:
            try:
                yield _difference(row, stored, directory, checks, create)
            except Contradiction as refusal:
                yield Refused(row, refusal, refusal.item)
            except TwoPeople as refusal:
                yield Refused(row, refusal, "承办人")


def _difference(
    row: CaseRow, stored: Stored, directory: Directory, checks: RowChecks, create: bool
) -> Difference:
    number = checks.check(row)
    row = checks.told(row, number)
    case = stored.cases.get(row.number)
    if case is None:
        case = NewCase(directory.court.pk, row.number, court=directory.court)
        if number is not None:
            case.number_year, case.type_code, case.serial = number.year, number.type_code, number.serial
            case.kind = checks.kind_of(number.type_code)
    elif case.pk in stored.drawn:
        _as_drawn(row, case)
    found = Difference(row, case)
    before = {FILED: case.filed_on, CLOSED: case.closed_on}
    _columns(found, row)
    _people(found, row, directory, create)
    key = case.pk or 0
    events = compare_events(row, stored.events.get(key, {}), before)
    found.new_events, found.touched_events = events.new, events.touched
    _from_events(found)
    if row.exclusions:
        _exclusions(found, row, stored.exclusions.get(key, {}))
    if row.tags:
        known_tags = stored.tags.get(key, set())
        found.new_tags = [tag for tag in dict.fromkeys(row.tags) if tag not in known_tags]
    if row.parties:
        _parties(found, row, stored.parties.get(key, set()))
    stored.cases[row.number] = case
    return found


def _as_drawn(row: CaseRow, case: HeldCase) -> None:
    """A file gives a case left to its draw to nobody else: that would be a departure nobody approved.

    Raises
    ------
    Contradiction   the row names another handler
    """
    for item, held in (("承办人", case.handler_name), ("承办人工号", case.staff_number or "")):
        told = str(row.fields.get(item, ""))
        if told and told != held:
            stands = f"是“{held}”" if held else "还没有入案"
            raise Contradiction(
                item,
                f"本案的承办人由抽取产生，{stands}，不能由文件改成“{told}”："
                "请申请回避重抽或者指定分案，经另一人批准。",
                allowed=(held,) if held else (),
            )


def _parties(found: Difference, row: CaseRow, known: set[tuple[str, str]]) -> None:
    parties = dict.fromkeys((party.role, party.name) for party in row.parties)
    found.new_parties = [party for party in parties if party not in known]
    shown = "、".join(dict.fromkeys(party.name for party in row.parties))[:200]
    _assign(found, "当事人", "parties_text", shown)
    if "当事人人数" not in row.fields:
        _assign(found, "当事人人数", "party_count", max(found.case.party_count, len(parties)))


def _people(found: Difference, row: CaseRow, directory: Directory, create: bool) -> None:
    """Department and judge; nobody is created for a row that is refused.

    Raises
    ------
    TwoPeople   the name alone does not say who
    """
    fields, case = row.fields, found.case
    place, name = str(fields.get("承办部门", "")), str(fields.get("承办人", ""))
    number = str(fields.get("承办人工号", ""))
    if not place and not name and not number:
        return
    filed = fields.get("立案日期")
    since = filed if isinstance(filed, date) else EARLIEST
    person = directory.known_person(name, number, place) if name or number else None
    department = directory.department(place, since, create=create) if place else None
    if place and case.department_name != place:
        found.changes.append(("承办部门", case.department_name or "", place))
        case.department_id, case.department_name = department.pk if department else None, place
    if name and person is None:
        home = department if place else directory.department_of(case.department_id)
        person = directory.engage(name, number, home, since, create=create)
    if name and name != case.handler_name:
        found.changes.append(("承办人", case.handler_name, name))
        case.handler_name = name
    elif person is not None and case.handler_id is not None and person.pk != case.handler_id:
        # The same name, yet somebody else: only the staff number tells.
        found.changes.append(("承办人", case.handler_shown, f"{person.name}（{person.staff_number}）"))
    if person is not None and person.pk != case.handler_id:
        case.handler_id, case.person_name, case.staff_number = person.pk, person.name, person.staff_number
        case.handler_name = case.handler_name or person.name


def _columns(found: Difference, row: CaseRow) -> None:
    """Compare the plain columns and the remaining data items. A blank cell changes nothing."""
    for name, value in row.fields.items():
        column = COLUMNS.get(name)
        if column is not None:
            _assign(found, name, column, value)
        elif name not in ELSEWHERE:
            _fact(found, name, value)
    filed = row.fields.get("立案日期")
    if found.case.original_filed_on is None and isinstance(filed, date):
        found.case.original_filed_on = filed


def _from_events(found: Difference) -> None:
    """A file of events alone still says when a case was filed and closed."""
    case = found.case
    for _, event in found.new_events:
        if event.kind == FILED and case.filed_on is None:
            _assign(found, "立案日期", "filed_on", event.happened)
            case.original_filed_on = case.original_filed_on or event.happened
        elif event.kind == CLOSED and case.closed_on is None:
            _assign(found, "结案日期", "closed_on", event.happened)


def _assign(found: Difference, name: str, column: str, value: FieldValue) -> None:
    before = getattr(found.case, column)
    if isinstance(value, Decimal):
        value = value.quantize(FEN)
    if before != value and (before is None or str(before) != str(value)):
        found.changes.append((name, before, value))
        setattr(found.case, column, value)


def _fact(found: Difference, name: str, value: FieldValue) -> None:
    plain: str | bool | int = value if isinstance(value, bool | int | str) else str(value)
    before = found.case.facts.get(name)
    if before != plain:
        found.changes.append((name, before, plain))
        found.case.facts[name] = plain


def _exclusions(found: Difference, row: CaseRow, stored: dict[tuple[str, date], HeldSpan]) -> None:
    added: set[tuple[str, date]] = set()
    for span in dict.fromkeys(row.exclusions):
        key = (span.kind, span.first)
        known = stored.get(key)
        if known is not None and known.last != span.last and span.last is not None:
            stored[key] = known._replace(last=span.last)
            found.touched_exclusions.append(stored[key])
        elif known is None and key not in added:
            added.add(key)
            found.new_exclusions.append(span)
