"""How long a full sweep takes: every deadline and caseflow rule over a million cases and ten million events.

    .venv/bin/python benchmarks/sweep_speed.py [--cases 1000000] [--check 3000] [--write FILE.md]

The docket (see synthetic.py) is made first and kept in benchmarks/.work/. The sweep runs in a process of its
own, one thread, reading page after page, so that its time and peak memory are its own. Afterwards a sample of
cases is computed one by one with the pure domain and compared row by row.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mingjing.analytics.choosing import SlotRules
from mingjing.analytics.columns import Cases, Events
from mingjing.analytics.sweeping import Sweep
from mingjing.definitions.registry import Registry
from mingjing.domain.caseflow.clocks import node_clocks, speaking
from mingjing.domain.caseflow.rules import Event, NodeClock
from mingjing.domain.reasons import Refusal

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.machine import machine_line, write_result  # noqa: E402
from benchmarks.synthetic import AS_OF, make_page, read_page  # noqa: E402

PAGE = 100_000
INSTITUTIONS = HERE.parent / "institutions" / "cn"
LIMIT_SECONDS, LIMIT_BYTES = 60.0, 2 << 30


def pages(cases: int) -> list[Path]:
    """The files of a docket of so many cases, made where they are missing."""
    folder = HERE / ".work" / f"docket-{cases}"
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, first in enumerate(range(0, cases, PAGE)):
        path = folder / f"{number:04}.npz"
        if not path.exists():
            make_page(path, number, min(PAGE, cases - first))
        found.append(path)
    return found


def sweep_all(cases: int) -> dict[str, float]:
    """Load the definitions, sweep every page; counts, seconds and peak memory of this process."""
    began, cpu = time.perf_counter(), time.process_time()
    shelf = Registry.load_strict(INSTITUTIONS)
    loaded = time.perf_counter() - began
    sweep = Sweep(shelf, AS_OF)
    counts = {"cases": 0, "events": 0, "clocks": 0, "late": 0, "spoken": 0}
    for path in pages(cases):
        columns, events = read_page(path)
        counts["cases"] += columns.count
        counts["events"] += len(events.day)
        _, _, sheets = sweep.page(columns, events)
        for sheet in sheets:
            counts["clocks"] += len(sheet.case)
            counts["late"] += int((sheet.late_days > 0).sum())
            counts["spoken"] += int(sheet.spoken.sum())
    return {
        **counts,
        "answers": len(sweep.tables.clocks),
        "definitions": loaded,
        "wall": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def check(cases: int, sample: int) -> tuple[int, float]:
    """Compare a sample of cases, spread over all pages, with the domain. Clocks compared, seconds a case.

    Raises
    ------
    AssertionError   one clock differs
    """
    shelf = Registry.load_strict(INSTITUTIONS)
    sweep, dice = Sweep(shelf, AS_OF), random.Random(7)
    compared, spent, files = 0, 0.0, pages(cases)
    each = max(1, sample // len(files))
    for path in files:
        columns, events = read_page(path)
        wanted = set(dice.sample(range(columns.count), min(each, columns.count)))
        fast: dict[int, set[tuple[object, ...]]] = {case: set() for case in wanted}
        for sheet in sweep.page(columns, events)[2]:
            for at, case in enumerate(sheet.case.tolist()):
                if case in wanted:
                    clock = sheet.clocks[sheet.answer[at]]
                    spoken = clock.rungs[: sheet.spoken[at]]
                    key = (sheet.node.label, int(sheet.event[at]), int(sheet.started[at]))
                    ended = (int(sheet.done[at]), int(sheet.late_days[at]))
                    fast[case].add((*key, _last(clock), *ended, spoken))
        for case in wanted:
            began = time.perf_counter()
            slow = set(by_the_domain(shelf, columns, events, case))
            spent += time.perf_counter() - began
            assert slow == fast[case], (path, case, slow ^ fast[case])
            compared += len(slow)
    return compared, spent / (each * len(files))


def by_the_domain(shelf: Registry, columns: Cases, events: Events, case: int) -> Iterator[tuple[object, ...]]:
    """The clocks of one case, as the domain computes them."""
    names = frozenset([*columns.words, *columns.days, *columns.odd.get(case, {}), "延长"])
    facts = columns.facts(case, names)
    flow = shelf.caseflow_for(facts, date.fromordinal(int(columns.asked_on[0][case])))
    if flow is None:
        return
    first, last = events.case.searchsorted([case, case + 1])
    happened = [
        Event(events.kinds[events.kind[at]], date.fromordinal(int(events.day[at])), id=str(at))
        for at in range(first, last)
    ]
    slots, calendar = SlotRules(shelf, facts), shelf.calendar(flow.calendar)
    for node in flow.nodes:
        mine = columns.facts(case, names, node.clock)
        for clock in node_clocks(node, mine, happened, slots, calendar, as_of=AS_OF):
            key = (node.label, int(clock.occurrence or -1), clock.started.toordinal())
            ended = (clock.done.toordinal() if clock.done else 0, clock.late_days)
            yield (*key, _last(clock), *ended, speaking(clock, AS_OF))


def _last(clock: NodeClock) -> object:
    return str(clock.due) if isinstance(clock.due, Refusal) else (clock.due.value.state, clock.last_day)


def report(found: dict[str, float], compared: int, each: float, command: str) -> str:
    """The result as a page."""
    passed = found["wall"] <= LIMIT_SECONDS and found["peak"] <= LIMIT_BYTES
    lines = [
        "# Full sweep",
        "",
        f"`{command}`",
        "",
        machine_line(),
        "",
        "Every deadline and caseflow rule over every case, one process, one thread, pages of 100,000 cases",
        "read from disk; the time includes starting from nothing: reading and checking all definitions.",
        "",
        "| | |",
        "|---|---|",
        f"| cases | {found['cases']:,.0f} |",
        f"| events | {found['events']:,.0f} |",
        f"| clocks computed | {found['clocks']:,.0f} |",
        f"| late | {found['late']:,.0f} |",
        f"| rungs that have spoken | {found['spoken']:,.0f} |",
        f"| answers asked of the domain | {found['answers']:,.0f} |",
        f"| reading the definitions | {found['definitions']:.1f} s |",
        f"| **wall** | **{found['wall']:.1f} s** (limit {LIMIT_SECONDS:.0f} s) |",
        f"| CPU | {found['cpu']:.1f} s |",
        f"| **peak memory** | **{found['peak'] / 2**20:,.0f} MB** (limit 2,048 MB) |",
        f"| the domain, case by case | {each * 1000:.2f} ms a case, {each * found['cases'] / 60:,.0f} min |",
        f"| clocks compared with the domain | {compared:,} equal, 0 different |",
        "",
        "Within the limits." if passed else "**Over the limits.**",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Make the docket, sweep it in a process of its own, compare a sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--check", type=int, default=3000)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inner:
        print(json.dumps(sweep_all(args.cases)))
        return 0
    pages(args.cases)
    inner = [sys.executable, __file__, "--inner", "--cases", str(args.cases)]
    done = subprocess.run(inner, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    compared, each = check(args.cases, args.check)
    command = f".venv/bin/python benchmarks/sweep_speed.py --cases {args.cases} --check {args.check}"
    text = report(found, compared, each, command)
    write_result(args.write, text)
    return 0 if found["wall"] <= LIMIT_SECONDS and found["peak"] <= LIMIT_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
