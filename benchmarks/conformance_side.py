"""The other side of conformance_pm4py.py: run by the Python of pm4py's own environment, never by ours.

    benchmarks/.work/pm4py/bin/python benchmarks/conformance_side.py LOG.csv PROFILE.json

Reads the log, discovers its temporal profile, writes it down, checks the log against it; prints seconds.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import pandas  # type: ignore[import-untyped]
import pm4py  # type: ignore[import-not-found]

ZETA = 2.0


def main() -> None:
    """Everything but the check itself is outside the time."""
    log = pandas.read_csv(sys.argv[1], dtype={"case:concept:name": str})
    log["time:timestamp"] = pandas.to_datetime(log["time:timestamp"], utc=True, format="ISO8601")
    began = time.perf_counter()
    profile = pm4py.discover_temporal_profile(log)
    discovered = time.perf_counter() - began
    pairs = [[one, other, mean, deviation] for (one, other), (mean, deviation) in profile.items()]
    Path(sys.argv[2]).write_text(json.dumps(pairs), encoding="utf-8")
    began, cpu = time.perf_counter(), time.process_time()
    found = pm4py.conformance_temporal_profile(log, profile, zeta=ZETA)
    result = {
        "version": pm4py.__version__,
        "pairs": len(pairs),
        "discovered": discovered,
        "wall": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "found": sum(len(case) for case in found),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps(result))


main()
