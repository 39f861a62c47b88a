"""What every test is given: fixed randomness, no network, real data where it is, and no silent skipping."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("MINGJING_CI", "") in ("1", "是", "true", "yes", "on")

# Django is set up by now; programs the tests start shall find their settings as a user's would.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if IN_CI else "dev")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skips itself while collected fails in CI like a skipped test."""
    report = yield
    fail_if_skipped(report, in_ci=IN_CI)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test fails in CI, with its reason; an expected failure does not."""
    report = yield
    fail_if_skipped(report, in_ci=IN_CI)
    return report


def fail_if_skipped(report: pytest.CollectReport | pytest.TestReport, *, in_ci: bool) -> None:
    """Turn the outcome of a report skipped in CI to failed."""
    if in_ci and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI must not skip. {reason}"


@pytest.fixture(autouse=True)
def _the_same_dice_every_time() -> None:
    random.seed(20240301)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Sockets reach this machine only (G13); anything else fails at once, naming the address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _only_here(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _only_here(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", _only_names_of_here(socket.getaddrinfo))
        yield


def _refuse_elsewhere(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name not in ("", "localhost", "::1", "0.0.0.0", "::") and not name.startswith("127."):
        raise ConnectionRefusedError(f"tests stay on this machine; {name} was asked for")


def _only_here(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_elsewhere(address[0])
        return connect(self, address)

    return guarded


def _only_names_of_here(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *rest: Any, **more: Any) -> Any:
        _refuse_elsewhere(host)
        return look_up(host, *rest, **more)

    return guarded


def _folder_named_by(variable: str) -> Path:
    text = os.environ.get(variable, "")
    if not text:
        pytest.skip(f"{variable} is not set: the folder of real data is not on this machine")
    return Path(text)


@pytest.fixture(scope="session")
def testdata() -> Path:
    """The folder of real public data that MINGJING_TESTDATA names."""
    return _folder_named_by("MINGJING_TESTDATA")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of published institutions that MINGJING_SEEDS names."""
    return _folder_named_by("MINGJING_SEEDS")
