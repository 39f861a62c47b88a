"""How long a file takes through the product: checked row by row against the court, confirmed, written.

    .venv/bin/python -m benchmarks.import_service_speed [--rows 100000] [--write FILE.md]
    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.import_service_speed

The rows of import_speed.py (12 columns, GBK CSV, some full-width digits, parties and hearings) go into an
empty court as an office would bring them: upload, check, confirm, write, with every clock of the new cases;
then the same file is checked again, when every row is there already. The database is made for the run.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.event_speed import database
from benchmarks.import_speed import HEADER, rows
from benchmarks.machine import machine_line, write_result
from mingjing.cli.starting import start_django


def register(count: int) -> bytes:
    """The file."""
    text = io.StringIO(newline="")
    data = [[row[0].replace("云0102", "云9821"), *row[1:]] for row in rows(count) if isinstance(row[0], str)]
    csv.writer(text).writerows([HEADER, *data])
    return text.getvalue().encode("gb18030")


def timed(label: str, rows_: int, work: Callable[[], object]) -> str:
    """One row of the table."""
    began, spent = time.perf_counter(), time.process_time()
    work()
    wall, processor = time.perf_counter() - began, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = f"| {label} | {wall:.1f} | {processor:.1f} | {1000 * processor / rows_:.2f} | {peak:,.0f} |"
    print(line, file=sys.stderr)
    return line


def measure(count: int) -> list[str]:
    """Check, write, check again."""
    from mingjing.services.importing.batches import confirm
    from mingjing.services.importing.working import work
    from mingjing.storage.batches.models import Batch
    from tests.services.builders import acting, build_house
    from tests.services.importing.files import checked

    house = build_house()
    for court in (house.court, house.higher):
        court.folder = "demo"  # the fictional courts' codes stand there
        court.save()
    office, data, held = acting(house.manager), register(count), []
    lines = [timed("check", count, lambda: held.append(checked(office, data)))]
    batch = held[0]
    assert batch.state == Batch.State.CHECKED, batch.error
    assert (batch.rows, batch.refused) == (count, 0)
    confirm(office, batch)
    lines.append(timed("write, with all clocks", count, lambda: work(batch)))
    assert (batch.state, batch.added) == (Batch.State.DONE, count), batch.error
    lines.append(timed("check again, all there", count, lambda: held.append(checked(office, data))))
    assert held[1].unchanged == count
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    with database() as name:
        start_django()
        lines = measure(chosen.rows)
    url = "DATABASE_URL=postgresql://… " if name.startswith("postgresql") else ""
    text = "\n".join(
        [
            f"# Import of {chosen.rows:,} rows through the product, {name}",
            "",
            f"`{url}.venv/bin/python -m benchmarks.import_service_speed --rows {chosen.rows}`",
            "",
            f"{machine_line()} · load {os.getloadavg()[0]:.1f}",
            "",
            "| what | wall, s | processor, s | processor a row, ms | peak RSS, MB |",
            "|---|---|---|---|---|",
            *lines,
            "",
        ]
    )
    write_result(chosen.write, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
