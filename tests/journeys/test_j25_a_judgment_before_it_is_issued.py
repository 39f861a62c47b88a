"""J25. The judge's draft has a wrong sum and a wrong word: one is mended, one kept, then it is issued."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.desk import PHONE, Desk, main_text
from tests.journeys.installation import Installation

DRAFT = """清河区人民法院
民事判决书
{number}
本院认为，被告应当偿还借款{sum}，并按转帐凭证支付。
依照《中华人民共和国民法典》第六百七十五条规定，判决如下：
被告于本判决生效之日起十日内偿还借款50000元。
如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，上诉于云溪市中级人民法院。
"""
WRONG, RIGHT = "50000元（大写：伍仟元整）", "50000元（大写：伍万元整）"


def test_what_is_found_is_mended_or_kept_and_the_judgment_is_issued(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    with installation.served(now="2026-09-30T11:00:00") as served:
        judge = desk.sign_in(served.url, "faguan")
        judge.goto("/cases")
        judge.locator("main table a").first.click()
        number = judge.locator("h1").inner_text().strip()
        judge.click("aside a:has-text('文书校对')")
        address = judge.url
        draft = tmp_path / "裁定书.txt"
        draft.write_text(DRAFT.format(number=number, sum=WRONG), encoding="utf-8")
        judge.select_option("[name=kind]", "裁定书")
        judge.set_input_files("[name=file]", draft)
        judge.click("main form button:has-text('校对')")
        judge.locator(".report").wait_for()
        assert WRONG in judge.locator("mark.wrong").all_inner_texts()
        assert "转帐" in judge.locator("mark.doubt").all_inner_texts()
        assert judge.locator("button:has-text('签发')").count() == 0

        mended = tmp_path / "裁定书二.txt"
        mended.write_text(DRAFT.format(number=number, sum=RIGHT), encoding="utf-8")
        judge.goto(address)
        judge.select_option("[name=kind]", "裁定书")
        judge.set_input_files("[name=file]", mended)
        judge.click("main form button:has-text('校对')")
        judge.locator(".report").wait_for()
        assert "第 2 稿" in judge.locator("h1").inner_text()
        while judge.locator("a:has-text('不改，写明理由')").count():
            judge.locator("a:has-text('不改，写明理由')").first.click()
            judge.fill("[name=reason]", "已与庭审笔录核对")
            judge.click("main form button:has-text('记下理由')")
            judge.locator(".report").wait_for()
        judge.click("button:has-text('签发')")
        assert "签发" in judge.locator("h1").inner_text()
        judge.click("p.crumb a:has-text('（')")
        assert "签发裁判文书" in main_text(judge)

        judge.click("aside a:has-text('类案检索')")
        assert "相似度满分一百" in main_text(judge)

        phone = desk.sign_in(served.url, "shenguan", viewport=PHONE)
        phone.goto("/papers/coverage")
        assert "校对覆盖率" in phone.locator("h1").inner_text()
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert desk.complaints == []
