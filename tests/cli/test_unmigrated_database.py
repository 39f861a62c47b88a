"""A command on a database without tables says what to do, and shows no stack trace."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_explaining_a_case_before_the_tables_are_there_says_to_migrate(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINGJING_")}
    environment = {**kept, "MINGJING_DATA": str(tmp_path), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "mingjing.cli.main", "explain", "（2024）云9801民初1号"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "mingjing migrate" in done.stderr
    assert "Traceback" not in done.stderr
