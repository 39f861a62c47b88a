"""J21. One lead, one plan, one team, one archive: all signatures, both checks on that day."""

from __future__ import annotations

from typing import Any

from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import Installation
from tests.journeys.test_j20_nobody_finds_the_report import NAME, unlock

VERIFIED = "SELECT id FROM leads_lead WHERE state = '核查中'"
HEAD = """SELECT p.name FROM people_posting x JOIN people_person p ON p.id = x.person_id
    JOIN people_department d ON d.id = x.department_id JOIN people_court c ON c.id = d.court_id
    WHERE c.code = '云9801' AND d.name = '民事审判第一庭' AND x.post = '庭长'"""


def at_lead(desk: Desk, url: str, user: str, lead: int) -> Any:
    """Somebody of the team before the opened lead."""
    page = desk.sign_in(url, user)
    page.goto(f"/leads/{lead}/")
    unlock(page)
    return page


def act(page: Any, lead: int, label: str, **entered: str) -> None:
    """An act from its form; ticks are given as 是."""
    page.goto(f"/leads/{lead}/")
    page.click(f".acts a:text-is('{label}')")
    for name, value in entered.items():
        control = page.locator(f"main [name={name}]")
        if value == "是":
            control.check()
        elif control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    page.click("main form.form button.main")
    page.wait_for_load_state()


SEEN = {"person": "是", "masses": "是", "bottom": "是"}


def test_an_unfounded_lead_waits_for_every_signature(installation: Installation, desk: Desk) -> None:
    ((lead,),) = installation.ask(VERIFIED)
    with installation.served() as served:
        officer = at_lead(desk, served.url, "jijianganbu", lead)
        act(officer, lead, "记核查", work="调取流水，未见往来。")
        act(officer, lead, "报结论", report="截图系拼接。", ending="查否", **SEEN)
        act(officer, lead, "签字背书")
        approver = at_lead(desk, served.url, "ducha", lead)
        assert "会商报方案" not in approver.inner_text(".acts"), "a lead has one plan"
        act(approver, lead, "签字背书")
        act_refused = "还有人没有签"
        approver.goto(f"/leads/{lead}/")
        assert act_refused in approver.inner_text("aside")
        act(at_lead(desk, served.url, "duchayuan", lead), lead, "签字背书")
        act(approver, lead, "审结")
        chief = at_lead(desk, served.url, "jijian", lead)
        act(chief, lead, "归档", archive="归档2026-1")
        assert "已归档" in main_text(chief)


def test_a_founded_one_opens_both_checks_and_waits_for_them(installation: Installation, desk: Desk) -> None:
    ((lead,),) = installation.ask(VERIFIED)
    ((judge,),) = installation.ask(NAME, {"user": "faguan"})
    ((head,),) = installation.ask(HEAD)
    with installation.served() as served:
        officer = at_lead(desk, served.url, "jijianganbu", lead)
        act(officer, lead, "报结论", report="属实。", ending="属实", blood="是", **SEEN)
        act(at_lead(desk, served.url, "ducha", lead), lead, "审结")
        chief = at_lead(desk, served.url, "jijian", lead)
        act(chief, lead, "登记处理", person=judge, form="第一种形态", kind="诫勉", on="2026-09-28")
        act(chief, lead, "启动一案双查", person=f"清河法院 {judge}", breach_on="2026-03-12")
        assert "监管责任" in main_text(chief) and f"{head}（{judge}违纪）" in main_text(chief)
        chief.goto(f"/leads/{lead}/")
        chief.click(".acts a:text-is('归档')")
        chief.fill("main [name=archive]", "归档2026-2")
        chief.click("main form.form button.main")
        assert "一案双查还没有办结" in main_text(chief)
        for _ in range(2):
            chief.goto(f"/leads/{lead}/")
            chief.click("main table a:text-is('办结') >> nth=0")
            chief.fill("main [name=finding]", "已按规定谈话提醒。")
            chief.click("main form.form button.main")
        act(chief, lead, "归档", archive="归档2026-2")
        assert "已归档" in main_text(chief)
        chief.goto("/leads/forms/")
        assert "1 人" in main_text(chief) and "1 件" in main_text(chief)
