"""How long reading and checking all definitions takes: what a restart and an edit of a file cost.

    .venv/bin/python -m benchmarks.definitions_speed [FOLDER ...] [--write FILE]

The nationwide folder is loaded as the system loads it (reading, building, checking across files) nine
times; processor time is compared with the limit of one second for 300 definitions, time on the wall is
given beside it. Files are in the page cache.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.machine import machine_line, write_result
from mingjing.definitions.checking import check_links
from mingjing.definitions.notes import Notes
from mingjing.definitions.parsing import parse
from mingjing.definitions.registry import Registry

ROOT = Path(__file__).parents[1]
TIMES = 9
LIMIT = 1.0
PER = 300


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Best processor seconds and best seconds on the wall."""
    processor, wall = [], []
    for _ in range(TIMES):
        began, used = time.perf_counter(), time.process_time()
        work()
        processor.append(time.process_time() - used)
        wall.append(time.perf_counter() - began)
    return min(processor), min(wall)


def report(folders: Sequence[Path]) -> str:
    """The result as Markdown."""
    texts = [
        (path, path.read_text(encoding="utf-8")) for folder in folders for path in folder.rglob("*.yaml")
    ]
    registry = Registry.load(*folders)
    count = len(texts)
    loaded = measured(lambda: Registry.load(*folders))
    parsed = measured(lambda: [parse(text, Notes(path)) for path, text in texts])
    checked = measured(lambda: check_links(Registry(registry.definitions, (), frozenset(), tuple(folders))))
    rows = [
        (f"all {count} files: read, build, check", *loaded, ""),
        ("of which YAML to located nodes", *parsed, ""),
        ("of which checks across files", *checked, ""),
        (f"for {PER} files", loaded[0] * PER / count, loaded[1] * PER / count, f"{LIMIT:g}"),
    ]
    lines = [f"| {what} | {cpu:.2f} | {wall:.2f} | {limit} |" for what, cpu, wall, limit in rows]
    head = ["| what | processor, s | wall, s | limit, s of the processor |", "|---|---|---|---|"]
    title = "# Reading and checking the definitions"
    load = f"load {os.getloadavg()[0]:.1f}"
    command = "`.venv/bin/python -m benchmarks.definitions_speed`"
    about = f"Best of {TIMES}; {len(registry.problems)} problems found."
    return "\n".join([title, "", command, "", f"{machine_line()} · {load}", "", *head, *lines, "", about, ""])


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "institutions" / "cn"])
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    write_result(given.write, report(given.folders))


if __name__ == "__main__":
    main()
