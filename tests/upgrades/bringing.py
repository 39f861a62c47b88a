"""A database of a landed release, put into a folder and brought to this version."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RELEASES = Path(__file__).parent / "releases"


def earlier(release: str, folder: Path) -> Path:
    """The database of a release, in ``folder``."""
    place = folder / "mingjing.sqlite3"
    place.write_bytes(gzip.decompress((RELEASES / f"{release}.sqlite3.gz").read_bytes()))
    return place


def migrated(folder: Path, application: str) -> None:
    """Bring the tables of an application, and what they need, to this version in a process of its own."""
    done = in_process(folder, "-m", "django", "migrate", "-v0", application)
    assert done.returncode == 0, done.stderr[-2000:]


def in_process(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python over the database in ``folder``, on a day of 2024."""
    own = {
        "MINGJING_DATA": str(folder),
        "MINGJING_NOW": "2024-04-01T10:00:00",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "mingjing.site.settings",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
