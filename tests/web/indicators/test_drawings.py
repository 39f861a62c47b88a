"""Numbers beside a drawing are written as people write them, however great or small."""

from __future__ import annotations

import pytest

from mingjing.web.indicators.drawings import history
from mingjing.web.templatetags.mingjing_ui import bar


@pytest.mark.parametrize(
    ("top", "levels"),
    [
        (12_345.0, ["0", "6,172", "12,345"]),
        (1_234_567.0, ["0", "617,284", "1,234,567"]),
        (98.5, ["0", "49.25", "98.5"]),
        (0.00004, ["0", "0.00002", "0.00004"]),
    ],
)
def test_heights_are_written_without_a_power_of_ten(top: float, levels: list[str]) -> None:
    drawn = history([("8月", top / 3), ("9月", top)])
    assert [one.said for one in drawn.levels] == levels


def test_a_bar_of_millions_is_told_with_every_digit() -> None:
    assert "1234567 / 2345678" in bar(1_234_567, 2_345_678)
