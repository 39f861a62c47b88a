"""监督留痕: every supervisory act on a case, under the item of the list of powers it belongs to (S-191)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mingjing.services.actors import Actor
from mingjing.services.permissions import seen_case
from mingjing.services.records.meetings import people_of_words
from mingjing.services.records.powers import REGISTER, Power, powers
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.records.models import Record
from mingjing.storage.supervision.models import Notice

URGED, OUTSIDE = "签发督办通知", "清单外"


@dataclass(frozen=True, slots=True)
class Trace:
    """One act: when, who, which item of the list, what was said; ``entry`` is its number in the log,
    ``record`` the record of the register. ``outside``: the list does not give it to that person."""

    at: datetime
    who: str
    item: str
    did: str
    said: str
    outside: bool
    entry: int | None = None
    record: int | None = None


def traces(actor: Actor, case_id: int) -> tuple[Case, list[Trace]]:
    """The case and what supervisors did on it, newest first.

    Raises
    ------
    NotVisible   the case is not seen
    """
    case = seen_case(actor, case_id)
    items = powers(case.court)
    found = [*_logged(case, items), *_urged(case, items), *_recorded(case)]
    return case, sorted(found, key=lambda one: one.at, reverse=True)


def _logged(case: Case, items: tuple[Power, ...]) -> list[Trace]:
    """Entries of the log about the case whose verb is the exercise of an item."""
    by_verb = {verb: item for item in items for verb in item.verbs}
    rows = Act.objects.filter(subject_kind="案件", subject_id=str(case.pk), verb__in=by_verb).order_by("seq")
    zone = ZoneInfo(case.court.time_zone)
    found = []
    for row in rows:
        at = datetime.fromisoformat(row.at).astimezone(zone)
        item = by_verb[row.verb]
        found.append(
            Trace(
                at,
                row.actor_name,
                item.label,
                row.verb,
                row.why,
                not _held(case, item, row.actor, at),
                row.seq,
            )
        )
    return found


def _held(case: Case, item: Power, key: str, at: datetime) -> bool:
    """Whether whoever acted held the item on the day of the act; who tries the case acts in the case."""
    if not key.isdigit():
        return True
    return any(one.pk == int(key) for one in people_of_words(case.court, item.who, at.date()))


def _urged(case: Case, items: tuple[Power, ...]) -> list[Trace]:
    item = next((one for one in items if URGED in one.verbs), None)
    zone = ZoneInfo(case.court.time_zone)
    rows = Notice.objects.filter(case=case).select_related("issued_by").order_by("pk")
    return [
        Trace(
            datetime.combine(row.issued_on, datetime.min.time(), zone),
            row.issued_by.name,
            item.label if item else "督办",
            row.number,
            row.reason,
            item is None,
        )
        for row in rows
    ]


def _recorded(case: Case) -> list[Trace]:
    """Acts of the register: those on the list, and those outside it that somebody registered."""
    rows = Record.objects.filter(court=case.court, register=REGISTER, data__matter=case.pk)
    zone = ZoneInfo(case.court.time_zone)
    found = []
    for row in rows.prefetch_related("acts__actor").order_by("pk"):
        first = row.acts.all()[0]
        outside = "power" not in row.data or not row.data["power"]
        who = str(row.data.get("who") or "") if outside else (first.actor.name if first.actor else "")
        said = str(row.data.get("asked" if outside else "opinion") or "")
        item = OUTSIDE if outside else str(row.data["power"])
        found.append(
            Trace(
                first.at.astimezone(zone),
                who,
                item,
                f"{row.number}（{row.state}）",
                said,
                outside,
                None,
                row.pk,
            )
        )
    return found
