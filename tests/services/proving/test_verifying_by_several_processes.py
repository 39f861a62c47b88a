"""A long log is verified by as many processes as there are processors, with the same findings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CHANGES = [
    "UPDATE auditlog_act SET why = '改写' WHERE seq = 7",
    "UPDATE auditlog_act SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 10",
    "UPDATE auditlog_act SET seq = 900 WHERE seq = 24",
    "DELETE FROM auditlog_act WHERE seq = 13",
]
PROGRAM = """
import json, sys
from mingjing.cli.starting import start_django
start_django()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from mingjing.services.acts import CLOCK, act
from mingjing.services.proving import checking, sound_rows
from mingjing.services.proving.checkpoints import sign_checkpoint
from mingjing.storage.auditlog import tree

def some_acts(count):
    for number in range(count):
        with act(CLOCK, "到点提醒", needs=None, subject_kind="案件", subject_id=number, why="到点"):
            pass

some_acts(20)
sign_checkpoint(CLOCK)
some_acts(5)
tree.extend()
checking.CHUNK = sound_rows.CHUNK = 4
sound_rows.WORTH = 0

def told(found):
    return [found.entries, found.sound, found.first_bad, [one.text for one in found.findings]]

for change in ["", *json.loads(sys.argv[1])]:
    if change:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE '%act'")
            for (name,) in cursor.fetchall():
                cursor.execute("DROP TRIGGER " + name)
            cursor.execute(change)
    print(json.dumps([told(checking.verify_log()), told(checking.verify_log(hands=2))]))
"""


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    apart = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "MINGJING_NOW")}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(CHANGES)],
        env={**apart, "MINGJING_DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    untouched, *changed = [json.loads(line) for line in done.stdout.splitlines()]
    assert untouched[0] == untouched[1]
    assert untouched[0][1:] == [True, None, []]
    assert [one[2] for one, _ in changed] == [7, 7, 7, 7]
    for one, two in changed:
        assert one == two
    assert len({len(one[3]) for one, _ in changed}) > 1, "each change adds to what is found"
