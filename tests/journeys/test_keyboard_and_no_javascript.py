"""Every page: by keyboard, without JavaScript, on paper, read aloud; and nothing leaves this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import PHONE, Desk
from tests.journeys.installation import Installation, Served

MAIN_PAGES = ("/", "/cases", "/cases/board", "/alerts", "/notices", "/long-pending", "/requests", "/findings")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
FIRST = {
    "case_id": "SELECT id FROM cases_case c WHERE court_id = :court AND closed_on IS NULL ORDER BY id",
    "event_id": "SELECT e.id FROM cases_caseevent e JOIN cases_case c ON c.id = e.case_id "
    "WHERE c.court_id = :court AND c.closed_on IS NULL ORDER BY e.id DESC",
    "exclusion_id": "SELECT e.id FROM cases_exclusion e JOIN cases_case c ON c.id = e.case_id "
    "WHERE c.court_id = :court AND e.last IS NULL",
    "notice_id": "SELECT id FROM supervision_notice WHERE court_id = :court AND state = '待回复'",
    "proposal_id": "SELECT id FROM supervision_proposal WHERE court_id = :court",
    "request_id": "SELECT id FROM supervision_request WHERE court_id = :court",
    "finding_id": "SELECT id FROM supervision_finding WHERE court_id = :court AND state = '待改'",
    "person_id": "SELECT id FROM people_person WHERE court_id = :court",
    "department_id": "SELECT id FROM people_department WHERE court_id = :court",
    "posting_id": "SELECT g.id FROM people_posting g JOIN people_person p ON p.id = g.person_id "
    "WHERE p.court_id = :court AND g.until IS NULL",
    "oversight_id": "SELECT o.id FROM people_oversight o JOIN people_department d ON d.id = o.department_id "
    "WHERE d.court_id = :court",
    "account_id": "SELECT a.id FROM people_account a JOIN people_person p ON p.id = a.person_id "
    "WHERE p.court_id = :court",
    "court_id": "SELECT :court",
    "seq": "SELECT max(seq) FROM auditlog_act",
    "definition_id": "SELECT 'deadline.civil.ordinary'",
}


@pytest.fixture(scope="module")
def served(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Served]]:
    """One court for all of this file: nobody changes anything here."""
    installation = Installation.copied(template, tmp_path_factory.mktemp("looked-at") / "data")
    with installation.served() as running:
        yield installation, running


def addresses(installation: Installation) -> list[str]:
    """Every address of the table of routes, with a real record of the basic court where it names one."""
    from mingjing.web.urls import ROUTES

    ((court,),) = installation.ask("SELECT id FROM people_court WHERE code = '云9801'")
    found = []
    for route in ROUTES:
        path = "/" + route.path
        for name, sql in FIRST.items():
            for kind in ("int", "str", "slug", "path"):
                mark = f"<{kind}:{name}>"
                if mark in path:
                    rows = installation.ask(sql, {"court": court})
                    path = path.replace(mark, str(rows[0][0])) if rows else ""
        if path and "<" not in path and not path.startswith(("/login", "/logout")):
            found.append(path)
    return found


def pages_of(page: Any, installation: Installation) -> Iterator[str]:
    """Go to each page in turn; those not for this person and those that are files are left out."""
    for path in addresses(installation):
        answer = page.request.get(path, max_redirects=0)
        kind = answer.headers.get("content-type", "")
        if answer.status == 200 and kind.startswith("text/html"):
            page.goto(path)
            yield path


def test_the_main_pages_work_without_javascript(served: tuple[Installation, Served], desk: Desk) -> None:
    page = desk.sign_in(served[1].url, "shenguan", java_script_enabled=False)
    for path in MAIN_PAGES:
        answer = page.goto(path)
        assert answer.status == 200, path
        assert page.inner_text("h1")
    page.goto("/cases")
    page.select_option("main [name=older]", "12")
    page.click("text=筛选")
    assert "超 12 个月" in page.inner_text("p.lead")
    page.fill("#search", "（2026）云9801民初1号")
    page.press("#search", "Enter")
    assert "/cases" in page.url
    page.goto("/cases?older=12")
    page.check("td.pick input >> nth=8")
    page.click("text=对选中的案件发督办通知")
    assert page.url.startswith(f"{served[1].url}/notices/issue?case=")


def test_the_keyboard_finds_the_search_and_what_has_the_focus_shows_it(
    served: tuple[Installation, Served], desk: Desk
) -> None:
    page = desk.sign_in(served[1].url, "shenguan")
    for path in MAIN_PAGES:
        page.goto(path)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search", path
        page.evaluate("document.activeElement.blur()")
        unseen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            unseen += page.evaluate(
                """() => { const on = document.activeElement, style = getComputedStyle(on);
                const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
                  || style.boxShadow !== 'none';
                return seen || on === document.body ? [] : [on.outerHTML.slice(0, 120)]; }"""
            )
        assert unseen == [], path


@pytest.mark.parametrize(("user", "least"), [("shenguan", 25), ("xitong", 10)])
def test_every_page_is_named_headed_labelled_and_legible(
    served: tuple[Installation, Served], desk: Desk, user: str, least: int
) -> None:
    page = desk.sign_in(served[1].url, user)
    looked, wrong = 0, []
    for path in pages_of(page, served[0]):
        looked += 1
        wrong += [f"{path}: {fault}" for fault in page.evaluate(CONTRAST)]
    assert looked >= least
    assert wrong == []


def test_every_page_prints_without_the_frame_and_fits_a_phone(
    served: tuple[Installation, Served], desk: Desk
) -> None:
    page = desk.sign_in(served[1].url, "shenguan")
    wrong = []
    for path in pages_of(page, served[0]):
        page.emulate_media(media="print")
        wrong += [f"{path} 打印出 {part}" for part in (".rail", ".top", ".fold") if page.is_visible(part)]
        page.emulate_media(media="screen")
        page.set_viewport_size(PHONE)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        wrong += [f"{path} 在手机上宽出 {over} 像素"] if over > 0 else []
        page.set_viewport_size({"width": 1366, "height": 768})
    assert wrong == []


def test_the_look_at_a_page_finds_what_is_wrong_with_it(desk: Desk) -> None:
    page = desk.open("http://127.0.0.1")
    page.set_content('<h1>a</h1><h3>b</h3><input><p style="color:#999">pale</p><a href="#"></a>')
    wrong = "\n".join(page.evaluate(CONTRAST))
    for fault in ("没有题目", "没有语言", "标题跳级：b", "没有标签", "没有名字", "对比度 2.85"):
        assert fault in wrong
