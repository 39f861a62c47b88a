"""系统: how the installation is, its settings, its calendar; numbers only, no case and no secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytest_django import Settings

from mingjing.services.tick import run
from mingjing.storage.supervision.models import Clock
from tests.services.builders import DAY, House, file_case
from tests.services.conftest import SetMoment
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_the_overview_says_whether_the_clock_has_run(house: House) -> None:
    file_case(house)
    keeper = signed_in(house.keeper)
    assert "时钟还没有走过" in text_of(keeper, "/system")
    run(DAY)
    page = text_of(keeper, "/system")
    assert "系统在正常运行" in page
    assert "四月一日" in page


def test_a_clock_that_lags_is_said_first(house: House, moment: SetMoment) -> None:
    file_case(house)
    run(DAY)
    moment("2024-07-20T09:00:00")
    page = text_of(signed_in(house.keeper), "/system")
    assert "时钟落后了" in page
    assert "条该说的提醒还没有说" in page


def test_the_keeper_of_the_system_sees_no_case(house: House) -> None:
    case = file_case(house)
    for path in ("/system", "/system/settings", "/system/calendar", "/people"):
        assert case.number not in text_of(signed_in(house.keeper), path)


def test_settings_are_shown_with_secrets_masked(house: House, settings: Settings) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, secret_key="not-for-your-eyes")
    page = text_of(signed_in(house.keeper), "/system/settings")
    assert "MINGJING_ALERT_BUDGET" in page
    assert "********" in page
    assert "not-for-your-eyes" not in page


def test_the_calendar_says_which_year_is_provisional_and_what_hangs_on_it(house: House) -> None:
    case = file_case(house)
    page = text_of(signed_in(house.keeper), "/system/calendar")
    assert "2027 年的日历还是暂定的" in page
    assert "没有在计算的期限落在暂定的年份上" in page
    Clock.objects.filter(case=case, label="审结").update(provisional=True, due_on=date(2027, 3, 1))
    page = text_of(signed_in(house.keeper), "/system/calendar")
    assert "1 个在计算的期限" in page
    assert "institutions/cn/calendar/2027.yaml" in page
