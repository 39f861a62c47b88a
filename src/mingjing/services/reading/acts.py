"""审计: the log of acts of a court, entry by entry, and whether an entry is still what was written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from mingjing.domain.auditlog.entries import Entry, commit_payload, leaf_hash
from mingjing.domain.dates.reading import read_date
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import stamp
from mingjing.services.exporting import Column, Sheet
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.keyset import BadFilter, Filter, Listed, listed, read_filter
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person

CASE, PERSON, COURT = "案件", "人员", "法院"


@dataclass(frozen=True, slots=True)
class ActFilter(Filter):
    """What the list shows: who (a name), which verb, which case number, which day (``on``)."""

    actor: str = ""
    verb: str = ""
    case: str = ""
    on: str = ""

    def sentence(self) -> tuple[str, ...]:
        """The filters as words."""
        return tuple(part for part in (self.actor, self.verb, self.case, self.on) if part)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a person reads it: when in the court's zone, about what."""

    act: Act
    at: datetime
    about: str


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry beside what is computed from it anew: the commitment to its payload and its leaf hash."""

    line: Line
    payload: tuple[tuple[str, str], ...]
    commitment: str
    leaf: str
    destroyed: bool = False

    @property
    def sound(self) -> bool:
        """Whether the entry is what was written."""
        return self.commitment == self.line.act.payload_commitment and self.leaf == self.line.act.leaf


def is_in_the_log(kind: str, pk: int) -> bool:
    """Whether the log says anything about a case or record: one from a file may have no entry yet."""
    return Act.objects.filter(subject_kind=kind, subject_id=str(pk)).exists()


def read(query: Mapping[str, str]) -> ActFilter:
    """The filter of a query string.

    Raises
    ------
    BadFilter   a day that cannot be read
    """
    chosen = read_filter(ActFilter, query, {})
    if chosen.on:
        try:
            read_date(chosen.on)
        except Refusal as refusal:
            raise BadFilter(refusal.message, example=refusal.example) from None
    return chosen


def acts_seen(actor: Actor) -> QuerySet[Act]:
    """The log of the actor's own court, and what the machine did for all courts."""
    return Act.objects.filter(court__in=(actor.court.code, ""))


def verbs(actor: Actor) -> list[str]:
    """The verbs that occur, for the filter."""
    return sorted(set(acts_seen(actor).order_by().values_list("verb", flat=True).distinct()))


def select(actor: Actor, chosen: ActFilter) -> QuerySet[Act]:
    """The entries that match, in no order."""
    rows = acts_seen(actor)
    if chosen.actor:
        rows = rows.filter(actor_name=chosen.actor)
    if chosen.verb:
        rows = rows.filter(verb=chosen.verb)
    if chosen.case:
        number = chosen.case.replace("(", "（").replace(")", "）").replace(" ", "")
        cases = Case.objects.filter(court=actor.court, number=number).values_list("pk", flat=True)
        rows = rows.filter(subject_kind=CASE, subject_id__in=[str(pk) for pk in cases])
    if chosen.on:
        first, last = _bounds(read_date(chosen.on), ZoneInfo(actor.court.time_zone))
        rows = rows.filter(at__gte=first, at__lt=last)
    return rows


def _bounds(day: date, zone: ZoneInfo) -> tuple[str, str]:
    """A civil day of the court as two stamps of the log, which is kept in UTC and sorts as text."""
    begin = datetime.combine(day, time(), zone)
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    return stamp(begin), stamp(end)


def acts(actor: Actor, chosen: ActFilter) -> tuple[Listed[Act], list[Line]]:
    """A page of the log, newest first, and its rows as people read them. At most six statements."""
    page = listed(select(actor, chosen), ("-seq",), chosen)
    return page, lines(actor, page.rows)


def lines(actor: Actor, rows: list[Act]) -> list[Line]:
    """Entries with the names of what they are about, in three statements."""
    zone = ZoneInfo(actor.court.time_zone)
    numbers = dict(Case.objects.filter(pk__in=_ids(rows, CASE)).values_list("pk", "number"))
    names = dict(Person.objects.filter(pk__in=_ids(rows, PERSON)).values_list("pk", "name"))
    courts = dict(Court.objects.filter(pk__in=_ids(rows, COURT)).values_list("pk", "name"))
    known = {CASE: numbers, PERSON: names, COURT: courts}
    found = []
    for act in rows:
        named = known.get(act.subject_kind, {})
        about = named.get(int(act.subject_id), "") if act.subject_id.isdigit() else ""
        found.append(Line(act, datetime.fromisoformat(act.at).astimezone(zone), about or act.subject_id))
    return found


def _ids(rows: list[Act], kind: str) -> set[int]:
    return {int(a.subject_id) for a in rows if a.subject_kind == kind and a.subject_id.isdigit()}


def checked(actor: Actor, seq: int) -> Checked:
    """One entry, recomputed from what is stored.

    Raises
    ------
    NotVisible   there is no such entry, or it is another court's
    """
    act = acts_seen(actor).filter(seq=seq).first()
    if act is None:
        raise NotVisible
    leaf = leaf_hash(_entry(act))
    if not act.payload:
        return Checked(lines(actor, [act])[0], (), act.payload_commitment, leaf, destroyed=True)
    commitment = commit_payload(json.loads(act.payload), bytes.fromhex(act.salt))
    return Checked(lines(actor, [act])[0], words_of(act), commitment, leaf)


def words_of(act: Act) -> tuple[tuple[str, str], ...]:
    """What an entry holds, as words and their values; its content must still exist."""
    return tuple((key, _words(value)) for key, value in json.loads(act.payload).items())


def _entry(act: Act) -> Entry:
    fields = Entry.__dataclass_fields__
    return Entry(**{name: getattr(act, name) for name in fields})


def _words(value: object) -> str:
    if isinstance(value, list):
        return "、".join(_words(one) for one in value) or "—"
    if isinstance(value, dict):
        return "，".join(f"{key} {_words(one)}" for key, one in value.items()) or "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "—" if value in (None, "") else str(value)


def sheet(actor: Actor, chosen: ActFilter) -> Sheet[Act]:
    """The filtered log as a workbook, newest first, hashes included."""
    zone = ZoneInfo(actor.court.time_zone)
    columns: tuple[Column[Act], ...] = (
        Column("序号", lambda act: act.seq),
        Column("时间", lambda act: f"{datetime.fromisoformat(act.at).astimezone(zone):%Y-%m-%d %H:%M:%S}"),
        Column("谁", lambda act: act.actor_name),
        Column("做了什么", lambda act: act.verb),
        Column("对象", lambda act: act.subject_kind),
        Column("对象标识", lambda act: act.subject_id),
        Column("为什么", lambda act: act.why),
        Column("从哪里", lambda act: act.whence or ""),
        Column("依据版本", lambda act: act.definition),
        Column("内容承诺", lambda act: act.payload_commitment),
        Column("叶哈希", lambda act: act.leaf),
    )
    rows = select(actor, chosen).order_by("-seq").iterator(chunk_size=2000)
    return Sheet("日志", columns, rows, " · ".join(chosen.sentence()), unit="条")
