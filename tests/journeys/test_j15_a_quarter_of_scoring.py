"""J15. The political department closes a quarter of scoring: a tie at the edge, a veto, blue becomes yellow,
the card is answered, the circular of the quarter is written. The cards are worked by hand in ``HAND``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document

from tests.journeys.desk import PHONE, Desk, downloaded, main_text
from tests.journeys.installation import Installation

SHEET, CARDS = "sheet.integrity_month", "card.three_colours"
OFF = {"执行局": 10, "综合办公室": 7, "民事审判第二庭": 6, "信访办公室": 6, "立案庭": 2}
"""September: what both reviewers take off; everybody else loses 3 and has 97.

In order: 执行局 90, 综合办公室 93, then 民事审判第二庭 and 信访办公室 94 each: two stand lower than either,
fewer than three, so both are among the last (R-031, tie at the edge). 立案庭 has 98 and a veto."""
HAND = {
    # among the last in June and July: blue on 31 July; blue in the second quarter too: yellow on 30 September
    "执行局": "黄牌",
    # among the last in August and September: blue renewed on 30 September; blue in Q2 too: yellow that day
    "民事审判第二庭": "黄牌",
}
NEW = """SELECT d.name, json_extract(r.data, '$.colour'), json_extract(r.data, '$.on') FROM records_record r
    JOIN people_department d ON d.id = r.unit_id
    WHERE r.register = 'card.three_colours' AND r.state = '待确认' ORDER BY d.name, 2"""
HEAD = """INSERT INTO people_posting (person_id, department_id, post, since)
    SELECT a.person_id, d.id, '执行局长', '2020-01-01' FROM people_account a, people_department d
    JOIN people_court c ON c.id = d.court_id
    WHERE a.username = 'zhixing' AND d.name = '执行局' AND c.code = '云9801'"""
GRADES = """SELECT json_extract(r.data, '$.total'), json_extract(r.data, '$.grade_before'),
    json_extract(r.data, '$.grade') FROM records_record r JOIN people_department d ON d.id = r.unit_id
    WHERE r.register = 'sheet.integrity_month' AND json_extract(r.data, '$.period') = '2026-09'
    AND d.name = :name"""
OPENED = """SELECT r.register, d.name FROM records_record r JOIN people_department d ON d.id = r.unit_id
    WHERE r.register = 'ledger.rectification' AND r.opened_on = '2026-10-20'"""
ITEMS = ("study", "party_life", "major")


def seated(desk: Desk, url: str, user: str, **options: Any) -> Any:
    """Somebody at their browser who means what they press."""
    page = desk.sign_in(url, user, **options)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def scored(page: Any) -> int:
    """Everything that waits for this reviewer's marks, one after the other from the list."""
    done = 0
    page.goto("/assessments")
    while True:
        rows = (
            page.locator("a.btn:text-is('打分')").locator("xpath=ancestor::tr").filter(has_text="2026年9月")
        )
        if not rows.count():
            return done
        title = rows.first.locator("a").first.inner_text()
        rows.first.locator("a.btn").click()
        left = next((off for name, off in OFF.items() if title.startswith(name)), 3)
        for key in ITEMS:
            if left:
                page.fill(f"main [name={key}]", str(min(5, left)))
                left -= min(5, left)
        page.click("main form.form button.btn")
        page.wait_for_url("**/assessments")
        done += 1


def together(page: Any, state: str, act: str, register: str = SHEET) -> None:
    """One act on every record in a state."""
    page.goto(f"/registers/{register}?state={state}&rows=50")
    for box in page.locator("table.records tbody input[name=record]").all():
        box.check()
    page.click("button:has-text('成批办理选中的')")
    page.click(f"button[name=act][value='{act}']")
    with page.expect_navigation():
        page.click("button[data-confirm]:has-text('条')")


def act(page: Any, label: str, **values: str) -> None:
    """An act of the record shown; the form stays where it is refused."""
    page.click(f".acts a:text-is('{label}')")
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)
    with page.expect_navigation():
        page.click("main form.form button.btn")


def september(desk: Desk, url: str) -> None:
    """The round is opened, three reviewers mark blind to each other, one veto is found, all are told."""
    office = seated(desk, url, "zhengzhi")
    office.goto("/assessments")
    office.click(f"a[href='/assessments/{SHEET}/round']")
    assert office.input_value("[name=period]") == "2026-09"
    assert office.locator("[name=jury]:checked").count() == 3
    office.click("main form.form button.btn")
    assert "开了 14 份评分表" in office.inner_text("body")
    inspector = seated(desk, url, "duchayuan")
    done = [scored(page) for page in (office, inspector, seated(desk, url, "shenguan"))]
    assert done == [13, 13, 13], "nobody scores the own department"
    office.goto(f"/registers/{SHEET}?state=待告知&q=立案庭")
    office.click("table.records td.title a")
    veto(office)
    assert "不得高于“良”" in main_text(office)
    together(office, "待告知", "告知")
    assert "被评部门" in main_text(office), "nobody tells the own department's result"
    together(inspector, "待告知", "告知")


def veto(page: Any) -> None:
    """The veto: which trigger, on what evidence."""
    page.click(".acts a:text-is('认定否决')")
    page.select_option("main [name=veto]", label="群众投诉查实")
    page.fill("main [name=veto_why]", "督察查实：窗口推诿一件")
    page.click("main form.form button.btn")
    page.locator("ol.timeline b:has-text('认定否决')").wait_for()


def test_a_tie_at_the_edge_and_a_veto_close_the_quarter_and_blue_becomes_yellow(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    connection = installation.connected()
    connection.execute(HEAD)
    connection.close()
    with installation.served(now="2026-10-09T09:00:00") as served:
        september(desk, served.url)
        party = seated(desk, served.url, "yuanzhang")
        together(party, "待答复", "确认")
        assert "还没有答复，答复时限到 2026-10-1" in main_text(party)

    with installation.served(now="2026-10-20T09:00:00") as served:
        party = seated(desk, served.url, "yuanzhang")
        together(party, "待答复", "确认")
        assert installation.ask(GRADES, {"name": "立案庭"}) == [("98.00", "优", "良")]
        party.goto(f"/assessments/{SHEET}/ranking/2026-09")
        assert main_text(party).count("在末位") == 4
        proposed = {(name, colour) for name, colour, on in installation.ask(NEW) if on == "2026-09-30"}
        assert set(HAND.items()) <= proposed
        assert ("信访办公室", "蓝牌") not in proposed
        assert {colour for _, colour, _ in installation.ask(NEW)} <= {"蓝牌", "黄牌"}, "no red (N-063)"

        office = seated(desk, served.url, "zhengzhi")
        office.goto(f"/assessments/{CARDS}/cards")
        assert "等党组确认" in main_text(office)
        assert "2026-02-28" in main_text(office)
        office.click("a:has-text('出季度廉政通报')")
        office.select_option("[name=quarter]", label="2026年第三季度")
        office.click("main form.form button.btn")
        assert "党组没有决定" in office.inner_text("main [role=alert]")

        party.goto(f"/assessments/{CARDS}/cards")
        party.click("th a:text-is('执行局')")
        derived = main_text(party)
        assert "2026年6月得 90 分：14 个部门里低于它的有 0 个，不到 3 个，在末位" in derived
        assert "连续 2 个季度有蓝牌：到 2 个季度发黄牌" in derived
        together(party, "待确认", "确认发牌", CARDS)
        assert ("ledger.rectification", "执行局") in installation.ask(OPENED)
        answered(desk, served.url, tmp_path)

        office.goto(f"/assessments/{CARDS}/circular")
        office.select_option("[name=quarter]", label="2026年第三季度")
        office.click("main form.form button.btn")
        office.locator("ol.timeline b:has-text('生成')").wait_for()
        assert "90.00（14）" in main_text(office)
        act(office, "报批")
        party.goto(office.url)
        act(party, "批准")
        paper = Document(str(downloaded(office, "aside a:has-text('季度廉政通报')", tmp_path)))
        assert paper.tables[0].rows[0].cells[0].text == "部门"
        assert len(paper.tables[0].rows) == 15


def answered(desk: Desk, url: str, folder: Path) -> None:
    """The head pleads from a phone, explains without a plan in vain, then with one, and prints the card."""
    head = seated(desk, url, "zhixing", viewport=PHONE)
    head.goto(f"/registers/{CARDS}?q=黄牌")
    head.click("table.records td.title a")
    act(head, "申辩", plea="七月有三人借调专项行动。")
    head.locator("ol.timeline b:has-text('申辩')").wait_for()
    act(head, "说明情况", explained="人手少，基础工作没有跟上。")
    assert "黄牌要写“整改方案”" in head.inner_text("main [role=alert]")
    head.fill("main [name=plan]", "逐项补课，每周自查。")
    head.click("main form.form button.btn")
    head.locator("ol.timeline b:has-text('说明情况')").wait_for()
    assert head.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    paper = Document(str(downloaded(head, "text=发牌通知书", folder)))
    words = "\n".join(part.text for part in paper.paragraphs)
    assert "黄牌通知书" in words
    assert "连续 2 个季度有蓝牌：到 2 个季度发黄牌" in words
