"""`mingjing backup` writes and reads again; `mingjing restore` refuses what it must."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from mingjing.cli.main import main
from tests.services.builders import House, build_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> House:
    """A court, and a data folder of its own."""
    data = tmp_path / "data"
    data.mkdir()
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=data, now="2024-04-01T09:00:00")
    return build_house()


def test_the_first_backup_makes_a_key_and_says_so(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "a.mjb")]) == 0
    said = capsys.readouterr().out
    assert "做了一把备份密钥" in said
    assert "核对无误" in said
    assert main(["backup", str(tmp_path / "a.mjb"), "--verify"]) == 0
    assert capsys.readouterr().out.startswith("核对无误")


def test_a_changed_backup_ends_with_a_refusal(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.mjb"
    main(["backup", str(path)])
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert main(["backup", str(path), "--verify"]) == 1
    assert "打不开" in capsys.readouterr().err


def test_a_court_with_data_is_not_restored_over(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["backup", str(tmp_path / "a.mjb")])
    assert main(["restore", str(tmp_path / "a.mjb")]) == 1
    assert "恢复不会覆盖" in capsys.readouterr().err
