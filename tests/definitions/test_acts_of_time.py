"""An act that time does is done once: it stops the limit that brought it about, or ends the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.definitions.ledger_court import MINI, LedgerCourt

LIMIT = """  - {label: 搁置期, starts: 登记, stops: STOPS, within: 5 天, late: 提醒 经办人}
"""
EXAMPLE = "examples:\n  - {name: 登记, steps: [2024-03-01 纪明 登记], ends: 办理中}\n"
BY_TIME = "  lapse: {label: 搁置, by: 系统, moves: MOVES, expires: 搁置期}\n"


def said(folder: Path, moves: str, stops: str) -> list[tuple[str, str]]:
    """Codes and causes of the practice ledger with an act of time in it."""
    court = LedgerCourt(folder / "court")
    acts, clocks = MINI.split("clocks:\n")
    text = f"{acts.rstrip()}\n{BY_TIME}\nclocks:\n{LIMIT}{clocks}{EXAMPLE}"
    court.write("ledgers/mini.yaml", text.replace("MOVES", moves).replace("STOPS", stops))
    return [(code, cause) for code, _, _, cause in court.errors()]


@pytest.mark.parametrize(
    ("moves", "stops"),
    [
        ("办理中 → 已了结", "了结"),
        ("办理中 → 不变", "[了结, 搁置]"),
        ("办理中 → 已了结", "搁置"),
        ("任意 → 已了结", "了结"),
    ],
)
def test_an_act_that_stops_its_limit_or_ends_the_record_is_accepted(
    tmp_path: Path, moves: str, stops: str
) -> None:
    assert said(tmp_path, moves, stops) == []


@pytest.mark.parametrize("moves", ["办理中 → 不变", "任意 → 不变", "[办理中 → 不变]"])
def test_an_act_that_would_be_done_every_day_is_refused(tmp_path: Path, moves: str) -> None:
    ((code, cause),) = said(tmp_path, moves, "了结")
    assert code == "conflicting-keys"
    assert "系统会天天再办" in cause
    assert "写进这个时限的 stops" in cause
