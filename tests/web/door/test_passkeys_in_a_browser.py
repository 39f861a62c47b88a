"""A passkey in Chromium with a virtual authenticator: made, used instead of a password, dropped, refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from mingjing.storage.people.models import Account
from tests.services.builders import House
from tests.services.conftest import house, log_may_be_emptied, moment
from tests.web import gallery

__all__ = ["house", "log_may_be_emptied", "moment"]
pytestmark = pytest.mark.skipif(
    not Path(gallery.BROWSER).exists(), reason="本机没有浏览器，通行密钥的测试跳过"
)


@pytest.fixture
def address(log_may_be_emptied: None, transactional_db: None, house: House) -> Iterator[str]:
    """The court's pages on this machine, by a name: a passkey is never bound to a number."""
    Account.objects.create_account("linzhiyuan", "a-long-password", house.judge)
    server = LiveServer("localhost")
    yield str(server.url)
    server.stop()


@pytest.fixture
def page(address: str) -> Iterator[Any]:
    """A browser tab with an authenticator that verifies its owner without asking."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=gallery.BROWSER, args=["--no-sandbox"])
        tab = browser.new_page(base_url=address)
        devices = tab.context.new_cdp_session(tab)
        devices.send("WebAuthn.enable")
        devices.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
                }
            },
        )  # fmt: skip
        yield tab
        browser.close()


def log_in(page: Any) -> None:
    """With the password."""
    page.goto("/login")
    page.fill("[name=username]", "linzhiyuan")
    page.fill("[name=password]", "a-long-password")
    page.click("main button.main")


def log_out(page: Any) -> None:
    """By the button at the top."""
    page.locator("[data-logout] button:visible").click()
    page.wait_for_url("**/login")


def test_made_used_instead_of_a_password_dropped_and_then_refused(page: Any) -> None:
    log_in(page)
    page.goto("/my/security")
    page.fill("#passkey-label", "办公室电脑")
    page.click("text=登记这台设备")
    page.wait_for_selector("text=通行密钥“办公室电脑”已登记")
    log_out(page)

    page.click("text=用通行密钥登录")
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto("/my/security")
    assert "通行密钥" in page.inner_text("section:has-text('登录在哪里') table")

    log_out(page)
    log_in(page)
    page.wait_for_url("**/login/second")
    page.click("text=用通行密钥")
    page.wait_for_url(lambda url: "/login" not in url)

    page.goto("/my/security")
    page.click("text=删去")
    page.wait_for_selector("text=已删去")
    log_out(page)
    page.click("text=用通行密钥登录")
    page.wait_for_selector("text=没有在本系统登记")
