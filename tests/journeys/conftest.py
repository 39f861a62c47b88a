"""One demonstration per run, one copy of it per journey, one browser per file."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import Desk
from tests.journeys.installation import Installation, make_demonstration

BROWSER = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey: ``-m journey`` runs it alone."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium; closed after each file, because Django refuses to work beside its event loop."""
    if not Path(BROWSER).exists():
        pytest.skip(f"没有浏览器 {BROWSER}，走查跳过；装好 Chromium，或用 CHROMIUM 指明位置")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's data folder, made once however many processes run the tests."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data, made = shared / "demonstration", shared / "demonstration.made"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make_demonstration(data)
            made.touch()
    return data


@pytest.fixture
def installation(template: Path, tmp_path: Path) -> Installation:
    """A court of one's own, as the demonstration left it."""
    return Installation.copied(template, tmp_path / "data")


@pytest.fixture
def desk(browser: Any) -> Iterator[Desk]:
    """Where people sit down and log in; at the end nothing must have gone wrong behind the pages."""
    opened = Desk(browser)
    yield opened
    opened.close()
    assert opened.complaints == []
