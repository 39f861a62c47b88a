"""What a house is served with from the first second holds nothing that only some page or command needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LATE = {
    "duckdb": "figures over millions of cases",
    "fontTools": "printed pages",
    "ldap3": "log-in by a directory",
    "ninja": "the interface for other systems",
    "numpy": "figures over millions of cases",
    "openpyxl": "workbooks written",
    "pandas": "benchmarks",
    "psycopg": "PostgreSQL",
    "pyarrow": "Parquet",
    "pyspark": "a province's figures",
    "pytest": "tests",
    "xlsxwriter": "workbooks written",
    "webauthn": "passkeys",
}
LOADING = """
import sys
from mingjing.cli.starting import load_pages, start_django
start_django()
load_pages()
{then}
print(*sys.modules, sep="\\n")
"""


def loaded(data: Path, then: str = "") -> set[str]:
    """The top names of all modules there are once every page is loaded, in a fresh Python."""
    environment = {**os.environ, "MINGJING_DATA": str(data), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", LOADING.format(then=then)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_no_page_brings_a_heavy_library_before_it_is_asked_for(tmp_path: Path) -> None:
    modules = loaded(tmp_path)
    assert "mingjing.web.urls" in modules
    tops = {name.partition(".")[0] for name in modules}
    brought = {name: LATE[name] for name in tops & set(LATE)}
    assert not brought, f"import these where they are used, not at the head of a module: {brought}"


@pytest.mark.parametrize("asked", ["resolve('/api/v1/openapi.json')", "reverse('api:openapi-json')"])
def test_the_interface_is_loaded_by_its_first_address(tmp_path: Path, asked: str) -> None:
    modules = loaded(tmp_path, f"from django.urls import resolve, reverse; {asked}")
    assert {"ninja", "mingjing.api.addresses"} <= modules
