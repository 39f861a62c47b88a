"""A form is refused, the log-in expires, the server is gone: what was typed is there, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import PASSWORD, Desk
from tests.journeys.installation import Installation, Served

TYPED = {"reason": "鉴定未回，请说明原因。", "reply_by": "2026-01-05", "close_by": "2026-11-20"}
OLD_CASES = (
    "SELECT c.id FROM cases_case c JOIN people_court t ON t.id = c.court_id "
    "WHERE t.code = '云9801' AND c.closed_on IS NULL AND c.id NOT IN "
    "(SELECT case_id FROM supervision_notice) ORDER BY c.id LIMIT 2"
)
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('mingjing-draft:'))"


@pytest.fixture(scope="module")
def court(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Served]]:
    """One court for all of this file."""
    installation = Installation.copied(template, tmp_path_factory.mktemp("typed") / "data")
    with installation.served() as running:
        yield installation, running


@pytest.fixture
def forms(court: tuple[Installation, Served]) -> tuple[str, str]:
    """The forms of a notice for two cases that have none."""
    (one,), (other,) = court[0].ask(OLD_CASES)
    return f"/notices/issue?case={one}", f"/notices/issue?case={other}"


def fill(page: Any, form: str) -> None:
    """Type a notice whose day of answer has passed."""
    page.goto(form)
    for name, value in TYPED.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=level]", "院长")


def held(page: Any) -> dict[str, str]:
    """What stands in the form."""
    return {name: str(page.input_value(f"[name={name}]")) for name in (*TYPED, "level")}


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_a_refused_form_says_why_and_keeps_everything(
    court: tuple[Installation, Served], forms: tuple[str, str], desk: Desk, scripted: bool
) -> None:
    page = desk.sign_in(court[1].url, "shenguan", java_script_enabled=scripted)
    page.on("dialog", lambda dialog: dialog.accept())
    fill(page, forms[0])
    page.click("main form button.main")
    box = page.locator("main .box.refused[data-kept]")
    assert "已经过去" in box.inner_text()
    assert "您填的内容都还在下面" in box.inner_text()
    assert held(page) == {**TYPED, "level": "院长"}
    assert not page.locator("[data-accepted]").count()


def test_a_draft_goes_when_the_form_was_accepted_and_not_before(
    court: tuple[Installation, Served], forms: tuple[str, str], desk: Desk
) -> None:
    page = desk.sign_in(court[1].url, "shenguan")
    page.on("dialog", lambda dialog: dialog.accept())
    fill(page, forms[1])
    page.click("main form button.main")
    assert page.locator("[data-kept]").count() == 1
    page.goto(forms[1])
    assert held(page) == {**TYPED, "level": "院长"}
    assert "已恢复您" in page.inner_text("main form .draft")
    page.fill("[name=reply_by]", "2026-10-20")
    page.click("main form button.main")
    page.wait_for_selector("[data-accepted]")
    assert "已签发 1 份" in page.inner_text("[data-accepted]")
    assert page.evaluate(DRAFTS) == []


def test_what_was_typed_for_one_case_is_never_put_into_the_form_of_another(
    court: tuple[Installation, Served], desk: Desk
) -> None:
    page = desk.sign_in(court[1].url, "shenguan")
    page.goto("/institutions/try?id=deadline.civil.summary")
    page.locator("[name=text]").press_sequentially("# 试")
    page.goto("/institutions/try?id=deadline.civil.ordinary")
    assert page.input_value("[name=text]").count("id: deadline.civil.ordinary") == 1
    assert page.inner_text("main form .draft") == ""
    page.goto("/institutions/try?id=deadline.civil.summary")
    assert page.input_value("[name=text]").startswith("# 试")


def test_what_was_typed_survives_an_expired_login(
    court: tuple[Installation, Served], forms: tuple[str, str], desk: Desk
) -> None:
    page = desk.sign_in(court[1].url, "shenguan")
    page.on("dialog", lambda dialog: dialog.accept())
    fill(page, forms[0])
    page.context.clear_cookies(name="sessionid")
    page.click("main form button.main")
    page.wait_for_selector("[name=password]")
    page.fill("[name=username]", "shenguan")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.main")
    page.wait_for_selector("[name=reply_by]")
    assert held(page) == {**TYPED, "level": "院长"}


def test_a_form_opened_before_the_last_login_is_refused_in_words_of_ours(
    court: tuple[Installation, Served], forms: tuple[str, str], desk: Desk
) -> None:
    page = desk.sign_in(court[1].url, "shenguan")
    page.on("dialog", lambda dialog: dialog.accept())
    fill(page, forms[0])
    page.context.clear_cookies(name="csrftoken")
    page.click("main form button.main")
    assert "这一页过期了，没有办理" in page.inner_text("main")
    desk.complaints[:] = [one for one in desk.complaints if "status of 403" not in one]
    page.goto(forms[0])
    assert held(page) == {**TYPED, "level": "院长"}


def test_what_was_typed_survives_a_server_that_does_not_answer(
    court: tuple[Installation, Served], forms: tuple[str, str], desk: Desk
) -> None:
    page = desk.sign_in(court[1].url, "shenguan")
    page.on("dialog", lambda dialog: dialog.accept())
    fill(page, forms[0])
    page.route("**/notices/issue**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.click("main form button.main", no_wait_after=True)
    page.unroute("**/notices/issue**")
    desk.complaints.clear()
    page.goto(forms[0])
    assert held(page) == {**TYPED, "level": "院长"}
