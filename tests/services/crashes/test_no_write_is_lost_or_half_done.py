"""G1: killed, torn, a full disk, a failing sync at the write points of a verb: all of it or nothing.

Each trial is a process of its own on SQLite, disturbed by a shim in front of the C library. Afterwards the
log verifies, the state is that before the act or that after it, and what was acknowledged is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
MEMORY = Path("/dev/shm")
EVERY = int(os.environ.get("CRASH_EVERY", "16"))
"""One write point in so many, always the first and those of the commit; 1 tries every one and takes hours."""
FAMILIES = {
    "case": "record_event.record_event",
    "notice": "notices.issue_notices",
    "person": "people.add_person",
    "login": "security.passwords.change_password",
    "report": "leads.receiving.receive:somebody_reports_at_the_entrance",
    "lead act": "leads.working.do",
    "drawing": "draws.drawing.draw_day",
    "record": "records.acting.do",
    "draw": "draws.days.lock_day",
    "import": "importing.uploading.upload",
    "draft": "drafting.verbs.submit",
    "institution": "drafting.verbs._approve",
    "approval": "closings.decide_closing",
    "window": "window.entering.enter:hand_a_form_in_with_papers",
    "receipt": "window.following.act_on",
    "paper": "papers.proofreading.put_paper",
    "archive": "papers.sealing.seal_case",
    "destruction": "records.shredding.shred:destroy_with_its_file",
    "key": "leads.keys.replace_key",
    "figure": "figures.keeping.keep_figure",
    "finding": "detecting.finding._run_court",
    "dossier": "reading.dossiers.taken_out",
    "log": "proving.asked_checks.ask_check",
    "backup": "keeping.backup.write_backup",
}


@pytest.fixture(scope="module")
def empty() -> Iterator[Path]:
    """A migrated installation, in memory where the machine allows: processes die here, not machines."""
    above = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="mingjing-crash-", dir=above) as name:
        folder = Path(name)
        (folder / "empty" / "court" / "data").mkdir(parents=True)
        command = [sys.executable, "-m", "django", "migrate", "-v0"]
        subprocess.run(command, env=surroundings(folder / "empty"), cwd=ROOT, check=True)
        yield folder


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a process that works on this folder."""
    data = str(folder / "court" / "data")
    own = {"MINGJING_DATA": data, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "mingjing.site.settings"}
    return {**os.environ, **own}


@pytest.mark.parametrize("family", FAMILIES)
def test_all_of_an_act_or_nothing_of_it(family: str, empty: Path, shim: Path) -> None:
    folder = empty / FAMILIES[family]
    shutil.copytree(empty / "empty", folder)
    command = [
        sys.executable,
        "-m",
        "tests.services.crashes.trial",
        FAMILIES[family],
        str(folder),
        str(EVERY),
    ]
    environment = {**surroundings(folder), "LD_PRELOAD": str(shim)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    shutil.rmtree(folder)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["problems"] == []
    assert found["points"] > 5
    assert found["before"] + found["after"] >= found["trials"] > found["points"] // EVERY
    assert found["refused"] and found["before"] and found["after"], "no trial did what it was to do"
