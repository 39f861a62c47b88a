"""Writing clocks and speaking: every rung of every breach exactly once, with its true day (G5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mingjing.domain.caseflow.rules import RungDue
from mingjing.services.clock_rows import COLOURS as COLOURS
from mingjing.services.clock_rows import COLUMNS, ClockRow, Computed, Key
from mingjing.services.installation import now
from mingjing.services.recipients import Telling
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert, Clock

COLOUR_WORDS = {0: "", 1: "蓝", 2: "黄", 3: "红"}
_CHUNK = 2000

Raised = dict[tuple[date, int], tuple[int, str]]
"""Due day and rung → the alert and why it is over, of one clock."""


@dataclass(slots=True)
class Speaking:
    """Clocks computed as of ``on``, on their way into the table with all they have to say.

    ``cases`` are those the clocks belong to, ``stored`` the rows the clocks stand in for; ``who`` says whom a
    role label means on a day.
    """

    cases: Mapping[int, Case]
    stored: Mapping[Key, tuple[int, ClockRow]]
    on: date
    who: Telling
    _pks: dict[Key, int] = field(default_factory=dict)

    def write(self, computed: Sequence[Computed]) -> int:
        """Write what differs, raise what is new, settle what no longer asks. The number of new alerts.

        Alerts raised for an earlier due day are settled as 期限已变更, those of a finished clock as 已办结;
        what was settled asks again where its clock runs again towards the same day. A clock finished before
        the case came under supervision here raises nothing.
        """
        if not computed:
            return 0
        self._write_clocks([one.row for one in computed])
        raised = self._raised(computed)
        fresh: list[Alert] = []
        over: dict[tuple[str, date | None], list[int]] = {}
        for one in computed:
            pk = self._pks[one.row.key]
            known = raised.get(pk, {})
            fresh += self._new_alerts(one.row, pk, self._due_to_speak(one), known)
            for (due_on, _), (alert, settled) in known.items():
                wanted = self._settled(one.row, due_on, settled)
                if wanted is not None:
                    over.setdefault(wanted, []).append(alert)
        Alert.objects.bulk_create(fresh, ignore_conflicts=True)
        for (why, day), alerts in over.items():
            for first in range(0, len(alerts), _CHUNK):
                some = Alert.objects.filter(pk__in=alerts[first : first + _CHUNK])
                some.update(settled=why, settled_on=day)
        return len(fresh)

    def _write_clocks(self, rows: Iterable[ClockRow]) -> None:
        new, changed = [], []
        for row in rows:
            known = self.stored.get(row.key)
            if known is None:
                new.append(Clock(**row._asdict()))
                continue
            self._pks[row.key] = known[0]
            if known[1] != row:
                changed.append(Clock(pk=known[0], **row._asdict()))
        for clock in Clock.objects.bulk_create(new):
            self._pks[clock.case_id, clock.flow, clock.label, clock.occurrence] = clock.pk
        # One statement for all of them; the rows are there, so nothing is inserted.
        fields = [name for name in COLUMNS if name != "case_id"]
        Clock.objects.bulk_create(changed, update_conflicts=True, unique_fields=["pk"], update_fields=fields)

    def _raised(self, computed: Sequence[Computed]) -> dict[int, Raised]:
        """Clock → its alerts so far. Clocks that were not there before have none."""
        known = [self.stored[one.row.key][0] for one in computed if one.row.key in self.stored]
        found: dict[int, Raised] = {}
        columns = ("clock_id", "due_on", "rung", "pk", "settled")
        for first in range(0, len(known), _CHUNK):
            some = Alert.objects.filter(clock__in=known[first : first + _CHUNK])
            for clock, due_on, rung, pk, settled in some.values_list(*columns):
                found.setdefault(clock, {})[due_on, rung] = (pk, settled)
        return found

    def _due_to_speak(self, one: Computed) -> tuple[RungDue, ...]:
        row, since = one.row, self.cases[one.row.case_id].known_since
        historic = row.done_on is not None and since is not None and row.done_on < since
        live = row.state in (Clock.State.RUNNING, Clock.State.DONE) and row.due_on is not None
        return one.said if live and not historic else ()

    def _new_alerts(self, row: ClockRow, pk: int, said: Sequence[RungDue], known: Raised) -> list[Alert]:
        """The alerts not yet there; the unique key makes a repetition harmless."""
        due_on, case = row.due_on, self.cases[row.case_id]
        if due_on is None:
            return []
        done = row.state == Clock.State.DONE
        return [
            Alert(
                clock_id=pk,
                case_id=row.case_id,
                court_id=case.court_id,
                label=row.label,
                rung=rung.order,
                colour=COLOURS[rung.colour],
                tell=rung.tell,
                person_id=self._told(case, rung),
                on=rung.on,
                due_on=due_on,
                definition=row.definition,
                raised_at=now(),
                settled=Alert.Settled.DONE if done else "",
                settled_on=row.done_on if done else None,
            )
            for rung in said
            if (due_on, rung.order) not in known
        ]

    def _told(self, case: Case, rung: RungDue) -> int | None:
        if rung.tell == "承办人":
            return case.handler_id
        person = self.who(case, rung.tell, rung.on)
        return person.pk if person else None

    def _settled(self, row: ClockRow, due_on: date, settled: str) -> tuple[str, date | None] | None:
        """How an alert for ``due_on`` is to be settled now, None where it stays as it is."""
        current = due_on == row.due_on
        if settled:
            return ("", None) if current and row.state == Clock.State.RUNNING else None
        if row.state == Clock.State.VOID:
            return Alert.Settled.VOID.value, self.on
        if not current:
            return Alert.Settled.MOVED.value, self.on
        return (Alert.Settled.DONE.value, row.done_on) if row.state == Clock.State.DONE else None
