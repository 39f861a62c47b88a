"""People at their browsers: who logs in, what they see, and what the browser complained about."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PASSWORD = "mingjing-demo"
WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


class Desk:
    """Browsers of several people. ``complaints``: console errors, refused content, requests to elsewhere."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.contexts: list[Any] = []
        self.complaints: list[str] = []

    def sign_in(self, url: str, user: str, **options: Any) -> Any:
        """A page on which ``user`` has just logged in at the server ``url``."""
        page = self.open(url, **options)
        page.goto("/login")
        page.fill("[name=username]", user)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(f"{url}/")
        return page

    def open(self, url: str, **options: Any) -> Any:
        """An empty page of a browser of its own; addresses are relative to ``url``."""
        context = self.browser.new_context(
            base_url=url,
            **{"viewport": WIDE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options},
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._request)
        return page

    def _console(self, message: Any) -> None:
        # A refused form answers 422 and an unknown page 404; the browser reports both, and both are meant.
        meant = "status of 422" in message.text or "status of 404" in message.text
        if message.type == "error" and not meant:
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.complaints.append(f"请求离开了本机：{request.url}")

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.contexts:
            context.close()


def main_text(page: Any) -> str:
    """What stands in the middle of the page."""
    return str(page.inner_text("main"))


def downloaded(page: Any, selector: str, folder: Path) -> Path:
    """What a click on ``selector`` downloads, under the name the server gives it."""
    with page.expect_download() as started:
        page.click(selector)
    path = folder / str(started.value.suggested_filename)
    started.value.save_as(path)
    return path
