"""Clocks of leads: they run, speak and climb without anybody opening anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from mingjing.domain.ladders.rungs import RungDue
from mingjing.domain.ledgers.clocks import ClockRun, Done, clock_runs, speaking
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.clock_rows import COLOURS
from mingjing.services.installation import registry
from mingjing.services.leads.entries import sealed_act
from mingjing.services.leads.shell import register_at, shell_values
from mingjing.storage.leads.models import Lead, LeadAct, LeadAlert, LeadClock
from mingjing.storage.people.models import Posting


def carry(lead: Lead, register: Register, on: date) -> None:
    """Every clock of a lead from its acts, computed anew; a lead has few."""
    history = [
        Done(one.turn, one.label, one.on, after=one.after, values=one.values)
        for one in LeadAct.objects.filter(lead=lead).order_by("turn")
    ]
    calendar = registry(lead.court).calendar(register.calendar)
    runs = clock_runs(register, history, calendar, as_of=max(on, *(one.on for one in history)))
    for run in runs:
        row = LeadClock.objects.filter(lead=lead, label=run.clock.label, turn=run.turn).first()
        _keep(lead, row or LeadClock(lead=lead, label=run.clock.label, turn=run.turn), run, on)
    sum_up(lead)


def sum_up(lead: Lead) -> None:
    """The nearest last day and the strongest colour, for the shell; the lead is saved."""
    rows = list(lead.clocks.filter(done_on__isnull=True))
    lead.due_on = min((row.due_on for row in rows if row.due_on), default=None)
    spoken = lead.alerts.filter(clock__done_on__isnull=True, settled_on__isnull=True)
    lead.colour = max(spoken.values_list("colour", flat=True), default=0)
    lead.save(update_fields=["due_on", "colour"])


def _keep(lead: Lead, row: LeadClock, run: ClockRun, on: date) -> int:
    row.started, row.due_on, row.done_on = run.started, run.last_day, run.done
    row.refusal = str(run.due)[:300] if isinstance(run.due, Refusal) else ""
    ahead = min((rung.on for rung in run.rungs if rung.on > on), default=None)
    row.next_on = ahead if run.done is None else None
    row.save()
    spoken = sum(_speak(lead, row, rung) for rung in speaking(run, on))
    if run.done is not None:
        row.alerts.filter(settled_on__isnull=True).update(settled_on=run.done)
    else:
        moved = row.alerts.filter(settled_on__isnull=True)
        moved = moved.exclude(due_on=row.due_on) if row.due_on else moved
        moved.update(settled_on=on)
    return spoken


def _speak(lead: Lead, row: LeadClock, rung: RungDue) -> int:
    """One rung, told once to each person of the lead it means; who left the court is passed over upwards."""
    assert row.due_on is not None
    spoken = 0
    for person in _told(lead, rung.tell, rung.on):
        _, new = LeadAlert.objects.get_or_create(
            clock=row,
            due_on=row.due_on,
            rung=rung.order,
            person_id=person,
            defaults={"lead": lead, "colour": COLOURS[rung.colour], "tell": rung.tell[:40], "on": rung.on},
        )
        spoken += new
    return spoken


UPWARD = ("专班", "线索管理人", "审批人", "上级督办人")


def _told(lead: Lead, tell: str, on: date) -> Sequence[int]:
    """Who holds a capacity on a lead and still has a post; else the next one up. Never anybody else: all of
    them were chosen around the person reported."""
    rows = lead.members.filter(until__isnull=True).values_list("capacity", "person")
    for capacity in UPWARD[UPWARD.index(tell) :]:
        held = [person for word, person in rows if word == capacity]
        there = set(Posting.objects.on(on).filter(person__in=held).values_list("person", flat=True))
        if there:
            return [person for person in held if person in there]
    return ()


def is_due(on: date) -> bool:
    """Whether a rung of some lead has come."""
    return LeadClock.objects.filter(next_on__lte=on).exists()


def tell_leads(on: date) -> int:
    """Every rung that has come by ``on``, each lead in a transaction with its sealed entry. New alerts."""
    due = LeadClock.objects.filter(next_on__lte=on).order_by("next_on", "pk")
    spoken = 0
    for key in dict.fromkeys(due.values_list("lead", flat=True)):
        with sealed_act(None, "到点提醒"):
            lead = Lead.objects.select_for_update(of=("self",)).select_related("court").get(pk=key)
            spoken += _tell(lead, register_at(lead), on)
    return spoken


def _tell(lead: Lead, register: Register, on: date) -> int:
    values, spoken = shell_values(lead, register), 0
    limits = {limit.label: limit for limit in register.clocks}
    calendar = registry(lead.court).calendar(register.calendar)
    for row in lead.clocks.filter(done_on__isnull=True):
        limit = limits[row.label]
        entered: Mapping[str, object] = {limit.until: values.get(limit.until)} if limit.until else {}
        start = Done(row.turn, limit.starts[0], row.started, values=entered)
        for run in clock_runs(replace(register, clocks=(limit,)), [start], calendar, as_of=on):
            spoken += _keep(lead, row, run, on)
    sum_up(lead)
    return spoken
