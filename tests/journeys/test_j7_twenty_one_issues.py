"""J7. The inspectors enter 21 issues, hand them out, and cannot close what is not done."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook

from tests.journeys.desk import Desk, downloaded, main_text
from tests.journeys.installation import Installation

ISSUES = Path(__file__).parent / "fixtures" / "inspection_21_issues.csv"
REGISTER = "/registers/ledger.rectification"
COLUMNS = ("问题描述", "问题来源", "问题类别", "责任部门")
CATEGORIES = {"1": "政治建设", "2": "队伍管理", "3": "纪律作风"}
UNITS = {
    "机关党委": "机关党委办公室", "综合办": "综合办公室", "审管办": "审判管理办公室", "财务": "财务室",
}  # fmt: skip
OWN, BARE, WAITING, GOOD = "追责问责偏软", "宣传装备和场所", "上级决策部署学习", "公务用车管理不严"
STATES = """SELECT r.state, count(*) FROM records_record r
    WHERE r.register = 'ledger.rectification' AND r.opened_on = '2026-09-30' GROUP BY r.state"""
NAME = (
    "SELECT p.name FROM people_account a JOIN people_person p ON p.id = a.person_id WHERE a.username = :user"
)
POSTED = """INSERT INTO people_posting (person_id, department_id, post, since)
    SELECT a.person_id, d.id, '政治部干部', '2020-01-01' FROM people_account a, people_department d
    WHERE a.username = 'caiwu' AND d.name = '政治部'"""
"""The office of personnel has a second login: nobody approves what they applied for."""


def issues() -> list[tuple[str, str, str]]:
    """Description, category and department of each issue, in the order of the report."""
    with ISSUES.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["具体问题"], CATEGORIES[row["编号"][0]], row["责任部门"]) for row in rows]


def workbook(path: Path, units: dict[str, str]) -> Path:
    """The issues as the office types them, with the departments renamed as in ``units``."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(COLUMNS)
    for text, category, unit in issues():
        sheet.append((text, "巡视巡察", category, units.get(unit, unit)))
    book.save(path)
    return path


def uploaded(page: Any, file: Path) -> str:
    """What the page says a file would do."""
    page.goto(f"{REGISTER}/import")
    page.set_input_files("[name=file]", file)
    page.click("main form button.main")
    return main_text(page)


def opened(page: Any, words: str) -> None:
    """The record whose title contains ``words``."""
    page.goto(f"{REGISTER}?status=全部&q={words}")
    page.click("table.records td.title a")
    page.locator("ol.timeline").wait_for()


def act(page: Any, label: str, files: Mapping[str, Path] | None = None, **values: str) -> None:
    """Do an act from the page of a record."""
    page.click(f".acts a:text-is('{label}')")
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)
    for name, file in (files or {}).items():
        page.set_input_files(f"main [name={name}]", file)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("main form.form button.btn")
    page.locator("ol.timeline").wait_for()


def refused(page: Any, label: str, rule: str) -> None:
    """The page says why an act cannot be done, and the form, sent all the same, is refused by that rule."""
    assert rule in page.inner_text("aside")
    page.goto(f"{page.url}/do/{label}")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("main form.form button.btn")
    assert rule in page.inner_text("main [role=alert]")


def test_twenty_one_issues_are_registered_and_three_of_four_cannot_be_closed(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    users = ("fuyuanzhang", "duchayuan", "bangong", "zhengzhi", "faguan")
    leader, inspector, office, politics, judge = (installation.ask(NAME, {"user": user})[0] for user in users)
    connection = installation.connected()
    connection.execute(POSTED)
    connection.close()
    proof = tmp_path / "整改佐证.txt"
    with installation.served() as served:
        page = desk.sign_in(served.url, "duchayuan")
        first = uploaded(page, workbook(tmp_path / "反馈问题.xlsx", UNITS))
        assert "21 行 = 新登记 20 + 未变 0 + 退回 1" in first
        assert "本院没有部门“工会”" in first
        page.click("button:has-text('登记这 20 条')")
        again = uploaded(page, workbook(tmp_path / "反馈问题（改）.xlsx", {**UNITS, "工会": "综合办公室"}))
        assert "21 行 = 新登记 1 + 未变 20 + 退回 0" in again
        page.click("button:has-text('登记这 1 条')")
        page.goto(f"{REGISTER}?status=全部&opened=2026-09-30&rows=50")
        assert page.locator("table.records tbody tr").count() == 21

        owners = {
            OWN: (page, inspector[0]),
            BARE: (desk.sign_in(served.url, "bangong"), office[0]),
            WAITING: (desk.sign_in(served.url, "zhengzhi"), politics[0]),
        }
        owners[GOOD] = owners[BARE]
        applicant = desk.sign_in(served.url, "caiwu")
        for words, (owner, name) in owners.items():
            opened(owner, words)
            plan = {"person": name, "leader": leader[0], "measure": "逐项核对。", "deadline": "2026-12-31"}
            act(owner, "认领", **plan)
            if words == WAITING:
                apply_for_approval(applicant, owner.url, judge[0])
            opened(owner, words)
            proof.write_text(f"{words}：已办。", encoding="utf-8")
            files = {} if words == BARE else {"evidence": proof}
            act(owner, "报验", files, progress="已经改了。")

        opened(page, OWN)
        refused(page, "销号", f"责任人 {inspector[0]} 不得办理“销号”")
        opened(page, BARE)
        refused(page, "销号", "没有整改佐证，不能销号，最多认定基本完成")
        opened(page, WAITING)
        refused(page, "销号", "关联的审批还没有办完，不能销号，最多认定基本完成")
        opened(page, GOOD)
        act(page, "销号")
        page.locator("ol.timeline b:has-text('销号')").wait_for()
        opened(page, BARE)
        act(page, "认定基本完成", remaining="设备还没有到货。")

        page.goto(f"{REGISTER}/figures?opened=2026-09-30")
        assert "21 条：未了结 20，已了结 1" in main_text(page)
        page.goto(f"{REGISTER}/paper?status=全部&opened=2026-09-30")
        assert "21 条" in main_text(page)

    counted = dict(installation.ask(STATES))
    assert counted == {"待认领": 17, "待验收": 2, "基本完成": 1, "已完成": 1}


def apply_for_approval(page: Any, issue: str, name: str) -> None:
    """The personnel office sends a removal up for approval and ties it to the issue."""
    page.goto("/registers/approval.appointment/new")
    entries = {"person": name, "old": "审判员", "new": "综合岗位", "reason": "不在办案岗位。"}
    for key, value in entries.items():
        page.fill(f"main [name={key}]", value)
    page.select_option("main [name=kind]", "退出员额")
    page.click("main form.form button.btn")
    page.locator("ol.timeline").wait_for()
    number = page.locator(".crumb span").last.inner_text()
    page.goto(f"{issue}/link")
    page.select_option("main [name=register]", "approval.appointment")
    page.fill("main [name=number]", number)
    page.click("main form.form button.btn")
    page.locator(f"aside a:has-text('{number}')").wait_for()


def test_a_bulletin_is_counted_and_typed_numbers_that_differ_are_refused(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    with installation.served() as served:
        page = desk.sign_in(served.url, "bangong")
        page.goto("/registers/ledger.inspection_issue/bulletin")
        said = main_text(page)
        assert "21 条，自报与认定不一致 4 条" in said
        cells = page.locator("form.bulletin tbody tr").all_inner_texts()
        assert [row.split()[:3] for row in cells] == [
            ["已完成并长期坚持", "12", "15"],
            ["已完成", "5", "6"],
            ["基本完成", "0", "0"],
            ["整改中", "4", "0"],
        ]
        for place, number in enumerate(("11", "9", "1")):
            page.fill(f"[name=typed{place}]", number)
        page.click("form.bulletin button.main")
        refusal = page.inner_text("main [role=alert]")
        assert "“已完成”写了 9，台账认定 5" in refusal
        assert "通报里的数字由台账数出，不能手写" in refusal
        assert page.input_value("[name=typed1]") == "9"

        for place in range(4):
            page.fill(f"[name=typed{place}]", "")
        paper = downloaded(page, "form.bulletin button.main", tmp_path)
    text = "\n".join(one.text for one in Document(str(paper)).paragraphs)
    assert "21个具体问题中" in text
    assert "认定已完成整改5个，已完成整改并长期坚持12个，基本完成整改0个，正在整改4个" in text
    assert "自报：已完成6个，已完成并长期坚持15个，基本完成0个。自报与认定不一致的有4个" in text
