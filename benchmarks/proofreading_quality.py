"""How many right places proofreading accuses, and how many planted errors it finds.

    .venv/bin/python -m benchmarks.proofreading_quality [--documents 350] [--write FILE]

Clean judgments of seven kinds are made from seeds (tests/text/proofreading/judgments.py); in copies of them
one error of each rule is planted (planting.py). Documents, errors and checks are of one making: the figures
say that nothing is broken, not what to expect of a judgment nobody has seen.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import machine_line, write_result
from mingjing.text.proofreading.checking import proofread
from mingjing.text.proofreading.remarks import CODES
from tests.text.proofreading.judgments import FAMILIES, clean, lists
from tests.text.proofreading.planting import planted

FIRST_SIGHT = (
    "初见（规则第一次对着这些文书跑）：350 份干净文书错提 50 处，都是一条规则；埋 1530 处，查出 1447 处。"
    "规则定住以后另写的 6 份（离婚、行政处罚、劳动争议带反诉、管辖异议、刑事附带民事、不予受理），"
    "初见错提 0 处。文书、埋的错和规则出自同一人之手，又照着改过规则：只说明没有改坏，"
    "不说明没见过的文书会怎样。"
)
HEADS = "| 规则 | 埋 | 查出 | 干净文书里错提 |\n|---|---|---|---|"


def measure(documents: int) -> tuple[list[str], int, int, int, float]:
    """Rows by rule; false remarks, planted, found; milliseconds of processor time for one document."""
    known = lists()
    false = dict.fromkeys(CODES, 0)
    begun = time.process_time()
    for seed in range(documents):
        judgment = clean(seed)
        for one in proofread(judgment.text, judgment.known, known):
            false[one.code] += 1
    each = (time.process_time() - begun) * 1000 / documents
    rows, tried, found = [], 0, 0
    for code in CODES:
        made = [got for seed in range(10 * len(FAMILIES)) if (got := planted(code, seed)) is not None]
        hits = sum(any(r.code == code for r in proofread(got.text, got.known, known)) for got in made)
        rows.append(f"| {code} | {len(made)} | {hits} | {false[code]} |")
        tried, found = tried + len(made), found + hits
    return rows, sum(false.values()), tried, found, each


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a clean document is accused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=350)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args(arguments)
    rows, false, tried, found, each = measure(asked.documents)
    lines = [
        "# 文书校对提得准不准",
        "",
        machine_line(),
        "",
        "`.venv/bin/python -m benchmarks.proofreading_quality`",
        "",
        f"{asked.documents} 份干净文书（买卖、借贷、交通事故、盗窃、撤诉、终本、二审七种），错提 {false} 处。"
        f"埋 {tried} 处错，查出 {found} 处（{100 * found / tried:.1f}%）。每份 {each:.1f} 毫秒处理器时间。",
        "",
        FIRST_SIGHT,
        "",
        HEADS,
        *rows,
    ]
    text = "\n".join(lines) + "\n"
    write_result(asked.write, text)
    return 1 if false else 0


if __name__ == "__main__":
    raise SystemExit(main())
