"""A figure that wants a word: it is kept, and a record of ``ledger.figure_explanation`` asks for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mingjing.domain.dates.periods import Period
from mingjing.services.actors import Actor
from mingjing.services.figures.keeping import keep_figure
from mingjing.services.figures.sight import Seen
from mingjing.services.records.opening import open_record, openings
from mingjing.storage.indicators.models import KeptFigure
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import Record

REGISTER, ASK = "ledger.figure_explanation", "要求说明"
HEADS = ("庭长", "副庭长", "执行局长", "执行局副局长", "审管办主任", "立案庭庭长", "研究室主任", "综合办主任")
"""Posts whose holders answer for a department."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of whom, by when, and why."""

    person_id: int
    due: date
    reason: str


def may_ask(actor: Actor) -> bool:
    """Whether the actor may ask for an explanation today."""
    return any(one.act == ASK for one in openings(actor, REGISTER))


def heads(actor: Actor) -> list[tuple[Person, str]]:
    """Whoever answers for a department of the court, with its name, in the order of the departments."""
    rows = (
        Posting.objects.on(actor.on)
        .filter(person__court=actor.court, post__in=HEADS, department__isnull=False)
        .select_related("person", "department")
        .order_by("department__order", "person__staff_number")
    )
    found: dict[int, tuple[Person, str]] = {}
    for row in rows:
        assert row.department is not None
        found.setdefault(row.person_id, (row.person, row.department.name))
    return list(found.values())


def ask_explanation(
    actor: Actor, *, indicator_id: str, period: Period, seen: Seen, wish: Wish
) -> tuple[KeptFigure, Record]:
    """Keep the figure and ask for an explanation of it; the record carries its permanent address.

    Raises
    ------
    NotAllowed   no role of the actor lists keeping figures
    NotCounted   its counts are not all there yet
    Refusal      the register refuses: person, fields
    """
    with transaction.atomic():
        kept = keep_figure(actor, indicator_id=indicator_id, period=period, seen=seen)
        return kept, _asked(actor, kept, wish)


def span_told(of: Period | KeptFigure) -> str:
    """The days of a figure as its explanation names them; earlier ones sort before later ones."""
    return f"{of.first} 至 {of.last}"


def _asked(actor: Actor, kept: KeptFigure, wish: Wish) -> Record:
    posting = (
        Posting.objects.on(actor.on)
        .filter(person=wish.person_id, department__isnull=False)
        .order_by("since", "pk")
        .first()
    )
    values: dict[str, object] = {
        "指标": kept.label,
        "期间": span_told(kept),
        "数字": f"{kept.shown}（{kept.place}）",
        "固定链接": f"/indicators/kept/{kept.token}",
        "缘由": wish.reason,
        "责任部门": posting.department_id if posting else None,
        "责任人": wish.person_id,
        "说明期限": wish.due.isoformat(),
    }
    return open_record(actor, REGISTER, ASK, values, why=wish.reason[:200])


def explanations(actor: Actor, indicator_label: str) -> list[Record]:
    """The explanations asked for this indicator that the actor may see, newest first."""
    rows = Record.objects.filter(court=actor.court, register=REGISTER, title=indicator_label)
    if not may_ask(actor):
        rows = rows.filter(holder=actor.person)
    return list(rows.select_related("holder").order_by("-pk")[:10])
