"""Copies of the serving process: one that makes ready and ends, one that keeps the time until told."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from mingjing.cli.beside import FORKS, Apart, ClockBeside
from mingjing.domain.reasons import Refusal

pytestmark = pytest.mark.skipif(not FORKS, reason="this system copies no processes")


def test_what_is_done_apart_leaves_its_code_and_nothing_in_memory() -> None:
    loaded: list[int] = []

    def load() -> int:
        loaded.append(os.getpid())
        return 3

    assert Apart(load).code() == 3
    assert loaded == []


def test_a_refusal_apart_is_told_and_ends_the_start(capfd: pytest.CaptureFixture[str]) -> None:
    def refuse() -> int:
        raise Refusal("数据目录里是演示法院。")

    assert Apart(refuse).code() == 1
    assert "数据目录里是演示法院。" in capfd.readouterr().err


def test_the_clock_is_another_process_and_ends_when_it_is_told(tmp_path: Path) -> None:
    kept, ended = tmp_path / "kept", tmp_path / "ended"
    os.mkfifo(kept)

    def keep_time() -> int:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        kept.write_text(str(os.getpid()), encoding="utf-8")
        signal.sigwait({signal.SIGTERM})
        ended.write_text("stopped between two cases", encoding="utf-8")
        return 0

    clock = ClockBeside(keep_time)
    assert int(kept.read_text(encoding="utf-8")) != os.getpid()
    clock.end()
    assert ended.exists()
