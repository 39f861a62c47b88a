"""J23. A party files from a phone, is told once what is missing, adds it, is filed, and rates it badly; the
item that opens is dealt with and called back. A notice goes through three hands, up, and down again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.journeys.desk import PHONE, Desk, main_text
from tests.journeys.installation import Installation

WINDOW, BOARD = "/window/云9801/", "/public/board/云9801/"
FILING, BAD, COLUMNS = (
    "/registers/ledger.filing_application", "/registers/ledger.bad_rating", "/registers/ledger.court_affairs",
)  # fmt: skip
NAME = (
    "SELECT p.name FROM people_account a JOIN people_person p ON p.id = a.person_id WHERE a.username = :user"
)
CASE = (
    "SELECT number FROM cases_case WHERE closed_on IS NULL AND number LIKE '%云9801民初%' ORDER BY id LIMIT 1"
)
PROVED = "() => [...document.querySelectorAll('[name=proof]')].every((one) => one.value)"
TITLE = "旁听庭审预约办法（二）"


def send(page: Any, button: str) -> str:
    """Press the button of a form of the window, once its little arithmetic is done."""
    page.wait_for_function(PROVED)
    page.click(f"main button:text-is('{button}')")
    page.wait_for_load_state()
    return str(page.inner_text("main"))


def done(page: Any, address: str, label: str, fills: dict[str, str], chosen: dict[str, str]) -> str:
    """Do an act from the page of a record; what the page says then."""
    page.goto(address)
    page.click(f".acts a:text-is('{label}')")
    for name, value in fills.items():
        if value == "是":
            page.check(f"main [name={name}][value={value}]")
        else:
            page.fill(f"main [name={name}]", value)
    for name, value in chosen.items():
        page.select_option(f"main [name={name}]", label=value)
    page.click("main form.form button.btn")
    page.wait_for_load_state()
    return main_text(page)


def at_work(desk: Desk, url: str, user: str) -> Any:
    """Somebody of the court, who says yes when asked whether they mean it."""
    page = desk.sign_in(url, user)
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def found(page: Any, register: str, title: str) -> str:
    """The address of an open record of a register."""
    page.goto(register)
    page.click(f"table.list tbody a:has-text('{title}') >> nth=0")
    page.wait_for_load_state()
    return str(page.url)


def test_a_party_files_is_told_once_adds_is_filed_and_rates(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    (((case,),), ((who,),)) = installation.ask(CASE, {}), installation.ask(NAME, {"user": "lian"})
    paper = tmp_path / "起诉状.txt"
    paper.write_text("请求判令还款五万元。", encoding="utf-8")
    with installation.served() as served:
        party = desk.open(served.url, viewport=PHONE)
        party.goto(WINDOW)
        party.click("main a:has-text('网上立案申请')")
        for name, text in (
            ("applicant", "申某"),
            ("phone", "13800000000"),
            ("opposite", "何某"),
            ("claim", "还款"),
        ):
            party.fill(f"[name='q.{name}']", text)
        party.check("[value='当事人本人']")
        party.check("[value='民间借贷']")
        party.set_input_files("[name='q.files']", paper)
        assert "查询码" in send(party, "提交，取回执")
        number, code = party.locator("dd").all_inner_texts()

        clerk = at_work(desk, served.url, "lian")
        address = found(clerk, FILING, "申某")
        told = {"gaps": "缺转账记录", "until": "2026-10-15"}
        assert "待补正" in done(clerk, address, "一次性告知", told, {})

        party.goto(f"{WINDOW}progress/")
        party.fill("[name=number]", number)
        party.fill("[name=code]", code.lower())
        assert "缺转账记录" in send(party, "查")
        party.set_input_files("[name='q.more']", paper)
        assert "补正待审" in send(party, "补正")
        filed = {"case": case, "filed": "2026-09-30"}
        assert "补正后办好" in done(clerk, address, "立案", filed, {"unit": "立案庭"})

        party.goto(f"{WINDOW}progress/")
        party.fill("[name=number]", number)
        party.fill("[name=code]", code)
        assert case in send(party, "查")
        party.check("[value='非常不满意']")
        party.fill("[name='q.why']", "跑了两趟")
        assert "补正后办好已评价" in send(party, "评价")

        chief = at_work(desk, served.url, "ducha")
        item = found(chief, BAD, "网上立案")
        assert "跑了两趟" in main_text(chief)
        done(chief, item, "分派", {"person": who}, {})
        assert "待回访" in done(clerk, item, "报整改", {"fixed": "补正一次说清，已向当事人说明。"}, {})
        chief.goto(item)
        assert chief.locator(".acts a:text-is('办结')").count() == 0
        caller = at_work(desk, served.url, "susong")
        said = {"called": "2026-09-30", "words": "表示认可"}
        assert "已回访" in done(caller, item, "回访", said, {"result": "满意"})
        assert "已办结" in done(chief, item, "办结", {"opinion": "属实，已改。"}, {})


def test_a_notice_goes_through_three_hands_stands_in_the_open_and_comes_down(
    installation: Installation, desk: Desk
) -> None:
    ((who,),) = installation.ask(NAME, {"user": "lian"})
    with installation.served() as served:
        author = at_work(desk, served.url, "lian")
        author.goto(f"{COLUMNS}/new")
        written = {
            "title": TITLE, "source": "立案庭", "author": who, "editor": "编辑", "person": who,
            "text": "凭身份证件当天旁听。",
        }  # fmt: skip
        for name, text in written.items():
            author.fill(f"main [name={name}]", text)
        author.select_option("main [name=column]", "通知公告")
        author.select_option("main [name=unit]", label="立案庭")
        author.click("main form.form button.btn")
        author.locator("ol.timeline").wait_for()
        address = author.url
        assert author.locator(".acts a:text-is('初审')").count() == 0

        reader = desk.open(served.url, viewport=PHONE)
        for user, act, name, text in (
            ("fuban", "初审", "clear", "是"),
            ("bangong", "复审", "", ""),
            ("fuyuanzhang", "终审", "", ""),
            ("xuanchuan", "发布", "at", "2026-09-30T08:30"),
        ):
            reader.goto(BOARD)
            assert TITLE not in reader.inner_text("main")
            fills = {name: text} if name else {}
            done(at_work(desk, served.url, user), address, act, fills, {})

        reader.goto(BOARD)
        reader.click(f"main a:has-text('{TITLE}')")
        assert "来源：立案庭" in reader.inner_text(".byline")
        size = "parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"
        small = reader.evaluate(size)
        reader.click("a.letters")
        assert reader.evaluate(size) > small * 1.2
        open_page = reader.url
        editor = at_work(desk, served.url, "xuanchuan")
        assert "已撤下" in done(editor, address, "撤下", {"reason": "时间有变"}, {})
        reader.goto(open_page)
        assert TITLE not in reader.inner_text("body")
