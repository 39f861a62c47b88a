"""What is owed in a period: one record for each on the roster, kept in step with the roster until its day.

The clock opens the periods of the calendar; somebody calls a campaign by hand (``campaigns``). Whoever joins
before the roster's day is added, whoever leaves is excused; both are logged. After that day it stands.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingjing.domain.activities import rules as activities
from mingjing.domain.activities.rules import Activity
from mingjing.domain.dates.period_days import PeriodDay
from mingjing.domain.dates.periods import Every, Period, period_of, periods_between
from mingjing.domain.filings import rules as filings
from mingjing.domain.filings.rules import Filing
from mingjing.domain.ledgers.matters import Deed, Who
from mingjing.domain.reasons import CalendarMissing, Refusal
from mingjing.services.acts import CLOCK
from mingjing.services.installation import registry
from mingjing.services.records.applying import apply
from mingjing.services.records.many import New, make_many, make_one
from mingjing.services.records.rosters import Book, Member, is_of_units, roster
from mingjing.services.records.signers import Line
from mingjing.services.records.verbs import Work, verb
from mingjing.services.records.versions import reference_of, value_at, value_of
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Obligation, Record

logger = logging.getLogger(__name__)
SYSTEM = Who(0, "系统", frozenset(("系统",)), anything=True)
OPEN_PERIOD, CHANGE_ROSTER = "开启一期", "名册变动"
KINDS = ("filing", "activity")


@dataclass(frozen=True, slots=True)
class Duty:
    """What of a definition opens a period: who owes, how often, from when, until when, on whose day."""

    value: Filing | Activity
    words: tuple[str, ...]
    every: Every
    opens: PeriodDay | None
    due: PeriodDay | None

    def due_day(self, period: Period, court: Court) -> date:
        """The last day. Raises CalendarMissing."""
        return self.due.of(period, registry(court).calendar(court.calendar)) if self.due else period.last

    def opens_on(self, period: Period, court: Court) -> date:
        """The day from which the period is open. Raises CalendarMissing."""
        return self.opens.of(period, registry(court).calendar(court.calendar)) if self.opens else period.first

    def roster_day(self, period: Period, court: Court) -> date:
        """The day whose roster counts."""
        if isinstance(self.value, Filing):
            return self.value.roster_day(period, registry(court).calendar(court.calendar))
        return period.first if self.every is Every.CALLED else period.last


@dataclass(slots=True)
class Tended:
    """What one pass did."""

    opened: int = 0
    joined: int = 0
    left: int = 0


def duties(value: object) -> tuple[Duty, ...]:
    """The duties of a definition: one of a filing, one for each length of period of an activity."""
    if isinstance(value, Filing) and value.every is not Every.EVENT:
        return (Duty(value, value.who, value.every, value.opens, value.due),)
    if isinstance(value, Activity):
        lengths = dict.fromkeys(quota.every for quota in value.quotas)
        firsts = [next(quota for quota in value.quotas if quota.every is every) for every in lengths]
        return tuple(Duty(value, (one.who,), one.every, None, one.due) for one in firsts)
    return ()


def tend(on: date) -> Tended:
    """Open every period that has come by ``on`` at every court, and keep open rosters in step."""
    done = Tended()
    for court in Court.objects.order_by("pk"):
        book, opened = Book(court, on), _opened(court)
        for register in registry(court).registers(on):
            if register.kind not in KINDS:
                continue
            for duty in duties(value_of(court, register.id, on)):
                if duty.every.comes_by_itself:
                    _open_periods(book, duty, opened.get(register.id, []), done)
        for row in Obligation.objects.filter(court=court, counted_on__gte=on):
            _keep_in_step(row, book, done)
    return done


def _opened(court: Court) -> dict[str, list[Obligation]]:
    """Register → its periods, newest first; only those that may still tell what comes next."""
    found: dict[str, list[Obligation]] = {}
    rows = Obligation.objects.filter(court=court).defer("roster")
    for row in rows.order_by("register", "-first_day"):
        found.setdefault(row.register, []).append(row)
    return found


def _open_periods(book: Book, duty: Duty, known: Sequence[Obligation], done: Tended) -> None:
    court, on = book.court, book.on
    opened = [row for row in known if _is_of(duty.every, row)]
    for period in _candidates(duty, court, opened, on):
        try:
            if duty.opens_on(period, court) > on:
                continue
            row = open_period(book, duty, period)
        except CalendarMissing:
            continue  # a year nobody entered yet: the next pass after it is entered opens the period
        except Refusal as refused:  # one definition that cannot open its period must not stop the others
            logger.error("“%s”%s没有开启：%s", duty.value.register.label, period.label, refused)
            continue
        done.opened += row is not None


def _is_of(every: Every, row: Obligation) -> bool:
    return period_of(every, row.first_day).code == row.period


def _candidates(duty: Duty, court: Court, opened: Sequence[Obligation], on: date) -> list[Period]:
    """Periods not opened yet: all since the last one opened; at the first time those whose day is still to
    come, for nobody is late with what was never asked of them."""
    if opened:
        return list(periods_between(duty.every, opened[0].last_day + timedelta(days=1), on))
    current = period_of(duty.every, on)
    before = period_of(duty.every, current.first - timedelta(days=1))
    since = duty.value.register.since
    first = (before, current) if isinstance(duty.value, Filing) else (current,)
    return [one for one in first if one.last >= since and _is_running(duty, one, court, on)]


def _is_running(duty: Duty, period: Period, court: Court, on: date) -> bool:
    try:
        return duty.due_day(period, court) >= on
    except CalendarMissing:
        return False


def open_period(book: Book, duty: Duty, period: Period) -> Obligation | None:
    """Open one period by the clock: its obligation and a record for each on the roster; one log entry.

    The day of ``book`` decides the version and, until the roster's day, the roster. Nothing is opened, and
    None returned, while nobody is on the roster.
    """
    court = book.court
    counted = min(duty.roster_day(period, court), book.on)
    members = roster(court, duty.words, counted, book)
    if not members:
        return None
    with verb(CLOCK, OPEN_PERIOD, court, needs="", subject_id=duty.value.register.id) as work:
        return write_period(work, duty, period, members)


def write_period(
    work: Work,
    duty: Duty,
    period: Period,
    members: Sequence[Member],
    *,
    due: date | None = None,
    given: Mapping[str, object] | None = None,
) -> Obligation:
    """The obligation with its records, within a verb that is under way."""
    register, court = duty.value.register, work.court
    row = Obligation.objects.create(
        court=court,
        register=register.id,
        definition=reference_of(court, register.id, work.on),
        period=period.code,
        label=period.label,
        first_day=period.first,
        last_day=period.last,
        due_on=due or duty.due_day(period, court),
        counted_on=duty.roster_day(period, court),
        roster=[member.key for member in members],
        opened_by_id=work.person,
    )
    line = Line(court, row.counted_on)
    make_many(work, duty.value, [_owed(work, duty.value, row, one, given or {}, line) for one in members])
    work.entry.subject_id, work.entry.definition = str(row.pk), row.definition
    work.entry.payload = {
        "台账": register.label,
        "期间": row.label,
        "截止日": row.due_on,
        "名册日": row.counted_on,
        "名册": [member.name for member in members],
    }
    return row


def add_record(
    work: Work, value: Filing | Activity, row: Obligation, member: Member, given: Mapping[str, object]
) -> Record:
    """What one on the roster owes."""
    return make_one(work, value, _owed(work, value, row, member, given, Line(row.court, work.on)))


def _owed(
    work: Work,
    value: Filing | Activity,
    row: Obligation,
    member: Member,
    given: Mapping[str, object],
    line: Line,
) -> New:
    if isinstance(value, Filing):
        values = _filing_values(value, row, member, line)
    else:
        values = _activity_values(value, row, member)
    kept = {label: held for label, held in {**values, **given}.items() if held not in (None, "")}
    deed = Deed(filings.OPEN, SYSTEM, work.at.replace(tzinfo=None), kept)
    return New(deed, row.period, f"{row.period}:{member.key}", placeless=member.unit is None)


def _filing_values(value: Filing, row: Obligation, member: Member, line: Line) -> dict[str, object]:
    held: dict[str, object] = {filings.PERIOD: row.label, filings.DUE: row.due_on.isoformat()}
    labels = {field.label for field in value.register.fields}
    if filings.UNIT in labels:
        held |= {filings.UNIT: member.key, filings.HEAD: member.person}
    else:
        held |= {filings.PERSON: member.key, value.register.unit: member.unit}
    if filings.SIGNERS in labels:
        held[filings.SIGNERS] = "、".join(line.signers(member, value.signers(member.word)))
    return held


def _activity_values(value: Activity, row: Obligation, member: Member) -> dict[str, object]:
    held: dict[str, object] = {
        activities.PERIOD: row.label,
        activities.DUE: row.due_on.isoformat(),
        activities.ORGANISER: member.person,
    }
    if value.register.unit:
        held[value.register.unit] = member.unit
    if value.register.title in value.register.act(activities.OPEN).may_fill:
        held[value.register.title] = f"{row.label}应完成"
    return held


def _keep_in_step(row: Obligation, book: Book, done: Tended) -> None:
    """Add whoever has joined the roster and excuse whoever has left it, in one log entry if anybody did."""
    if row.counted_on == row.first_day and row.first_day < book.on:
        return
    value = registry(row.court).register_value_at(row.definition)
    duty = next((one for one in duties(value) if one.every.comes_by_itself and _is_of(one.every, row)), None)
    if duty is None:
        return
    members = {member.key: member for member in roster(row.court, duty.words, book.on, book)}
    joined = [member for key, member in members.items() if key not in row.roster]
    left = [key for key in row.roster if key not in members]
    if not joined and not left:
        return
    with verb(CLOCK, CHANGE_ROSTER, row.court, needs="", subject_id=row.pk) as work:
        for member in joined:
            _take_in(work, duty.value, row, member)
        names = excuse(work, row, left)
        row.roster = [*row.roster, *(member.key for member in joined)]
        row.roster = [key for key in row.roster if key not in left]
        row.save(update_fields=["roster"])
        work.entry.subject_id, work.entry.definition = str(row.pk), row.definition
        work.entry.payload = {
            "期间": row.label,
            "新到": [member.name for member in joined],
            "离开": names,
        }
    done.joined += len(joined)
    done.left += len(left)


def _take_in(work: Work, value: Filing | Activity, row: Obligation, member: Member) -> None:
    """A record for who joined; who had left and comes back owes again what they owed."""
    for record in owed_by(row, (member.key,)):
        if record.state in (filings.EXCUSED, activities.EXCUSED):
            label = activities.UNMEET if isinstance(value, Activity) else filings.RESTORE
            apply(work, record, value_at(record), Deed(label, SYSTEM, work.at.replace(tzinfo=None)))
        return
    add_record(work, value, row, member, {})


def excuse(work: Work, row: Obligation, keys: Iterable[int]) -> list[str]:
    """Excuse those who left; what they have reported already stays. The titles of what was excused."""
    found: list[str] = []
    for record in owed_by(row, keys):
        value = value_at(record)
        label = activities.EXCUSE if isinstance(value, Activity) else filings.EXCUSE
        act = activities.EXCUSE_ACT if isinstance(value, Activity) else filings.EXCUSE_ACT
        deed = Deed(act, SYSTEM, work.at.replace(tzinfo=None), {label: filings.OFF_ROSTER})
        try:
            apply(work, record, value, deed)
        except Refusal:
            continue  # reported before they left
        found.append(record.number)
    return found


def owed_by(row: Obligation, keys: Iterable[int]) -> Sequence[Record]:
    """The records of some on the roster of a period, locked."""
    marks = [f"{row.period}:{key}" for key in keys]
    rows = Record.objects.filter(court=row.court, register=row.register, obligation__in=marks)
    return list(rows.select_related("court").select_for_update(of=("self",)).order_by("pk"))


def of_units(row: Obligation) -> bool:
    """Whether a period is owed by departments."""
    value = registry(row.court).register_value_at(row.definition)
    return any(is_of_units(row.court, duty.words[0]) for duty in duties(value)[:1])
