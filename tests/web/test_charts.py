"""Lines drawn on the server."""

from __future__ import annotations

from mingjing.web.charts import HEIGHT, LEFT, RIGHT, TOP, WIDTH, line


def test_the_first_and_last_value_stand_at_the_edges_and_the_highest_at_the_top() -> None:
    chart = line([("一", 0.0), ("二", 10.0), ("三", 5.0)], unit="%")
    assert [point.x for point in chart.points] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]
    assert chart.points[1].y == TOP
    assert chart.points[0].y == chart.base
    assert [point.said for point in chart.points] == ["", "10.0%", "5.0%"]


def test_a_missing_value_breaks_the_line() -> None:
    chart = line([("一", 1.0), ("二", 2.0), ("三", None), ("四", 3.0), ("五", 1.0)])
    assert len(chart.pieces) == 2
    assert len(chart.points) == 4


def test_nothing_but_noughts_lies_on_the_base() -> None:
    chart = line([("一", 0.0), ("二", 0.0)])
    assert {point.y for point in chart.points} == {chart.base}
    assert [point.said for point in chart.points] == ["", "0.0"]
    assert chart.base < HEIGHT


def test_no_values_draw_nothing() -> None:
    assert line([]).pieces == ()
