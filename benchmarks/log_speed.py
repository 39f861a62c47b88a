"""The log beside pymerkle and a plain SQLite hash chain: durable entries, proofs, verification of everything.

    .venv/bin/python -m benchmarks.log_speed --size 1000000 [--pymerkle PYTHON]

``--pymerkle`` names a Python of another environment that has pymerkle (GPL-3, an opponent only: it is no part
of this product and none of its environments). Every row says how its writes reach the disk.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.machine import machine_line

WARM = 100
SETTLED = 1_000
"""So many more entries, and the write-ahead file of either log has been folded in once: it grows no more."""
FULL = "WAL，FULL，每事务一次 fsync"
OPPONENT = """
import json, sys, time
from pymerkle import InmemoryTree, SqliteTree
kind, count, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
tree = InmemoryTree(algorithm="sha256") if kind == "memory" else SqliteTree(path, algorithm="sha256")
entry = b"x" * 400
began = time.perf_counter()
for number in range(count):
    tree.append_entry(entry)
wrote = time.perf_counter() - began
tree.get_state()
spent = []
for number in range(1, 51):
    began = time.perf_counter()
    tree.prove_inclusion(max(1, count * number // 51))
    spent.append(time.perf_counter() - began)
print(json.dumps({"append": count / wrote, "proof": sorted(spent)[25] * 1000}))
"""


def main() -> None:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="entries for proofs and verification")
    parser.add_argument("--singles", type=int, default=2_000, help="entries written one by one")
    parser.add_argument("--pymerkle", default="", help="a Python that has pymerkle")
    parser.add_argument("--data", default="", help="folder for the databases; a fresh one otherwise")
    args = parser.parse_args()
    folder = Path(args.data or tempfile.mkdtemp(prefix="mingjing-log-"))
    os.environ["MINGJING_DATA"] = str(folder / "data")
    from mingjing.cli.starting import start_django

    start_django()  # as the product starts, with its own ways of looking for garbage
    from django.core.management import call_command

    (folder / "data").mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    print(machine_line() + "\n\n| 项目 | 数值 | 落盘 |\n|---|---|---|")
    singles(folder, args.singles)
    groups(args.size)
    opponents(folder, args.pymerkle, args.size)


def row(what: str, figure: str, disk: str) -> None:
    """One line of the table."""
    print(f"| {what} | {figure} | {disk} |", flush=True)


def chain(path: Path) -> Callable[[int], None]:
    """A plain hash chain in SQLite, one transaction an entry: the floor this log is held against."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE chain (seq INTEGER PRIMARY KEY, entry TEXT, hash TEXT)")
    last = "0" * 64

    def add(number: int) -> None:
        nonlocal last
        entry = json.dumps({"n": number, "who": "沈知白", "what": "延长审限", "why": "案情复杂" * 8})
        last = hashlib.sha256((last + entry).encode()).hexdigest()
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO chain VALUES (?, ?, ?)", (number, entry, last))
        db.execute("COMMIT")

    return add


def singles(folder: Path, count: int) -> None:
    """One entry a transaction, in turns with the chain so that both see the same disk. The pages of the
    tables just made are written out before, and the first hundred of each are not counted. Twice: with
    write-ahead files that are new, and with such as a court has once its first thousand pages are written."""
    from django.db import connection

    from mingjing.services.acts import CLOCK, act

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def ours(number: int) -> None:
        with act(
            CLOCK, "到点提醒", needs=None, subject_kind="案件", subject_id=number, why="案情复杂" * 8
        ) as one:
            one.payload = {"案号": f"（2026）云9821民初{number}号", "新提醒": 1}

    plain, done = chain(folder / "chain.sqlite3"), 0
    for where, first in (("预写文件还在长", WARM), ("预写文件不再长", SETTLED)):
        spent = {"chain": 0.0, "ours": 0.0}
        for number in range(-first, count):
            for name, add in (("chain", plain), ("ours", ours)):
                began = time.perf_counter()
                add(done)
                if number >= 0:
                    spent[name] += time.perf_counter() - began
            done += 1
        row(f"SQLite 散列链，逐条，{where}", f"{count / spent['chain']:,.0f} 条/秒", FULL)
        ratio = spent["chain"] / spent["ours"]
        row(f"明镜，逐条，{where}", f"{count / spent['ours']:,.0f} 条/秒，是散列链的 {ratio:.2f} 倍", FULL)


def groups(size: int) -> None:
    """Groups of a thousand; then the tree, proofs, and verification of everything."""
    from mingjing.services.acts import CLOCK, Record, acts_together
    from mingjing.services.proving.checking import verify_log
    from mingjing.services.proving.checkpoints import sign_checkpoint
    from mingjing.storage.auditlog import tree

    began, first = time.perf_counter(), tree.size()
    for start in range(first, size, 1000):
        with acts_together(CLOCK, "到点提醒", needs=None) as records:
            for number in range(start, min(start + 1000, size)):
                payload: dict[str, object] = {"案号": f"（2026）云9821民初{number}号", "新提醒": 1}
                records.append(Record("案件", str(number), why="案情复杂" * 8, payload=payload))
    rate = (size - first) / (time.perf_counter() - began)
    row("明镜，每组一千条", f"{rate:,.0f} 条/秒", FULL)
    began = time.perf_counter()
    sign_checkpoint(CLOCK)
    row(f"补建 {size:,} 条的树并签检查点", f"{time.perf_counter() - began:.1f} 秒", FULL)
    spent = []
    for number in range(1, 1001):
        began = time.perf_counter()
        tree.inclusion([size * number // 1001], size)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    told = f"中位 {statistics.median(spent):.2f} 毫秒，99% {spent[989]:.2f} 毫秒"
    row(f"在册证明，{size:,} 条", told, "只读")
    began = time.perf_counter()
    found = verify_log(hands=os.cpu_count() or 1)  # as ``mingjing log fsck`` does
    assert found.sound, found.findings[:3]
    row(f"全部重算 {found.entries:,} 条", f"{time.perf_counter() - began:.1f} 秒", "只读")


def opponents(folder: Path, python: str, size: int) -> None:
    """pymerkle in memory and in SQLite, in a process of its own."""
    if not python:
        print("没有给 --pymerkle，未与 pymerkle 比较。", file=sys.stderr)
        return
    for kind, count, disk in (
        ("memory", min(size, 200_000), "只在内存，不落盘"),
        ("sqlite", 1_000, "它的默认：每条一个事务，回滚日志，FULL"),
    ):
        command = [python, "-c", OPPONENT, kind, str(count), str(folder / "pymerkle.db")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        figures = f"{found['append']:,.0f} 条/秒；证明 {found['proof']:.2f} 毫秒（{count:,} 条）"
        row(f"pymerkle {kind}", figures, disk)


if __name__ == "__main__":
    main()
