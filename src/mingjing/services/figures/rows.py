"""Cases and their events as the rows a count reads: the fields of dictionary.case_fields, what links add."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from mingjing.definitions.shelf import Shelf
from mingjing.definitions.values.populations import LOOKED_UP
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS
from mingjing.services.figures.cells import Places
from mingjing.services.installation import registry
from mingjing.services.screening_facts import Fields, case_fields, event_fields
from mingjing.storage.among import among
from mingjing.storage.cases.models import Case, CaseEvent, CaseLink, CaseTag, Exclusion, GrantedExtension
from mingjing.storage.indicators.models import Cell
from mingjing.storage.people.models import Court, Department, Person
from mingjing.storage.records.models import Record
from mingjing.storage.supervision.models import Clock

TURNS_WITH_THE_DAY = ("已立案月数", "羁押满月数", "扣除天数")
"""Fields of an open case that are other tomorrow: no count may rest on them until it is closed."""
APPEALS, RETRIALS = ("上诉",), ("再审", "指令再审")
TEAMS = "ledger.team"


@dataclass(frozen=True, slots=True)
class Row:
    """One case: its key, the places it belongs to, its fields."""

    case_id: int
    places: Places
    fields: Fields


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a case, with the fields of both."""

    event: CaseEvent
    fields: Fields


def rows_of(court: Court, ids: Sequence[int]) -> list[Row]:
    """The cases of ``court`` among ``ids``, in the order of their keys. Nine queries."""
    known = registry(court)
    cases = list(Case.objects.filter(court=court, pk__in=among(ids)).order_by("pk"))
    # one object for each department and judge, not one for each case
    departments = Department.objects.in_bulk({case.department_id for case in cases if case.department_id})
    judges = Person.objects.in_bulk({case.handler_id for case in cases if case.handler_id})
    beside = _Beside.of([case.pk for case in cases])
    teams = teams_of({case.handler_id for case in cases if case.handler_id})
    found = []
    for case in cases:
        case.court = court
        if case.department_id is not None:
            case.department = departments[case.department_id]
        if case.handler_id is not None:
            case.handler = judges[case.handler_id]
        found.append(Row(case.pk, _places(case, teams), _fields(case, known, beside)))
    return found


def events_of(court: Court, rows: Sequence[Row]) -> dict[int, list[EventRow]]:
    """The events of some cases by case, in the order in which they happened; struck ones are left out."""
    by_id = {row.case_id: row.fields for row in rows}
    events = CaseEvent.objects.filter(case_id__in=among(list(by_id)), struck_at=None).select_related(
        "recorded_by"
    )
    calendar, zone = registry(court).calendar(court.calendar), ZoneInfo(court.time_zone)
    found: dict[int, list[EventRow]] = {}
    for event in events.order_by("case_id", "happened", "pk"):
        fields = event_fields(event, by_id[event.case_id], calendar, zone)
        found.setdefault(event.case_id, []).append(EventRow(event, fields))
    return found


def teams_of(judges: Iterable[int]) -> dict[int, list[Record]]:
    """The teams each judge has or had, the newest first."""
    found: dict[int, list[Record]] = {}
    rows = Record.objects.filter(register=TEAMS, holder_id__in=list(judges)).order_by("-opened_on", "-pk")
    for row in rows.only("pk", "holder_id", "opened_on", "over_on"):
        found.setdefault(row.holder_id or 0, []).append(row)
    return found


def _team(case: Case, teams: dict[int, list[Record]]) -> str:
    """The team of a case: its judge's on the day it was closed, or the one there is while it is open."""
    day = case.closed_on
    for one in teams.get(case.handler_id or 0, ()):
        if one.over_on is None and (day is None or one.opened_on <= day):
            return str(one.pk)
        if one.over_on is not None and day is not None and one.opened_on <= day < one.over_on:
            return str(one.pk)
    return ""


def _places(case: Case, teams: dict[int, list[Record]]) -> Places:
    members = {
        Cell.Axis.COURT: "",
        Cell.Axis.DEPARTMENT: str(case.department_id or ""),
        Cell.Axis.HANDLER: str(case.handler_id or ""),
        Cell.Axis.CAUSE: case.cause,
        Cell.Axis.PROCEDURE: case.procedure,
        Cell.Axis.KIND: case.kind,
        Cell.Axis.TEAM: _team(case, teams),
    }
    return tuple(members[axis] for axis in Cell.Axis)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What other tables say of some cases, by case."""

    spans: dict[int, list[Exclusion]]
    extensions: dict[int, int]
    limits: dict[int, object]
    later: dict[int, list[tuple[str, Case]]]
    tags: dict[int, list[str]]

    @classmethod
    def of(cls, keys: Sequence[int]) -> _Beside:
        found, ids = cls({}, {}, {}, {}, {}), among(keys)
        for span in Exclusion.objects.filter(case_id__in=ids, struck_at=None).order_by("first", "pk"):
            found.spans.setdefault(span.case_id, []).append(span)
        for case_id in GrantedExtension.objects.filter(case_id__in=ids).values_list("case_id", flat=True):
            found.extensions[case_id] = found.extensions.get(case_id, 0) + 1
        clocks = Clock.objects.filter(case_id__in=ids, slot__in=TRIAL_LIMIT_SLOTS, due_on__isnull=False)
        live = clocks.exclude(state=Clock.State.VOID).order_by("-pk")
        found.limits.update(live.values_list("case_id", "due_on"))
        for link in CaseLink.objects.filter(earlier_id__in=ids).select_related("later").order_by("pk"):
            found.later.setdefault(link.earlier_id, []).append((link.relation, link.later))
        tags = CaseTag.objects.filter(case_id__in=ids, confirmed=True).order_by("tag")
        for case_id, tag in tags.values_list("case_id", "tag"):
            found.tags.setdefault(case_id, []).append(tag)
        return found


def _fields(case: Case, known: Shelf, beside: _Beside) -> Fields:
    """The fields of one case as they are whatever the day."""
    end = case.closed_on or case.filed_on
    spans, extensions = beside.spans.get(case.pk, []), beside.extensions.get(case.pk, 0)
    words = known.dictionary("dictionary.case_fields")
    fields = case_fields(case, end, words, spans, extensions) if end else {}
    if case.closed_on is None:
        for name in TURNS_WITH_THE_DAY:
            fields.pop(name, None)
    if (limit := beside.limits.get(case.pk)) is not None:
        fields["审限届满日"] = limit
    if case.closed_on and case.filed_on:
        fields["审理天数"] = (case.closed_on - case.filed_on).days
    fields |= {tag: True for tag in beside.tags.get(case.pk, ()) if tag not in fields}
    for relation, later in beside.later.get(case.pk, ()):
        which = "二审" if relation in APPEALS else "再审" if relation in RETRIALS else ""
        if which and later.closed_on:
            fields |= {f"{which}结果": later.outcome, f"{which}结案日期": later.closed_on}
    return fields | _looked_up(fields, known)


def _looked_up(fields: Fields, known: Shelf) -> Fields:
    """What dictionaries say of the kind of case and of its outcome."""
    found: Fields = {}
    for name, (by, dictionary, column, _) in LOOKED_UP.items():
        words, word = known.dictionary_or_none(dictionary), str(fields.get(by, ""))
        if words is not None and word in words.keys:
            found[name] = words.row(word).get(column, "")
    return found
