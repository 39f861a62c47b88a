"""J4. Twelve cases pending over a year: twelve notices at once, printed; one is answered a day late."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.journeys.desk import Desk, downloaded, main_text
from tests.journeys.installation import Installation

PENDING = """
SELECT c.id, c.number, coalesce(a.username, '') FROM cases_case c
JOIN people_court k ON k.id = c.court_id LEFT JOIN people_account a ON a.person_id = c.handler_id
WHERE k.code = '云9801' AND c.closed_on IS NULL AND c.original_filed_on <= '2025-09-30'
AND NOT EXISTS (SELECT 1 FROM supervision_notice n WHERE n.case_id = c.id AND n.state <> '已了结')
ORDER BY a.username IS NULL, c.original_filed_on DESC
"""
ISSUED = "SELECT id, number, reply_by FROM supervision_notice WHERE case_id = :case AND state <> '已了结'"
CLIMBS = """
SELECT s."on", s.tell, p.name FROM supervision_noticestep s JOIN people_person p ON p.id = s.person_id
WHERE s.notice_id = :notice AND s.kind = '逾期升级'
"""
POST = """
SELECT a.username FROM supervision_noticestep s JOIN people_account a ON a.person_id = s.person_id
WHERE s.notice_id = :notice AND s.kind = '逾期升级'
"""


def choose_twelve(page: Any, cases: list[tuple[int, str, str]]) -> None:
    """Filter by age in the list of cases and tick twelve of them."""
    page.goto("/cases")
    page.select_option("main form [name=older]", "12")
    page.wait_for_url("**older=12**")
    for case, _, _ in cases:
        page.check(f"main input[name=case][value='{case}']")
    assert "已选 12 件" in main_text(page)
    page.click("text=对选中的案件发督办通知")


def issue(page: Any) -> None:
    """State the reason, read what will happen, and issue all twelve."""
    assert "对 12 件案件签发督办通知" in main_text(page)
    page.fill("[name=reason]", "立案已满十二个月，至今未结。")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=签发 12 份")
    page.locator("text=已签发 12 份").wait_for()


def check_papers(archive: Path, cases: list[tuple[int, str, str]], folder: Path) -> list[Path]:
    """Twelve Word files that open, each with its own number and its own case; their paths."""
    zipfile.ZipFile(archive).extractall(folder)
    papers = sorted(folder.glob("*.docx"))
    assert len(papers) == 12
    texts = ["\n".join(part.text for part in docx.Document(str(path)).paragraphs) for path in papers]
    for _, number, _ in cases:
        assert sum(number in text for text in texts) == 1, number
    numbers = {word for text in texts for word in text.split() if "督" in word and word.endswith("号")}
    assert len(numbers) >= 12
    return papers


def as_pdf(papers: list[Path], folder: Path) -> None:
    """LibreOffice reads every one of them."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("没有 LibreOffice，不能核对 PDF")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, papers)],
        check=True,
        capture_output=True,
        timeout=100,
    )
    printed = sorted(folder.glob("*.pdf"))
    assert len(printed) == 12
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed)


def reply(page: Any, notice: int) -> None:
    """The judge answers in writing."""
    page.goto(f"/notices/{notice}/reply")
    page.fill("[name=reason]", "鉴定机构退回委托，已重新选定，鉴定完成后即开庭。")
    page.click("main form button.main")
    page.wait_for_url(f"**/notices/{notice}")
    assert "已回复" in main_text(page)


@pytest.fixture
def chosen(installation: Installation) -> list[tuple[int, str, str]]:
    """Twelve cases without a notice, first those of judges who can log in."""
    cases = installation.ask(PENDING)[:12]
    assert len(cases) == 12
    return cases


def test_twelve_numbered_papers_are_issued_at_once_and_print(
    installation: Installation, desk: Desk, chosen: list[tuple[int, str, str]], tmp_path: Path
) -> None:
    with installation.served() as served:
        page = desk.sign_in(served.url, "shenguan")
        choose_twelve(page, chosen)
        issue(page)
        shown = main_text(page)
        assert all(number in shown for _, number, _ in chosen)
        archive = downloaded(page, "text=下载这一批 Word", tmp_path)
        # Nobody is urged twice: the same twelve are now refused, each with its reason.
        page.goto("/notices/issue?" + "&".join(f"case={case}" for case, _, _ in chosen))
        assert "不能签发" in page.inner_text("h1")
    serials = installation.ask("SELECT serial FROM supervision_notice ORDER BY id DESC LIMIT 12")
    assert [one[0] for one in serials] == list(range(serials[0][0], serials[0][0] - 12, -1))
    as_pdf(check_papers(archive, chosen, tmp_path / "papers"), tmp_path / "papers")


def test_a_reply_that_comes_a_day_late_is_with_the_next_level_once(
    installation: Installation, desk: Desk, chosen: list[tuple[int, str, str]]
) -> None:
    (punctual, _, early_judge), (tardy, _, late_judge) = chosen[:2]
    assert early_judge and late_judge
    with installation.served() as served:
        page = desk.sign_in(served.url, "shenguan")
        choose_twelve(page, chosen)
        issue(page)
        ((first, _, reply_by),) = installation.ask(ISSUED, {"case": punctual})
        ((second, number, _),) = installation.ask(ISSUED, {"case": tardy})
        reply(desk.sign_in(served.url, early_judge), first)
    late = date.fromisoformat(reply_by) + timedelta(days=1)
    installation.run("clock", "--once", "--on", str(late), now=f"{late}T01:00:00")
    ((above,),) = installation.ask(POST, {"notice": second})
    with installation.served(f"{late}T09:00:00") as served:
        reply(desk.sign_in(served.url, late_judge), second)
        page = desk.sign_in(served.url, above)
        assert "督办逾期报告到您" in main_text(page)
        page.click("a:has-text('督办逾期报告到您')")
        assert main_text(page).count(number) == 1
        page.click(f"main a:has-text('{number}')")
        chain = main_text(page)
    after = late + timedelta(days=1)
    installation.run("clock", "--once", "--on", str(after), now=f"{after}T01:00:00")

    assert installation.ask(CLIMBS, {"notice": first}) == []
    ((on, level, name),) = installation.ask(CLIMBS, {"notice": second})
    assert on == str(late)
    assert chain.count(f"报告{level}") == 1
    assert name in chain
