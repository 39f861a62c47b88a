"""How long one event takes to settle: affected clocks and alerts, beyond the transaction, as history grows.

    .venv/bin/python benchmarks/event_speed.py [--write FILE.md]
    DATABASE_URL=postgresql://… .venv/bin/python benchmarks/event_speed.py

A court of 300 people, a case with 10 to 10,000 events, three kinds of events: one that touches a step or two,
one that ends an adjournment and begins the next, and the closing, which touches every step. Each is recorded
again and again and rolled back; ``settle_event`` alone is timed. Without DATABASE_URL the database is a file
in a folder made for the run. The database DATABASE_URL names must be empty: tables are made in a schema of
the run and dropped with it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.machine import machine_line, write_result  # noqa: E402

if TYPE_CHECKING:
    from mingjing.storage.cases.models import Case

SIZES = (10, 100, 1_000, 10_000)
KINDS = {"移送审判庭": "手续一步", "延期开庭": "再次开庭、又延期", "结案": "结案，各步都受影响"}
PEOPLE, TIMES, LIMIT_MS = 300, 40, 10.0
TODAY = date(2024, 6, 3)


def lengthen(case: Case, count: int) -> None:
    """Hearing after hearing, adjourned and held again; every clock of them over and spoken of."""
    from mingjing.storage.cases.models import CaseEvent
    from mingjing.storage.supervision.models import Alert, Clock

    first, events, over = date(2020, 1, 6), [], []
    for number in range(count):
        day, key = first + timedelta(days=number % 1500), f"历史{number}"
        kind = ("延期开庭", "再次开庭")[number % 2]
        events.append(CaseEvent(case=case, kind=kind, happened=day, source_key=key))
        case.milestones[kind] = min(case.milestones.get(kind, "9999"), day.isoformat())
        if number % 2 == 0:
            over.append(
                Clock(
                    case=case, flow="caseflow.civil_first", definition="", label="再次开庭", occurrence=key,
                    started=day, due_on=day + timedelta(30), done_on=day + timedelta(1), state="已完成",
                )
            )  # fmt: skip
    CaseEvent.objects.bulk_create(events)
    Clock.objects.bulk_create(over)
    Alert.objects.bulk_create(
        Alert(
            clock=clock, case=case, court=case.court, label=clock.label, rung=1, colour=1, tell="承办人",
            on=TODAY, due_on=clock.due_on or TODAY, definition="", raised_at="2024-01-01T00:00:00Z",
            settled="已办结",
        )
        for clock in over
    )  # fmt: skip
    case.save()


def analyse() -> None:
    """Let PostgreSQL see how many rows there are now, as its own housekeeping does within a minute."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure(case: Case, kind: str) -> tuple[list[float], list[float], list[float], int]:
    """Milliseconds of ``settle_event``, of its processor time, of the whole write; and its statements."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from mingjing.services.record_event import Happening, write_event
    from mingjing.services.settling import settle_event
    from mingjing.storage.cases.models import Case

    settling, busy, whole, statements = [], [], [], 0
    for turn in range(TIMES + 3):
        with transaction.atomic():
            fresh = Case.objects.select_related("court", "department", "handler").get(pk=case.pk)
            began = time.perf_counter()
            event = write_event(fresh, Happening(kind, TODAY), by=None)
            written, cpu = time.perf_counter(), time.process_time()
            if turn == 0:
                with CaptureQueriesContext(connection) as queries:
                    settle_event(fresh, event, on=TODAY)
                statements = len(queries)
            else:
                settle_event(fresh, event, on=TODAY)
            done, spent = time.perf_counter(), time.process_time() - cpu
            transaction.set_rollback(True)
        if turn >= 3:
            settling.append((done - written) * 1000)
            busy.append(spent * 1000)
            whole.append((done - began) * 1000)
    return settling, busy, whole, statements


def run() -> list[str]:
    """The table's lines, one per size and kind."""
    from mingjing.services.clocks import recheck
    from tests.services.builders import build_house, file_case, happen, hire

    house = build_house()
    for number in range(PEOPLE):
        hire(house.court, f"人员{number}", "审判员", house.first_civil if number % 9 else house.second_civil)
    lines = []
    for serial, size in enumerate(SIZES, start=1):
        case = file_case(house, serial=serial, filed_on=date(2024, 5, 6), on=date(2024, 5, 6))
        happen(case, "开庭", date(2024, 5, 20), on=date(2024, 5, 20))
        lengthen(case, size)
        analyse()
        recheck(case, on=TODAY)
        for kind, label in KINDS.items():
            settling, busy, whole, statements = measure(case, kind)
            cuts = statistics.quantiles(settling, n=20)
            lines.append(
                f"| {size:,} | {kind}（{label}） | {cuts[0]:.1f} | {cuts[9]:.1f} | {cuts[18]:.1f} "
                f"| {statistics.median(busy):.1f} | {statements} | {statistics.median(whole):.1f} |"
            )
            print(lines[-1], file=sys.stderr)
    return lines


@contextmanager
def database() -> Iterator[str]:
    """Tables of this version in a file, or in a schema of their own, for as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGJING_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingjing.site.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        schema = connection.vendor == "postgresql"
        with connection.cursor() as cursor:
            if schema:
                cursor.execute("CREATE SCHEMA event_speed")
                cursor.execute("SET search_path TO event_speed")
        try:
            call_command("migrate", interactive=False, verbosity=0)
            yield f"{connection.vendor} {'.'.join(map(str, _version(connection)))}"
        finally:
            if schema:
                with connection.cursor() as cursor:
                    cursor.execute("DROP SCHEMA event_speed CASCADE")
            connection.close()


def _version(connection: object) -> tuple[int, ...]:
    version: tuple[int, ...] = connection.get_database_version()  # type: ignore[attr-defined]
    return version


def main() -> int:
    """Measure on the database of the settings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    with database() as name:
        lines = run()
    text = "\n".join(
        [
            f"# One event arrives ({name})",
            "",
            "`.venv/bin/python benchmarks/event_speed.py`"
            + (", DATABASE_URL set" if os.environ.get("DATABASE_URL") else ""),
            "",
            machine_line(),
            "",
            f"Milliseconds of `settle_event`, {TIMES} times each; the limit is {LIMIT_MS:.0f} ms beyond the",
            "transaction. The last column is the median of the whole write: event, case, clocks and alerts.",
            "",
            "| events before | event | p5 | median | p95 | processor | statements | whole write |",
            "|---|---|---|---|---|---|---|---|",
            *lines,
            "",
        ]
    )
    write_result(args.write, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
