"""Writing clocks and speaking: every rung of every breach exactly once, with its true day (G5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mingjing.domain.ladders.rungs import RungDue
from mingjing.services.bulk_writing import insert, new_keys, update
from mingjing.services.clock_rows import COLOURS as COLOURS
from mingjing.services.clock_rows import COLUMNS, DONE, RUNNING, VOID, ClockRow, Computed, Key
from mingjing.services.installation import now
from mingjing.services.recipients import Telling
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert, Clock

COLOUR_WORDS = {0: "", 1: "蓝", 2: "黄", 3: "红"}
ALERT_COLUMNS = (
    "clock_id", "case_id", "court_id", "label", "rung", "colour", "tell", "person_id", "on", "due_on",
    "definition", "raised_at", "settled", "settled_on",
)  # fmt: skip
_CHUNK, _MANY, _FEW = 2000, 1000, 50

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
        written = self._write_clocks([one.row for one in computed])
        spoken = [(one.row, self._due_to_speak(one)) for one in computed]
        if not self._pks:
            new = {row.key for row in written}
            telling = [row for row, said in spoken if said and row.key in new]
            self._pks = self._keys(telling) if telling else {}
        raised = self._raised(computed)
        moment, fresh = now(), list[tuple[object, ...]]()
        over: dict[tuple[str, date | None], list[int]] = {}
        for row, said in spoken:
            stored = self.stored.get(row.key) if self.stored else None
            known = raised.get(stored[0]) if stored else None
            if said:
                fresh += self._new_alerts(row, said, known or {}, moment)
            for (due_on, _), (alert, settled) in (known or {}).items():
                wanted = self._settled(row, due_on, settled)
                if wanted is not None:
                    over.setdefault(wanted, []).append(alert)
        insert(Alert, ALERT_COLUMNS, fresh)
        for (why, day), alerts in over.items():
            for first in range(0, len(alerts), _CHUNK):
                some = Alert.objects.filter(pk__in=alerts[first : first + _CHUNK])
                some.update(settled=why, settled_on=day)
        return len(fresh)

    def _write_clocks(self, rows: Sequence[ClockRow]) -> Sequence[ClockRow]:
        """Insert and update; the new ones."""
        new = [] if self.stored else list(rows)
        changed: list[tuple[object, ...]] = []
        for row in rows if self.stored else ():
            known = self.stored.get(row.key)
            if known is None:
                new.append(row)
            elif known[1] != row:
                changed.append((*row, known[0]))
        if len(new) > _MANY:
            keys = new_keys(Clock, len(new))
            self._pks = {row.key: key for row, key in zip(new, keys, strict=True)}
            numbered = [(key, *row) for row, key in zip(new, keys, strict=True)]
            insert(Clock, ("id", *COLUMNS), numbered, strict=True)
        else:
            insert(Clock, COLUMNS, new)
        update(Clock, COLUMNS, changed)
        return new

    def _keys(self, rows: Sequence[ClockRow]) -> dict[Key, int]:
        """The primary keys the database gave to new clocks."""
        clocks = Clock.objects.filter(case__in={row.case_id for row in rows})
        if len(rows) < _FEW:  # a case may have many clocks that are over
            clocks = clocks.filter(
                label__in={row.label for row in rows}, occurrence__in={row.occurrence for row in rows}
            )
        found = clocks.values_list("pk", "case_id", "flow", "label", "occurrence")
        return {(case, flow, label, occurrence): pk for pk, case, flow, label, occurrence in found}

    def _raised(self, computed: Sequence[Computed]) -> dict[int, Raised]:
        """Clock → its alerts so far. Clocks that were not there before have none."""
        found: dict[int, Raised] = {}
        if not self.stored:
            return found
        known = [self.stored[one.row.key][0] for one in computed if one.row.key in self.stored]
        if not known:
            return found
        # By case where there are many: the clocks of a single case may be far more than those touched.
        rows = Alert.objects.filter(clock__in=known)
        if len(known) > _MANY:
            rows = Alert.objects.filter(case__in=list(self.cases))
        columns = ("clock_id", "due_on", "rung", "pk", "settled")
        for clock, due_on, rung, pk, settled in rows.values_list(*columns).iterator(chunk_size=10_000):
            found.setdefault(clock, {})[due_on, rung] = (pk, settled)
        return found

    def _due_to_speak(self, one: Computed) -> tuple[RungDue, ...]:
        row = one.row
        if not one.said or row.due_on is None or row.state not in (RUNNING, DONE):
            return ()
        since = self.cases[row.case_id].known_since
        historic = row.done_on is not None and since is not None and row.done_on < since
        return () if historic else one.said

    def _new_alerts(
        self, row: ClockRow, said: Sequence[RungDue], known: Raised, moment: datetime
    ) -> list[tuple[object, ...]]:
        """The alerts not yet there, as ALERT_COLUMNS; the unique key makes a repetition harmless."""
        due_on, case, done = row.due_on, self.cases[row.case_id], row.state == DONE
        assert due_on is not None
        clock = self.stored[row.key][0] if row.key in self.stored else self._pks[row.key]
        about = (clock, row.case_id, case.court_id, row.label)
        ended = (Alert.Settled.DONE.value, row.done_on) if done else ("", None)
        return [
            (
                *about,
                rung.order,
                COLOURS[rung.colour],
                rung.tell,
                self._told(case, rung),
                rung.on,
                due_on,
                row.definition,
                moment,
                *ended,
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
            return ("", None) if current and row.state == RUNNING else None
        if row.state == VOID:
            return Alert.Settled.VOID.value, self.on
        if not current:
            return Alert.Settled.MOVED.value, self.on
        return (Alert.Settled.DONE.value, row.done_on) if row.state == DONE else None
