"""A court that is being set up is told on 今日 what comes first, and whose turn it is."""

from __future__ import annotations

import pytest

from tests.services.builders import House, file_case
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db

HEADING = "这家法院还没有案件，先办这几件"


def test_the_administrator_of_an_empty_court_is_told_the_steps(house: House) -> None:
    page = text_of(signed_in(house.keeper), "/")
    assert HEADING in page
    at = [page.index(step) for step in ("设立部门", "开通安全管理员", "登记人员，开通账号", "导入案件")]
    assert at == sorted(at)
    assert f"mingjing account create --court {house.court.code}" in page


def test_the_office_is_told_to_bring_in_the_cases(house: House) -> None:
    assert HEADING in text_of(signed_in(house.manager), "/")


def test_a_judge_is_not_bothered_with_setting_up(house: House) -> None:
    assert HEADING not in text_of(signed_in(house.judge), "/")


def test_with_the_first_case_the_steps_are_gone(house: House) -> None:
    file_case(house)
    for person in (house.keeper, house.manager):
        assert HEADING not in text_of(signed_in(person), "/")
