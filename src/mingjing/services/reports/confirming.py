"""Figures of a report held against the record: received, filed, closed, pending, and the rate of closing.

Only for whoever sees the whole court, only for figures whose period is written and whose court is this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingjing.services.actors import Actor
from mingjing.services.reading.figures import Flow, flows, total
from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checking import Checked
from mingjing.text.figures import Figure
from mingjing.text.roles import CARRIED, CLOSED, FILED, OWN, PENDING, RECEIVED, bare_topic, scope_within

WHOLE = ("本院案件", "辖区案件")
_FAMILIES = ("刑事", "民事", "行政")
_NAMED = re.compile(r"[一-鿿]{2,12}人民法院")


@dataclass(frozen=True, slots=True)
class Held:
    """A printed figure and what the record says of the same thing from ``first`` to ``last``, both counted.

    ``kind`` is the kind of case where the figure speaks of one, else empty; ``counted`` one of 受理 … 未结 or
    率; ``known`` a count, or percent rounded as it was printed.
    """

    figure: Figure
    counted: str
    kind: str
    first: date
    last: date
    known: Fraction
    agrees: bool

    @property
    def span(self) -> tuple[date, date]:
        return self.first, self.last

    @property
    def shown(self) -> str:
        """What the record says, in the unit of the report."""
        places = self.figure.decimals if self.counted == "率" else 0
        return f"{printed(self.known, places)}{self.figure.unit}"


def confirm(actor: Actor, checked: Checked) -> list[Held]:
    """Every figure the record can answer, in the order of the text; none where ``actor`` sees only part.

    A text that names courts and never this one speaks of others.
    """
    named = set(_NAMED.findall(checked.reading.folded))
    if actor.scope not in WHOLE or (named and not any(one.endswith(actor.court.name) for one in named)):
        return []
    return list(_held(actor, checked))


def _held(actor: Actor, checked: Checked) -> Iterator[Held]:
    known: dict[tuple[date, date], list[Flow]] = {}
    for figure in checked.figures:
        span = figure.period.days if figure.period else None
        asked = _asked(actor, checked, figure)
        if span is None or asked is None or span[1] > actor.on:
            continue
        if span not in known:
            known[span] = flows(actor, *span)
        counted, topic = asked
        chosen = [flow for flow in known[span] if _of_topic(flow.kind, topic)]
        if not chosen:
            continue
        value = _value(total(chosen), counted, figure.decimals)
        if value is not None:
            kind = chosen[0].kind if len(chosen) == 1 and topic else ""
            yield Held(figure, counted, kind, *span, value, value == figure.value)


def _asked(actor: Actor, checked: Checked, figure: Figure) -> tuple[str, str] | None:
    """What is counted and of which cases; None where the record has no answer to give."""
    reading = checked.reading
    if not figure.exact or reading.movement(figure) is not None:
        return None
    role = reading.role(figure)
    scope = role.scope or scope_within(reading.folded[figure.sentence[0] : figure.start])
    if not scope:
        scope = scope_within(reading.folded[reading.paragraph(figure).start : figure.start])
    names = (*OWN, actor.court.name, actor.court.short_name)
    if scope and scope not in names:
        return None
    if role.kind:
        return role.kind, role.topic or _topic_before(checked, figure)
    if figure.unit == "%" and figure.subject.endswith(("结案率", "执结率")):
        topic = bare_topic(figure.subject.removesuffix("率").removesuffix("执结").removesuffix("结案"))
        return "率", topic or _topic_before(checked, figure)
    return None


def _topic_before(checked: Checked, figure: Figure) -> str:
    """The cases the last received figure of the sentence spoke of."""
    reading = checked.reading
    before = [one for one in reading.sentences[figure.sentence] if one.start < figure.start]
    taken = [reading.role(one) for one in before if reading.role(one).kind in (RECEIVED, FILED, CARRIED)]
    return taken[-1].topic if taken else ""


def _of_topic(kind: str, topic: str) -> bool:
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
    return None if flow.rate is None else rounded(flow.rate * 100, decimals)
