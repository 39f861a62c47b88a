"""Levels by year and quarter, and steps that cannot do more than there was to do."""

from __future__ import annotations

from mingjing.text.checking import check_report


def test_what_a_year_is_called_later_is_looked_up_in_the_run_before() -> None:
    text = "其中2023年审结842件、2024年审结951件、2025年审结1076件，三年间结案数增长{}。"
    (found,) = check_report(text.format("37.8%")).accusations
    assert "27.8%" in found.message
    assert check_report(text.format("27.8%")).accusations == ()


def test_the_highest_quarter_is_the_highest_of_those_listed() -> None:
    text = "四个季度分别新收16320件、18045件、17482件、16570件，{}最高。"
    (found,) = check_report(text.format("一季度")).accusations
    assert "18045件" in found.message
    assert check_report(text.format("二季度")).accusations == ()


def test_no_more_is_closed_than_was_taken_in_hand() -> None:
    (found,) = check_report("批量处置金融借款案件378件，执结402件。").accusations
    assert found.code == "subset"
    assert check_report("批量处置金融借款案件378件，执结302件。").accusations == ()
