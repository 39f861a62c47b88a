"""A list on paper keeps all its columns: A4 across, without boxes to tick."""

from __future__ import annotations

import pytest

from tests.journeys.desk import Desk
from tests.journeys.installation import Installation

PAPER = {"width": 986, "height": 650}
"""What lies between the margins of an A4 sheet across, in the browser's points."""
LISTS = ("/cases?older=12", "/cases?status=全部", "/notices?state=全部", "/alerts", "/findings", "/proposals")


@pytest.fixture
def sheets(installation: Installation, desk: Desk) -> dict[str, tuple[int, int]]:
    """How wide each list is on paper, and how many boxes to tick are printed."""
    found = {}
    with installation.served() as served:
        page = desk.sign_in(served.url, "shenguan", viewport=PAPER)
        page.emulate_media(media="print")
        for path in LISTS:
            page.goto(path)
            wide = page.evaluate("document.querySelector('main table').getBoundingClientRect().right")
            boxes = page.locator("main table .pick").evaluate_all(
                "all => all.filter(one => one.getClientRects().length).length"
            )
            assert page.locator("body.wide-print").count() == 1, path
            found[path] = (round(wide), boxes)
    return found


def test_no_list_is_wider_than_its_sheet(sheets: dict[str, tuple[int, int]]) -> None:
    assert {path: wide for path, (wide, _) in sheets.items() if wide > PAPER["width"]} == {}
    assert {path: boxes for path, (_, boxes) in sheets.items() if boxes} == {}
