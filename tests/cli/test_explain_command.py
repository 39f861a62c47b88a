"""`mingjing explain` prints the sum behind every clock of a case."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.cli.main import main
from tests.services.builders import build_house, file_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def number() -> str:
    """A summary case filed on 13 March 2024."""
    return file_case(build_house(), filed_on=date(2024, 3, 13)).number


def test_the_trial_limit_is_printed_as_a_sum_with_its_articles(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", number.replace("（", "(").replace("）", ")"), "--on", "2024-04-01"]) == 0
    printed = capsys.readouterr().out
    start = printed.index("审结（审理期限）：2024-06-13")
    block = printed[start:].split("\n\n")[0].splitlines()
    assert block[1].startswith("   2024-03-13  立案，当日不计入")
    assert block[2].startswith("+  3 个月")
    assert "第一百六十四条" in block[2]
    assert block[3].startswith("=  2024-06-13")
    assert any(line.startswith("待确认：") for line in block)
    assert any(line.startswith("依据：deadline.civil.summary @ 2022-01-01 # ") for line in block)
    assert any("将提醒" in line and "庭长 周岚" in line for line in block)


def test_an_unknown_number_is_refused_with_numbers_that_begin_alike(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "（2024）云9821民初99号"]) == 1
    said = capsys.readouterr().err
    assert "没有案号“（2024）云9821民初99号”" in said
    assert number in said
    assert main(["explain", number, "--court", "云0000"]) == 1
    assert "法院“云0000”没有案号" in capsys.readouterr().err
