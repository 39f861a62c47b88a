"""Who acts when in the demonstration's registers; every record goes its way by the acts it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.services.actors import Actor, actor_for
from mingjing.services.demo.offices import Offices
from mingjing.services.records.acting import do
from mingjing.services.records.evidence import keep
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Oversight, Person
from mingjing.storage.records.models import Record


@dataclass(slots=True)
class Desk:
    """Who acts when; everybody works at ten in the morning."""

    offices: Offices
    on: date

    def head_of(self, department: str) -> Person:
        """Who answers for a department: its head, or the first of its people."""
        place = self.offices.departments[department]
        known = {"综合办公室": "综合办主任", "政治部": "政治部主任", "信访办公室": "信访办主任"}
        if department in self.offices.staff.heads:
            return self.offices.staff.heads[department]
        if department in known:
            return self.offices.people[known[department]]
        return place.postings.order_by("pk")[0].person

    def leader_of(self, department: str) -> Person:
        """The leader in charge."""
        return Oversight.objects.get(department=self.offices.departments[department]).leader

    def place(self, department: str) -> int:
        """The key of a department."""
        return self.offices.departments[department].pk

    def day(self, ago: int) -> date:
        """So many days before today; earlier ones never on a weekend."""
        found = self.on - timedelta(days=ago)
        return found if ago <= 0 or found.weekday() < 5 else found - timedelta(days=2)

    def open(
        self,
        person: Person,
        ago: int,
        register: str,
        act: str,
        values: Mapping[str, object],
        above: Record | None = None,
        file: str = "",
    ) -> Record:
        """Open a record so many days ago, under another where it has one above; ``file`` as for ``act``."""
        key = above.pk if above else None
        files = [(file, keep(_paper(act, register)), f"{act}材料.txt")] if file else []
        actor = self._actor(person, ago)
        return open_record(actor, register, act, values, at=self._at(ago), above=key, files=files)

    def act(
        self, record: Record, person: Person, ago: int, act: str, values: Mapping[str, object], file: str = ""
    ) -> Record:
        """Do an act so many days ago; ``file`` is the field that gets a piece of evidence."""
        files = [(file, keep(_paper(record.number, act)), f"{act}材料.txt")] if file else []
        before = record.acts.order_by("-turn").values_list("at", flat=True)[0]
        at = max(self._at(ago), before.astimezone(self.zone) + timedelta(minutes=30))
        return do(actor_for(person, at.date()), record.pk, act, values, files=files, at=at)

    def _actor(self, person: Person, ago: int) -> Actor:
        return actor_for(person, self.day(ago))

    def moment(self, ago: int) -> datetime:
        """Ten in the morning of that day."""
        return self._at(ago)

    def _at(self, ago: int) -> datetime:
        return datetime.combine(self.day(ago), time(7 if ago == 0 else 10), self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The court's."""
        return ZoneInfo(self.offices.staff.court.time_zone)


def _paper(number: str, act: str) -> SimpleUploadedFile:
    text = f"{number}　{act}\n\n演示材料：本件为虚构，只用来说明佐证放在哪里、怎样核对。\n"
    return SimpleUploadedFile(f"{act}材料.txt", text.encode(), "text/plain")
