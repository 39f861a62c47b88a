"""How far a signal has come: a light or a warning line passed, explained, dealt with, back in order.

A signal has no table of its own. What was done about it is the record that asked for an explanation of that
figure; whether it is over is told by the figure itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.lights import Light
from mingjing.services.actors import Actor
from mingjing.services.figures.explaining import REGISTER, span_told
from mingjing.services.figures.reading import Line
from mingjing.services.figures.sight import Seen
from mingjing.storage.records.models import Record


class Stage(Enum):
    """Where a signal stands (S-084, S-218)."""

    RAISED = "预警"
    ASKED = "处理中"
    HANDLED = "已处理"
    RECOVERED = "已恢复"


@dataclass(frozen=True, slots=True)
class Signal:
    """The stage of one indicator's signal, and the record that says what was done (0: none yet)."""

    stage: Stage
    record_id: int = 0
    number: str = ""


def signals(actor: Actor, seen: Seen, period: Period, lines: Iterable[Line]) -> dict[str, Signal]:
    """Indicator → its signal; those in order that never raised one are left out. One statement.

    A figure past its line or lit is 预警 until somebody is asked, 处理中 until that record is over, 已处理
    then. One that is in order now, of which an explanation was asked for an earlier period of this place, is
    已恢复. An explanation counts for the period and the place it was asked for, whoever may read it.
    """
    listed = list(lines)
    wanted = {line.indicator.label for line in listed if line.answer is not None}
    asked = _asked(actor, seen, wanted)
    span = span_told(period)
    found = {}
    for line in listed:
        own = asked.get(line.indicator.label, {})
        if line.answer is None:
            continue
        if signalled(line):
            found[line.indicator.id] = _of(own.get(span))
        elif earlier := [one for told, one in own.items() if told[-10:] < span[:10]]:
            last = earlier[-1]
            found[line.indicator.id] = Signal(Stage.RECOVERED, last.pk, last.number)
    return found


def signalled(line: Line) -> bool:
    """Whether a figure is past its warning line, or lit amber or red."""
    return line.warned or line.light in (Light.AMBER, Light.RED)


def _of(record: Record | None) -> Signal:
    if record is None:
        return Signal(Stage.RAISED)
    return Signal(Stage.HANDLED if record.over else Stage.ASKED, record.pk, record.number)


def _asked(actor: Actor, seen: Seen, labels: set[str]) -> Mapping[str, dict[str, Record]]:
    """Indicator → period → the newest record that asks for an explanation of it at this place."""
    rows = Record.objects.filter(court=actor.court, register=REGISTER, title__in=labels).order_by("pk")
    found: dict[str, dict[str, Record]] = {}
    for row in rows.only("pk", "number", "title", "over", "data"):
        if str(row.data.get("value", "")).endswith(f"（{seen.name}）"):
            found.setdefault(row.title, {})[str(row.data.get("period", ""))] = row
    return found
