"""Arrows point down, nothing is unplaced, nothing is circular: the contracts in pyproject.toml hold."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.tree import ROOT, SRC

FORBIDDEN_ROOMS = {"utils", "util", "common", "core", "helpers", "lib", "misc", "tools"}


def test_the_import_contracts_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(program), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_layer_contract_breaks_when_a_folder_is_not_placed() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = [contract for contract in contracts["contracts"] if contract["type"] == "layers"]
    assert len(layers) >= 2
    assert all(contract["exhaustive"] for contract in layers)


def test_no_room_is_an_attic() -> None:
    rooms = {path.relative_to(SRC).as_posix() for path in SRC.rglob("*") if path.stem in FORBIDDEN_ROOMS}
    assert not rooms, f"name the room after what it does: {sorted(rooms)}"
