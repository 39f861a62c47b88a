"""预警: what was said to whom, filtered; and which rule speaks too often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.alerts import COLOUR_WORDS
from mingjing.services.asking import rows_for
from mingjing.services.exporting import Column, Sheet
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.kept_lists import listed_for, summed_for
from mingjing.services.reading.keyset import Filter, Listed, read_filter
from mingjing.services.reading.scope import rows_seen
from mingjing.services.recipients import LADDER
from mingjing.storage.supervision.models import Alert

WHOSE = ("告知我的", "我看得到的")
WHOLE_COURT = ("本院案件", "辖区案件")
STATES = ("未了结", "暂缓中", "已了结", "全部")
COLOURS = {"红": 3, "黄": 2, "蓝": 1}
ORDER = ("-colour", "on", "pk")
SUMMED = 10_000
NOISE_DAYS = 30


@dataclass(frozen=True, slots=True)
class AlertFilter(Filter):
    """What to show; empty means no restriction."""

    whose: str = "告知我的"
    state: str = "未了结"
    colour: str = ""
    tell: str = ""
    department: str = ""
    court: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> AlertFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        offered = {"whose": ("范围", WHOSE), "state": ("状态", STATES), "colour": ("颜色", COLOURS)}
        return read_filter(cls, query, {**offered, "tell": ("告知对象", LADDER)})

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips."""
        told = f"告知{self.tell}" if self.tell else ""
        parts = (self.whose, self.state, self.court, self.department, self.colour, told)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Alerts:
    """One page of alerts and the sums of all that match (exact up to SUMMED of them)."""

    page: Listed[Alert]
    red: int
    yellow: int
    blue: int
    today: int
    late: int


@dataclass(frozen=True, slots=True)
class Noise:
    """One rule over NOISE_DAYS: how often it spoke, and how often that was for nothing.

    ``same_day`` were settled on the very day they spoke, ``unseen`` nobody looked at before they were
    settled, ``snoozed`` were put off.
    """

    label: str
    definition: str
    raised: int
    same_day: int
    unseen: int
    snoozed: int

    @property
    def share(self) -> float:
        """``same_day`` of a hundred raised."""
        return 100 * self.same_day / self.raised


@dataclass(frozen=True, slots=True)
class Flood:
    """A day on which somebody was told more than the budget."""

    name: str
    on: date
    alerts: int


def read_for(actor: Actor, query: Mapping[str, str]) -> AlertFilter:
    """The filter a person asks for; where they say nothing of whose, what is theirs.

    What was told to them is. Whoever looks after a whole court and is told nothing, as an office is, looks at
    the court's: their page would otherwise be empty every day.

    Raises
    ------
    BadFilter   a value that is not one of those offered
    """
    if query.get("whose") or actor.scope not in WHOLE_COURT:
        return AlertFilter.read(query)
    told = rows_for(actor, "told anything", _told)
    return AlertFilter.read({**query, "whose": WHOSE[0] if told else WHOSE[1]})


def _told(actor: Actor) -> QuerySet[Alert, Any]:
    """One of the actor's own open alerts."""
    return Alert.objects.filter(person=actor.person, settled="").order_by().values_list("pk")[:1]


def select(actor: Actor, chosen: AlertFilter) -> QuerySet[Alert]:
    """The alerts that match, in no order."""
    mine = chosen.whose == WHOSE[0]
    rows = Alert.objects.filter(person=actor.person) if mine else rows_seen(actor, Alert.objects.all())
    later = Q(snoozed_until__gt=actor.on)
    if chosen.state == "未了结":
        rows = rows.filter(settled="").exclude(later)
    elif chosen.state == "暂缓中":
        rows = rows.filter(later, settled="")
    elif chosen.state == "已了结":
        rows = rows.exclude(settled="")
    plain = {
        "colour": COLOURS.get(chosen.colour, ""),
        "tell": chosen.tell,
        "case__department__name": chosen.department,
        "court__code": chosen.court,
    }
    return rows.filter(**{name: value for name, value in plain.items() if value != ""})


def alerts(actor: Actor, chosen: AlertFilter) -> Alerts:
    """One page and its sums, in two statements."""
    tests = {
        "red": Q(colour=3),
        "yellow": Q(colour=2),
        "blue": Q(colour=1),
        "today": Q(due_on=actor.on),
        "late": Q(due_on__lt=actor.on),
    }
    found = summed_for(actor, "alerts", chosen, lambda one: select(one, chosen), tests, SUMMED)
    page = listed_for(
        actor, "alerts", chosen, lambda one: select(one, chosen), ORDER, _shown, count_known=found.counted
    )
    return Alerts(page, **found.of)


def own_alert(actor: Actor, alert_id: int) -> Alert:
    """One's own alert.

    Raises
    ------
    NotVisible   it does not exist, or speaks to somebody else
    """
    found = _shown(Alert.objects.filter(person=actor.person, pk=alert_id)).first()
    if found is None:
        raise NotVisible
    return found


def sheet(actor: Actor, chosen: AlertFilter) -> Sheet[Alert]:
    """The list as it is exported."""
    rows: Iterator[Alert] = _shown(select(actor, chosen)).order_by(*ORDER).iterator(chunk_size=2000)
    return Sheet("预警", COLUMNS, rows, " · ".join(chosen.sentence()), "条")


def noise(actor: Actor) -> list[Noise]:
    """The rules that spoke in the last NOISE_DAYS in what the actor sees, the loudest first."""
    rows = (
        _recent(actor)
        .values("label")
        .annotate(
            raised=Count("pk"),
            newest=Max("definition"),
            same_day=Count("pk", filter=Q(settled_on__lte=F("on"))),
            unseen=Count("pk", filter=~Q(settled="") & Q(seen_at__isnull=True)),
            put_off=Count("pk", filter=Q(snoozed_until__isnull=False)),
        )
    )
    return [
        Noise(row["label"], row["newest"], row["raised"], row["same_day"], row["unseen"], row["put_off"])
        for row in rows.order_by("-raised", "label")
    ]


def floods(actor: Actor, budget: int) -> list[Flood]:
    """The twenty worst days of the last NOISE_DAYS on which a person was told more than ``budget``."""
    rows = _recent(actor).filter(person__isnull=False).values("person__name", "person", "on")
    found = rows.annotate(n=Count("pk")).filter(n__gt=budget).order_by("-n", "-on", "person")[:20]
    return [Flood(row["person__name"], row["on"], row["n"]) for row in found]


def _recent(actor: Actor) -> QuerySet[Alert]:
    since = actor.on - timedelta(days=NOISE_DAYS)
    return rows_seen(actor, Alert.objects.filter(on__gt=since, on__lte=actor.on)).order_by()


def _shown(rows: QuerySet[Alert]) -> QuerySet[Alert]:
    return rows.select_related("case__handler", "case__department", "person", "court")


def _handler(alert: Alert) -> str:
    return alert.case.handler.name if alert.case.handler else alert.case.handler_name


COLUMNS: tuple[Column[Alert], ...] = (
    Column("案号", lambda alert: alert.case.number),
    Column("案由", lambda alert: alert.case.cause),
    Column("节点", lambda alert: alert.label),
    Column("法院", lambda alert: alert.court.short_name),
    Column("承办部门", lambda alert: alert.case.department.name if alert.case.department else ""),
    Column("承办人", _handler),
    Column("颜色", lambda alert: COLOUR_WORDS[alert.colour]),
    Column("届满日", lambda alert: alert.due_on),
    Column("提醒日", lambda alert: alert.on),
    Column("告知对象", lambda alert: alert.tell),
    Column("告知何人", lambda alert: alert.person.name if alert.person else ""),
    Column("暂缓至", lambda alert: alert.snoozed_until),
    Column("暂缓理由", lambda alert: alert.snooze_reason),
    Column("了结", lambda alert: alert.settled),
    Column("了结日", lambda alert: alert.settled_on),
)
