"""Periods of filings and activities as the actor sees them: counts, names, departments, past periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingjing.domain.activities import rules as activities
from mingjing.domain.activities.counting import Counts, Progress, completion, counted, coverage
from mingjing.domain.activities.rules import Activity
from mingjing.domain.filings.rates import Report, Standing, Tally, tally
from mingjing.domain.filings.stepping import report_of
from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records.overview import seen_register
from mingjing.services.records.campaigns import seen_period
from mingjing.services.records.completing import (
    held_in,
    lacks_text,
    progress_in,
    quotas_of,
    sessions_of,
)
from mingjing.services.records.sight import visible
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Obligation, Record

PAST = 6
"""How many periods the matrix goes back."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that is owed: who, where, and how it stands."""

    record: Record
    name: str
    unit: str
    report: Report
    standing: Standing


@dataclass(frozen=True, slots=True)
class Filed:
    """One period of a filing, as far as the actor sees it. ``hidden`` counts reports out of sight."""

    row: Obligation
    tally: Tally
    owed: tuple[Owed, ...]
    hidden: int
    on: date

    def of(self, *standings: Standing) -> tuple[Owed, ...]:
        """Those who stand so."""
        return tuple(one for one in self.owed if one.standing in standings)

    @property
    def units(self) -> tuple[tuple[str, Tally], ...]:
        """Department → its own count, in order of first appearance."""
        found: dict[str, list[Report]] = {}
        for one in self.owed:
            found.setdefault(one.unit, []).append(one.report)
        return tuple((unit, tally(reports, self.row.due_on, self.on)) for unit, reports in found.items())


@dataclass(frozen=True, slots=True)
class Owing:
    """One who owes sessions: how far, and what is lacking in words."""

    key: int
    name: str
    record: Record | None
    rows: tuple[Progress, ...]
    lacks: str

    @property
    def met(self) -> bool:
        """Whether nothing is owed any more, or it was excused."""
        excused = self.record is not None and self.record.state == activities.EXCUSED
        return excused or all(row.met for row in self.rows)


@dataclass(frozen=True, slots=True)
class Held:
    """One period of an activity: who owes what, and everything held in it, counted three ways."""

    row: Obligation
    owing: tuple[Owing, ...]
    counts: Counts
    columns: tuple[str, ...]

    @property
    def done(self) -> Fraction | None:
        """Those who met every quota ÷ those who owe it."""
        return completion([row for one in self.owing for row in one.rows])

    @property
    def covered(self) -> Fraction | None:
        """Reached ÷ to be reached, where people are to be reached; None otherwise."""
        return coverage([row for one in self.owing for row in one.rows if row.quota.among])


@dataclass(frozen=True, slots=True)
class Matrix:
    """Past periods side by side: a line for each department or person, a cell for each period."""

    periods: tuple[Obligation, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


def periods(actor: Actor, register: Register, limit: int = PAST) -> list[Obligation]:
    """The newest periods of a register at the actor's court, newest first."""
    rows = Obligation.objects.filter(court=actor.court, register=register.id)
    return list(rows.select_related("court", "opened_by").order_by("-first_day", "-pk")[:limit])


def period_page(actor: Actor, key: int) -> tuple[Register, Obligation]:
    """A period with its register. Raises NotVisible."""
    row = seen_period(actor, key)
    return seen_register(actor, row.register), row


def filed(actor: Actor, register: Register, row: Obligation) -> Filed:
    """One period of a filing."""
    rows = [one for one in _records(actor, register, (row,)) if _key(one) in set(row.roster)]
    owed = [_owed(one, row.due_on, actor.on) for one in rows]
    order = {standing: place for place, standing in enumerate(_ORDER)}
    owed.sort(key=lambda one: (order[one.standing], one.unit, one.name))
    count = tally([one.report for one in owed], row.due_on, actor.on)
    return Filed(row, count, tuple(owed), len(row.roster) - len(owed), actor.on)


_ORDER = (
    Standing.MISSING,
    Standing.UNTRUE,
    Standing.LATE,
    Standing.EXPECTED,
    Standing.IN_TIME,
    Standing.EXCUSED,
)


def _owed(record: Record, due: date, on: date) -> Owed:
    report = report_of(record.pk, record.inner)
    person = record.holder.name if record.holder else ""
    unit = record.unit.name if record.unit else "院领导"
    of_unit = "head" in record.data or ("person" not in record.data and record.unit_id is not None)
    return Owed(record, unit if of_unit else person, unit, report, report.standing(due, on))


def _key(record: Record) -> int:
    return int(record.obligation.rpartition(":")[2])


def _records(actor: Actor, register: Register, rows: Sequence[Obligation]) -> list[Record]:
    found = Record.objects.filter(visible(actor, register), period__in=[row.period for row in rows])
    return list(found.exclude(obligation="").select_related("holder", "unit").order_by("unit__order", "pk"))


def own_reports(actor: Actor, register: Register) -> list[Record]:
    """What the actor still owes in this register, the earliest limit first."""
    mine = Record.objects.filter(court=actor.court, register=register.id, holder=actor.person, over=False)
    return list(mine.exclude(obligation="").select_related("unit").order_by("due_on", "pk")[:PAST])


def filing_matrix(actor: Actor, register: Register, rows: Sequence[Obligation]) -> Matrix:
    """Departments × periods: reported of obliged, late ones too."""
    rows = tuple(reversed(rows))
    cells: dict[str, dict[str, list[Report]]] = {}
    rosters = {row.period: set(row.roster) for row in rows}
    for record in _records(actor, register, rows):
        if _key(record) in rosters[record.period]:
            unit = record.unit.name if record.unit else "院领导"
            report = report_of(record.pk, record.inner)
            cells.setdefault(unit, {}).setdefault(record.period, []).append(report)
    lines = tuple(
        (unit, tuple(_cell(found.get(row.period, []), row, actor.on) for row in rows))
        for unit, found in cells.items()
    )
    return Matrix(rows, lines)


def _cell(reports: Iterable[Report], row: Obligation, on: date) -> str:
    count = tally(reports, row.due_on, on)
    return f"{count.filed}/{count.obliged}" if count.obliged else ""


def held(actor: Actor, register: Register, row: Obligation) -> Held:
    """One period of an activity, computed from the sessions as they are now."""
    activity = value_of(actor.court, register.id, actor.on)
    if not isinstance(activity, Activity):
        raise NotVisible
    seen = Record.objects.filter(
        visible(actor, register), held_in(activity, row.first_day, row.last_day), court=actor.court
    )
    sessions = sessions_of(activity, list(seen))
    standing: dict[int, list[Progress]] = {}
    for one in progress_in(activity, row, sessions):
        standing.setdefault(int(one.key), []).append(one)
    owed = {_key(one): one for one in _records(actor, register, (row,))}
    people = {key for rows in standing.values() for one in rows for key in one.lacks if isinstance(key, int)}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))
    labels = _names(actor, register, row, activity)
    owing = tuple(
        Owing(key, labels.get(key, str(key)), owed.get(key), tuple(rows), lacks_text(rows, names))
        for key, rows in standing.items()
        if key in owed
    )
    within = [one for one in sessions if row.first_day <= one.counts_on <= row.last_day]
    return Held(row, owing, counted(within, activity.sums), _columns(activity, row))


def _columns(activity: Activity, row: Obligation) -> tuple[str, ...]:
    quotas = quotas_of(activity, row)
    if len(quotas) == 1 and quotas[0].covers and not quotas[0].among:
        return activity.options(quotas[0])
    return tuple(quota.label for quota in quotas)


def _names(actor: Actor, register: Register, row: Obligation, activity: Activity) -> Mapping[int, str]:
    """Who owes: departments where sessions count for a 部门 field, else people."""
    quota = next(iter(quotas_of(activity, row)), None)
    of_units = quota is not None and register.field(quota.by).type.value in ("部门", "多部门")
    table = Department if of_units else Person
    return dict(table.objects.filter(pk__in=row.roster).values_list("pk", "name"))


def activity_matrix(actor: Actor, register: Register, rows: Sequence[Obligation]) -> Matrix:
    """Who owes × periods: what became of it."""
    rows = tuple(reversed(rows))
    cells: dict[str, dict[str, str]] = {}
    for record in _records(actor, register, rows):
        of_unit = bool(register.unit) and record.unit is not None and _owes_as_unit(register, record)
        who = record.unit.name if of_unit and record.unit else record.holder.name if record.holder else "—"
        cells.setdefault(who, {})[record.period] = _outcome(record)
    lines = tuple((who, tuple(found.get(row.period, "") for row in rows)) for who, found in cells.items())
    return Matrix(rows, lines)


def _owes_as_unit(register: Register, record: Record) -> bool:
    return register.field(register.unit).key in record.data and _key(record) == record.unit_id


def _outcome(record: Record) -> str:
    if record.state == activities.OWED:
        return str(record.data.get("lacks") or "还差")
    return {activities.MET: "✓"}.get(record.state, record.state)


def totals(actor: Actor, register: Register, first: date, last: date) -> Counts | None:
    """Everything held between two days, counted; None for a register that is no activity."""
    activity = value_of(actor.court, register.id, actor.on)
    if not isinstance(activity, Activity):
        return None
    seen = Record.objects.filter(visible(actor, register), held_in(activity, first, last), court=actor.court)
    within = [one for one in sessions_of(activity, list(seen)) if first <= one.counts_on <= last]
    return counted(within, activity.sums)
