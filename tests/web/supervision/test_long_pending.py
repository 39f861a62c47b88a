"""长期未结: tiers with counts, the list, the prevention list."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from mingjing.services.notices import issue_notices
from mingjing.services.reading.long_pending import age_in_months
from mingjing.storage.cases.models import Case
from tests.services.builders import DAY, House, acting, entries, file_case
from tests.web.signing_in import signed_in, text_of
from tests.web.supervision.counting import statements


def old(house: House, serial: int, filed_on: date) -> Case:
    return file_case(house, serial=serial, filed_on=filed_on, procedure="普通程序", on=filed_on)


@pytest.fixture
def cases(house: House) -> dict[str, Case]:
    """One case over twelve months, one over thirty-six, one about to be over twelve, a young one."""
    return {
        "超12个月": old(house, 1, date(2023, 3, 1)),
        "超36个月": old(house, 2, date(2021, 2, 1)),
        "ahead": old(house, 3, date(2023, 4, 20)),
        "young": old(house, 4, date(2024, 1, 8)),
    }


def test_the_list_has_the_old_cases_with_age_and_level(house: House, cases: dict[str, Case]) -> None:
    page = text_of(signed_in(house.manager), "/long-pending")
    assert cases["超12个月"].number in page
    assert cases["超36个月"].number in page
    assert cases["young"].number not in page
    assert cases["ahead"].number not in page
    assert "13 个月" in page
    assert "<b>2 件</b>" in page


def test_the_prevention_list_has_those_about_to_enter(house: House, cases: dict[str, Case]) -> None:
    page = text_of(signed_in(house.manager), "/long-pending?ahead=是")
    assert cases["ahead"].number in page
    assert cases["超12个月"].number not in page
    assert "还有 20 天" in page


def test_a_tier_and_a_running_notice_narrow_the_list(house: House, cases: dict[str, Case]) -> None:
    issue_notices(acting(house.manager), case_ids=[cases["超36个月"].pk], reason="至今未结")
    client = signed_in(house.manager)
    assert cases["超12个月"].number not in text_of(client, "/long-pending?tier=超36个月")
    watched = text_of(client, "/long-pending?notice=正在督办")
    assert cases["超36个月"].number in watched
    assert cases["超12个月"].number not in watched
    assert "（2024）云9821督1号" in watched


def test_an_unknown_tier_is_refused_with_those_there_are(house: House) -> None:
    response = signed_in(house.manager).get("/long-pending?tier=超6个月")
    assert response.status_code == 422
    assert "超12个月" in response.content.decode()


def test_the_export_has_the_same_cases_and_one_entry(house: House, cases: dict[str, Case]) -> None:
    response = signed_in(house.manager).get("/long-pending/export?tier=超12个月")
    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    assert sheet["A1"].value == "案号"
    assert sheet["A2"].value == cases["超12个月"].number
    assert sheet["A3"].value is None
    assert "共 1 件" in str(sheet["A4"].value)
    assert len(entries("导出长期未结")) == 1


def test_an_assistant_finds_neither_list_nor_export(house: House) -> None:
    client = signed_in(house.assistant)
    assert client.get("/long-pending").status_code == 404
    assert client.get("/long-pending/export").status_code == 404


def test_a_judge_sees_only_their_own(house: House, cases: dict[str, Case]) -> None:
    assert cases["超12个月"].number in text_of(signed_in(house.judge), "/long-pending")
    assert cases["超12个月"].number not in text_of(signed_in(house.stranger), "/long-pending")


@pytest.mark.parametrize(
    ("filed_on", "months"),
    [(date(2023, 3, 1), 13), (date(2023, 4, 1), 12), (date(2023, 4, 2), 11), (date(2024, 4, 1), 0)],
)
def test_a_month_is_full_on_the_day_of_the_same_number(filed_on: date, months: int) -> None:
    assert age_in_months(filed_on, DAY) == months


@pytest.mark.parametrize("query", ["", "?ahead=是", "?notice=没有督办"])
@pytest.mark.parametrize("who", ["manager", "higher_manager"])
def test_the_list_takes_at_most_eight_statements(
    house: House, cases: dict[str, Case], query: str, who: str
) -> None:
    assert statements(signed_in(getattr(house, who)), f"/long-pending{query}") <= 8
