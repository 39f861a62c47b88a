"""The rule check beside pm4py's temporal-profile conformance, on the same logs.

    .venv/bin/python benchmarks/conformance_pm4py.py [--cases 20000 100000] [--write FILE.md]

pm4py is AGPL and is never installed beside the product: it has an environment of its own, made here if it is
missing, in benchmarks/.work/. Logs: the docket of synthetic.py, and, where MINGJING_TESTDATA names the folder
of public logs, the domestic declarations of BPI 2020. pm4py discovers a temporal profile (mean and deviation
of the time between each two activities); each pair of it then becomes a node of a case flow: after every A,
B within mean + 2 deviations, in days. Both check the whole log in memory; reading it is outside the time.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil
from pathlib import Path

import numpy as np

from mingjing.analytics.columns import Cases, Events
from mingjing.analytics.sweeping import Sweep
from mingjing.definitions.registry import Registry
from mingjing.domain.caseflow.rules import Caseflow, Each, Node
from mingjing.domain.dates.durations import Duration

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.conformance_logs import Line, of_docket, of_xes  # noqa: E402
from benchmarks.machine import machine_line, write_result  # noqa: E402
from benchmarks.synthetic import AS_OF, make_page, read_page  # noqa: E402
from tests.analytics.worlds import shelf_of  # noqa: E402

WORK = HERE / ".work"
OTHER = WORK / "pm4py" / "bin" / "python"
REAL = "BPI_2020_DomesticDeclarations.xes.gz"
ZETA = 2.0


def ensure_other() -> None:
    """The environment of pm4py, and nothing else in it."""
    if not OTHER.exists():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--python", "3.11", str(WORK / "pm4py")], check=True)
        subprocess.run([*uv, "pip", "install", "--python", str(OTHER), "pm4py"], check=True)


def write_log(path: Path, lines: Iterable[Line]) -> int:
    """The log as pm4py reads it; the number of events."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["case:concept:name", "concept:name", "time:timestamp"])
        count = 0
        for case, activity, moment in lines:
            writer.writerow([case, activity, moment])
            count += 1
    return count


def columns_of(path: Path) -> tuple[Cases, Events]:
    """The log as a sweep reads it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    names: dict[str, int] = {}
    kinds: dict[str, int] = {}
    table = np.array(
        [
            (
                names.setdefault(case, len(names)),
                kinds.setdefault(activity, len(kinds)),
                date.fromisoformat(moment[:10]).toordinal(),
            )
            for case, activity, moment in rows
        ],
        np.int64,
    )
    events = Events(
        tuple(kinds), table[:, 0].astype(np.int32), table[:, 1].astype(np.int16), table[:, 2].astype(np.int32)
    )
    return Cases(len(names), {}, {}, (np.full(len(names), AS_OF.toordinal(), np.int32),)), events


def flow_of(profile: Path) -> Caseflow:
    """Each pair of a temporal profile as a node: after every A, B within mean + 2 deviations."""
    nodes = []
    for one, other, mean, deviation in json.loads(profile.read_text(encoding="utf-8")):
        days = ceil((mean + ZETA * deviation) / 86400)
        limit = Duration(days=days, text=f"{days} 天")
        nodes.append(Node(f"{one} → {other}", one, (other,), within=limit, each=Each.EVERY))
    return Caseflow("caseflow.profile", "时间画像", "", date(2000, 1, 1), {}, (), tuple(nodes))


def check(path: Path, profile: Path) -> tuple[float, float, int, int]:
    """Wall and processor seconds of our check of a log; pairs looked at, and late ones."""
    cases, events = columns_of(path)
    shelf, pairs, late = shelf_of([], [flow_of(profile)]), 0, 0
    began, cpu = time.perf_counter(), time.process_time()
    for sheet in Sweep(shelf, AS_OF + timedelta(days=1)).page(cases, events)[2]:
        pairs += len(sheet.case)
        late += int(((sheet.done > 0) & (sheet.late_days > 0)).sum())
    return time.perf_counter() - began, time.process_time() - cpu, pairs, late


def check_definitions(count: int) -> tuple[float, float, int]:
    """Wall and processor seconds of our own definitions over the docket, and the clocks computed."""
    cases, events = read_page(docket(count))
    shelf, clocks = Registry.load_strict(HERE.parent / "institutions" / "cn"), 0
    began, cpu = time.perf_counter(), time.process_time()
    for sheet in Sweep(shelf, AS_OF).page(cases, events)[2]:
        clocks += len(sheet.case)
    return time.perf_counter() - began, time.process_time() - cpu, clocks


def docket(count: int) -> Path:
    """The page of the synthetic docket, made once."""
    path = WORK / f"conformance-{count}.npz"
    if not path.exists():
        make_page(path, 0, count)
    return path


def compare(name: str, lines: Iterable[Line]) -> list[str]:
    """Two lines of the table for one log."""
    path, profile = WORK / f"conformance-{name}.csv", WORK / f"conformance-{name}.json"
    count = write_log(path, lines)
    side = [str(OTHER), str(HERE / "conformance_side.py"), str(path), str(profile)]
    done = subprocess.run(side, check=True, capture_output=True, text=True)
    theirs = json.loads(done.stdout.strip().splitlines()[-1])
    wall, cpu, pairs, late = check(path, profile)
    return [
        f"| {name} | {count:,} | pm4py {theirs['version']} | {theirs['pairs']} pairs "
        f"| {theirs['wall']:.2f} | {theirs['cpu']:.2f} | {theirs['found']:,} deviations |",
        f"| {name} | {count:,} | mingjing | {theirs['pairs']} nodes "
        f"| {wall:.2f} | {cpu:.2f} | {late:,} late of {pairs:,} clocks |",
        f"| | | | pm4py / mingjing | {theirs['wall'] / wall:.1f} | {theirs['cpu'] / cpu:.1f} | |",
    ]


def main() -> int:
    """Compare on the docket, and on the public log where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    ensure_other()
    table, own = [], []
    for cases in args.cases:
        table += compare(f"docket-{cases}", of_docket(docket(cases)))
        wall, cpu, clocks = check_definitions(cases)
        own.append(f"| docket-{cases} | {wall:.2f} | {cpu:.2f} | {clocks:,} |")
    data = os.environ.get("MINGJING_TESTDATA", "")
    if data:
        table += compare("declarations", of_xes(Path(data) / "flow" / REAL))
    text = "\n".join(
        [
            "# Rule check beside temporal-profile conformance",
            "",
            "`MINGJING_TESTDATA=… .venv/bin/python benchmarks/conformance_pm4py.py`",
            "",
            machine_line(),
            "",
            "Seconds to check a whole log already in memory. The same pairs of activities with the same",
            "limits; what is counted is not the same: pm4py compares every A with every B after it, in",
            "seconds, and also reports what came too early; a node asks for the first B after every A, in",
            "days of the court's calendar, rolled over days of rest, and keeps those still open.",
            "",
            "| log | events | | rules | wall s | processor s | found |",
            "|---|---|---|---|---|---|---|",
            *table,
            "",
            "pm4py's time grows with the square of the cases; ours is a fixed part, one answer for each rule",
            "and day, and then little for each case. The court's own definitions, all flows and deadlines:",
            "",
            "| log | wall s | processor s | clocks |",
            "|---|---|---|---|",
            *own,
            "",
        ]
    )
    write_result(args.write, text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
