"""The machine a benchmark ran on, and where its result goes."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from pathlib import Path


def machine_line() -> str:
    """Processor, cores, memory, system, Python, the day: one line for the head of a result."""
    model = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    memory = next(
        (int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0
    )
    parts = (
        model,
        f"{os.cpu_count()} cores",
        f"{memory / 2**20:.0f} GB",
        f"{platform.system()} {platform.release()}",
        f"CPython {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"{datetime.now(tz=UTC):%Y-%m-%d}",
    )
    return " · ".join(parts)


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def write_result(path: Path | None, text: str) -> None:
    """Print the result, and keep it where a file is named."""
    print(text)
    if path is not None:
        path.write_text(text, encoding="utf-8")
