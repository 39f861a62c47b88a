"""The list of cases: filters that read as a sentence, keyset pages, no full counts over millions of rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import SimpleLazyObject

from mingjing.domain.dates.months import add_months
from mingjing.domain.deadlines.rules import MonthRule
from mingjing.services.actors import Actor
from mingjing.services.asking import anybody, count_for, rows_for
from mingjing.services.permissions import cases_seen, open_cases_seen
from mingjing.services.reading.board import NO_STAGE
from mingjing.services.reading.keyset import COUNT_LIMIT, PAGE, BadFilter, Fetch, Order, Run, sliced
from mingjing.services.reading.narrow import first_page
from mingjing.storage.cases.models import Case, CaseTag, Party
from mingjing.storage.people.models import Department, Person

STATUS = ("在办", "已结", "全部")
DUE = {
    "逾期": (None, -1),
    "三天内": (0, 3),
    "本周内": (0, 7),
    "本月内": (0, 31),
    "停止计算": None,
    "没有期限": None,
}
COLOURS = {"红": 3, "黄": 2, "蓝": 1}


ORDERS = {
    "期限": Order(("due_on", "pk"), "due_on"),
    "新收": Order(("-filed_on", "-pk"), "filed_on"),
    "案龄": Order(("original_filed_on", "pk"), "original_filed_on"),
    "颜色": Order(("-colour", "next_due_on", "pk"), "next_due_on"),
}
WITHOUT_KEY = ("pk",)
BROAD = re.compile("（[0-9]{0,4}）?|.")
"""A year or a surname: so many cases that rows are better read in order than looked up."""
NUMBERED = re.compile("（[0-9]{4}）[^0-9]{1,2}[0-9]")
"""A year and a court with its code: how a case number begins, and no name of a party or a judge."""
SEARCHED = 200
"""A search is counted so far: whoever gets more narrows it down, whatever their number."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What to show. Empty means no restriction; ``after`` and ``before`` are cursors of pages.

    ``filed`` and ``closed`` are periods (``2026-10-01~2026-10-31``, an end may be missing); ``open_on`` is a
    day at whose beginning the case was pending.
    """

    status: str = "在办"
    due: str = ""
    colour: str = ""
    court: str = ""
    department: str = ""
    handler: str = ""
    kind: str = ""
    procedure: str = ""
    stage: str = ""
    tag: str = ""
    older: str = ""
    filed: str = ""
    closed: str = ""
    open_on: str = ""
    q: str = ""
    order: str = "期限"
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> CaseFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        known = {name: query.get(name, "").strip() for name in cls.__dataclass_fields__}
        chosen = cls(**{name: value for name, value in known.items() if value})
        for value, allowed, what in (
            (chosen.status, STATUS, "状态"),
            (chosen.due, ("", *DUE), "期限"),
            (chosen.colour, ("", *COLOURS), "颜色"),
            (chosen.order, tuple(ORDERS), "排序"),
        ):
            if value not in allowed:
                raise BadFilter(f"没有这样的{what}“{value}”。", allowed=[a for a in allowed if a])
        months = chosen.older
        if months and not (months.isascii() and months.isdigit() and len(months) <= 3):
            raise BadFilter(f"案龄“{months}”不是月数。", allowed=["0 至 999"], example="12")
        for period in (chosen.filed, chosen.closed):
            _period(period)
        _day(chosen.open_on)
        return chosen

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips: 民一庭 · 逾期 · 在办."""
        age = f"已超 {self.older} 个月" if self.older else ""
        search = f"“{self.q}”" if self.q else ""
        filed = f"立案 {self.filed.replace('~', ' 至 ')}" if self.filed else ""
        closed = f"结案 {self.closed.replace('~', ' 至 ')}" if self.closed else ""
        pending = f"{self.open_on} 未结" if self.open_on else ""
        parts = (self.court, self.department, self.handler, self.kind, self.procedure, self.stage, self.tag)
        dated = (filed, closed, pending)
        return tuple(p for p in (self.status, *parts, self.due, self.colour, age, *dated, search) if p)


def _day(text: str) -> date | None:
    """An ISO day of an address, or None where there is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadFilter(f"“{text}”不是日期。", example="2026-10-01") from None


def _period(text: str) -> tuple[date | None, date | None]:
    """The ends of ``2026-10-01~2026-10-31``; either may be missing."""
    first, _, last = text.partition("~")
    return _day(first), _day(last)


class CaseRow(NamedTuple):
    """A case as the list shows it. ``court`` is the short name; ``handler`` the judge's name in the register
    of people, ``handler_name`` the one the case came with."""

    pk: int
    number: str
    cause: str
    procedure: str
    parties_text: str
    court: str
    department: str | None
    handler: str | None
    handler_name: str
    stage: str
    filed_on: date | None
    original_filed_on: date | None
    closed_on: date | None
    due_on: date | None
    due_state: str
    next_due_on: date | None
    colour: int


JOINED = {"court": "court__short_name", "department": "department__name", "handler": "handler__name"}
SHOWN = tuple(JOINED.get(name, name) for name in CaseRow._fields)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows. ``count`` is exact up to COUNT_LIMIT, of a search up to SEARCHED; ``more`` says that
    there are beyond it."""

    rows: list[CaseRow]
    count: int
    more: bool
    next_after: str
    previous: str
    filters: CaseFilter = field(default_factory=CaseFilter)


def select(actor: Actor, chosen: CaseFilter) -> QuerySet[Case]:
    """The cases this actor may see that match, in no order."""
    open_only = chosen.status == "在办"
    rows = open_cases_seen(actor) if open_only else cases_seen(actor)
    if chosen.status == "已结":
        rows = rows.filter(closed_on__isnull=False)
    plain = {
        "kind": chosen.kind,
        "procedure": chosen.procedure,
        "stage": "" if chosen.stage == NO_STAGE else chosen.stage,
        "colour": COLOURS.get(chosen.colour, ""),
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value != ""})
    if chosen.stage == NO_STAGE:
        rows = rows.filter(stage="")
    rows = _dated(_due(_belonging(rows, actor, chosen), chosen.due, actor.on), chosen)
    if chosen.older:
        limit = add_months(actor.on, -int(chosen.older), MonthRule.MONTH_END_IF_MISSING)
        rows = rows.filter(original_filed_on__lt=limit)
    if chosen.q:
        courts = [court.pk for court in actor.courts]
        rows = _search(rows, chosen.q, courts, open_only=open_only)
    return rows


def _belonging(rows: QuerySet[Case], actor: Actor, chosen: CaseFilter) -> QuerySet[Case]:
    """Of a court, a department, a judge, under a tag: by identity, so that the index of the list decides."""
    if chosen.court:
        rows = rows.filter(court__in=[court.pk for court in actor.courts if court.code == chosen.court])
    if chosen.department:
        rows = rows.filter(department__in=Department.objects.filter(name=chosen.department).order_by())
    if chosen.handler:
        rows = rows.filter(handler__in=Person.objects.filter(name=chosen.handler).order_by())
    if chosen.tag:
        courts = [court.pk for court in actor.courts]
        tagged = CaseTag.objects.filter(tag=chosen.tag, court__in=courts)
        rows = rows.filter(pk__in=tagged.values("case"))
    return rows


def _due(rows: QuerySet[Case], due: str, on: date) -> QuerySet[Case]:
    if due in ("停止计算", "没有期限"):
        return rows.filter(due_state=due)
    window = DUE.get(due)
    if window is None:
        return rows
    first, last = window
    rows = rows.filter(due_on__lte=on + timedelta(days=last))
    return rows if first is None else rows.filter(due_on__gte=on + timedelta(days=first))


def _dated(rows: QuerySet[Case], chosen: CaseFilter) -> QuerySet[Case]:
    """Filed in a period, closed in a period, pending at the beginning of a day."""
    for column, (first, last) in (("filed_on", _period(chosen.filed)), ("closed_on", _period(chosen.closed))):
        if first is not None:
            rows = rows.filter(**{f"{column}__gte": first})
        if last is not None:
            rows = rows.filter(**{f"{column}__lte": last})
    pending = _day(chosen.open_on)
    if pending is None:
        return rows
    return rows.filter(filed_on__lt=pending).filter(Q(closed_on=None) | Q(closed_on__gte=pending))


def _number(text: str) -> str:
    """A text as case numbers are written: brackets of their width, no blanks."""
    return text.strip().replace("(", "（").replace(")", "）").replace(" ", "")


def _search(rows: QuerySet[Case], text: str, courts: Sequence[int], *, open_only: bool) -> QuerySet[Case]:
    """A case number or its serial, a party, a judge by name or initials (a case has one of its own court).

    Each way has an index of its own; an OR of them over the rows would use none. With ``open_only`` the rows
    are open cases: of those a judge has closed there are many more.
    """
    number = _number(text)
    if NUMBERED.match(number):
        return rows.filter(number__prefix=number)
    called = Q(name=text) | Q(initials=text.lower())
    judges = Person.objects.filter(called, court__in=courts).order_by()
    handled = Case.objects.filter(handler__in=judges)
    if open_only:
        handled = handled.filter(closed_on__isnull=True)
    ways = [Party.objects.filter(name__prefix=text).values("case"), handled.values("pk")]
    if text.isdecimal() and len(text) < 10:
        ways.append(Case.objects.filter(serial=int(text)).values("pk"))
    numbered = Case.objects.filter(number__prefix=number).values("pk")
    if not BROAD.fullmatch(number):
        return rows.filter(pk__in=numbered.union(*ways, all=True))
    # A part of every thousand cases: each row is asked for a party of that name, instead of gathering all.
    party = Party.objects.filter(case=OuterRef("pk"), name__prefix=text).values("case")[:1]
    of_number = Q(number__prefix=number) if len(number) > 1 else Q(pk__in=numbered)
    either = Q(party_named__isnull=False) | of_number
    for way in ways[1:]:
        either |= Q(pk__in=way)
    return rows.alias(party_named=Subquery(party)).filter(either)


def ordered(rows: QuerySet[Case], chosen: CaseFilter) -> tuple[QuerySet[Case], QuerySet[Case]]:
    """The rows that have the sort key, in order, and those that lack it. Both runs can use an index."""
    order = ORDERS[chosen.order]
    missing = f"{order.key}__isnull"
    return rows.filter((missing, False)).order_by(*order.columns), rows.filter((missing, True)).order_by("pk")


def page(actor: Actor, chosen: CaseFilter) -> Page:
    """One page of the list and how many there are (counted up to COUNT_LIMIT). Two statements."""

    def run(number: int) -> Any:  # composed only where no statement of this shape is kept
        return SimpleLazyObject(lambda: ordered(select(anybody(actor), chosen), chosen)[number])

    columns, key = ORDERS[chosen.order].columns, ORDERS[chosen.order].key
    runs = (Run(run(0), columns), Run(run(1), WITHOUT_KEY))
    limit = SEARCHED if chosen.q else COUNT_LIMIT
    total: int | None = None

    def together(_: Sequence[Run[Case]], amount: int) -> list[tuple[int, CaseRow]]:
        nonlocal total
        first, total = first_page(
            actor, chosen, lambda anyone: select(anyone, chosen), columns, key, SHOWN, amount
        )
        return [(int(one.lacking), CaseRow._make(one.row)) for one in first]

    found = sliced(
        runs,
        PAGE,
        after=chosen.after,
        before=chosen.before,
        fetch=_first(actor, chosen),
        together=together if _narrow(actor, chosen) else None,
    )
    if not found.next_after and not found.previous and not chosen.after:
        return Page(found.rows, len(found.rows), False, "", "", chosen)
    if total is not None:
        return Page(found.rows, min(total, limit), total > limit, found.next_after, found.previous, chosen)
    # how much of a court a department is decides which way to its tagged cases is short: they are written out
    departments = actor.departments if chosen.tag else ()
    keys = tuple(one.pk for one in departments)
    counting = ("cases counted", replace(chosen, after="", before="", order=""), keys)

    def all_of(anyone: Actor) -> QuerySet[Case, Any]:
        known = replace(anyone, departments=departments) if departments else anyone
        return select(known, chosen).order_by().values_list("pk")[: limit + 1]

    counted = count_for(actor, counting, all_of)
    return Page(found.rows, min(counted, limit), counted > limit, found.next_after, found.previous, chosen)


def _narrow(actor: Actor, chosen: CaseFilter) -> bool:
    """The first page of a list whose rows are gathered one by one, whatever the page shows of them."""
    if chosen.after or chosen.before:
        return False
    number = _number(chosen.q)
    gathered = bool(number) and not BROAD.fullmatch(number) and not NUMBERED.match(number)
    return gathered or actor.scope == "本人案件"


def _first(actor: Actor, chosen: CaseFilter) -> Fetch[Case, CaseRow]:
    """The first rows, found by identity inside an index before any row is read whole.

    Where few rows lack the key they are found first and sorted then: a sum keeps the database from walking
    through every case by identity in the hope of meeting them.
    """
    few = chosen.status == "在办" or bool(chosen.q and not BROAD.fullmatch(chosen.q))

    def fetch(rows: QuerySet[Case], columns: Sequence[str], amount: int) -> list[CaseRow]:
        def compose(_: Actor) -> QuerySet[Case, Any]:
            inner = rows.order_by(*columns)
            if few and len(columns) == 1:
                identity = F("pk") + 0
                inner = rows.order_by(identity.desc() if columns[0].startswith("-") else identity)
            wanted = Case.objects.filter(pk__in=inner.values("pk")[:amount])
            return wanted.order_by(*columns).values_list(*SHOWN)

        found = rows_for(actor, ("cases", chosen, tuple(columns), amount), compose)
        return [CaseRow._make(row) for row in found]

    return fetch


def find_number(actor: Actor, text: str) -> Case:
    """The one case with this number among those the actor may see.

    Raises
    ------
    BadFilter   no such case for this actor
    """
    number = _number(text)
    found = cases_seen(actor).filter(number=number).first()
    if found is None:
        raise BadFilter(f"没有找到案号“{text}”的案件。", example="（2024）云9801民初12号")
    return found
