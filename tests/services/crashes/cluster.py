"""A PostgreSQL server of the test's own: made by initdb, started with the faults in front of its C library.

It listens on a socket in its own folder only. As root is refused there, root lets it run as ``postgres``.
"""

from __future__ import annotations

import mmap
import os
import pwd
import select
import shutil
import signal
import struct
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

OFF, COUNT, KILL, TEAR, FULL, SYNC = range(6)
STATE = struct.Struct("=5q4056s")
"""``struct state`` of faults.c: mode, place, points seen, syncs seen, who is killed beside, folder."""
QUIET = {
    "listen_addresses": "",
    "autovacuum": "off",
    "bgwriter_lru_maxpages": "0",
    "checkpoint_timeout": "1h",
    "wal_writer_delay": "10s",
    "max_connections": "10",
    "shared_buffers": "16MB",
    "min_wal_size": "2MB",
    "max_wal_size": "64MB",
}
"""Nothing writes but what the test does; how a commit reaches the disk is left as it comes."""
PATIENCE = 60
"""Seconds a server may take to answer or to end."""


def programs() -> Path | None:
    """The folder of initdb and postgres; None where they are not installed."""
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (found / "initdb").exists():
            return found
    named = shutil.which("initdb")
    return Path(named).parent if named else None


def runs_as() -> str | None:
    """The user the server runs as, where we are root; None: ourselves.

    Raises
    ------
    KeyError   we are root, and there is no such user
    """
    return pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None


class Cluster:
    """One server below ``folder``, which its user may enter. ``shim`` is faults.c, compiled."""

    def __init__(self, folder: Path, shim: Path) -> None:
        found = programs()
        assert found is not None
        self.bin, self.user, self.folder = found, runs_as(), folder
        self.data, self.kept = folder / "data", folder / "kept"
        self.shim, self.control = folder / "faults.so", folder / "control"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(shim, self.shim)
        self.control.write_bytes(STATE.pack(OFF, 0, 0, 0, 0, str(self.data).encode()))
        if self.user is not None:
            for path in (folder, self.control, self.shim):
                shutil.chown(path, self.user)
        with self.control.open("r+b") as file:
            self.shared = mmap.mmap(file.fileno(), STATE.size)

    @property
    def url(self) -> dict[str, str]:
        """What the product is told to reach it: a socket is named by the environment of libpq."""
        return {"DATABASE_URL": "postgresql:///mingjing", "PGHOST": str(self.folder), "PGUSER": "postgres"}

    def make(self) -> None:
        """A new cluster with an empty database; every page carries a checksum."""
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--data-checksums", "--wal-segsize=1", "--no-sync")  # fmt: skip
        lines = "".join(f"{name} = '{value}'\n" for name, value in QUIET.items())
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"{lines}unix_socket_directories = '{self.folder}'\n")
        self.start()
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", "mingjing")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        done = subprocess.run(command, user=self.user, cwd=self.folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]

    def start(self) -> None:
        """Start, or start again after a crash; returns when it answers."""
        self.disarm()
        faults = {"LD_PRELOAD": str(self.shim), "FAULTS_CONTROL": str(self.control)}
        log = self.folder / "server.log"
        told = ["-D", str(self.data), "-l", str(log), "-w", "-t", str(PATIENCE), "-s", "start"]
        done = subprocess.run(
            [str(self.bin / "pg_ctl"), *told],
            user=self.user,
            cwd=self.folder,
            env={**os.environ, **faults},
            check=False,
        )
        assert done.returncode == 0, log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def kill(self) -> None:
        """As if the machine had stopped: nothing of it is left running, nothing was tidied."""
        while living := self._living():  # again: one that starts anew forks while it is looked for
            for handle in living:
                with suppress(ProcessLookupError):
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
                ended, _, _ = select.select([handle], [], [], PATIENCE)
                assert ended, "a killed process of the server does not end"
                os.close(handle)
        for left in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def outlive(self, child: Callable[[], int]) -> int:
        """Start a process of ours and wait for its end; how it ended. Where the server's first process ends
        before it, all of the server does: one left alone may wait for ever for what a killed one held."""
        first = os.pidfd_open(self.first_process())
        number = child()
        handle = os.pidfd_open(number)
        ended, _, _ = select.select([first, handle], [], [])
        if handle not in ended:
            self.kill()
        for one in (first, handle):
            os.close(one)
        return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])

    def close(self) -> None:
        """Killed, and nothing of its folder held any more."""
        self.kill()
        self.shared.close()

    def stop(self) -> None:
        """In order, everything on the disk."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-s", "stop")

    def _living(self) -> list[int]:
        """Handles of the processes that run in the data folder, the one that starts the others first."""
        found = []
        for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
            with suppress(OSError):
                if (entry / "cwd").resolve(strict=True) == self.data:
                    found.append(os.pidfd_open(int(entry.name)))
        return found

    def first_process(self) -> int:
        """The process that starts the others."""
        return int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])

    def keep(self) -> None:
        """Remember the data as it is now."""
        self.stop()
        shutil.rmtree(self.kept, ignore_errors=True)
        subprocess.run(["cp", "-a", str(self.data), str(self.kept)], check=True)
        self.start()

    def restore(self) -> None:
        """As it was when it was kept."""
        self.kill()
        shutil.rmtree(self.data)
        subprocess.run(["cp", "-a", str(self.kept), str(self.data)], check=True)
        self.start()

    def arm(self, what: int, at: int = 0, *, whole: bool = False) -> None:
        """From here on something goes wrong in a process of the server; ``whole``: all of it dies at once."""
        also = self.first_process() if whole else 0
        self.shared[: STATE.size] = STATE.pack(what, at, 0, 0, also, str(self.data).encode())

    def disarm(self) -> None:
        """Nothing goes wrong any more."""
        self.arm(OFF)

    def counted(self) -> tuple[int, int]:
        """Points passed since it was armed, and how many of them were syncs."""
        _, _, seen, syncs, _, _ = STATE.unpack(self.shared[: STATE.size])
        return seen, syncs
