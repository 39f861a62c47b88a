"""While a large file is sent and read, the page says so at once, and does not send it twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.journeys.desk import Desk
from tests.journeys.exports import last_month, write
from tests.journeys.installation import Installation


def test_the_page_says_that_the_file_is_on_its_way(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    file = write(last_month(installation), tmp_path / "九月台账.csv")

    def no_answer_yet(route: Any) -> None:
        """The page stays as it is, as while the server reads."""
        if route.request.method == "POST":
            route.fulfill(status=204)
        else:
            route.continue_()

    with installation.served() as served:
        page = desk.sign_in(served.url, "shenguan")
        page.goto("/imports")
        said, button = page.locator("[data-sending]"), page.locator("main form button.main")
        assert said.is_hidden() and button.is_enabled()
        page.route("**/imports", no_answer_yet)
        page.set_input_files("[name=file]", file)
        button.click()
        said.wait_for(state="visible")
        assert button.is_disabled()
    assert not desk.complaints
