"""Everything of a court goes into an empty installation on the other database, or on the same: same root,
same rows, same files; what is sealed opens, and work goes on.

Each installation is a process of its own. PostgreSQL takes part where ``DATABASE_URL`` names a server.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.house.tree import ROOT
from tests.services.keeping.filled_court import LETTER
from tests.services.leads.conftest import TEXT

SERVER = os.environ.get("DATABASE_URL", "")
KINDS = ("sqlite", "postgresql") if SERVER else ("sqlite",)
WAYS = [(here, there) for here in KINDS for there in KINDS]
PROGRAM = "tests.services.keeping.filled_court"
Place = dict[str, str]


class Installations:
    """Installations in one folder; the tables of each kind of database are made once, and copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.empty: dict[str, Place] = {}
        self.filled: dict[str, tuple[Path, str, Any]] = {}
        self.databases: list[str] = []

    def new(self, kind: str) -> Place:
        """An installation with tables and nothing in them."""
        if kind not in self.empty:
            self.empty[kind] = self._made(kind, None)
            run(self.empty[kind], "django", "migrate", "-v0")
        return self._made(kind, self.empty[kind])

    def _made(self, kind: str, like: Place | None) -> Place:
        name = f"mingjing_moved_{uuid4().hex[:12]}"
        url = ""
        (self.folder / name).mkdir()
        if kind == "postgresql":
            template = urlsplit(like["DATABASE_URL"]).path[1:] if like else "template1"
            wanted = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(wanted.format(sql.Identifier(name), sql.Identifier(template)))
            self.databases.append(name)
            url = urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
        elif like:
            shutil.copytree(like["MINGJING_DATA"], self.folder / name, dirs_exist_ok=True)
        return {
            "MINGJING_DATA": str(self.folder / name),
            "DATABASE_URL": url,
            "MINGJING_NOW": "2024-04-01T09:00:00",
            "DJANGO_SETTINGS_MODULE": "mingjing.site.settings",
        }

    def origin(self, kind: str) -> tuple[Path, str, Any]:
        """A court on this kind of database: its backup, the words of a receipt, what it looked like then."""
        if kind not in self.filled:
            place, backup = self.new(kind), self.folder / f"{kind}.mjb"
            receipt = told(place, "fill")
            said = run(place, "mingjing.cli.main", "backup", str(backup), "--key", str(self.key))
            assert "核对无误" in said
            self.filled[kind] = backup, receipt["words"], told(place, "look")
        return self.filled[kind]

    @property
    def key(self) -> Path:
        """The key of every backup here; the first one makes it."""
        return self.folder / "key"

    def drop(self) -> None:
        """Nothing of them stays on the server."""
        for name in self.databases:
            with psycopg.connect(SERVER, autocommit=True) as server:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def installations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installations]:
    found = Installations(tmp_path_factory.mktemp("installations"))
    try:
        yield found
    finally:
        found.drop()


def run(place: Place, module: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={**os.environ, **place},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def told(place: Place, *words: str) -> Any:
    return json.loads(run(place, PROGRAM, *words).splitlines()[-1])


@pytest.mark.parametrize(("here", "there"), WAYS, ids=[f"{one}-to-{two}" for one, two in WAYS])
def test_a_court_moves_with_everything_it_has(here: str, there: str, installations: Installations) -> None:
    backup, words, before = installations.origin(here)
    place = installations.new(there)
    said = run(place, "mingjing.cli.main", "restore", str(backup), "--key", str(installations.key))
    assert "已恢复" in said and before["log"].split()[1][:16] in said
    assert told(place, "look") == before
    assert {"leads_leadpart", "papers_sealedfile", "window_receipt", "records_attachment"} <= {
        name for name, text in before.items() if not text.startswith("0 ")
    }
    found = told(place, "go-on", words)
    assert (found["read"], found["letter"], found["broken"], found["sound"]) == (TEXT, LETTER, [], True)
    assert found["said"][-1] == "再补一句" and "可以" in found["said"]
    assert found["draws"] == 2 and found["window"] == 1 and found["attachments"] == 1
