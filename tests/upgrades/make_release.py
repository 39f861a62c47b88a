"""Make the small database of a landed release: synthetic content, written by that release itself.

    python -m tests.upgrades.make_release COMMIT [LIBRARIES]

writes tests/upgrades/releases/COMMIT.sqlite3.gz and, beside it, the size and root of its log then. Its
dependencies must be those installed; ``LIBRARIES`` is a folder with those that are not, as its lock names
them (``pip install --no-deps --target LIBRARIES NAME==VERSION``).
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

RELEASES = Path(__file__).parent / "releases"
ROOT = Path(__file__).parents[2]
FILL = """
import django
django.setup()
from datetime import date
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from tests.services.builders import DAY, acting, build_house, file_case
from mingjing.services.limit_changes import request_extension
from mingjing.services.notices import issue_notices
from mingjing.services.record_event import record_event
from mingjing.storage.people.models import Account
house = build_house()
Account.objects.create_account("linzhiyuan", "a-long-password", house.judge)
cases = [file_case(house, serial=serial) for serial in range(1, 4)]
for case in cases:
    record_event(acting(house.judge), case_id=case.pk, kind="开庭", happened=date(2024, 3, 28))
request_extension(acting(house.judge), case_id=cases[0].pk, length="1 个月", reason="等另案裁判")
issue_notices(acting(house.manager), case_ids=[cases[1].pk], reason="长期未结")
"""


def root(leaves: list[bytes]) -> bytes:
    """The root over leaf hashes as RFC 6962 (2.1) writes it down, apart from the product's own tree."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def main() -> None:
    """Check the release out, let it fill a database, keep that packed."""
    commit, libraries = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        tree, data = Path(name) / "tree", Path(name) / "data"
        data.mkdir()
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(tree), commit], cwd=ROOT, check=True)
        try:
            made = {
                "MINGJING_DATA": str(data),
                "MINGJING_NOW": "2024-04-01T09:00:00",
                "DATABASE_URL": "",
                "DJANGO_SETTINGS_MODULE": "mingjing.site.settings",
                "PYTHONPATH": ":".join([str(tree / "src"), str(tree), *libraries]),
            }
            command = [sys.executable, "-c", FILL]
            subprocess.run(command, cwd=tree, env={**os.environ, **made}, check=True)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)
        plain = data / "plain.sqlite3"
        pack = f"PRAGMA wal_checkpoint(TRUNCATE); VACUUM INTO '{plain}';"
        with sqlite3.connect(data / "mingjing.sqlite3", isolation_level=None) as database:
            database.executescript(pack)
            found = database.execute("SELECT leaf FROM auditlog_act ORDER BY seq").fetchall()
        RELEASES.mkdir(exist_ok=True)
        packed = RELEASES / f"{commit}.sqlite3.gz"
        with plain.open("rb") as file, gzip.GzipFile(packed, "wb", 9, mtime=0) as target:
            shutil.copyfileobj(file, target)
        leaves = [bytes.fromhex(leaf) for (leaf,) in found]
        kept = {"size": len(leaves), "root": root(leaves).hex()}
        (RELEASES / f"{commit}.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
        print(packed, packed.stat().st_size)


if __name__ == "__main__":
    main()
