"""Meetings of a court together: coming ones, those owed, the filing log, how rules of order were kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingjing.domain.dates.periods import Every, Period, periods_between
from mingjing.domain.meetings import gates
from mingjing.domain.meetings.moves import CALLED, CHAIR, HEAD, STARTS
from mingjing.domain.meetings.rules import Meeting
from mingjing.domain.meetings.sitting import (
    HEARD,
    UNTOUCHED,
    WAITING,
    WITHDRAWN,
    Invitation,
    Sitting,
    read_sitting,
)
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.records.sight import registers_seen, visible
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import by_label, keys_of
from mingjing.storage.records.models import Record

COMING = ("筹备中", "已召集", "会议中")
AFTERWARDS = ("已散会", "待签字", "已签齐")
MOST = 400
SETTINGS, PERCENT = "dictionary.meeting_settings", "会议压减比例"
_NOT_HEARD = frozenset({WAITING, WITHDRAWN, UNTOUCHED})


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting with its rules, its fields, what it remembers, and the day it began or is to begin."""

    record: Record
    meeting: Meeting
    sitting: Sitting
    starts: datetime
    called: tuple[int, ...]
    present: int
    head_presided: bool

    @property
    def on(self) -> date:
        """The civil day of the meeting."""
        return self.starts.date()

    @property
    def held(self) -> bool:
        """Whether it took place, or is under way."""
        return bool(self.sitting.opened)

    @property
    def first_item_kept(self) -> bool:
        """Whether the first item stood first and was dealt with before anything else (R-001)."""
        if gates.first_item_lacks(self.meeting, self.sitting) or not self.sitting.agenda:
            return False
        first = self.sitting.agenda[0]
        others = [one.entered for one in self.sitting.agenda[1:] if one.entered]
        return first.state == HEARD and all(first.entered <= one for one in others)


@dataclass(frozen=True, slots=True)
class FiledTopic:
    """A line of the filing log (S-027): which topic went to whom, when, in time or late, what came back."""

    row: MeetingRow
    topic: str
    who: str
    sent: str
    late: bool
    invitation: Invitation | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What a body must do in each period of a year: meet, or have a class of topics (``what``) on its agenda.

    ``short`` are the periods that are over with fewer than ``times``; ``found`` counts those of the period
    under way.
    """

    register: str
    register_id: str
    what: str
    every: Every
    times: int
    short: tuple[Period, ...]
    now: Period
    found: int

    @property
    def missing(self) -> int:
        """How many the period under way still lacks."""
        return max(0, self.times - self.found)


@dataclass(frozen=True, slots=True)
class Kept:
    """How the rules of order were kept by the meetings held in a year, register by register."""

    register: str
    register_id: str
    held: int
    before: int
    first_asked: int
    first_kept: int
    called: int
    present: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Fewer meetings than the year before (R-011): ``percent`` less, fractions dropped."""

    held: int
    before: int
    percent: int

    @property
    def most(self) -> int:
        """How many this year may have."""
        return self.before * (100 - self.percent) // 100

    @property
    def beyond(self) -> int:
        """How many there are too many."""
        return max(0, self.held - self.most)


@dataclass(frozen=True, slots=True)
class Meetings:
    """Everything the page of all meetings shows, for a year."""

    year: int
    coming: tuple[MeetingRow, ...]
    unsettled: tuple[MeetingRow, ...]
    filed: tuple[FiledTopic, ...]
    owed: tuple[Owed, ...]
    kept: tuple[Kept, ...]
    cut: Cut | None


def meetings(actor: Actor, year: int) -> Meetings:
    """The meetings the actor sees: what is coming, and how those of a year went."""
    rows = _rows(actor, year)
    held = [one for one in rows if one.held and one.on.year == year]
    before = [one for one in rows if one.held and one.on.year == year - 1]
    coming = sorted((one for one in rows if one.record.state in COMING), key=lambda one: one.starts)
    return Meetings(
        year,
        tuple(coming),
        tuple(one for one in rows if one.record.state in AFTERWARDS),
        tuple(line for one in rows if one.on.year == year for line in _filed(one)),
        tuple(_owed(actor, held, year)),
        tuple(_kept(held, before)),
        _cut(actor, len(held), len(before)),
    )


def _rows(actor: Actor, year: int) -> list[MeetingRow]:
    found: list[Record] = []
    for register in registers_seen(actor):
        if register.kind != "meeting":
            continue
        records = Record.objects.filter(visible(actor, register), opened_on__year__gte=year - 1)
        found += records.select_related("court").order_by("-pk")[:MOST]
    return [row for row in map(_row, found) if row is not None]


def _row(record: Record) -> MeetingRow | None:
    meeting = value_at(record)
    if not isinstance(meeting, Meeting):
        return None
    values = by_label(meeting.register, record.data)
    sitting = read_sitting(record.inner)
    called = tuple(keys_of(values.get(CALLED)))
    head, chair = keys_of(values.get(HEAD)) or keys_of(values.get(CHAIR)), keys_of(values.get(CHAIR))
    return MeetingRow(
        record,
        meeting,
        sitting,
        datetime.fromisoformat(str(values[STARTS])),
        called,
        sum(sitting.attended(one) for one in called),
        head_presided=bool(chair) and chair == head and all(sitting.attended(one) for one in chair),
    )


def _filed(row: MeetingRow) -> Iterable[FiledTopic]:
    for topic in row.sitting.agenda:
        for who in gates.class_of(row.meeting, topic).told:
            invitation = row.sitting.invitations.get(who)
            sent = invitation.sent.get(topic.id, "") if invitation else ""
            late = bool(invitation and topic.id in invitation.late)
            yield FiledTopic(row, topic.title, who, sent, late, invitation)


def _owed(actor: Actor, held: Sequence[MeetingRow], year: int) -> Iterable[Owed]:
    """Periods of the year that have begun, of every body seen that must meet in each."""
    until = min(actor.on, date(year, 12, 31))
    for register in registers_seen(actor):
        value = registry(actor.court).register_value(register.id, actor.on)
        if not isinstance(value, Meeting):
            continue
        mine = [one for one in held if one.record.register == register.id]
        since = min(
            (one.since for one in registry(actor.court).files(register.id) if one.since), default=None
        )
        if value.every is not None:
            counting = [one.on for one in mine if one.head_presided or not value.head_chairs]
            yield _periods(register.label, register.id, "", value.every, value.times, counting, until, since)
        for kind in value.classes:
            if kind.every is not None:
                days = [one.on for one in mine if _discussed(one, kind.label)]
                yield _periods(register.label, register.id, kind.label, kind.every, 1, days, until, since)


def _discussed(row: MeetingRow, kind: str) -> bool:
    return any(one.kind == kind and one.state not in _NOT_HEARD for one in row.sitting.topics)


def _periods(
    label: str,
    id_: str,
    what: str,
    every: Every,
    times: int,
    days: Sequence[date],
    until: date,
    since: date | None,
) -> Owed:
    """What was held and what fell short; a period that began before the rule did was never owed whole."""
    begun = tuple(periods_between(every, date(until.year, 1, 1), until))
    counted = {period: sum(day in period for day in days) for period in begun}
    short = tuple(
        one
        for one in begun
        if one.last < until and counted[one] < times and (not since or one.first >= since)
    )
    return Owed(label, id_, what, every, times, short, begun[-1], counted[begun[-1]])


def _kept(held: Sequence[MeetingRow], before: Sequence[MeetingRow]) -> Iterable[Kept]:
    labels = dict.fromkeys((one.meeting.register.label, one.record.register) for one in (*held, *before))
    for label, id_ in labels:
        mine = [one for one in held if one.record.register == id_]
        first = [one for one in mine if one.meeting.first_item is not None]
        yield Kept(
            label,
            id_,
            len(mine),
            sum(one.record.register == id_ for one in before),
            len(first),
            sum(one.first_item_kept for one in first),
            sum(len(one.called) for one in mine),
            sum(one.present for one in mine),
        )


def _cut(actor: Actor, held: int, before: int) -> Cut | None:
    """The ceiling of the year, where there was a year before and the court cuts at all."""
    settings = registry(actor.court).dictionary_or_none(SETTINGS)
    percent = settings.row(PERCENT).get("value", "") if settings and PERCENT in settings else ""
    return Cut(held, before, int(percent)) if before and percent.isdecimal() and int(percent) else None
