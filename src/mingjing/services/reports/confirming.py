"""Figures of a report held against the record: received, filed, closed, pending, rates, and how they moved.

Only for whoever sees the whole of the court meant, and only for figures whose period is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingjing.services.actors import Actor
from mingjing.services.reading.figures import Flow, flows, total
from mingjing.storage.people.models import Court
from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checking import Checked
from mingjing.text.checks.bases import base_of
from mingjing.text.checks.respective import respectively
from mingjing.text.figures import Figure
from mingjing.text.periods import find_days
from mingjing.text.roles import CARRIED, CLOSED, FILED, OWN, PENDING, RECEIVED, bare_topic, scope_within

WHOLE = ("本院案件", "辖区案件")
BELOW = "辖区案件"
RATES = {"审执结率": "率", "执结率": "率", "结案率": "率", "结收比": "结收比"}
_FAMILIES = ("刑事", "民事", "行政")
_NAMED = re.compile(r"[一-鿿]{2,12}人民法院")
_ALL = re.compile(r"^(?:全[市区州盟省]|两级)(?:两级|各级)?法院$")
_YEARLY = re.compile(r"同比|(?:较|比|与)(?:上年|去年)")

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure speaks of: ``counted`` one of 受理 … 未结, 率, 结收比; which cases; whose; when."""

    counted: str
    topic: str
    courts: tuple[Court, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Held:
    """A printed figure and what the record says of the same thing from ``first`` to ``last``, both counted.

    ``kind`` is the kind of case where the figure speaks of one, else empty; ``counted`` as in Asked;
    ``known`` a count, or percent rounded as it was printed; ``court`` the court meant, None for several;
    ``moved`` where the figure says how much that was more or less than a year before.
    """

    figure: Figure
    counted: str
    kind: str
    first: date
    last: date
    known: Fraction
    agrees: bool
    court: Court | None = None
    moved: bool = False

    @property
    def year_before(self) -> Span:
        """The same days a year earlier."""
        return _year_before(self.first), _year_before(self.last)

    @property
    def span(self) -> Span:
        return self.first, self.last

    @property
    def shown(self) -> str:
        """What the record says, in the unit of the report."""
        whole = self.figure.unit not in ("%", "个百分点")
        return f"{printed(self.known, 0 if whole else self.figure.decimals)}{self.figure.unit}"


def confirm(actor: Actor, checked: Checked) -> list[Held]:
    """Every figure the record can answer, in the order of the text; none where ``actor`` sees only part.

    A text that names courts and never one that ``actor`` sees speaks of others.
    """
    named = set(_NAMED.findall(checked.reading.folded))
    known = tuple(court.name for court in actor.courts)
    if actor.scope not in WHOLE or (named and not any(one.endswith(known) for one in named)):
        return []
    return list(_Record(actor, checked).held())


class _Record:
    """One report against the record; each period of each court is counted once."""

    def __init__(self, actor: Actor, checked: Checked) -> None:
        self.actor, self.checked, self.reading = actor, checked, checked.reading
        self.known: dict[tuple[tuple[int, ...], Span], list[Flow]] = {}

    def held(self) -> Iterator[Held]:
        for sentence in self.reading.sentences.values():
            listed: dict[int, Figure] = {}
            for place, figure in enumerate(sentence):
                listed |= {one.start: base for one, base, _, _ in respectively(self.reading, sentence, place)}
                if not figure.exact:
                    continue
                if self.reading.movement(figure) is None:
                    found = self._level(figure)
                else:
                    found = self._moved(sentence, place, listed.get(figure.start))
                if found is not None:
                    yield found

    def _level(self, figure: Figure) -> Held | None:
        asked = self._asked(figure)
        value = self._value(asked, asked.span, figure.decimals) if asked else None
        return self._told(figure, asked, value) if asked and value is not None else None

    def _moved(self, sentence: list[Figure], place: int, base: Figure | None) -> Held | None:
        """同比上升6.12%: the same count of the same cases, a year before."""
        figure = sentence[place]
        move = self.reading.movement(figure)
        head = self.reading.folded[sentence[place - 1].end if place else figure.sentence[0] : figure.start]
        base = base or base_of(self.reading, sentence, place)
        if (
            move is None
            or base is None
            or not (_YEARLY.search(head) or "同比" in sentence[place - 1].subject)
        ):
            return None
        asked = self._asked(base)
        if asked is None:
            return None
        now = self._value(asked, asked.span, 6)
        before = self._value(asked, (_year_before(asked.span[0]), _year_before(asked.span[1])), 6)
        if now is None or before is None or not before:
            return None
        if figure.unit == "%" and not base.is_rate:
            value = (now - before) * 100 / before
        elif figure.unit == ("个百分点" if base.is_rate else base.unit):
            value = now - before
        else:
            return None
        value = rounded(value, figure.decimals)
        return self._told(figure, asked, value * move.sign, moved=True)

    def _told(self, figure: Figure, asked: Asked, value: Fraction, *, moved: bool = False) -> Held:
        chosen = [flow.kind for flow in self._flows(asked, asked.span)]
        kind = chosen[0] if len(chosen) == 1 and asked.topic else ""
        court = asked.courts[0] if len(asked.courts) == 1 else None
        return Held(
            figure, asked.counted, kind, *asked.span, value, value == figure.value, court, moved
        )  # fmt: skip

    def _flows(self, asked: Asked, span: Span) -> list[Flow]:
        key = (tuple(court.pk for court in asked.courts), span)
        if key not in self.known:
            self.known[key] = flows(self.actor, *span, courts=asked.courts)
        return [flow for flow in self.known[key] if _of_topic(flow.kind, asked.topic)]

    def _value(self, asked: Asked, span: Span, decimals: int) -> Fraction | None:
        chosen = self._flows(asked, span)
        return _value(total(chosen), asked.counted, decimals) if chosen else None

    def _asked(self, figure: Figure) -> Asked | None:
        """None where the record has no answer to give."""
        span, courts = self._span(figure), self._courts(figure)
        counted = self._counted(figure)
        if span is None or span[1] > self.actor.on or not courts or counted is None:
            return None
        return Asked(*counted, courts, span)

    def _counted(self, figure: Figure) -> tuple[str, str] | None:
        role = self.reading.role(figure)
        if role.kind:
            return role.kind, role.topic or self._topic_before(figure)
        for name, counted in RATES.items():
            if figure.unit == "%" and re.search(rf"{name}(?:达到|达|为|是)?$", figure.subject):
                topic = bare_topic(re.sub(rf"{name}(?:达到|达|为|是)?$", "", figure.subject))
                return counted, topic or self._topic_before(figure)
        return None

    def _span(self, figure: Figure) -> Span | None:
        """The period, or the day up to which cases are said to be pending."""
        if self.reading.role(figure).kind == PENDING:
            head = figure.sentence[0]
            words = self.reading.folded[head : figure.start]
            days = [day for day in find_days(words) if re.search("截[至止]到?$", words[: day.start])]
            if days and days[-1].day:
                return date(days[-1].day.year, 1, 1), days[-1].day
        return figure.period.days if figure.period else None

    def _courts(self, figure: Figure) -> tuple[Court, ...]:
        """The courts meant: one's own where none is named, those one sees where it names them all."""
        reading = self.reading
        scope = reading.role(figure).scope or scope_within(reading.folded[figure.sentence[0] : figure.start])
        if not scope:
            scope = scope_within(reading.folded[reading.paragraph(figure).start : figure.start])
        own = self.actor.court
        if not scope or scope in OWN:
            return (own,)
        if _ALL.match(scope):
            return self.actor.courts if self.actor.scope == BELOW and len(self.actor.courts) > 1 else ()
        return tuple(court for court in self.actor.courts if scope in (court.name, court.short_name))

    def _topic_before(self, figure: Figure) -> str:
        """The cases the last received figure of the sentence spoke of."""
        before = [one for one in self.reading.sentences[figure.sentence] if one.start < figure.start]
        taken = [
            self.reading.role(one) for one in before
            if self.reading.role(one).kind in (RECEIVED, FILED, CARRIED) and not self.reading.movement(one)
        ]  # fmt: skip
        return taken[-1].topic if taken else ""


def _year_before(day: date) -> date:
    """The same day a year earlier; the last of February where there is none."""
    leap = (day.month, day.day) == (2, 29)
    end = (day.month, day.day) == (2, 28) and (day.year - 1) % 4 == 0
    return day.replace(year=day.year - 1, day=28 if leap else 29 if end else day.day)


def _of_topic(kind: str, topic: str) -> bool:
    topic = topic.replace("民商事", "民事")
    if not topic:
        return True
    if topic == "执行":
        return "执行" in kind
    return kind.startswith(topic) if topic in _FAMILIES else kind == topic


def _value(flow: Flow, counted: str, decimals: int) -> Fraction | None:
    counts = {
        RECEIVED: flow.received,
        FILED: flow.filed,
        CARRIED: flow.carried,
        CLOSED: flow.closed,
        PENDING: flow.pending,
    }
    if counted in counts:
        return Fraction(counts[counted])
    if counted == "结收比":
        return rounded(Fraction(flow.closed * 100, flow.filed), decimals) if flow.filed else None
    return None if flow.rate is None else rounded(flow.rate * 100, decimals)
