"""Cards follow from confirmed rankings by themselves: proposed to the party group, ended in time."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from mingjing.domain.assessments import dealing, outline
from mingjing.domain.assessments.cards import CardEvent, Happening, timeline
from mingjing.domain.assessments.dealing import Card
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.ledgers.matters import Deed, Who
from mingjing.services.records.applying import apply
from mingjing.services.records.making import make
from mingjing.services.records.rankings import cards_over, months_of, past_of, periods_of
from mingjing.services.records.verbs import Work
from mingjing.services.records.versions import value_at, value_of
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record

SYSTEM = Who(0, "系统", frozenset({dealing.SYSTEM}))
_RECKONED = (dealing.VERIFY, dealing.DECLINE)


def follow_cards(work: Work, value: object, record: Record, act_label: str) -> None:
    """After an act: a confirmed sheet may complete a month, a decision may change what follows from it. What
    that makes of the cards is written in the same transaction and log entry."""
    if isinstance(value, Sheet) and value.ranking is not None and act_label == outline.CONFIRM:
        for card in cards_over(work.court, value.register.id, work.on):
            bring_up_to_date(work, card)
    elif isinstance(value, Card) and act_label in _RECKONED:
        now = value_of(work.court, value.register.id, work.on)
        assert isinstance(now, Card)
        bring_up_to_date(work, now)


def bring_up_to_date(work: Work, card: Card) -> int:
    """Propose the cards that the confirmed months give, end those that ran out. How many records changed.

    Each card is known by its department, colour and day: however often this is asked, it is made once.
    """
    periods = periods_of(work.court, card.sheet, work.on)
    walks = timeline(card.rules, months_of(periods), past_of(work.court, card.register.id))
    names = dict(Department.objects.filter(pk__in=walks).values_list("pk", "name"))
    rows = Record.objects.filter(court=work.court, register=card.register.id)
    known = set(rows.exclude(once="").values_list("once", flat=True))
    changed = 0
    for unit, walk in walks.items():
        for event in walk.events:
            once = f"{card.register.id}:{unit}:{event.colour.name}:{event.on}"
            if event.what is Happening.ENDED:
                changed += _end(work, rows, unit, event)
            elif once not in known:
                if event.what is Happening.RENEWED:
                    changed += _end(work, rows, unit, event, before=event.on)
                _propose(work, card, unit, names[unit], event, once)
                changed += 1
    return changed


def _propose(work: Work, card: Card, unit: int, name: str, event: CardEvent, once: str) -> None:
    derived = "\n".join(f"{one.amount}　{one.text}" for one in event.steps)
    values: dict[str, object] = {
        dealing.TITLE: f"{name} {event.colour.value}（{event.on.year}年{event.on.month}月）",
        dealing.UNIT: unit,
        dealing.COLOUR: event.colour.value,
        dealing.SPAN: str(event.quarter),
        dealing.ON: event.on.isoformat(),
        dealing.DERIVED: f"{derived}\n依据：{card.document}",
    }
    deed = Deed(dealing.PROPOSE, SYSTEM, work.at.replace(tzinfo=None), values)
    make(work, card, deed, once=once)


def _end(work: Work, rows: QuerySet[Record], unit: int, event: CardEvent, before: date | None = None) -> int:
    """Close the open cards of a colour given before the event's day, those proposed a moment ago too."""
    ended = 0
    for record in rows.all():  # asked anew: one month confirmed late may give cards and end them
        held = record.data
        given = date.fromisoformat(str(held["on"]))
        same = held["unit"] == unit and held["colour"] == event.colour.value and not record.over
        if not same or given >= (before or event.on):
            continue
        why = "续发新牌" if before else event.steps[-1].text
        values = {dealing.ENDED_ON: event.on.isoformat(), dealing.ENDED_WHY: why}
        deed = Deed(dealing.END, SYSTEM, work.at.replace(tzinfo=None), values)
        apply(work, record, value_at(record), deed)
        ended += 1
    return ended
