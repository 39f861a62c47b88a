"""Speaking: every rung of every breach exactly once, in order, with its true day (G5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from mingjing.domain.caseflow.rules import Colour, RungDue
from mingjing.services.installation import now
from mingjing.services.recipients import recipient
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert, Clock

COLOURS = {Colour.BLUE: 1, Colour.YELLOW: 2, Colour.RED: 3}
COLOUR_WORDS = {0: "", 1: "蓝", 2: "黄", 3: "红"}


def speak(case: Case, clock: Clock, rungs: Iterable[RungDue], *, on: date, before: Clock | None) -> int:
    """Save ``clock`` and raise the alerts of its rungs that have come by ``on``.

    ``before`` is the stored state (None for a new clock). Alerts raised for an earlier due day are settled
    as 期限已变更, those of a finished clock as 已办结. A clock finished before the case came under
    supervision here raises nothing. Returns the number of new alerts.
    """
    ordered = sorted(rungs, key=lambda rung: rung.order)
    historic = clock.done_on is not None and case.known_since is not None and clock.done_on < case.known_since
    live = (
        clock.state in (Clock.State.RUNNING, Clock.State.DONE) and clock.due_on is not None and not historic
    )
    limit = min(on, clock.done_on) if clock.done_on else on
    said = [rung for rung in ordered if live and rung.on <= limit]
    ahead = [rung.on for rung in ordered if rung.on > on] if clock.state == Clock.State.RUNNING else []
    running = clock.state == Clock.State.RUNNING
    clock.next_on = min(ahead, default=None)
    clock.colour = max((COLOURS[rung.colour] for rung in said), default=0) if running else 0
    if before is None or not _same(before, clock):
        clock.save(force_update=before is not None)
    raised = _raise(case, clock, said) if said else 0
    if before is not None or raised:
        _settle(clock, on)
    return raised


def _same(before: Clock, after: Clock) -> bool:
    """Whether the stored row already says everything."""
    return before is not after and all(
        getattr(before, field.attname) == getattr(after, field.attname)
        for field in Clock._meta.concrete_fields
    )


def _raise(case: Case, clock: Clock, said: list[RungDue]) -> int:
    """Insert the alerts not yet there; the unique key makes a repetition harmless."""
    due_on = clock.due_on
    if due_on is None:
        return 0
    known = set(clock.alerts.filter(due_on=due_on).values_list("rung", flat=True))
    fresh = [rung for rung in said if rung.order not in known]
    if not fresh:
        return 0
    moment = now()
    Alert.objects.bulk_create(
        [
            Alert(
                clock=clock,
                case=case,
                court_id=case.court_id,
                label=clock.label,
                rung=rung.order,
                colour=COLOURS[rung.colour],
                tell=rung.tell,
                person=recipient(case, rung.tell, rung.on),
                on=rung.on,
                due_on=due_on,
                definition=clock.definition,
                raised_at=moment,
            )
            for rung in fresh
        ],
        ignore_conflicts=True,
    )
    return len(fresh)


def _settle(clock: Clock, on: date) -> None:
    """Close what no longer asks for anything: another due day, a finished or void clock."""
    open_ = clock.alerts.filter(settled="")
    current = Q(due_on=clock.due_on) if clock.due_on else Q(pk__in=())
    if clock.state == Clock.State.VOID:
        open_.update(settled=Alert.Settled.VOID, settled_on=on)
        return
    if clock.state == Clock.State.DONE:
        open_.filter(current).update(settled=Alert.Settled.DONE, settled_on=clock.done_on)
    open_.exclude(current).update(settled=Alert.Settled.MOVED, settled_on=on)
