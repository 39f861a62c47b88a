"""The clocks of the cases a file brings: of new ones before they are stored, of the others afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from mingjing.services.happenings import Excluded, Happening
from mingjing.services.importing.held import NewCase
from mingjing.services.importing.identity import Directory
from mingjing.services.marking import mark
from mingjing.services.recomputing import PAGE, Recomputing
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court


@dataclass(slots=True)
class Settling:
    """Computes clocks and alerts as of one day, inside the transaction that stores the cases."""

    directory: Directory
    recomputing: Recomputing
    _people: int = 0

    def new(
        self,
        cases: Sequence[NewCase],
        events: Sequence[Happening],
        spans: Sequence[Excluded],
        store: Callable[[], None],
    ) -> None:
        """Set on new cases what lists show, let them be stored, write their clocks and alerts."""
        known = len(self.directory.by_number)
        if known != self._people:  # whom the file itself brings may be meant from here on
            self._people = known
            self.recomputing.told.forget()
        # They read the columns, which both have.
        self.recomputing.of_new(cast(Sequence[Case], cases), events, spans, store)

    def rest(self, touched: Mapping[int, bool]) -> None:
        """Bring the clocks of the cases that are not settled yet up to the day; all are counted anew."""
        mark(sorted(touched))
        self.recomputing.told.forget()
        waiting = sorted(key for key, settled in touched.items() if not settled)
        for start in range(0, len(waiting), PAGE):
            self.recomputing.page(waiting[start : start + PAGE], marked=True)


def settling(court: Court, directory: Directory, on: date) -> Settling:
    """With the definitions in force at the court now."""
    return Settling(directory, Recomputing.of(court, on))
