"""J8. An office writes a register that nobody foresaw, has it approved, and the court uses it at once."""

from __future__ import annotations

from tests.journeys.desk import PHONE, Desk, main_text
from tests.journeys.installation import Installation

NAME = """SELECT p.name FROM people_account a JOIN people_person p ON p.id = a.person_id
    WHERE a.username = 'faguan'"""


def test_from_a_blank_to_a_register_in_use_without_a_programmer(
    installation: Installation, desk: Desk
) -> None:
    with installation.served() as served:
        office = desk.sign_in(served.url, "shenguan")
        office.goto("/institutions/drafts")
        office.click("text=起草一份")
        office.click("text=开始起草")
        assert "没有错误，3 个例子都对" in main_text(office)
        assert "谁在什么状态下办什么" in main_text(office)

        office.wait_for_load_state("load")
        text = office.input_value("#text")
        office.fill("#text", text.replace("待同意 → 使用中", "待同意 → 用着"))
        office.locator("#checked >> text=没有“用着”这个状态").wait_for()
        office.fill("#text", text)
        office.locator("#checked >> text=没有错误").wait_for()

        office.click("text=加字段")
        office.fill("[name=label]", "钥匙号")
        office.click("main form button.main")
        assert "label: 钥匙号" in office.input_value("#text")
        assert office.input_value("#text").startswith("# 会议室借用")

        office.click("text=拿过去的记录试算")
        office.click("main form button.main")
        assert "不写入任何数据" in main_text(office)

        office.goto("/institutions/drafts")
        office.click("main table a")
        office.click("text=提交批准")
        office.fill("[name=reason]", "会议室常有冲突，需要登记。")
        office.click("main form button.main")

        president = desk.sign_in(served.url, "yuanzhang")
        president.goto("/institutions/drafts")
        president.click("main table a")
        president.click("text=批准或者退回")
        president.check("[name=decision][value=批准]")
        president.click("main form button.main")
        assert "已经批准" in president.inner_text("body")

        judge = desk.sign_in(served.url, "faguan", viewport=PHONE)
        judge.goto("/registers/ledger.room_loan/new")
        judge.select_option("[name=room]", "第一会议室")
        judge.fill("[name=purpose]", "合议庭评议")
        judge.fill("[name=day]", "2026-10-09")
        judge.select_option("[name=unit]", index=1)
        judge.fill("[name=borrower]", installation.ask(NAME)[0][0])
        judge.click("main form button.main")
        assert "待同意" in main_text(judge)
        assert "借用-2026-0001" in judge.inner_text("body")


def test_nobody_approves_what_they_drafted_and_a_returned_draft_keeps_its_text(
    installation: Installation, desk: Desk
) -> None:
    with installation.served() as served:
        office = desk.sign_in(served.url, "shenguan")
        office.goto("/institutions/drafts/begin")
        office.click("text=开始起草")
        office.click("text=提交批准")
        office.fill("[name=reason]", "试试")
        office.click("main form button.main")
        assert office.locator("text=批准或者退回").count() == 0

        president = desk.sign_in(served.url, "yuanzhang")
        president.goto("/institutions/drafts")
        president.click("main table a")
        president.click("text=批准或者退回")
        president.check("[name=decision][value=退回]")
        president.click("main form button.main")
        assert "写明理由" in president.inner_text("main [role=alert]")
        president.fill("[name=opinion]", "归还时限请改为两天。")
        president.click("main form button.main")

        office.goto("/institutions/drafts")
        office.click("main table a")
        assert "归还时限请改为两天" in main_text(office)
        assert "会议室借用登记" in office.input_value("#text")
