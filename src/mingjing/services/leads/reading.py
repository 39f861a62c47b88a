"""What pages of leads show: the leads somebody works on, one lead, its clocks, how much comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import Substr

from mingjing.services.actors import Actor
from mingjing.services.leads.parts import Piece
from mingjing.services.leads.sight import leads_seen
from mingjing.storage.auditlog.models import Act
from mingjing.storage.leads.models import Lead, LeadAct, LeadAlert, LeadClock, LeadMember

STATES = ("在办", "已了结", "全部")
MOST, MOST_ALERTS = 200, 50
FLOOD = 60
"""So many leads of one person within an hour are told as one notice of that hour."""


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """What the list shows."""

    state: str = STATES[0]
    channel: str = ""
    late: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> LeadFilter:
        """The filter of a query string; what it does not know falls back to the first choice."""
        state = query.get("state", STATES[0])
        return cls(state if state in STATES else STATES[0], query.get("channel", ""), query.get("late", ""))

    def sentence(self) -> str:
        """The filter as words."""
        return " · ".join(part for part in (self.state, self.channel, "逾期" if self.late else "") if part)


@dataclass(frozen=True, slots=True)
class LeadRow:
    """A lead in the list: its shell, and what the actor is on it."""

    lead: Lead
    capacities: str


@dataclass(frozen=True, slots=True)
class LeadList:
    """The leads somebody works on. ``recent`` came in within a week, ``week_before`` in the one before."""

    rows: tuple[LeadRow, ...]
    late: int
    recent: int
    week_before: int

    @property
    def flooded(self) -> bool:
        """Whether far more comes in than usual; nothing is dropped, but it should be seen."""
        return self.recent > 20 and self.recent > 5 * max(1, self.week_before)


def leads(actor: Actor, chosen: LeadFilter) -> LeadList:
    """The leads the actor works on, the nearest due first. Five statements."""
    seen = leads_seen(actor)
    rows = seen if chosen.state == "全部" else seen.filter(over=chosen.state == "已了结")
    if chosen.channel:
        rows = rows.filter(channel=chosen.channel)
    late = Q(due_on__lt=actor.on, over=False)
    if chosen.late:
        rows = rows.filter(late)
    shown = list(rows.order_by("over", "due_on", "-opened_on", "-pk")[:MOST])
    held: dict[int, list[str]] = {}
    mine = LeadMember.objects.filter(person=actor.person, until__isnull=True, lead__in=shown)
    for lead, capacity in mine.values_list("lead", "capacity"):
        held.setdefault(lead, []).append(capacity)
    week = timedelta(days=7)
    return LeadList(
        tuple(LeadRow(one, "、".join(held.get(one.pk, ()))) for one in shown),
        seen.filter(late).count(),
        seen.filter(opened_on__gt=actor.on - week).count(),
        seen.filter(opened_on__gt=actor.on - 2 * week, opened_on__lte=actor.on - week).count(),
    )


@dataclass(frozen=True, slots=True)
class LeadAlertLine:
    """A rung that was told to the actor."""

    alert: LeadAlert
    label: str


def alerts(actor: Actor) -> tuple[list[LeadAlertLine], int]:
    """What clocks of leads have told the actor and is not settled, the gravest first, and how many in all:
    after a flood there are thousands."""
    rows = LeadAlert.objects.filter(person=actor.person, settled_on__isnull=True, lead__in=leads_seen(actor))
    found = rows.select_related("clock", "lead").order_by("-colour", "due_on")[:MOST_ALERTS]
    return [LeadAlertLine(one, one.clock.label) for one in found], rows.count()


@dataclass(frozen=True, slots=True)
class Flood:
    """An hour in which far more came in than usual, in the court's zone."""

    hour: datetime
    count: int


def floods(actor: Actor) -> list[Flood]:
    """The hours of the last two days in which so much came in, one notice for each, the newest first.

    Only leads the actor works on are counted: a number over all would tell the reported that there are more.
    """
    lately = leads_seen(actor).filter(opened_on__gte=actor.on - timedelta(days=1)).values("entry")
    rows = Act.objects.filter(seq__in=lately).annotate(hour=Substr("at", 1, 13)).order_by().values("hour")
    zone = ZoneInfo(actor.court.time_zone)
    found = rows.annotate(count=Count("pk")).filter(count__gte=FLOOD).order_by("-hour")
    return [
        Flood(datetime.fromisoformat(f"{one['hour']}:00:00+00:00").astimezone(zone), one["count"])
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class LeadPage:
    """One lead without its content: shell, people, acts, clocks."""

    lead: Lead
    members: tuple[LeadMember, ...]
    acts: tuple[LeadAct, ...]
    clocks: tuple[LeadClock, ...]


def lead_page(lead: Lead) -> LeadPage:
    """The shell of a lead the actor was found to see. Three statements."""
    return LeadPage(
        lead,
        tuple(lead.members.select_related("person").order_by("pk")),
        tuple(lead.acts.select_related("actor").order_by("-turn")),
        tuple(lead.clocks.order_by("done_on", "pk")),
    )


def words_of(piece: Piece) -> list[tuple[str, str]]:
    """What a piece says, by label, as a person reads it; keys and empty values are left out."""
    hidden = ("被反映人编号", "涉及法院", "法院", "材料", "回执盐", "办理", "谁")
    found = [(label, value) for label, value in piece.says.items() if label not in hidden and value]
    return [(label, _text(value)) for label, value in found]


def _text(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
