"""How much processor it takes to open a period of a filing for a whole court; one record by one beside it.

    .venv/bin/python -m benchmarks.period_speed [--people 2000] [--write benchmarks/results/period_speed.md]

A fictional court in a database made for the run (SQLite, WAL, FULL), 三个规定月报 as shipped: the obligation,
a record with its clock, its parts and its first act for each on the roster, one entry in the log, committed.
Processor time of the process (user and system), so that whatever else the machine does is not in it. Beside
it the same records made one after the other by the verb for a single one, for a tenth of the people.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.machine import machine_line, write_result

FILING, DAY, MONTH = "filing.three_rules", date(2026, 7, 25), "2026-07"
LIMIT_S = 1.0


def staff(house: Any, count: int) -> None:
    """That many judges."""
    from mingjing.storage.people.models import Person, Posting
    from tests.services.builders import SINCE

    rows = [Person(court=house.court, name=f"干警{n}", staff_number=f"J{n:05}") for n in range(count)]
    made = Person.objects.bulk_create(rows, 500)
    posts = [Posting(person=one, post="审判员", department=house.second_civil, since=SINCE) for one in made]
    Posting.objects.bulk_create(posts, 500)


def measure(people: int) -> list[str]:
    """The lines of the result."""
    from mingjing.domain.dates.periods import read_period
    from mingjing.services.records import many, obligations
    from mingjing.services.records.rosters import Book
    from mingjing.services.records.versions import value_of
    from mingjing.storage.auditlog.models import Act
    from mingjing.storage.records.models import Record
    from tests.services.builders import build_house

    house = build_house()
    staff(house, people)
    duty = obligations.duties(value_of(house.court, FILING, DAY))[0]
    obligations.open_period(Book(house.court, DAY), duty, read_period("2026-08"))  # what is loaded once
    before, began = Act.objects.count(), time.process_time()
    row = obligations.open_period(Book(house.court, DAY), duty, read_period(MONTH))
    spent = time.process_time() - began
    assert row is not None
    assert Act.objects.count() == before + 1
    made = Record.objects.filter(period=MONTH).count()
    assert made == len(row.roster) >= people

    def one_by_one(work: Any, value: object, news: Any) -> list[Record]:
        return [many.make_one(work, value, new) for new in news[: people // 10]]

    setattr(obligations, "make_many", one_by_one)  # noqa: B010 - another door to the same room
    began = time.process_time()
    obligations.open_period(Book(house.court, DAY), duty, read_period("2026-09"))
    single = (time.process_time() - began) * 10
    return [
        f"| a period opened for {made:,} people, processor | {spent:.2f} s | ≤ {LIMIT_S:.0f} s |",
        f"| the same one by one (a tenth, times ten) | {single:.1f} s | |",
    ]


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MINGJING_DATA": folder, "DJANGO_SETTINGS_MODULE": "mingjing.site.settings"}
        os.environ |= {"MINGJING_NOW": f"{DAY}T08:00:00"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        lines = ["| work | measured | asked |", "|---|---|---|", *measure(args.people)]
    text = "\n".join(["# A period of a filing", "", machine_line(), "", *lines, ""])
    write_result(args.write, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
