from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web import gallery

needs_browser = pytest.mark.skipif(not Path(gallery.BROWSER).exists(), reason="本机没有浏览器，页面测试跳过")
pytestmark = needs_browser

WITHOUT_WALL = sorted(gallery.NAMES - {"wall"})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    gallery.write_gallery(folder)
    handler = functools.partial(gallery.Handler, directory=os.fspath(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=gallery.BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


def test_no_page_is_wider_than_its_screen_and_the_content_policy_refuses_nothing(
    browser: Any, site: str
) -> None:
    complaints = gallery.look(browser, site, sorted(gallery.NAMES))
    assert complaints == []


def test_a_list_shows_fifteen_rows_of_two_lines_at_1366_by_768(browser: Any, site: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{site}/cases.html")
    page.evaluate("document.querySelector('.box.success').remove()")
    bottoms = page.evaluate(
        "[...document.querySelectorAll('.list tbody tr')].map(r => r.getBoundingClientRect().bottom)"
    )
    assert len([bottom for bottom in bottoms if bottom <= 768]) >= 15


def test_text_of_twice_the_size_needs_no_sideways_scrolling(browser: Any, site: str) -> None:
    for width in (683, 800):  # a screen of 1366 or 1600, zoomed to 200 %
        page = browser.new_page(viewport={"width": width, "height": 384}, device_scale_factor=2)
        for name in WITHOUT_WALL:
            page.goto(f"{site}/{name}.html")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name


def test_the_keyboard_reaches_search_rows_and_help(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/cases.html")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent").endswith("1597号")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent").endswith("1560号")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("j?")
    assert page.input_value("#search") == "j?"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.is_visible("#shortcuts")


def test_a_draft_survives_a_reload_and_goes_when_the_form_was_accepted(browser: Any, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/draft.html")
    page.type("[name=reason]", "鉴定未回")
    page.reload()
    assert page.input_value("[name=reason]") == "鉴定未回"
    assert "已恢复您" in page.inner_text("main form")
    page.evaluate("sessionStorage.setItem('mingjing-sent', 'mingjing-draft:1:request-1560')")
    page.goto(f"{site}/import.html")
    assert page.evaluate("localStorage.length") == 0


def _with(page: Any, old: str, new: str) -> None:
    """The pages that come hold ``new`` where they held ``old``."""

    def answer(route: Any) -> None:
        came = route.fetch()
        route.fulfill(response=came, body=came.text().replace(old, new))

    page.route("**/*.html", answer)


def test_a_draft_keeps_rows_of_the_same_name_apart(browser: Any, site: str) -> None:
    page = browser.new_page()
    begins = 'data-draft="request-1560">'
    rows = '<input name="row"><input name="row" value="旧"><select name="kinds" multiple>'
    _with(page, begins, f"{begins}{rows}<option>甲</option><option>乙</option><option>丙</option></select>")
    page.goto(f"{site}/draft.html")
    page.locator("[name=row]").nth(0).fill("第一行")
    page.locator("[name=row]").nth(1).fill("第二行")
    page.select_option("[name=kinds]", ["甲", "丙"])
    page.reload()
    assert [one.input_value() for one in page.locator("[name=row]").all()] == ["第一行", "第二行"]
    assert page.evaluate("[...document.querySelector('[name=kinds]').selectedOptions].map(o => o.value)") == [
        "甲",
        "丙",
    ]


def test_a_draft_stays_until_a_page_says_that_the_form_was_accepted(browser: Any, site: str) -> None:
    page = browser.new_page()
    _with(page, " data-accepted", "")
    page.goto(f"{site}/draft.html")
    page.type("[name=reason]", "鉴定未回")
    for another in ("500", "404", "today"):
        page.evaluate("sessionStorage.setItem('mingjing-sent', 'mingjing-draft:1:request-1560')")
        page.goto(f"{site}/{another}.html")
        page.goto(f"{site}/draft.html")
        assert page.input_value("[name=reason]") == "鉴定未回", another


def test_the_script_speaks_the_language_of_the_page(browser: Any, site: str) -> None:
    page = browser.new_page()
    _with(page, 'lang="zh-CN"', 'lang="en"')
    page.goto(f"{site}/draft.html")
    page.type("[name=reason]", "three")
    assert page.inner_text("main form .draft") == "A draft is kept on this machine. Clear the draft"


def test_the_rail_folds_into_a_bar_and_the_act_button_stays_in_reach_on_a_phone(
    browser: Any, site: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{site}/case.html")
    assert not page.is_visible(".rail")
    page.click(".fold > summary")
    assert page.is_visible(".fold .nav >> text=全部案件")
    box = page.locator(".acts .btn.must").bounding_box()
    assert 700 < box["y"] < 844
    assert box["height"] >= 36


def test_every_page_works_without_script(browser: Any, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/cases.html")
    assert page.is_visible("button:has-text('筛选')")
    assert not page.is_visible("text=快捷键")
