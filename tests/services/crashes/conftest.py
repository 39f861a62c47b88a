"""The faults of the crash trials, compiled here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faults, compiled here."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler on this machine: the faults cannot be built")
    made = tmp_path_factory.mktemp("shim") / "faults.so"
    source = str(Path(__file__).parent / "faults.c")
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(made), source, "-ldl"], check=True)
    return made
