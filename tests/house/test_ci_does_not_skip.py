"""In CI a skip is a failure, at collection and at run time; elsewhere it stays a visible skip."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"


def outcomes(folder: Path, body: str, *, ci: str) -> str:
    """Run ``body`` as a test module under the house's own conftest; the summary line of the run."""
    (folder / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_it.py").write_text(body, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:django",
            "-p",
            "no:cacheprovider",
            "-c",
            "/dev/null",
            ".",
        ],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "MINGJING_CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip().splitlines()[-1]


SKIPS = "import pytest\ndef test_it():\n    pytest.skip('no data here')\n"
SKIPS_AS_A_MODULE = "import pytest\npytest.skip('no data here', allow_module_level=True)\n"
FAILS_AS_EXPECTED = "import pytest\n@pytest.mark.xfail\ndef test_it():\n    assert False\n"


@pytest.mark.parametrize("body", [SKIPS, SKIPS_AS_A_MODULE], ids=["test", "module"])
def test_a_skip_is_a_failure_in_ci_and_a_skip_elsewhere(tmp_path: Path, body: str) -> None:
    assert "1 skipped" in outcomes(tmp_path, body, ci="")
    in_ci = outcomes(tmp_path, body, ci="1")
    assert "skipped" not in in_ci
    assert "1 failed" in in_ci or "1 error" in in_ci


def test_an_expected_failure_stays_one(tmp_path: Path) -> None:
    assert "1 xfailed" in outcomes(tmp_path, FAILS_AS_EXPECTED, ci="1")
