"""One write verb on PostgreSQL, disturbed in the server and in our own process: a program of its own.

    python -m tests.services.crashes.trial_postgresql SITE FOLDER SHIM MOST

prints what ``trial`` prints. ``MOST`` is how many points of each kind are tried (0: every one).
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.services.crashes.cluster import COUNT, FULL, KILL, SYNC, TEAR, Cluster
from tests.services.crashes.trial import (
    ACKNOWLEDGED,
    NEVER_THE_SAME,
    REFUSED,
    UNCLAIMED,
    Result,
    State,
    Trial,
    _digest,
    _judge,
    compared,
    require_whole_backups,
)

BACKEND = "one process of the server killed before"
WHOLE = "the whole server killed before"
NONE = 255
"""The number of a statement nobody gets to."""
NAMES = {TEAR: "the server killed half way through", FULL: "disk full from", SYNC: "failed to sync at"}


class OnPostgresql(Trial):
    """A prepared verb in a cluster of its own, brought back to the same state before each attempt."""

    def __init__(self, site: str, folder: Path, cluster: Cluster) -> None:
        self.base, self.cluster = folder / "court", cluster
        (self.base / "data").mkdir(parents=True)
        cluster.make()
        os.environ.update(self.cluster.url, MINGJING_DATA=str(self.base / "data"))
        self._prepare(site)
        self.snapshot = folder / "snapshot"
        shutil.copytree(self.base, self.snapshot, symlinks=True)
        self.cluster.keep()

    def _prepare(self, site: str) -> None:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        super()._prepare(site)

    def restore(self) -> None:
        """As before the act."""
        super().restore()
        self.cluster.restore()

    def attempt(self, what: int, at: int, *, whole: bool = True) -> tuple[int, tuple[int, int]]:
        """Do the act in a child while the server is disturbed; how it ended, and what was counted."""
        self.restore()
        code = self._forked(lambda: self.cluster.arm(what, at, whole=whole))
        counted = self.cluster.counted()
        self.cluster.disarm()
        self._recover()
        return code, counted

    def attempt_statement(self, at: int) -> tuple[int, int]:
        """Do the act in a child that is killed before its statement number ``at``; how it ended, and how many
        it had sent (255: or more)."""
        self.restore()
        with mmap.mmap(-1, 1) as passed:
            code = self._forked(lambda: _watch(passed, at))
            return code, passed[0]

    def attempt_checkpoint(self, what: int, at: int) -> tuple[int, tuple[int, int]]:
        """Do the act undisturbed, then disturb the server while it writes its pages."""
        self.restore()
        code = self._forked(lambda: None)

        def checkpoint() -> object:
            from django.db import connection

            with connection.cursor() as cursor:
                return cursor.execute("CHECKPOINT")

        verb, self.verb = self.verb, checkpoint
        self._forked(lambda: self.cluster.arm(what, at, whole=True))
        self.verb = verb
        counted = self.cluster.counted()
        self.cluster.disarm()
        self._recover()
        return code, counted

    def _recover(self) -> None:
        """The machine comes back."""
        self.cluster.kill()
        self.cluster.start()

    def _forked(self, before: Callable[[], None]) -> int:
        def child() -> int:
            number = os.fork()
            if number == 0:
                self._do(before)
            return number

        return self.cluster.outlive(child)

    def _do(self, before: Callable[[], None]) -> None:
        from django.db import connection

        connection.ensure_connection()
        before()
        try:
            self.verb()
        except Exception:
            os._exit(REFUSED)
        os._exit(ACKNOWLEDGED)

    def state(self) -> State:
        """A digest of every table, without what differs from run to run by its nature. What is written to
        files is the same on both databases, and judged on SQLite."""
        from django.db import connection

        found = {}
        with connection.cursor() as cursor:
            for table in sorted(connection.introspection.table_names(cursor)):
                columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
                kept = ", ".join(f'"{one}"' for one in columns if one not in NEVER_THE_SAME)
                cursor.execute(f'SELECT {kept} FROM "{table}"{UNCLAIMED.get(table, "")} ORDER BY 1')
                rows = cursor.fetchall()
                found[table] = f"{len(rows)} {_digest(map(repr, rows))}"
        self.close()
        return found

    def faults_of_the_log(self) -> list[str]:
        """What the log says about itself; every page read had its checksum verified by the server."""
        from mingjing.services.drafting.publishing import settle_published
        from mingjing.services.proving.checking import verify_log
        from mingjing.services.records.leftovers import settle_files

        settle_published()  # as at every start
        settle_files()  # as at every pass of the clock
        found = verify_log()
        require_whole_backups(self.base)
        self.close()
        return [] if found.sound else [str(found.findings)]


def _watch(passed: mmap.mmap, number: int) -> None:
    """Count the statements of this process, and let it be killed before it sends the one of this number."""
    from django.db import connection

    def send(execute: Any, *given: Any) -> Any:
        if passed[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)
        passed[0] = min(passed[0] + 1, 255)
        return execute(*given)

    connection.execute_wrappers.append(send)


def chosen(points: int, most: int) -> list[int]:
    """So many points spread over all of them, the first and the last always."""
    if not most or points <= most:
        return list(range(points))
    return sorted({round(place * (points - 1) / (most - 1)) for place in range(most)})


def run(trial: OnPostgresql, most: int) -> Result:
    """All trials of the verb."""
    before = trial.state()
    ended, (points, syncs) = trial.attempt(COUNT, 0)
    first = trial.state()
    again, _ = trial.attempt(COUNT, 0)
    second = trial.state()
    _, (pages, _) = trial.attempt_checkpoint(COUNT, 0)
    result = Result(points=points + pages)
    if (ended, again) != (ACKNOWLEDGED, ACKNOWLEDGED) or not points:
        result.problems.append(f"undisturbed it ended with {ended}, {again} after {points} points")
        return result
    unsteady = frozenset(name for name in {*first, *second} if first.get(name) != second.get(name))
    known = {**before, **second}
    states = compared(before, unsteady, known), compared(second, unsteady, known)

    def judge(what: str, code: int) -> None:
        _judge(trial, result, what, code, states, lambda one: compared(one, unsteady, known))

    for at in chosen(points, most):
        judge(f"{BACKEND} point {at}", trial.attempt(KILL, at, whole=False)[0])
        judge(f"{WHOLE} point {at}", trial.attempt(KILL, at)[0])
        for what in (TEAR, FULL):
            judge(f"{NAMES[what]} point {at}", trial.attempt(what, at)[0])
    for at in chosen(syncs, most):
        judge(f"{NAMES[SYNC]} sync {at}", trial.attempt(SYNC, at)[0])
    for at in chosen(pages, most):
        judge(f"{NAMES[TEAR]} page {at} of a checkpoint", trial.attempt_checkpoint(TEAR, at)[0])
    _, statements = trial.attempt_statement(NONE)
    for at in chosen(statements, most):
        judge(f"our process killed before statement {at}", trial.attempt_statement(at)[0])
    return result


def main() -> None:
    """One verb."""
    site, folder, shim, most = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    cluster = Cluster(folder / "server", shim)
    try:
        result = run(OnPostgresql(site, folder, cluster), most)
    finally:
        cluster.close()
    print(json.dumps(vars(result), ensure_ascii=False))


if __name__ == "__main__":
    main()
