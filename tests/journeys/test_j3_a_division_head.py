"""J3. A division head is warned, looks at the case, leaves a note, decides what a rule proposed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import Installation

WARNED = """
SELECT c.id, c.number, h.name FROM supervision_alert s JOIN people_account a ON a.person_id = s.person_id
JOIN cases_case c ON c.id = s.case_id JOIN people_person h ON h.id = c.handler_id
WHERE a.username = 'tingzhang' AND s.colour = 2 AND s.settled = '' AND c.closed_on IS NULL
AND c.handler_id <> s.person_id ORDER BY s.due_on LIMIT 1
"""
PROPOSED = """
SELECT p.id FROM supervision_proposal p JOIN cases_case c ON c.id = p.case_id
JOIN people_department d ON d.id = c.department_id JOIN people_court k ON k.id = p.court_id
WHERE p.state = '待确认' AND p.marks = '四类案件' AND k.code = '云9801' AND d.name = '民事审判第一庭'
ORDER BY c.filed_on DESC
"""
NOTE = "请在国庆节前排定开庭日期；鉴定意见到了，当日登记扣除结束。"


def decide(page: Any, proposal: int, decision: str, reason: str) -> None:
    """Open a proposal and decide it."""
    page.goto(f"/proposals/{proposal}")
    page.check(f"[name=decision][value={decision}]")
    page.fill("[name=reason]", reason)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=提交决定")


def share(page: Any) -> str:
    """The figures of the share, as the first sentence says them."""
    page.goto("/proposals/share?period=季")
    return str(page.inner_text("p.lead"))


def test_a_yellow_warning_leads_to_a_note_the_panel_sees_and_nobody_can_remove(
    installation: Installation, desk: Desk
) -> None:
    ((case, number, handler),) = installation.ask(WARNED)
    with installation.served() as served:
        head = desk.sign_in(served.url, "tingzhang")
        head.goto("/alerts?colour=黄")
        assert number in main_text(head)
        head.click(f"main a:has-text('{number}')")
        assert handler in main_text(head)
        head.click("text=留监督意见")
        assert "不能修改" in main_text(head)
        head.fill("[name=text]", NOTE)
        head.click("main form button.main")
        head.wait_for_url(f"**/cases/{case}")

        judge = desk.sign_in(served.url, "fuyuanzhang")
        judge.goto(f"/cases/{case}")
        assert NOTE in main_text(judge)
        assert "永久保留" in main_text(judge)
    connection = installation.connected()
    with pytest.raises(Exception, match="append-only"):
        connection.execute("DELETE FROM auditlog_act")
    connection.close()


def test_confirming_moves_the_share_and_declining_needs_a_reason(
    installation: Installation, desk: Desk
) -> None:
    found = [pk for (pk,) in installation.ask(PROPOSED)]
    assert len(found) >= 2
    with installation.served() as served:
        page = desk.sign_in(served.url, "tingzhang")
        before = share(page)
        decide(page, found[0], "confirm", "符合识别标准，纳入监督。")
        page.locator("[role=status] >> text=已认定").wait_for()
        decide(page, found[1], "decline", "")
        assert "理由" in page.inner_text("main [role=alert]")
        page.fill("[name=reason]", "诉讼标的同一、争议不大，按一般案件办理。")
        page.once("dialog", lambda dialog: dialog.accept())
        page.click("text=提交决定")
        page.locator("[role=status] >> text=不认定").wait_for()
        assert share(page) != before
    states = installation.ask(f"SELECT state FROM supervision_proposal WHERE id IN ({found[0]}, {found[1]})")
    assert sorted(one[0] for one in states) == sorted(["已确认", "不认定"])
