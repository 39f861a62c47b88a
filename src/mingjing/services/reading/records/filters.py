"""Which records of a register: filters that read as a sentence, each an index of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.permissions import MOST_KEY
from mingjing.services.reading.keyset import BadFilter, Order
from mingjing.services.records.sight import Sight, sight_of
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record, RecordClock

OPEN, OVER, ALL = "未了结", "已了结", "全部"
STATUS = (OPEN, OVER, ALL)
MINE, MY_UNIT, ENTERED = "我的", "本部门的", "我登记的"
WHOSE = (MINE, MY_UNIT, ENTERED)
LATE, TODAY, THREE_DAYS, WEEK, MONTH, NO_LIMIT = "逾期", "今天", "三天内", "七天内", "三十一天内", "没有期限"
DUE = {TODAY: (0, 0), THREE_DAYS: (0, 3), WEEK: (0, 7), MONTH: (0, 31)}
COLOURS = {"红": 3, "黄": 2, "蓝": 1}
IN_TIME, PAST = "按期", "超期"
ORDERS = {
    "期限": Order(("due_on", "pk"), "due_on"),
    "新登记": Order(("-pk",)),
    "编号": Order(("number", "pk")),
    "了结": Order(("-over_on", "-pk"), "over_on"),
}
SIZES = (15, 50, 100)
LEVELS = 4
"""How many levels of records below one are looked through: programme, task, sub-task, measure."""
SPAN = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What to show of a register. Empty means no restriction; ``after`` and ``before`` are cursors.

    ``opened``, ``ended`` and ``falls`` (the day it is due) are a year, a month or a day (``2026``,
    ``2026-09``, ``2026-09-30``) or two of them with ``~`` between; ``kept`` is whether its clocks were met;
    ``above`` is the record it stands under, at whatever level; ``show`` are the columns chosen, ``rows`` the
    length of a page.
    """

    status: str = OPEN
    state: str = ""
    whose: str = ""
    unit: str = ""
    holder: str = ""
    due: str = ""
    colour: str = ""
    period: str = ""
    opened: str = ""
    ended: str = ""
    falls: str = ""
    kept: str = ""
    above: str = ""
    q: str = ""
    order: str = "期限"
    rows: str = "15"
    show: str = ""
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], register: Register | None = None) -> RecordFilter:
        """From a query string. A state that is final shows what is over, unless said otherwise.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        known = {name: query.get(name, "").strip() for name in cls.__dataclass_fields__}
        given = {name: value for name, value in known.items() if value}
        if "status" not in given and ({"state", "ended", "kept", "above", "q"} & set(given)):
            given["status"] = ALL
        if given.get("status", OPEN) != OPEN:
            given.setdefault("order", "新登记" if given["status"] == ALL else "了结")
        chosen = cls(**given)
        states = [state.label for state in register.states] if register else [chosen.state]
        for value, allowed, what in (
            (chosen.status, STATUS, "范围"),
            (chosen.state, ("", *states), "状态"),
            (chosen.whose, ("", *WHOSE), "归属"),
            (chosen.due, ("", LATE, *DUE, NO_LIMIT), "期限"),
            (chosen.colour, ("", *COLOURS), "颜色"),
            (chosen.kept, ("", IN_TIME, PAST), "时限"),
            (chosen.order, tuple(ORDERS), "排序"),
            (chosen.rows, tuple(map(str, SIZES)), "每页条数"),
        ):
            if value not in allowed:
                raise BadFilter(f"没有这样的{what}“{value}”。", allowed=[one for one in allowed if one])
        for span in (chosen.opened, chosen.ended, chosen.falls):
            days(span)
        if chosen.above and not (chosen.above.isdecimal() and len(chosen.above) < len(str(MOST_KEY))):
            raise BadFilter(f"“{chosen.above}”不是上级记录。")
        return chosen

    def sentence(self) -> tuple[str, ...]:
        """The filters as words: 民一庭 · 逾期 · 整改中."""
        dated = (("登记于", self.opened), ("了结于", self.ended), ("期限在", self.falls))
        spans = [f"{word} {text.replace('~', ' 至 ')}" for word, text in dated if text]
        status = "" if self.state else self.status
        parts = (status, self.whose, self.state, self.unit, self.holder, self.period, self.due, self.colour)
        search = f"“{self.q}”" if self.q else ""
        return tuple(part for part in (*parts, self.kept, *spans, search) if part)


def days(text: str) -> tuple[date | None, date | None]:
    """First and last day of ``2026``, ``2026-09``, ``2026-09-30`` or two of them with ``~`` between.

    Raises
    ------
    BadFilter   it is none of these
    """
    if not text:
        return None, None
    first, tilde, last = text.partition("~")
    begin = _span(first)[0] if first else None
    return begin, (_span(last)[1] if last else None) if tilde else _span(first)[1]


def _span(text: str) -> tuple[date, date]:
    try:
        if not SPAN.fullmatch(text):
            raise ValueError
        begin = date.fromisoformat(f"{text}-01-01"[:10])
        if len(text) == 10:
            return begin, begin
        following = date(begin.year + 1, 1, 1) if len(text) == 4 else _next_month(begin)
        return begin, following - timedelta(days=1)
    except ValueError:
        raise BadFilter(f"“{text}”不是日期、月份或者年份。", example="2026-09") from None


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def select(actor: Actor, register: Register, chosen: RecordFilter) -> QuerySet[Record]:
    """The records of a register the actor may see that match, in no order."""
    return matched(sight_of(actor, register), actor, chosen)


def apart(actor: Actor, register: Register, chosen: RecordFilter) -> tuple[QuerySet[Record], ...]:
    """As ``select`` in pieces, none of which has a record of another: those of one's own departments, however
    many, are found by department, and the rest gathered. For whatever reads more than a page of them."""
    sight, match = sight_of(actor, register), matching(actor, chosen)
    repeated = repeated_in_parts(chosen, actor.on)
    return tuple(Record.objects.filter(piece & match).order_by() for piece in sight.pieces(repeated))


def matched(sight: Sight, actor: Actor, chosen: RecordFilter) -> QuerySet[Record]:
    """The records of a sight that match, gathered by index, in no order."""
    more = None if asks_only_parts(chosen) else matching(actor, chosen)
    return Record.objects.filter(sight.among(repeated_in_parts(chosen, actor.on), more)).order_by()


def narrow(rows: QuerySet[Record], actor: Actor, chosen: RecordFilter) -> QuerySet[Record]:
    """Those of ``rows`` that match."""
    return rows.filter(matching(actor, chosen))


def repeated_in_parts(chosen: RecordFilter, on: date) -> Q:
    """The filter as far as it asks what the parts in a record repeat of it: a condition on either."""
    found = Q() if chosen.status == ALL else Q(over=chosen.status == OVER)
    if chosen.state:
        found &= Q(state=chosen.state)
    return found & _due(chosen.due, on) & _within("due_on", chosen.falls)


def asks_only_parts(chosen: RecordFilter) -> bool:
    """Whether ``repeated_in_parts`` is all that a filter asks."""
    left_out = ("status", "state", "due", "falls", "order", "rows", "show", "after", "before")
    return not any(getattr(chosen, name) for name in chosen.__dataclass_fields__ if name not in left_out)


def matching(actor: Actor, chosen: RecordFilter) -> Q:
    """The filter as a condition on a record; of words it looks at what everybody who sees it may read."""
    plain = {"period": chosen.period, "colour": COLOURS.get(chosen.colour, "")}
    found = repeated_in_parts(chosen, actor.on)
    found &= Q(**{name: value for name, value in plain.items() if value != ""})
    found &= _under(chosen.above)
    found &= _whose(actor, chosen.whose)
    if chosen.unit:
        found &= Q(unit__in=Department.objects.filter(name=chosen.unit).order_by().values("pk"))
    if chosen.holder:
        found &= Q(holder__in=Person.objects.filter(name=chosen.holder).order_by().values("pk"))
    found &= _within("opened_on", chosen.opened) & _within("over_on", chosen.ended)
    return found & _kept(chosen.kept, actor.on) & _search(actor, chosen.q)


def _within(column: str, span: str) -> Q:
    first, last = days(span)
    found = Q() if first is None else Q(**{f"{column}__gte": first})
    return found if last is None else found & Q(**{f"{column}__lte": last})


def _under(above: str) -> Q:
    """Under a record itself, or under what stands under it: a programme is asked for what its tasks hold."""
    if not above:
        return Q()
    rows = Record.objects.order_by().values("pk")
    steps = ("__".join(["above"] * place) or "pk" for place in range(LEVELS))
    own, *lower = (rows.filter(**{step: int(above)}) for step in steps)
    return Q(above__in=own.union(*lower, all=True))


def _whose(actor: Actor, whose: str) -> Q:
    if whose == MINE:
        return Q(holder=actor.person)
    if whose == MY_UNIT:
        return Q(unit__in=[department.pk for department in actor.departments])
    return Q(registered_by=actor.person) if whose == ENTERED else Q()


def _due(due: str, on: date) -> Q:
    if due == NO_LIMIT:
        return Q(due_on=None)
    if due == LATE:
        return Q(over=False, due_on__lt=on)
    if due not in DUE:
        return Q()
    first, last = DUE[due]
    return Q(due_on__gte=on + timedelta(days=first), due_on__lte=on + timedelta(days=last))


def late_clocks(on: date) -> QuerySet[RecordClock]:
    """Clocks stopped after their last day, or still running behind it on ``on``."""
    return RecordClock.objects.filter(Q(done_on__gt=F("due_on")) | Q(done_on=None, due_on__lt=on))


def _kept(kept: str, on: date) -> Q:
    if not kept:
        return Q()
    late = Q(pk__in=late_clocks(on).values("record"))
    if kept == PAST:
        return late
    met = RecordClock.objects.filter(done_on__lte=F("due_on")).values("record")
    return Q(pk__in=met) & ~late


def _search(actor: Actor, text: str) -> Q:
    """Every word stands in the number, the title or the searchable text; a record about the actor is found
    by its number alone, for they may not read the rest."""
    found = Q()
    for word in text.split():
        inside = Q(title__icontains=word) | Q(search__icontains=word)
        about_me = Q(subject__isnull=False, subject=actor.person)
        found &= Q(number__icontains=word) | (inside & ~about_me)
    return found
