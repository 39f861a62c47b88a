"""A department's value is made in Chromium: the commitment is right, the value is sent only when revealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from mingjing.domain.assignment.drawing import commit
from mingjing.storage.people.models import Account
from tests.services.conftest import house, log_may_be_emptied, moment
from tests.services.draws.conftest import Hall, hall
from tests.web import gallery

__all__ = ["hall", "house", "log_may_be_emptied", "moment"]
pytestmark = pytest.mark.skipif(not Path(gallery.BROWSER).exists(), reason="本机没有浏览器")
PASSWORD = "a-long-password"


@pytest.fixture
def page(
    log_may_be_emptied: None, transactional_db: None, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """A tab in which the inspection office is logged in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs while the test reads rows
    api = pytest.importorskip("playwright.sync_api")
    Account.objects.create_account("jiming", PASSWORD, hall.inspector)
    server = LiveServer("localhost")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=gallery.BROWSER, args=["--no-sandbox"])
        tab = browser.new_page(base_url=str(server.url))
        tab.goto("/login")
        tab.fill("[name=username]", "jiming")
        tab.fill("[name=password]", PASSWORD)
        tab.click("main button.main")
        yield tab
        browser.close()
    server.stop()


def test_only_the_commitment_is_sent_and_the_server_accepts_the_value_later(page: Any, hall: Hall) -> None:
    day = hall.locked(hall.case())
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''}"))
    page.goto(reverse("filing-day-value", args=[day.pk]))
    page.click("[data-draw-value] button")
    value = page.text_content("[data-draw-value] output")
    assert page.input_value("[name=commitment]") == commit("督察室", bytes.fromhex(value))
    page.click("button.must")
    assert not day.contributions.exists(), "not before the value is kept"
    page.check("[data-draw-value] [type=checkbox]")
    page.click("button.must")
    page.wait_for_url(f"**{reverse('filing-day', args=[day.pk])}")
    given = day.contributions.get()
    assert (given.commitment, given.value) == (commit("督察室", bytes.fromhex(value)), "")
    assert not any(value in one for one in sent)


def test_every_length_of_name_gives_the_commitment_the_server_computes(page: Any, hall: Hall) -> None:
    day = hall.locked(hall.case())
    page.goto(reverse("filing-day-value", args=[day.pk]))
    for length in (1, 7, 8, 10, 11, 40):
        name = "庭" * length
        page.evaluate("name => document.querySelector('[data-draw-value]').dataset.drawValue = name", name)
        page.click("[data-draw-value] button")
        value = bytes.fromhex(page.text_content("[data-draw-value] output"))
        assert page.input_value("[name=commitment]") == commit(name, value), length
