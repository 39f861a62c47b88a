"""Processes beside the one that serves: copies of it, which share what it has loaded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

FORKS = hasattr(os, "fork")


def _copied(run: Callable[[], int]) -> int:
    """Run something in a copy of this process; the number of the copy."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    from mingjing.cli.main import told  # here, since that module finds the one that asks for this

    code = told(run)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


class Apart:
    """Something done in a copy of this process while this one goes on: what it loads for a moment does not
    stay in memory for as long as the pages are served. Where a process cannot be copied it is done here."""

    def __init__(self, run: Callable[[], int]) -> None:
        self._child = _copied(run) if FORKS else 0
        self._code = 0 if FORKS else run()

    def code(self) -> int:
        """What it ended with; waits for its end."""
        if self._child:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
            self._child = 0
        return self._code


class ClockBeside:
    """The clock as a process of its own beside the pages; one that dies is started again.

    The first is a copy of this process, made before it has any thread; a later one is started afresh.
    """

    PAUSE_SECONDS = 5.0

    def __init__(self, keep_time: Callable[[], int]) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._copy = _copied(keep_time) if FORKS else 0
        self._watch = threading.Thread(target=self._keep, name="clock", daemon=True)
        self._watch.start()

    def _keep(self) -> None:
        while not self._ending.is_set():
            if self._copy:
                os.waitpid(self._copy, 0)
                self._copy = 0
            else:
                self._process = subprocess.Popen([sys.executable, "-m", "mingjing.cli.main", "clock"])
                self._process.wait()
            if not self._ending.wait(self.PAUSE_SECONDS):
                print("时钟进程意外结束，已重新启动；停下期间的提醒会补上。", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Stop the clock between two cases and wait for it."""
        self._ending.set()
        if self._copy:
            os.kill(self._copy, signal.SIGTERM)
        elif self._process is not None and self._process.poll() is None:
            self._process.terminate()
        self._watch.join(timeout=20)
