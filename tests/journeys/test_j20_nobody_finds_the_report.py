"""J20. A judge is reported anonymously: the reporter comes back with the receipt; nobody else finds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.journeys.desk import PHONE, Desk, main_text
from tests.journeys.installation import Installation, until

VERIFY = Path(__file__).parents[2] / "verifier" / "verify.py"
PASSPHRASE = "明镜演示密钥口令十二个字"
SAID = "这名法官三月十二日晚上收了对方律师的购物卡，停车场有监控。"
LOOKING = ("faguan", "tingzhang", "fuyuanzhang", "yuanzhang", "xitong", "anquan", "shenji", "zhongyuan")
NAME = (
    "SELECT p.name FROM people_person p JOIN people_account a ON a.person_id = p.id WHERE a.username = :user"
)
TOLD = "SELECT count(*), max(colour) FROM leads_leadalert WHERE lead_id = :lead"


def worked_out(page: Any) -> None:
    """Wait until the browser has done its arithmetic, as it does while somebody writes."""
    page.wait_for_function("document.querySelector('[name=proof]').value !== ''")


def verified(folder: Path, key: str) -> int:
    """What the one-file verifier says of the receipt and the content in a folder, on a machine of its own."""
    command = [sys.executable, "-I", str(VERIFY), "receipt", str(folder / "receipt.json")]
    command += ["--content", str(folder / "content.txt"), "--key", key]
    return subprocess.run(command, check=False, capture_output=True).returncode


def test_the_receipt_is_verified_elsewhere_after_the_daily_checkpoint(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    with installation.served() as served:
        phone = desk.open(served.url, viewport=PHONE)
        phone.goto("/report/")
        phone.select_option("[name=court]", label="清河区人民法院")
        phone.fill("[name=text]", SAID)
        worked_out(phone)
        phone.click("main button")
        words = phone.inner_text(".receipt")
        phone.goto("/report/ask/")
        phone.fill("[name=words]", words)
        phone.click("main button")
        assert phone.locator("button:text-is('下载回执文件')").count() == 0, "not signed yet"

        auditor = desk.sign_in(served.url, "shenji")
        auditor.goto("/acts/checkpoints")
        auditor.click("main button:text-is('现在签一个')")

        phone.goto("/report/ask/")
        phone.fill("[name=words]", words)
        phone.click("main button")
        for button in ("下载回执文件", "下载您写的内容"):
            with phone.expect_download() as got:
                phone.click(f"button:text-is('{button}')")
            got.value.save_as(tmp_path / got.value.suggested_filename)
        key = phone.context.request.get(f"{served.url}/log/key").text().strip()
        assert verified(tmp_path, key) == 0
        receipt = (tmp_path / "receipt.json").read_bytes()
        assert SAID.encode() not in receipt and SAID.encode() in (tmp_path / "content.txt").read_bytes()
        (tmp_path / "content.txt").write_bytes((tmp_path / "content.txt").read_bytes() + b" ")
        assert verified(tmp_path, key) == 1
        assert phone.context.cookies() == []


def numbers(installation: Installation) -> set[str]:
    """The numbers of all leads there are: neither they nor their ids tell which came last."""
    return {number for (number,) in installation.ask("SELECT number FROM leads_lead")}


def unlock(page: Any) -> None:
    """Open the key on the page of a locked lead."""
    page.fill("main [name=passphrase]", PASSPHRASE)
    page.click("main form.form button.main")
    page.wait_for_load_state()


def test_the_team_and_the_reporter_talk_and_nobody_else_finds_it(
    installation: Installation, desk: Desk
) -> None:
    ((judge,),) = installation.ask(NAME, {"user": "faguan"})
    before = numbers(installation)
    with installation.served() as served:
        phone = desk.open(served.url, viewport=PHONE)
        phone.goto("/report/")
        phone.select_option("[name=court]", label="清河区人民法院")
        phone.fill("[name=reported]", judge)
        phone.fill("[name=text]", SAID)
        worked_out(phone)
        phone.click("main button")
        words = phone.inner_text(".receipt")
        assert len(words.split()) == 8 and phone.context.cookies() == []

        chief = desk.sign_in(served.url, "jijian")
        chief.goto("/leads/")
        (number,) = numbers(installation) - before
        chief.click(f"main table.list a:text-is('{number}')")
        address = chief.url
        assert SAID not in main_text(chief)
        unlock(chief)
        assert SAID in main_text(chief)
        chief.click("main a:text-is('写给举报人')")
        chief.fill("main [name=message]", "监控在哪一个停车场？")
        chief.click("main form.form button.main")

        phone.goto("/report/ask/")
        phone.fill("[name=words]", words.replace(" ", "、"))
        phone.click("main button")
        assert "监控在哪一个停车场？" in main_text(phone)
        phone.fill("[name=message]", "法院东门对面。")
        worked_out(phone)
        phone.click("main button")
        assert "法院东门对面。" in main_text(phone)
        chief.goto(address)
        assert "法院东门对面。" in main_text(chief)

        for user in LOOKING:
            somebody = desk.sign_in(served.url, user)
            found = [somebody.goto(path) for path in (address, f"{address}do/?act=受理", "/leads/")]
            assert [one.status for one in found] == [404, 404, 404], user
            somebody.goto(f"/find?q={number}")
            assert somebody.locator("a[href*='/leads/']").count() == 0, user
    assert not any(
        SAID.encode() in path.read_bytes() for path in installation.data.rglob("*") if path.is_file()
    )


def test_a_lead_nobody_opens_climbs_by_itself(installation: Installation) -> None:
    ((lead,),) = installation.ask("SELECT id FROM leads_lead WHERE state = '待受理' ORDER BY id LIMIT 1")
    with installation.served(now="2026-11-02T09:00:00", clock=True):
        until(lambda: installation.ask(TOLD, {"lead": lead})[0][0] == 3, 90, "线索的三级提醒")
    assert installation.ask(TOLD, {"lead": lead}) == [(3, 3)], "blue, yellow, red, each once"
