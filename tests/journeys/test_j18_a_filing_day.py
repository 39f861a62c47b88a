"""J18 and J19. A filing day with a department that stays silent; a litigant checks the draw of the case."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from tests.journeys.desk import PHONE, Desk, downloaded, main_text
from tests.journeys.installation import Installation

VERIFIER = Path(__file__).resolve().parents[2] / "verifier" / "verify.py"
LATER = "2026-09-30T10:30:00"
GIVERS = {"lian": "立案庭", "shenguan": "审判管理办公室", "ducha": "督察室"}


def value_of(user: str, turn: int) -> bytes:
    return hashlib.sha256(f"{user} 自己的随机数 {turn}".encode()).digest()


def promise(page: Any, day: str, user: str, turn: int) -> None:
    """Hand in the commitment of a value that stays with its owner."""
    page.goto(day)
    page.click("text=提交本部门的承诺")
    given = hashlib.sha256(GIVERS[user].encode() + b"\0" + value_of(user, turn)).hexdigest()
    page.fill("[name=commitment]", given)
    page.click("main button:has-text('提交承诺') >> nth=0")
    page.locator("text=承诺已提交").wait_for()


def reveal(page: Any, day: str, user: str, turn: int) -> None:
    """Show the value."""
    page.goto(day)
    page.click("text=揭示本部门的随机数")
    page.fill("[name=value]", value_of(user, turn).hex())
    page.click("main button:has-text('揭示')")
    page.locator("text=与承诺相符").first.wait_for()


def lock_a_day(page: Any) -> str:
    """List what waits, commit the lists; the address of the day."""
    page.goto("/draws")
    page.click("text=开今天的立案日")
    page.click("main button:has-text('列入名单')")
    page.locator("text=已列入").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("main button:has-text('锁定名单')")
    page.locator("text=名单已锁定").wait_for()
    return str(page.url).partition("127.0.0.1")[2].partition("/")[2]


def verified(file: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What the verifier says on a machine that has nothing but Python, the verifier and the file."""
    alone = folder / "elsewhere"
    alone.mkdir(exist_ok=True)
    shutil.copy(VERIFIER, alone)
    shutil.copy(file, alone / file.name)
    command = [sys.executable, "-I", "verify.py", "draw", file.name]
    return subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)


def first_half(desk: Desk, url: str) -> str:
    """Lists, commitments of all three, and two of them reveal."""
    clerk, office, watch = (desk.sign_in(url, user) for user in GIVERS)
    day = f"/{lock_a_day(clerk)}"
    for page, user in zip((clerk, office, watch), GIVERS, strict=True):
        promise(page, day, user, 1)
    reveal(clerk, day, "lian", 1)
    reveal(office, day, "shenguan", 1)
    clerk.goto(day)
    assert "登记逾期未揭示" not in main_text(clerk), "the time is not over yet"
    return day


def second_half(desk: Desk, url: str, day: str) -> str:
    """The third stays silent: by the rule the two begin again; drawn, taken. The address of a public page."""
    clerk, office = (desk.sign_in(url, user) for user in ("lian", "shenguan"))
    clerk.goto(day)
    clerk.click("text=登记逾期未揭示")
    clerk.locator("text=按规则“重来”").wait_for()
    promise(clerk, day, "lian", 2)
    promise(office, day, "shenguan", 2)
    reveal(clerk, day, "lian", 2)
    reveal(office, day, "shenguan", 2)
    clerk.goto(day)
    clerk.once("dialog", lambda dialog: dialog.accept())
    clerk.click("text=抽取并公布 >> nth=-1")
    clerk.locator("text=已抽取并公布").wait_for()
    assert "部门未揭示" in main_text(clerk)
    clerk.click("main button:has-text('结果入案')")
    clerk.locator("text=件案件已有承办人").wait_for()
    clerk.goto("/draws/figures")
    assert "督察室" in main_text(clerk)
    clerk.goto(day)
    clerk.click("main details >> nth=0")
    clerk.click("main details >> nth=0 >> text=/^\\d{3}-/")
    return str(clerk.url).partition("127.0.0.1")[2].partition("/")[2]


def test_a_department_stays_silent_and_the_draw_is_checked_by_anyone(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    with installation.served() as served:
        day = first_half(desk, served.url)
    with installation.served(LATER) as served:
        draw = second_half(desk, served.url, day)
        clerk = desk.sign_in(served.url, "lian")
        clerk.goto(f"/{draw}")
        notice = downloaded(clerk, "text=下载合议庭组成通知书", tmp_path)
        pictures = [name for name in zipfile.ZipFile(notice).namelist() if name.endswith(".png")]
        assert pictures, "the notice carries no code"
        people = [name for (name,) in installation.ask("SELECT name FROM people_person")]
        public = clerk.get_attribute("text=公开的核验页", "href")

        party = desk.open(served.url, viewport=PHONE)
        party.goto(str(public))
        shown = main_text(party)
        assert "核验相符" in shown
        assert [name for name in people if name in shown] == []
        assert party.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        file = downloaded(party, "text=这次抽取的文件", tmp_path)
    done = verified(file, tmp_path)
    assert done.returncode == 0, done.stdout
    assert "全部成立" in done.stdout


def test_a_litigant_finds_the_draw_by_its_number_and_takes_the_open_data(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    [(number, case)] = installation.ask('SELECT number, "case" FROM published_publisheddraw LIMIT 1')
    people = [name for (name,) in installation.ask("SELECT name FROM people_person")]
    with installation.served() as served:
        party = desk.open(served.url)
        party.goto("/public/draws")
        party.fill("[name=number]", number)
        party.click("main button")
        party.wait_for_url(f"**/public/draws/{number}")
        assert case in main_text(party)
        party.goto("/public/draws?number=没有这个编号")
        assert "没有找到" in main_text(party)
        party.goto("/public/draws")
        table = downloaded(party, "text=CSV", tmp_path).read_text(encoding="utf-8")
    assert number in table
    assert [name for name in people if name in table] == []
