"""J9. A month of the three rules: one on leave, one untruthful, and what follows from it."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.journeys.desk import PHONE, Desk, main_text
from tests.journeys.installation import Installation, until

REGISTER = "/registers/filing.three_rules"
PERIOD = """SELECT o.id FROM records_obligation o JOIN people_court c ON c.id = o.court_id
    WHERE o.register = 'filing.three_rules' AND o.period = :period AND c.code = '云9801'"""
OPENED = """SELECT r.data, r.state, r.holder_id FROM records_record r
    WHERE r.register = 'filing.false_report' ORDER BY r.id"""
OWED = """SELECT r.id, p.name FROM records_record r JOIN people_person p ON p.id = r.holder_id
    JOIN people_account a ON a.person_id = p.id
    WHERE r.register = 'filing.three_rules' AND r.period = :period AND a.username = :user"""
AFTER = "2026-10-06T09:00:00"
"""The morning after the last day of the September reports."""
MEASURES = ("诫勉谈话", "全院通报", "记入廉政档案", "评先评优一票否决")


def period(installation: Installation, code: str) -> str:
    """Where a month's page is."""
    ((key,),) = installation.ask(PERIOD, {"period": code})
    return f"/periods/{key}"


def number_owed(said: str) -> int:
    """How many reports a page says are owed: everybody in post but who was excused."""
    found = re.search(r"应报 (\d+)，", said)
    assert found and int(found.group(1)) > 50
    return int(found.group(1))


def press(page: Any, selector: str) -> None:
    """Press a button that asks whether one is sure."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.click(selector)


def test_a_nil_report_from_a_phone_one_on_leave_and_the_rest_by_name(
    installation: Installation, desk: Desk
) -> None:
    with installation.served(clock=True) as served:
        september = until(lambda: installation.ask(PERIOD, {"period": "2026-09"}), 60, "九月的月报")[0][0]
        ((mine, name),) = installation.ask(OWED, {"period": "2026-09", "user": "faguan2"})
        ((away, absent),) = installation.ask(OWED, {"period": "2026-09", "user": "faguan"})
        judge = desk.sign_in(served.url, "faguan2", viewport=PHONE)
        judge.click(f"main a[href='/records/{mine}'] >> nth=0")
        press(judge, "main button:has-text('无事项')")
        judge.locator("ol.timeline b:has-text('无事项')").wait_for()
        judge.goto("/")
        assert judge.locator(f"main a[href='/records/{mine}']").count() == 0

        inspector = desk.sign_in(served.url, "ducha")
        inspector.goto(f"/records/{away}")
        inspector.click(".acts a:has-text('准予免报')")
        inspector.select_option("main [name=excuse]", label="病假")
        press(inspector, "main form.form button.btn")
        inspector.goto(f"/periods/{september}")
        owed = number_owed(main_text(inspector))
        told = f"应报 {owed}，按时 1（零报告 1），还没报 {owed - 1}，免报 1（不计入应报）"
        assert told in main_text(inspector)

    with installation.served(AFTER, clock=True) as served:
        inspector = desk.sign_in(served.url, "ducha")
        inspector.goto(f"/periods/{september}")
        said = main_text(inspector)
        assert f"按时率 {100 / owed:.1f}%" in said
        silent = inspector.locator("section:has(h2:text-is('逾期未报')) tbody tr td:first-child")
        missing = silent.all_inner_texts()
        assert len(missing) == owed - 1
        assert not {name, absent} & set(missing)


def test_an_untruthful_report_loses_its_place_in_the_rate_and_has_four_consequences(
    installation: Installation, desk: Desk
) -> None:
    with installation.served() as served:
        inspector = desk.sign_in(served.url, "ducha")
        august = period(installation, "2026-08")
        inspector.goto(august)
        owed = number_owed(main_text(inspector))
        told = f"按时 {owed}（零报告 {owed}），免报 1（不计入应报）。按时率 100%"
        assert told in main_text(inspector)
        press(inspector, "button:has-text('抽取核查')")
        assert "抽中 7 份" in inspector.inner_text("body")

        inspector.goto(f"{REGISTER}?state=待核查&rows=50")
        drawn = inspector.locator("table.records td.title a")
        assert drawn.count() == 7
        drawn.first.click()
        inspector.click(".acts a:has-text('核查不实')")
        inspector.fill("main [name=checked]", "当事人家属打过电话询问，没有报。")
        press(inspector, "main form.form button.btn")
        inspector.locator("ol.timeline b:has-text('核查不实')").wait_for()
        assert inspector.locator("aside p:has-text('不实填报')").count() >= len(MEASURES)

        inspector.goto(august)
        told = f"应报 {owed}，按时 {owed - 1}（零报告 {owed - 1}），核查不实 1，免报 1"
        assert told in main_text(inspector)
        assert f"按时率 {100 * (owed - 1) / owed:.1f}%" in main_text(inspector)
        judge = desk.sign_in(served.url, "faguan2")
        judge.goto("/registers/filing.false_report?status=全部")
        assert judge.locator("table.records").count() == 0

    found = installation.ask(OPENED)
    assert [state for _, state, _ in found] == ["待处理"] * len(MEASURES)
    assert len({holder for _, _, holder in found}) == 1
    assert {json.loads(data)["measure"] for data, _, _ in found} == set(MEASURES)
