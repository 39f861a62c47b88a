"""How fast figures are over 1,000,000 cases: their pages, one event until they say so, and a rebuild.

    .venv/bin/python -m benchmarks.figures_speed [--rebuild] [--write benchmarks/results/figures_speed.md]
    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.figures_speed

The database and the people are those of pages_speed. Cells that are not there yet are filled first;
``--rebuild`` empties them before, so that the time of filling is measured; ``--as-filled`` takes them as they
are, and says how many cases they hold. Then four people (president, case
management office, division head, the court above) ask for one page each, again and again without a pause,
of ``mingjing serve`` with two workers. Last, a case is closed twenty times, by turns, and the figures are
counted until nothing waits: the clock process looks every two seconds, which comes on top.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages_speed import (
    Paths,
    Visitor,
    database_words,
    fixed,
    hammer,
    percentile,
    prepare,
    processor_seconds,
    serving,
    statements_of,
    visitors,
)

ONE = "indicator.within_limit"
LIMIT = 200.0
FRESH = 60.0
TIMES = 20
SEEN_BY = ("head", "president", "manager", "higher")
PAGES: dict[str, Paths] = {
    "指标": fixed("/indicators"),
    "指标 · 本月": fixed("/indicators?period=2026-09"),
    "驾驶舱": fixed("/indicators/cockpit"),
    "一项指标": fixed(f"/indicators/{ONE}"),
    "数字背后的案件": fixed(f"/indicators/{ONE}/cases?period=2026"),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What filling the cells took: cases, seconds, seconds of the processor (without the database)."""

    cases: int
    wall: float
    processor: float


def fill(*, anew: bool) -> Filled:
    """Count every case that was not counted yet, or all of them anew."""
    from mingjing.services.figures.following import settle
    from mingjing.storage.indicators.models import Cell, Share, Tally

    if anew:
        for model in (Cell, Share, Tally):
            model.objects.all()._raw_delete("default")
    before, began, spent = Share.objects.count(), time.perf_counter(), time.process_time()
    settle()
    cases = Share.objects.count() - before
    return Filled(cases, time.perf_counter() - began, time.process_time() - spent)


def page_rows(seconds: float) -> list[str]:
    """One row of the table for every page."""
    everybody = [one for one in visitors() if one.role in SEEN_BY]
    with serving(workers=2) as server:
        return [page_row(label, pages, everybody, server, seconds) for label, pages in PAGES.items()]


def page_row(label: str, pages: Paths, everybody: list[Visitor], server: int, seconds: float) -> str:
    """Statements, one person alone, four at once, the processor time of a request."""
    statements = max(statements_of(pages(visitor)[0], visitor) for visitor in everybody)
    alone = [value for values in hammer(pages, everybody, 1, seconds).values() for value in values]
    before = processor_seconds(server)
    values = [value for each in hammer(pages, everybody, 4, seconds).values() for value in each]
    used = 1000 * (processor_seconds(server) - before) / (len(values) + 4)
    over = " **over**" if percentile(alone, 0.95) > LIMIT else ""
    row = (
        f"| {label} | {statements} | {percentile(alone, 0.5):.0f} | {percentile(alone, 0.95):.0f}{over} "
        f"| {percentile(values, 0.95):.0f} | {LIMIT:.0f} | {used:.0f} | {len(alone) + len(values)} |"
    )
    print(row, flush=True)
    return row


def freshen() -> list[float]:
    """Seconds from a case that was closed or opened again until its court's figures know."""
    from mingjing.services.figures.following import step
    from mingjing.services.marking import mark
    from mingjing.storage.cases.models import Case
    from mingjing.storage.indicators.models import Share

    case = Case.objects.filter(closed_on=None, share__isnull=False).order_by("pk")[0]
    found, day = [], case.filed_on
    for turn in range(TIMES):
        closed = None if turn % 2 else day
        before = Share.objects.get(pk=case.pk).given
        Case.objects.filter(pk=case.pk).update(closed_on=closed, outcome="" if closed is None else "判决")
        mark([case.pk])
        began = time.perf_counter()
        while Share.objects.get(pk=case.pk).given == before:
            assert step(), "the figures did not follow"
        found.append(time.perf_counter() - began)
    return found


def report(filled: Filled, rows: list[str], fresh: list[float], command: str) -> str:
    """The page of the result."""
    from benchmarks.machine import machine_line
    from mingjing.storage.cases.models import Case
    from mingjing.storage.indicators.models import Share

    lines = [
        f"`{command}`",
        "",
        machine_line(),
        "",
        "| page | SQL | alone p50, ms | alone p95 | four at once p95 | limit | processor, ms | requests |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
        "",
        f"One event until the figures know: median {1000 * statistics.median(fresh):.0f} ms, slowest of "
        f"{len(fresh)} {1000 * max(fresh):.0f} ms, up to 2 s more until the clock looks "
        f"(limit {FRESH:.0f} s).",
    ]
    held = Share.objects.count()
    lines += ["", f"The cells hold {held:,} of {Case.objects.count():,} cases."]
    if filled.cases:
        each = 1000 * filled.processor / filled.cases
        lines += [
            "",
            f"Filling the cells: {filled.cases:,} cases in {filled.wall:.0f} s, {filled.processor:.0f} s of "
            f"the processor beside the database, {each:.2f} ms a case.",
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="per page")
    parser.add_argument("--rebuild", action="store_true", help="count every case anew first")
    parser.add_argument("--as-filled", action="store_true", help="measure over the cells there are")
    parser.add_argument("--write", type=Path, help="append the result to this file")
    chosen = parser.parse_args()
    prepare(chosen.cases)
    from django.db import connection

    filled = Filled(0, 0.0, 0.0) if chosen.as_filled else fill(anew=chosen.rebuild)
    rows, fresh = page_rows(chosen.seconds), freshen()
    database = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    options = f"--cases {chosen.cases} --seconds {chosen.seconds:g}{' --rebuild' if chosen.rebuild else ''}"
    options += " --as-filled" if chosen.as_filled else ""
    command = f"{database_words(database)}.venv/bin/python -m benchmarks.figures_speed {options}"
    text = f"## {database}\n\n{report(filled, rows, fresh, command)}\n"
    print(text)
    if chosen.write:
        with chosen.write.open("a", encoding="utf-8") as target:
            target.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
