"""How long a sealed lead takes to open beyond its passphrase; how many reports an hour are taken in.

    .venv/bin/python -m benchmarks.leads_speed [--reports 300] [--write benchmarks/results/leads_speed.md]

A fictional court in a database made for the run (SQLite, WAL, FULL). Reports come through the verb of the
public entrance, receipt with its Argon2id included, each committed with its entry in the log; the proof of
work is the sender's and not in it. A lead with twenty pieces is then opened forty times as its page does:
sight, keys, content, the check against today's roster, the entry that it was read. The time of Argon2id for
the passphrase stands apart.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.machine import machine_line, write_result

PASSPHRASE = "钥匙在山门外第三棵松树下"
LIMIT_MS, AN_HOUR = 100.0, 10_000
PIECES, TIMES = 20, 40


def timed(work: Callable[[], object]) -> float:
    """Milliseconds one call takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def measure(reports: int) -> list[str]:
    """The lines of the result."""
    from mingjing.services.leads import talking
    from mingjing.services.leads.keys import make_key, unlock_key
    from mingjing.services.leads.receiving import Received, Report, receive
    from mingjing.services.leads.sight import open_lead
    from mingjing.storage.leads.models import Lead
    from tests.services.builders import acting, build_house, hire

    house = build_house()
    posts = ("派驻纪检组长", "督察室主任", "督察员")
    people = [hire(house.court, f"办{post[:2]}", post, house.office) for post in posts]
    for person in people:
        make_key(acting(person), PASSPHRASE)

    def one() -> Received:
        text = "收受当事人红包三千元，有转账截图。" * 40
        began = time.perf_counter()
        received = receive(Report(house.court, text, (house.judge.name,)))
        spent.append(time.perf_counter() - began)
        return received

    spent: list[float] = []
    words = [one() for _ in range(reports)][-1].receipt.words
    assert Lead.objects.count() == reports
    for _ in range(PIECES - 1):
        talking.write_message(words, "补充一点情况。" * 30)
    chief, last = acting(people[0]), Lead.objects.latest("pk")
    derive = [timed(lambda: unlock_key(chief, PASSPHRASE)) for _ in range(5)]
    opened = unlock_key(chief, PASSPHRASE)
    opening = sorted(timed(lambda: open_lead(chief, last.pk, opened)) for _ in range(TIMES))
    rate = 3600 / statistics.mean(spent)
    median, worst = statistics.median(opening), opening[int(TIMES * 0.95)]
    opened_in, taking = f"{median:.0f} / {worst:.0f} ms", statistics.median(spent) * 1000
    return [
        f"| opening a lead of {PIECES} pieces, median / p95 | {opened_in} | ≤ {LIMIT_MS:.0f} ms |",
        f"| Argon2id of the passphrase, beside it | {statistics.median(derive):.0f} ms | |",
        f"| reports taken in, one process, each durable | {rate:,.0f} an hour | ≥ {AN_HOUR:,} |",
        f"| one report, median | {taking:.0f} ms | |",
    ]


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MINGJING_DATA": folder, "DJANGO_SETTINGS_MODULE": "mingjing.site.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        lines = ["| work | measured | asked |", "|---|---|---|", *measure(args.reports)]
    text = "\n".join(["# Leads", "", machine_line(), "", *lines, ""])
    write_result(args.write, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
