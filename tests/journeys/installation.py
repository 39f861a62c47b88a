"""A running 明镜 of one's own: a copy of the demonstration court, its own port, a fixed moment."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NOW = "2026-09-30T09:00:00"
"""A Wednesday before the national holiday; the demonstration is generated up to this moment."""

DATABASE = "mingjing.sqlite3"
PROGRAM = (sys.executable, "-m", "mingjing.cli.main")
# A full court where twelve old cases must be found without a notice, small ones where two are compared.
SIZES = {"云98": 24, "云9801": 620, "云9821": 60, "云9822": 60}


def until(happened: Callable[[], Any], seconds: float, what: str) -> Any:
    """The first true answer of ``happened``, asked again and again for at most ``seconds``."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < end:
        if answer := happened():
            return answer
        pause.wait(0.01)
    raise AssertionError(f"{seconds} 秒内没有等到：{what}")


def environment(data: Path, now: str) -> dict[str, str]:
    """What a program of the installation in ``data`` is started with, free of this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINGJING_")}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "MINGJING_DATA": os.fspath(data), "MINGJING_NOW": now, "PYTHONUNBUFFERED": "1"}


def make_demonstration(data: Path) -> None:
    """The demonstration court in ``data``, as ``mingjing demo`` makes it."""
    cases = [word for code, amount in SIZES.items() for word in ("--cases", f"{code}={amount}")]
    made = subprocess.run(
        [*PROGRAM, "demo", *cases], env=environment(data, NOW), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """One running ``mingjing serve`` with what it has said so far."""

    def __init__(self, data: Path, now: str, *, clock: bool) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.said = data / f"serve-{self.port}.log"
        options = ["serve", "--demo", "--port", str(self.port)] + ([] if clock else ["--no-clock"])
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [*PROGRAM, *options],
                env=environment(data, now),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Return when the log-in page answers."""
        until(self._answers, 60, f"{self.url} 应答")

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.said.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(f"{self.url}/login", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """Server, workers and clock at once, without a word: a power cut."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)

    def end(self) -> None:
        """As Ctrl+C does; what is left after that is killed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()


class Installation:
    """One data folder. It may be served several times, at different moments."""

    def __init__(self, data: Path) -> None:
        self.data = data

    @classmethod
    def copied(cls, template: Path, data: Path) -> Installation:
        """A copy of the demonstration."""
        shutil.copytree(template, data)
        return cls(data)

    @contextmanager
    def served(self, now: str = NOW, *, clock: bool = False) -> Iterator[Served]:
        """The installation at ``now``, ready to be looked at; with its clock process where asked for."""
        served = Served(self.data, now, clock=clock)
        try:
            served.wait_until_ready()
            yield served
        finally:
            served.end()

    def run(self, *words: str, now: str = NOW) -> str:
        """What a command of ``mingjing`` prints."""
        done = subprocess.run(
            [*PROGRAM, *words],
            env=environment(self.data, now),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, sql: str, values: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """Rows of the database file, read beside the running server."""
        connection = self.connected()
        try:
            return list(connection.execute(sql, values or {}))
        finally:
            connection.close()

    def connected(self) -> sqlite3.Connection:
        """A connection of one's own, without automatic transactions."""
        return sqlite3.connect(self.data / DATABASE, timeout=20, isolation_level=None)
