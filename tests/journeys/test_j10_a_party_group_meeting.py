"""J10. The office calls a party-group meeting; the rules stop or mark what they forbid; it is tracked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.journeys.desk import PHONE, Desk, downloaded, main_text
from tests.journeys.installation import Installation

MAJOR, FIRST = "购置执法车辆", "传达学习重要讲话"
MINE = "SELECT a.person_id FROM people_account a WHERE a.username = :user"
POSTED = "INSERT INTO people_posting (person_id, post, since) VALUES (:person, :post, '2020-01-01')"
FLAGS = "SELECT a.label, a.flags FROM records_recordact a WHERE a.flags <> '[]' ORDER BY a.id"
TASKS = "SELECT r.state, r.number FROM records_record r WHERE r.register = 'ledger.resolutions'"


def post(installation: Installation, user: str, name: str) -> None:
    """A login of the demonstration holds one more post."""
    connection = installation.connected()
    ((person,),) = connection.execute(MINE, {"user": user})
    connection.execute(POSTED, {"person": person, "post": name})
    connection.close()


def party_group(installation: Installation) -> None:
    """The president is secretary, two more are members; the office and the discipline chief have logins."""
    posts = {
        "yuanzhang": "党组书记", "fuyuanzhang": "党组成员", "tingzhang": "党组成员",
        "shenguan": "综合办主任", "ducha": "派驻纪检组长",
    }  # fmt: skip
    for user, name in posts.items():
        post(installation, user, name)


def planned(page: Any) -> str:
    """A meeting of half past two today, with the roster of the rules; where its page is."""
    page.goto("/meetings")
    page.click("summary:has-text('筹备一次会议')")
    page.click(".bodies a:has-text('党组会')")
    page.fill("[name=name]", "第十次党组会")
    page.fill("[name=starts]", "2026-09-30T14:30")
    page.click("main button:has-text('筹备')")
    page.locator("#agenda").wait_for()
    return str(page.url)


def add(page: Any, title: str, kind: str) -> None:
    """One topic at the end of the agenda."""
    if not page.is_visible("#title"):
        page.click("summary:has-text('增加议题')")
    page.fill("#title", title)
    page.select_option("[name=类别]", kind)
    page.click("button:has-text('增加议题')")
    page.locator(f".agenda b:has-text('{title}')").wait_for()


def prepare(page: Any, topic: str, times: int) -> None:
    """So many preparations of a topic are ticked off."""
    for left in range(times - 1, -1, -1):
        form = page.locator(f".agenda li:has-text('{topic}') details:has-text('完成了')").first
        form.locator("summary").click()
        form.locator("[name=说明]").fill("已形成书面材料")
        form.locator("button").click()
        page.wait_for_function(
            "count => document.querySelectorAll('.needs .late').length === count", arg=left
        )


def called(office: Any) -> str:
    """The agenda is stopped twice, mended, and issued; the notice to the discipline chief is late."""
    address = planned(office)
    add(office, MAJOR, "三重一大")
    add(office, FIRST, "第一议题")
    assert "第一项议题须是“第一议题”，现在排在第 2 项" in main_text(office)
    assert office.locator("aside button:has-text('召集')").count() == 0
    office.click(f".agenda li:has-text('{FIRST}') button:has-text('上移一位')")
    office.locator("aside button:has-text('召集')").wait_for()
    office.click("aside button:has-text('召集')")
    assert "还没有完成：调查研究、征求意见、充分酝酿" in office.inner_text("main [role=alert]")
    prepare(office, MAJOR, 3)
    office.click("button:has-text('报送议题并邀请派驻纪检组长')")
    office.locator("#told >> text=报送迟延").wait_for()
    office.click("aside button:has-text('召集')")
    office.locator("[aria-current=step]:has-text('已召集')").wait_for()
    return address


def begun(office: Any, address: str) -> None:
    """Everybody signs in, the first item is dealt with, the major matter is taken up."""
    office.goto(address)
    for box in office.locator("#people input[name=人员]").all():
        box.check()
    office.click("button:has-text('选中的签到')")
    office.locator("aside button:has-text('宣布开会')").wait_for()
    office.click("aside button:has-text('宣布开会')")
    for topic in (FIRST, MAJOR):
        office.click(f".agenda li:has-text('{topic}') button:has-text('进入本议题')")
        office.locator(f"#floor h2:has-text('{topic}')").wait_for()
        if topic == FIRST:
            office.click("button:has-text('议毕')")


def decided(office: Any, address: str) -> None:
    """All vote in favour; without an owner the decision is refused, with one it becomes a task."""
    office.goto(address)
    office.click(".ballot button:has-text('同意')")
    office.locator(".outcome b:has-text('通过')").wait_for()
    office.fill("#resolution", "购置两台，分两批。")
    office.click("button:has-text('作出决定')")
    assert "责任部门或者责任人" in office.inner_text("main [role=alert]")
    assert office.input_value("#resolution") == "购置两台，分两批。"
    office.select_option("[name=unit]", label="执行局")
    office.fill("[name=due]", "2026-12-31")
    office.click("button:has-text('作出决定')")
    office.locator(".agenda a:has-text('督办-2026-0001')").wait_for()
    office.once("dialog", lambda dialog: dialog.accept())
    office.click("aside button:has-text('结束会议')")
    office.locator("text=还不能提交").wait_for()


def test_a_wrong_agenda_is_stopped_a_late_notice_and_an_early_head_are_marked_and_the_decision_tracked(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    party_group(installation)
    with installation.served(now="2026-09-30T11:00:00") as served:
        office = desk.sign_in(served.url, "shenguan")
        address = called(office)
        begun(office, address)
        head = desk.sign_in(served.url, "yuanzhang", viewport=PHONE)
        head.goto(address)
        head.fill("#words", "我看可以。")
        head.click("button:has-text('记下发言')")
        head.locator(".opinions >> text=主要负责人先行表态").wait_for()
        assert head.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        decided(office, address)
        chief = desk.sign_in(served.url, "ducha")
        chief.goto(address)
        chief.check("[name=答复][value=不能参加]")
        chief.click("button:has-text('记下答复')")
        chief.locator("#told b:has-text('不能参加')").wait_for()
        office.goto(address)
        assert "购置两台，分两批。" in office.input_value("#minutes-text")
        office.click("button:has-text('提交纪要')")
        office.locator("[aria-current=step]:has-text('待签字')").wait_for()
        paper = downloaded(office, "text=纪要 .docx", tmp_path)
        assert paper.read_bytes().startswith(b"PK")
        office.goto("/meetings")
        assert "迟延" in main_text(office)
        for page in (head, chief):
            page.goto("about:blank")  # an open meeting asks the server every few seconds

    marks = [flag for _, flags in installation.ask(FLAGS) for flag in json.loads(flags)]
    assert "报送迟延" in marks
    assert "主要负责人先行表态" in marks
    assert installation.ask(TASKS) == [("已交办", "督办-2026-0001")]
