"""How long the installed system takes to its first page, and what it holds in memory when nobody asks.

    .venv/bin/python -m benchmarks.startup [--demo] [--write benchmarks/results/startup.md]

The modules are compiled, as ``make setup`` leaves them. ``mingjing serve`` is started over an empty,
migrated database until it answers the log-in page (best and worst of three); then, after ten quiet seconds,
the memory of its processes is read from /proc (PSS: what several processes share is counted once). With
``--demo`` a first ``mingjing serve --demo`` in an empty folder is timed as well.
"""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PORT = 8953
LIMITS = {"start": 5.0, "memory": 200.0}
MINGJING = str(Path(sys.executable).with_name("mingjing"))


@dataclass(frozen=True, slots=True)
class Started:
    """A running server: seconds until its first page, of processor until then, and its process."""

    seconds: float
    processor: float
    pid: int


@contextmanager
def serving(data: Path, *options: str, patience: float = 30) -> Iterator[Started]:
    """``mingjing serve`` over ``data`` until its log-in page answers; ended afterwards."""
    environment = {**os.environ, "MINGJING_DATA": str(data)}
    command = [MINGJING, "serve", "--port", str(PORT), *options]
    began = time.perf_counter()
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers():
            assert server.poll() is None, "the server ended"
            assert time.perf_counter() - began < patience, "no page in time"
            time.sleep(0.02)
        yield Started(time.perf_counter() - began, processor_seconds(server.pid), server.pid)
    finally:
        server.terminate()
        server.wait(timeout=60)


def _answers() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    try:
        connection.request("GET", "/login")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def family(pid: int) -> list[int]:
    """The process and everything it started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [one for task in tasks for one in (task / "children").read_text(encoding="ascii").split()]
    return [pid, *(one for child in children for one in family(int(child)))]


def processor_seconds(pid: int) -> float:
    """Processor time of the process, of everything it started, and of what of it has ended."""
    ticks = 0
    for one in family(pid):
        stat = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        ticks += sum(map(int, stat[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """How many MB a process holds; what it shares with others is divided among them."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024


def idle_memory(data: Path, *options: str) -> list[float]:
    """What each process holds after ten seconds without a question, the first one first."""
    with serving(data, "--workers", "1", *options) as started:
        time.sleep(10)
        return [memory(pid) for pid in family(started.pid)]


def measure(folder: Path) -> list[tuple[str, str, str]]:
    """The rows of the table: what, how much, limit."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", "src/mingjing"], check=True)
    data = folder / "installed"
    subprocess.run([MINGJING, "migrate"], check=True, env={**os.environ, "MINGJING_DATA": str(data)})
    seconds, processor = [], []
    for _ in range(3):
        with serving(data, "--workers", "1") as started:
            seconds.append(started.seconds)
            processor.append(started.processor)
    pages, everything = idle_memory(data, "--no-clock"), idle_memory(data)
    return [
        ("start to first page, best and worst of 3, s", f"{min(seconds):.1f}, {max(seconds):.1f}", "5"),
        ("processor until then, all processes, best of 3, s", f"{min(processor):.1f}", "—"),
        (f"idle memory, pages with one worker ({_sum(pages)}), MB", f"{sum(pages):.0f}", "200"),
        (f"idle memory with the clock ({_sum(everything)}), MB", f"{sum(everything):.0f}", "200"),
    ]


def _sum(held: list[float]) -> str:
    return " + ".join(f"{one:.0f}" for one in held)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--demo", action="store_true", help="time the first start of the demonstration too")
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    from benchmarks.machine import machine_line, write_result

    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder))
        if chosen.demo:
            with serving(Path(folder) / "demo", "--demo", patience=300) as started:
                rows.append(("first start with --demo, s", f"{started.seconds:.0f}", "—"))
    lines = [
        "# Start-up and idle memory",
        "",
        f"`.venv/bin/python -m benchmarks.startup{' --demo' if chosen.demo else ''}`",
        "",
        f"{machine_line()} · load {os.getloadavg()[0]:.1f}",
        "",
        "| what | measured | limit |",
        "|---|---|---|",
        *(f"| {what} | {amount} | {limit} |" for what, amount, limit in rows),
        "",
    ]
    write_result(chosen.write, "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
