"""What one page costs the processor, page process and database apart: nothing waits, so a busy machine
disturbs it little.

    DATABASE_URL=postgresql://… .venv/bin/python -m benchmarks.pages_processor [--only 查找] [--times 40]
        [--write benchmarks/results/pages_processor.md] [--profile 案件页]

The database and the people are those of pages_speed. Every page is asked in this process by each person in
turn, one after the other; the processor time of this process and of its database connection is divided by
the number of requests. ``--profile`` prints where the page process spends the time of one page.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures_speed import PAGES as FIGURES
from benchmarks.pages_speed import PAGES, Paths, Visitor, database_words, fixed, prepare, visitors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

BESIDE: dict[str, Paths] = {
    "预警": fixed("/alerts?whose=我看得到的"),
    "预警 · 红": fixed("/alerts?whose=我看得到的&colour=红"),
    "督办": fixed("/notices"),
    "长期未结": fixed("/long-pending"),
    "识别与分流": fixed("/proposals"),
    "录入核查": fixed("/findings"),
    "审批": fixed("/requests"),
}
"""Lists of the supervision of cases, which pages_speed does not ask."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of the processor for one request: of the page process and of the database."""

    label: str
    statements: int
    page: float
    database: float

    @property
    def line(self) -> str:
        """One row of the table."""
        whole = self.page + self.database
        return f"| {self.label} | {self.statements} | {self.page:.1f} | {self.database:.1f} | {whole:.1f} |"


def database_seconds() -> float:
    """Processor time of this connection's database process so far; nought where it is this process."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="utf-8").split()[0]) / 1e9


def client_of(visitor: Visitor) -> Client:
    """Somebody's browser; the database connection is kept between two requests, as in the server."""
    from django.test import Client

    client = Client()
    client.cookies.load(visitor.cookie)
    return client


def rounds(pages: Paths, everybody: list[Visitor], times: int) -> Iterator[tuple[Client, str]]:
    """Whom to ask for what: everybody who may see the page in turn, each along their own addresses."""
    clients = [(client_of(visitor), pages(visitor)) for visitor in everybody]
    clients = [one for one in clients if ask(one[0], one[1][0]) != 404]
    for turn in range(times):
        for client, paths in clients:
            yield client, paths[turn % len(paths)]


def ask(client: Client, path: str) -> int:
    """One request, answered; its status."""
    response: Any = client.get(path, headers={"host": "127.0.0.1"})
    assert response.status_code in (200, 302, 404), f"{path}: {response.status_code}"
    return int(response.status_code)


def cost_of(label: str, pages: Paths, everybody: list[Visitor], times: int) -> Cost:
    """Ask a page until its cost is known; two rounds beforehand warm what is kept."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for client, path in rounds(pages, everybody, 6):
        ask(client, path)
    statements = 0
    for client, path in rounds(pages, everybody, 1):
        with CaptureQueriesContext(connection) as caught:
            ask(client, path)
        statements = max(statements, len(caught))
    asked = list(rounds(pages, everybody, times))
    database, page = database_seconds(), time.process_time()
    for client, path in asked:
        ask(client, path)
    each = 1000 / len(asked)
    return Cost(
        label, statements, each * (time.process_time() - page), each * (database_seconds() - database)
    )


def profile(pages: Paths, everybody: list[Visitor], times: int, order: str) -> None:
    """Print where the page process spends its time."""
    for client, path in rounds(pages, everybody, 6):
        ask(client, path)
    asked = list(rounds(pages, everybody, times))
    watch = cProfile.Profile(time.process_time)
    watch.enable()
    for client, path in asked:
        ask(client, path)
    watch.disable()
    pstats.Stats(watch).sort_stats(order).print_stats(90)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=20, help="rounds for each page")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--write", type=Path, help="append the table to this file")
    parser.add_argument("--profile", action="store_true", help="print where the time goes instead")
    parser.add_argument("--order", default="tottime", help="of the profile: tottime, cumulative")
    chosen = parser.parse_args()
    prepare(chosen.cases)
    from django.db import connection

    from benchmarks.machine import machine_line

    everybody, lines = visitors(), []
    for label, pages in {**PAGES, **BESIDE, **FIGURES}.items():
        if chosen.only not in label:
            continue
        if chosen.profile:
            profile(pages, everybody, chosen.times, chosen.order)
            continue
        lines.append(cost_of(label, pages, everybody, chosen.times).line)
        print(lines[-1], flush=True)
    if chosen.write:
        database = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
        head = (
            f"## {database}\n\n`{database_words(database)}.venv/bin/python -m benchmarks.pages_processor "
            f"--cases {chosen.cases} --times {chosen.times}`, load {os.getloadavg()[0]:.1f}\n\n"
            f"{machine_line()}\n\n| page | SQL | page process, ms | database, ms | together, ms |\n"
            "|---|---|---|---|---|\n"
        )
        with chosen.write.open("a", encoding="utf-8") as target:
            target.write(head + "\n".join(lines) + "\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
