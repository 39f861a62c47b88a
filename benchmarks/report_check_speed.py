"""How long a report of twenty pages takes: read from .docx, every figure found, every check run.

    .venv/bin/python -m benchmarks.report_check_speed [--write FILE]

The ten reports of our own making are set one after another until they fill twenty pages of official paper
(22 lines of 28 characters); the limit is two seconds. A text four times as long is checked beside it: the
time must grow with the length, not with its square.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Sequence
from pathlib import Path

import docx

from benchmarks.machine import machine_line, write_result
from mingjing.text.checking import check_report
from mingjing.text.sources import text_of

REPORTS = Path(__file__).parents[1] / "tests" / "text" / "fixtures" / "reports"
PAGE = 22 * 28
TIMES = 5
LIMIT = 2.0


def report(pages: int) -> str:
    """The reports one after another, until they fill so many pages."""
    pieces = [path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("*.txt"))]
    text = "\n".join(pieces)
    while len(text) < pages * PAGE:
        text += "\n" + text
    return text[: pages * PAGE]


def saved(text: str) -> bytes:
    """The text as a .docx, a paragraph to a line."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def measured(pages: int) -> tuple[float, float, int, int]:
    """Best processor seconds, best seconds on the wall, figures and findings."""
    content = saved(report(pages))
    processor, wall = [], []
    for _ in range(TIMES):
        began, used = time.perf_counter(), time.process_time()
        checked = check_report(text_of(content, "报告.docx"))
        processor.append(time.process_time() - used)
        wall.append(time.perf_counter() - began)
    return min(processor), min(wall), len(checked.figures), len(checked.findings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where the limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--write", type=Path, help="also keep the result in a file")
    chosen = parser.parse_args(arguments)
    processor, wall, figures, findings = measured(20)
    longer, longer_wall, _, _ = measured(80)
    lines = (
        "# 核一份二十页的报告要多久\n",
        f"{machine_line()}\n",
        "| 页 | 字 | 数 | 结论 | 处理器 | 历时 |\n|---|---|---|---|---|---|",
        f"| 20 | {20 * PAGE:,} | {figures} | {findings} | {processor:.3f} 秒 | {wall:.3f} 秒 |",
        f"| 80 | {80 * PAGE:,} | | | {longer:.3f} 秒 | {longer_wall:.3f} 秒 |",
        f"\n上限 {LIMIT:.0f} 秒（20 页）。80 页是 20 页的 {longer / processor:.1f} 倍。",
    )
    write_result(chosen.write, "\n".join(lines) + "\n")
    return 0 if processor <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
