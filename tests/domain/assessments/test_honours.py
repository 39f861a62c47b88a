"""Flags, silence, measures, nominations: nothing is earned by doing nothing (R-036 to R-040, N-064)."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.assessments.honours import (
    Bar,
    NoGravity,
    NotEligible,
    Silence,
    YearOfWork,
    bars_on,
    measure_for,
    require_eligible,
    rotating_flag,
    silence,
)

SCALE = {"轻微": "诫勉谈话", "较重": "通报批评", "严重": "取消评先资格"}


def worked(*breaches: int, supervision: int = 3) -> list[YearOfWork]:
    """Years from 2023 on."""
    return [YearOfWork(2023 + place, one, supervision) for place, one in enumerate(breaches)]


def test_three_clean_years_with_work_earn_the_flag() -> None:
    assert rotating_flag(worked(0, 0, 0), 2025).held


def test_a_breach_in_the_second_year_begins_the_count_anew() -> None:
    flag = rotating_flag(worked(0, 1, 0), 2025)
    assert not flag.held
    assert flag.years == (2025,)
    assert "违纪 1 件，重新计数" in [one.text for one in flag.steps]


def test_three_silent_years_earn_nothing() -> None:
    flag = rotating_flag(worked(0, 0, 0, supervision=0), 2025)
    assert not flag.held
    assert "监督工作 0 件，不到 1 件" in flag.steps[0].text


def test_a_year_without_data_is_not_a_clean_year() -> None:
    assert not rotating_flag(worked(0, 0), 2025).held


@pytest.mark.parametrize(
    ("findings", "measures", "said"),
    [(2, 0, Silence.LISTED), (1, 0, Silence.LISTED), (2, 1, Silence.WORKED), (0, 0, Silence.QUIET)],
)
def test_findings_without_measures_are_listed_and_silence_is_not_praised(
    findings: int, measures: int, said: Silence
) -> None:
    assert silence(findings, measures) is said


def test_the_threshold_is_a_setting() -> None:
    assert silence(1, 0, threshold=2) is Silence.WORKED


def test_a_breach_is_answered_by_its_gravity_and_never_without() -> None:
    assert measure_for("严重", SCALE) == "取消评先资格"
    with pytest.raises(NoGravity, match="没有写明情节轻重"):
        measure_for("", SCALE)


def test_a_nomination_is_refused_while_a_card_stands_and_not_the_day_after() -> None:
    yellow = Bar("黄牌", date(2026, 6, 30), date(2026, 9, 30), "三色牌-2026-0003")
    for on in (date(2026, 6, 30), date(2026, 9, 30)):
        with pytest.raises(NotEligible, match=r"民一庭在 .* 不能参评：黄牌"):
            require_eligible("民一庭", [yellow], on)
    for on in (date(2026, 6, 29), date(2026, 10, 1)):
        require_eligible("民一庭", [yellow], on)


def test_what_has_no_end_stands_on() -> None:
    veto = Bar("一票否优", date(2026, 3, 1))
    assert bars_on([veto], date(2030, 1, 1)) == (veto,)
