"""One write verb on SQLite, disturbed at every write, sync and rename it makes: a program of its own.

    LD_PRELOAD=faults.so python -m tests.services.crashes.trial SITE FOLDER EVERY

prints one JSON object: how many points there are, how many trials ended as before the act and as after it,
how many were acknowledged, and what was wrong (``problems``, empty where nothing is).
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

COUNT, KILL, TEAR, FULL, SYNC = 1, 2, 3, 4, 5
NAMES = {KILL: "killed before", TEAR: "torn at", FULL: "disk full from", SYNC: "failed to sync at"}
ACKNOWLEDGED, REFUSED = 0, 7
"""How a child ends that was not killed: the verb returned, or it raised."""
AREAS = (
    "cases", "oversight", "people", "door", "drawing", "leads", "papers", "registers", "trust", "window",
)  # fmt: skip
NEVER_THE_SAME = ("salt", "leaf", "payload_commitment")
HELD = " UNION ".join(
    f"SELECT evidence_id FROM {table}"
    for table in ("records_attachment", "papers_paper", "papers_sealedfile")
)
UNCLAIMED = {
    "records_evidence": f" WHERE id IN ({HELD})",
    "sqlite_sequence": " WHERE name <> 'records_evidence'",
}
"""A file that was received is nobody's until an act takes it: it may stay where the act is lost."""
State = dict[str, str]


@dataclass
class Result:
    """What the trials of one verb came to."""

    points: int = 0
    trials: int = 0
    acknowledged: int = 0
    refused: int = 0
    before: int = 0
    after: int = 0
    problems: list[str] = field(default_factory=list)


class Faults:
    """The shim in front of the C library, armed for one folder."""

    def __init__(self, folder: Path) -> None:
        self.library, self.folder = ctypes.CDLL(None), str(folder).encode()
        self.library.fault_seen.restype = self.library.fault_syncs.restype = ctypes.c_long

    def arm(self, what: int, at: int = 0) -> None:
        """From here on; 0 disarms."""
        self.library.fault_arm(self.folder, what, ctypes.c_long(at))

    def counted(self) -> tuple[int, int]:
        """Points passed since, and how many of them were syncs."""
        return int(self.library.fault_seen()), int(self.library.fault_syncs())


class Trial:
    """A prepared verb and the folder it writes to, brought back to the same state before each attempt."""

    def __init__(self, site: str, folder: Path) -> None:
        self.base, self.snapshot = folder / "court", folder / "snapshot"
        os.environ["MINGJING_DATA"] = str(self.base / "data")
        self._prepare(site)
        shutil.copytree(self.base, self.snapshot, symlinks=True)
        self.faults = Faults(self.base)

    def _prepare(self, site: str) -> None:
        import django

        django.setup()
        from django.conf import settings

        from mingjing.services.leads import sealing
        from tests.services.builders import build_house
        from tests.services.every_verb.world import SCENARIOS, START, World
        from tests.services.leads.conftest import QUICK

        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        sealing.RECEIPT = QUICK
        for area in AREAS:
            importlib.import_module(f"tests.services.every_verb.{area}")
        (self.base / "own").mkdir()
        world = World(build_house(), self.base / "own")
        world.at(START)
        every = (one for some in SCENARIOS.values() for one in some)
        self.verb = next(one for one in every if site in (one.site, one.name)).make(world)
        self.close()

    @staticmethod
    def close() -> None:
        """No connection is shared with a child or with a file that is replaced."""
        from django.db import connections

        connections.close_all()

    def restore(self) -> None:
        """As before the act."""
        shutil.rmtree(self.base)
        shutil.copytree(self.snapshot, self.base, symlinks=True)

    def attempt(self, what: int, at: int) -> tuple[int, tuple[int, int]]:
        """Do the act in a child with this fault; how it ended, and what it counted."""
        self.restore()
        ear, mouth = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ear)
            self._act(what, at, mouth)
        os.close(mouth)
        with os.fdopen(ear) as told:
            said = told.read()
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        points, _, syncs = said.partition(" ")
        return code, (int(points or 0), int(syncs or 0))

    def _act(self, what: int, at: int, mouth: int) -> None:
        self.faults.arm(what, at)
        try:
            self.verb()
        except Exception:
            os._exit(REFUSED)
        counted = self.faults.counted()
        self.faults.arm(0)
        os.write(mouth, "{} {}".format(*counted).encode())
        os._exit(ACKNOWLEDGED)

    def state(self) -> State:
        """A digest of every table and every file, without what differs from run to run by its nature.

        A backup is judged by itself (``require_whole_backups``).
        """
        found = {}
        with sqlite3.connect(self.base / "data" / "mingjing.sqlite3") as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            for (table,) in tables.fetchall():
                columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
                kept = ", ".join(f'"{one}"' for one in columns if one not in NEVER_THE_SAME)
                which = UNCLAIMED.get(table, "")
                rows = database.execute(f"SELECT {kept} FROM {table}{which} ORDER BY 1").fetchall()
                found[table] = f"{len(rows)} {_digest(map(repr, rows))}"
            claimed = database.execute(f"SELECT digest FROM records_evidence{UNCLAIMED['records_evidence']}")
            digests = {digest for (digest,) in claimed}
        database.close()
        for path in sorted(self.base.rglob("*")):
            if "evidence" in path.parts and path.name not in digests and len(path.name) == 64:
                continue
            if path.is_file() and not path.name.startswith(("mingjing.sqlite3", ".", "a.mjb")):
                content = path.read_bytes()
                found[str(path.relative_to(self.base))] = f"1 {hashlib.sha256(content).hexdigest()}"
        return found

    def faults_of_the_log(self) -> list[str]:
        """What the database and the log say about themselves."""
        from django.db import connection

        from mingjing.services.drafting.publishing import settle_published
        from mingjing.services.proving.checking import verify_log
        from mingjing.services.records.leftovers import settle_files

        settle_published()  # as at every start
        settle_files()  # as at every pass of the clock
        with connection.cursor() as cursor:
            sound = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
        found = verify_log()
        require_whole_backups(self.base)
        self.close()
        return [one for one in sound if one != "ok"] + ([] if found.sound else [str(found.findings)])


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def compared(state: State, unsteady: frozenset[str], known: State) -> State:
    """What must be the same: of tables that differ between two undisturbed runs only how many rows; files
    under names made up anew each time are told by their rows alone."""
    return {
        name: text.partition(" ")[0] if name in unsteady else text
        for name, text in state.items()
        if name in known and not (name in unsteady and "/" in name)
    }


def require_whole_backups(base: Path) -> None:
    """A finished backup is whole: it can be read to its end; otherwise this raises."""
    from mingjing.services.keeping.restore import verify_backup
    from tests.services.every_verb.trust import KEY

    for path in base.rglob("*.mjb"):
        verify_backup(path, KEY)


def run(trial: Trial, every: int) -> Result:
    """All trials of the verb."""
    before = trial.state()
    ended, (points, syncs) = trial.attempt(COUNT, 0)
    first = trial.state()
    again, _ = trial.attempt(COUNT, 0)
    second = trial.state()
    result = Result(points=points)
    if (ended, again) != (ACKNOWLEDGED, ACKNOWLEDGED) or not points:
        result.problems.append(f"undisturbed it ended with {ended}, {again} after {points} points")
        return result
    unsteady = frozenset(name for name in {*first, *second} if first.get(name) != second.get(name))
    known = {**before, **second}
    states = compared(before, unsteady, known), compared(second, unsteady, known)
    wanted = [(what, at) for what in (KILL, TEAR, FULL) for at in chosen(points, every)]
    for what, at in [*wanted, *((SYNC, at) for at in range(syncs))]:
        code, _ = trial.attempt(what, at)
        _judge(
            trial,
            result,
            f"{NAMES[what]} point {at}",
            code,
            states,
            lambda one: compared(one, unsteady, known),
        )
    return result


def chosen(points: int, every: int) -> list[int]:
    """Every so many points, and always the first and the last ones, where the commit is."""
    return sorted({*range(0, points, every), 0, *range(max(0, points - 4), points)})


def _judge(
    trial: Trial,
    result: Result,
    what: str,
    code: int,
    states: tuple[State, State],
    plainly: Callable[[State], State],
) -> None:
    wrong = trial.faults_of_the_log()
    found = plainly(trial.state())
    result.trials += 1
    result.acknowledged += code == ACKNOWLEDGED
    result.refused += code == REFUSED
    result.before += found == states[0]
    result.after += found == states[1]
    if code == ACKNOWLEDGED and found != states[1]:
        wrong.append("an acknowledged act is lost")
    if found not in states:
        near = min(states, key=lambda one: sum(one.get(name) != found.get(name) for name in {*one, *found}))
        wrong.append(f"half done: {[n for n in {*near, *found} if near.get(n) != found.get(n)]}")
    result.problems += [f"{what}: {one}" for one in wrong]


def main() -> None:
    """One verb."""
    site, folder, every = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    result = run(Trial(site, folder), every)
    print(json.dumps(vars(result), ensure_ascii=False))


if __name__ == "__main__":
    main()
