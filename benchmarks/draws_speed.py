"""Ten thousand draws with everything that proves them, and the three tests over a million draws.

python benchmarks/draws_speed.py
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

from mingjing.domain.assignment.drawing import Contribution, commit, draw, seed_input, seed_of
from mingjing.domain.assignment.expectation import chance
from mingjing.domain.assignment.fairness import counts_test, places_test, runs_test
from mingjing.domain.assignment.pools import Candidate, Excluded, Pool

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.machine import machine_line, write_result

RESULT = Path(__file__).parent / "results" / "draws_speed.md"

DAYS, EACH, MILLION = 100, 100, 1_000_000
WEIGHTS = (100, 100, 100, 100, 100, 100, 80, 80, 66, 50, 50, 30, 30, 5)


def a_pool(case: int) -> Pool:
    candidates = tuple(Candidate(f"P{at:010x}", weight) for at, weight in enumerate(WEIGHTS))
    away = (Excluded("Pffffffffff", "回避"), Excluded("Pfffffffffe", "不在岗"))
    rule = "assignment.civil_simple @ 2018-01-01 # 00000000"
    return Pool(f"（2026）云9801民初{case}号", rule, "2026-09-30", candidates, away)


def proved() -> tuple[float, float]:
    """Seconds (wall, processor) for 10,000 cases in 100 filing days: pools, digests, seeds, draws, files."""
    begun, busy = time.perf_counter(), time.process_time()
    for day in range(DAYS):
        pools = [a_pool(day * EACH + case) for case in range(EACH)]
        digests = [pool.digest() for pool in pools]
        names = ("立案庭", "审判管理办公室", "督察室")
        values = {name: hashlib.sha256(f"{day}{name}".encode()).digest() for name in names}
        shares = [Contribution(name, commit(name, value), value) for name, value in values.items()]
        seed, given = seed_of(digests, shares), seed_input(digests, shares)
        for pool in pools:
            drawn = draw(pool, seed)
            json.dumps({"pool": pool.plain(), "seed": given, "drawn": drawn.people}, ensure_ascii=False)
    return time.perf_counter() - begun, time.process_time() - busy


def a_million() -> list[str]:
    """The tests over a million draws from one pool."""
    pool = a_pool(1)
    counts: Counter[str] = Counter()
    places = []
    for at in range(MILLION):
        found = draw(pool, hashlib.sha256(at.to_bytes(8, "big")).digest())
        counts[found.people[0]] += 1
        places.append(found.places[0])
    ids = [one.id for one in pool.candidates]
    due = [MILLION * chance(pool, one) for one in ids]
    tests = (counts_test([counts[one] for one in ids], due), places_test(places), runs_test(places))
    return [f"| {one.label} | {one.says} | {one.chance:.3f} |" for one in tests]


def report() -> str:
    """The page that is committed."""
    wall, busy = min(proved() for _ in range(3))
    rows = "\n".join(a_million())
    return f"""# Draws with their proofs

`.venv/bin/python benchmarks/draws_speed.py`

{machine_line()}

10,000 draws in 100 filing days of 100 cases (14 candidates, 3 contributors), with pools, digests,
seeds and the files that are published: **{wall:.2f} s** by the wall,
{busy:.2f} s of processor (best of three; bound 5 s). No database.

A million draws from one pool of 14 with unequal shares; chance of a statistic at least as large
if nobody steers:

| test | statistic | chance |
|---|---|---|
{rows}
"""


if __name__ == "__main__":
    write_result(RESULT, report())
