"""Whether what is owed has been held: sessions against quotas, whenever a session changes and every day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from mingjing.domain.activities import rules as words
from mingjing.domain.activities.counting import Key, Progress, progress
from mingjing.domain.activities.rules import Activity, Quota, Session
from mingjing.domain.dates.periods import Every, Period, period_of
from mingjing.domain.ledgers.matters import Deed
from mingjing.services.acts import CLOCK
from mingjing.services.records.applying import apply
from mingjing.services.records.obligations import SYSTEM, owed_by
from mingjing.services.records.rosters import targets
from mingjing.services.records.verbs import Work, verb
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import by_label
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Obligation, Record

SETTLE = "计算完成情况"
LOOK_BACK = timedelta(days=400)
"""How long after its end a period can still be made up for by the clock's own pass."""


def session_of(activity: Activity, record: Record) -> Session | None:
    """A record as a session that counts, or None: not held yet, cancelled, or what somebody owes."""
    if record.obligation or record.state not in activity.counted:
        return None
    values = by_label(activity.register, record.data)
    held = values.get(words.HELD_ON)
    if not held:
        return None
    on, made_up = _day(held), values.get(activity.makes_up)
    attended, heads = values.get(activity.attended), values.get(activity.heads)
    return Session(
        record.pk,
        on,
        _day(made_up) if made_up else on,
        tuple(attended) if isinstance(attended, list) else (),
        heads if isinstance(heads, int) else None,
        values,
    )


def _day(value: object) -> date:
    return date.fromisoformat(str(value)[:10])


def sessions_of(activity: Activity, rows: Sequence[Record]) -> list[Session]:
    """The sessions among records."""
    found = (session_of(activity, row) for row in rows)
    return [one for one in found if one is not None]


def held_in(activity: Activity, first: date, last: date) -> Q:
    """Records of sessions that count for a day from ``first`` to ``last``, whichever court."""
    keys = {field.label: field.key for field in activity.register.fields}
    days = [keys[words.HELD_ON], *([keys[activity.makes_up]] if activity.makes_up else [])]
    within = Q()
    for key in days:
        within |= Q((f"data__{key}__gte", first.isoformat()), (f"data__{key}__lte", last.isoformat()))
    return Q(register=activity.register.id, obligation="", state__in=activity.counted) & within


def quotas_of(activity: Activity, row: Obligation) -> tuple[Quota, ...]:
    """The quotas a period is about."""
    return tuple(
        quota
        for quota in activity.quotas
        if (
            period_of(quota.every, row.first_day).code == row.period
            if quota.every.comes_by_itself
            else len(row.period) >= len("2026-03-02") and quota.every is Every.CALLED
        )
    )


def progress_in(activity: Activity, row: Obligation, sessions: Sequence[Session]) -> list[Progress]:
    """Where everybody on the roster of a period stands, quota by quota."""
    period = Period(row.first_day, row.last_day, row.period, row.label)
    found: list[Progress] = []
    for quota in quotas_of(activity, row):
        roster: Sequence[Key] = row.roster
        wanted: Mapping[Key, Sequence[Key]] = {key: activity.options(quota) for key in roster}
        if quota.among:
            led = targets(row.court, quota.among, row.roster, row.counted_on)
            wanted = {key: [one for one, _ in people] for key, people in led.items()}
        found += progress(quota, roster, sessions, period, wanted)
    return found


def lacks_text(rows: Sequence[Progress], names: Mapping[int, str]) -> str:
    """What one still owes, in words (``一实践``, ``应谈 18 人，还差 1 人：何叙``); empty where nothing is."""
    parts = []
    for row in rows:
        if row.met:
            continue
        if row.quota.among:
            missing = "、".join(names.get(one, str(one)) for one in row.lacks if isinstance(one, int))
            parts.append(f"应谈 {row.needs} 人，还差 {len(row.lacks)} 人：{missing}")
        elif row.lacks:
            parts.append("、".join(map(str, row.lacks)))
        else:
            unit = "次" if row.quota.times else ""
            parts.append(f"{row.quota.label}还差 {row.short.normalize():f}{unit}")
    return "；".join(parts)


Change = tuple[Record, str, str]
"""A record of what is owed, the act that brings it up to date, what it then lacks."""


def settle_row(work: Work, row: Obligation, activity: Activity) -> int:
    """Close what is met and open again what no longer is. How many records changed."""
    changes = changes_in(row, activity)
    for record, label, lacks in changes:
        deed = Deed(label, SYSTEM, work.at.replace(tzinfo=None), {words.LACKS: lacks})
        apply(work, record, value_at(record), deed)
    return len(changes)


def changes_in(row: Obligation, activity: Activity) -> list[Change]:
    """What the records of a period do not say yet."""
    rows = Record.objects.filter(held_in(activity, row.first_day, row.last_day), court=row.court)
    standing: dict[Key, list[Progress]] = {}
    for one in progress_in(activity, row, sessions_of(activity, list(rows))):
        standing.setdefault(one.key, []).append(one)
    people = {
        key for rows_ in standing.values() for one in rows_ for key in one.lacks if isinstance(key, int)
    }
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    found: list[Change] = []
    for record in owed_by(row, row.roster):
        own = standing.get(int(record.obligation.rpartition(":")[2]), [])
        lacks = lacks_text(own, names)
        if label := _change(record, met=all(one.met for one in own), lacks=lacks):
            found.append((record, label, lacks))
    return found


def _change(record: Record, *, met: bool, lacks: str) -> str:
    if record.state == words.OWED:
        held = str(record.data.get("lacks") or "")
        return words.MEET if met else words.UPDATE if lacks != held else ""
    return words.UNMEET if record.state == words.MET and not met else ""


def follow(work: Work, value: object, record: Record) -> None:
    """After an act on a session: settle the periods it counts for, in the same log entry."""
    if not isinstance(value, Activity) or not value.quotas or record.obligation:
        return
    values = by_label(value.register, record.data)
    days = [_day(values[label]) for label in (words.HELD_ON, value.makes_up) if values.get(label)]
    for day in set(days):
        rows = Obligation.objects.filter(court=record.court, register=record.register)
        for row in rows.filter(first_day__lte=day, last_day__gte=day).select_related("court"):
            settle_row(work, row, value)


def settle_all(on: date) -> int:
    """The clock's own pass: what each still owes in periods that are open or not long over."""
    changed = 0
    for row in Obligation.objects.filter(last_day__gte=on - LOOK_BACK).select_related("court"):
        if not row.register.startswith("activity."):
            continue
        open_ = Record.objects.filter(
            court=row.court, register=row.register, period=row.period, state=words.OWED
        )
        first = open_.select_related("court").first()
        if first is None:
            continue
        activity = value_at(first)
        assert isinstance(activity, Activity)
        with transaction.atomic():
            pending = changes_in(row, activity)
        if not pending:
            continue
        with verb(CLOCK, SETTLE, row.court, needs="", subject_id=row.pk) as work:
            work.entry.definition = row.definition
            work.entry.payload = {"期间": row.label}
            changed += settle_row(work, row, activity)
    return changed
