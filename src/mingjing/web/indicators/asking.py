"""What an address asks for: whose figures, in which period, and addresses that ask the same again."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from mingjing.domain.dates.periods import Every, Period, period_of, read_period
from mingjing.domain.dates.reading import read_date
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.figures.sight import NotYours, Seen, part
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.keyset import BadFilter
from mingjing.web.routing import StaffRequest

RUNNING = {"本周": Every.WEEK, "本月": Every.MONTH, "本季度": Every.QUARTER, "本年": Every.YEAR}
BEFORE = {"上周": Every.WEEK, "上月": Every.MONTH, "上季度": Every.QUARTER, "上年": Every.YEAR}
WORDS = ("本年", "本季度", "本月", "本周", "上周", "上月", "上季度", "上年")
LISTED = {Every.MONTH: 24, Every.QUARTER: 8, Every.YEAR: 4}
"""So many whole periods before the running one are offered by their codes; an address may name any."""


def asked_period(text: str, on: date) -> Period:
    """The period an address names: a word, a code (``2026-07``), a day (``2026-07-03``) or two days
    (``2026-01-05~2026-02-09``).

    A running period ends with ``on``; one that lies wholly ahead is refused.

    Raises
    ------
    BadFilter   no such period, or it has not begun
    """
    try:
        period = _named(text or "本年", on)
    except Refusal as refusal:
        raise BadFilter(
            f"没有“{text}”这个期间。", allowed=(*WORDS, "2026-07", "2026-Q3", "2026-07-03")
        ) from refusal
    if period.first > on:
        raise BadFilter(f"{period.label}还没有开始。", allowed=WORDS)
    return Period(period.first, min(period.last, on), period.code, period.label)


def _named(text: str, on: date) -> Period:
    if text in RUNNING:
        found = period_of(RUNNING[text], on)
    elif text in BEFORE:
        found = period_of(BEFORE[text], period_of(BEFORE[text], on).first - timedelta(days=1))
    elif "~" in text:
        first, _, last = text.partition("~")
        days = read_date(first), read_date(last)
        if days[0] > days[1]:
            raise BadFilter("期间的第一天晚于最后一天。", example="2026-01-05~2026-02-09")
        return Period(*days, text, f"{days[0]} 至 {days[1]}")
    elif text.count("-") == 2:
        day = read_date(text)
        return Period(day, day, text, str(day))
    else:
        return read_period(text)
    return Period(found.first, found.last, text, f"{text}（{found.label}）")


def codes(on: date) -> list[str]:
    """The whole months, quarters and years before ``on`` that a page offers, the newest first."""
    found = []
    for every, number in LISTED.items():
        period = period_of(every, on)
        for _ in range(number):
            period = period_of(every, period.first - timedelta(days=1))
            found.append(period.code)
    return found


def asked_place(request: StaffRequest) -> Seen:
    """Whose figures an address asks for.

    Raises
    ------
    NotVisible   they are not this person's to see
    """
    given = {name: request.GET.get(name, "") for name in ("court", "by", "member")}
    try:
        return part(request.actor, **given)
    except NotYours as refusal:
        raise NotVisible from refusal


def span_code(period: Period) -> str:
    """A period as two days, which mean the same tomorrow."""
    return f"{period.first}~{period.last}"


def link(name: str, *parts: object, **query: str) -> str:
    """The address of a page with a query; empty values are left out."""
    asked = urlencode({key: value for key, value in query.items() if value})
    return reverse(name, args=parts) + (f"?{asked}" if asked else "")


def place_fields(actor: Actor, seen: Seen, period: str) -> list[dict[str, object]]:
    """The choices of a page: the period, and the court where the actor sees several."""
    words = period or "本年"
    offered = (*WORDS, *codes(actor.on))
    options = offered if words in offered else (*offered, words)
    fields: list[dict[str, object]] = [
        {"name": "period", "label": "期间", "value": words, "options": options}
    ]
    if actor.scope == "辖区案件":
        courts = [(one.code, one.short_name) for one in actor.courts]
        chosen = seen.court or actor.court.code
        fields.append(
            {"name": "court", "label": "法院", "value": chosen, "options": [*courts, ("辖区", "辖区合计")]}
        )
    for name, value in (("by", seen.by), ("member", seen.member)):
        if value:
            fields.append({"name": name, "label": name, "value": value, "hidden": True})
    return fields
