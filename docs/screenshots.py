"""The pictures of the README, made anew from the demonstration court: ``python -m docs.screenshots``.

Run by hand after a page has changed. Needs Chromium; takes about two minutes. PNG, each below 220 kB.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import BROWSER, QUIET
from tests.journeys.desk import PHONE, Desk
from tests.journeys.exports import last_month, write
from tests.journeys.installation import Installation, make_demonstration

IMAGES = Path(__file__).parent / "images"
LIMIT = 220_000
PICTURE = {"width": 1120, "height": 630}
REPORT = (
    "2026年1至9月，清河区人民法院共受理各类案件900件，审执结500件，结案率55.56%。\n"
    "上年同期全市法院共受理执行案件19343件，执结10042件，执结率51.67%。"
)
OF_JUDGE = """
SELECT c.id FROM cases_case c JOIN people_account a ON a.person_id = c.handler_id
WHERE a.username = 'faguan' AND c.closed_on IS NULL AND c.due_on > '2026-10-20'
ORDER BY c.procedure = '普通程序' DESC, c.due_on
"""


def main() -> None:
    """Make the court, serve it, take the pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demonstration(data)
        installation = Installation(data)
        with installation.served(clock=True) as served, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=BROWSER, args=list(QUIET))
            desk = Desk(browser)
            _take(desk, served.url, installation, Path(folder))
            desk.close()
            browser.close()
    for picture in sorted(IMAGES.glob("*.png")):
        size = picture.stat().st_size
        print(f"{picture.name}  {size // 1000} kB{'  太大' if size > LIMIT else ''}")


def _take(desk: Desk, url: str, installation: Installation, folder: Path) -> None:
    case = installation.ask(OF_JUDGE)[0][0]
    judge = desk.sign_in(url, "faguan", viewport=PICTURE)
    _shot(judge, "/", "today")
    judge.goto(f"/cases/{case}/exclusion")
    judge.select_option("[name=word]", "鉴定期间")
    judge.fill("[name=first]", "2026-09-10")
    judge.fill("[name=last]", "2026-09-25")
    judge.fill("[name=start_document]", "鉴定委托书〔2026〕12号")
    judge.fill("[name=end_document]", "鉴定意见书〔2026〕8号")
    judge.click("main form button.main")
    judge.wait_for_url(f"**/cases/{case}")
    _shot(judge, f"/cases/{case}", "case")
    phone = desk.sign_in(url, "faguan", viewport=PHONE, device_scale_factor=1)
    _shot(phone, f"/cases/{case}", "phone")
    office = desk.sign_in(url, "shenguan", viewport=PICTURE)
    _shot(office, "/long-pending", "long-pending")
    _shot(office, "/institutions/deadline.civil.ordinary", "institution")
    office.goto("/imports")
    office.set_input_files("[name=file]", write(last_month(installation), folder / "九月台账.csv"))
    office.click("text=上传并对应列")
    office.wait_for_url("**/mapping")
    office.click("main button:has-text('预检')")
    office.locator("p.lead", has_text="读到").wait_for()
    _shot(office, office.url, "import")
    _shot(office, "/indicators/cockpit", "cockpit")
    office.goto("/reports/check")
    office.fill("[name=text]", REPORT)
    office.click("main form button:has-text('核对')")
    office.locator(".report").wait_for()
    office.screenshot(path=IMAGES / "report.png")
    inspector = desk.sign_in(url, "ducha", viewport=PICTURE)
    _shot(inspector, "/registers/ledger.rectification", "register")
    draw = installation.ask("SELECT number FROM published_publisheddraw ORDER BY id DESC LIMIT 1")[0][0]
    _shot(inspector, f"/public/draws/{quote(draw)}", "draw")


def _shot(page: Any, address: str, name: str) -> None:
    page.goto(address)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
