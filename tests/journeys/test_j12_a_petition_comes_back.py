"""J12. A petition from above: registered, assigned, a route chosen, answered, closed, and it comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import Installation

REGISTER = "/registers/ledger.petition"
VISITS = "/registers/activity.head_visits"
NAME = (
    "SELECT p.name FROM people_account a JOIN people_person p ON p.id = a.person_id WHERE a.username = :user"
)
APPEAL = "反映执行款迟迟没有发放"


def done(
    page: Any, label: str, fills: dict[str, str], chosen: dict[str, str], file: Path | None = None
) -> str:
    """Do an act from the page of a record; what the page says then."""
    page.click(f".acts a:text-is('{label}')")
    for name, value in fills.items():
        page.fill(f"main [name={name}]", value)
    for name, value in chosen.items():
        page.select_option(f"main [name={name}]", label=value)
    if file:
        page.set_input_files("main [name=evidence]", file)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("main form.form button.btn")
    page.wait_for_load_state()
    return main_text(page)


def test_a_petition_from_above_is_answered_closed_with_proof_and_comes_back(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    ((leader,),) = installation.ask(NAME, {"user": "fuyuanzhang"})
    proof = tmp_path / "化解佐证.txt"
    proof.write_text("息诉承诺，款项已经发放。", encoding="utf-8")
    with installation.served() as served:
        filing = desk.sign_in(served.url, "lian")
        filing.goto(f"{REGISTER}/new")
        filing.fill("main [name=petitioner]", "吴某")
        filing.fill("main [name=appeal]", APPEAL)
        filing.select_option("main [name=channel]", "上级转办")
        filing.select_option("main [name=level]", "初次")
        filing.click("main form.form button.btn")
        filing.locator("ol.timeline").wait_for()
        address = filing.url

        chief = desk.sign_in(served.url, "xinfang")
        chief.goto(address)
        given = {"leader": leader, "due": "2026-10-30"}
        assert "办理中" in done(chief, "分派", given, {"unit": "民事审判第一庭"})
        head = desk.sign_in(served.url, "tingzhang")
        head.goto(address)
        done(head, "定化解路径", {"plan": "当面听取意见。"}, {"route": "释法息诉一批"})
        assert "已答复" in done(head, "答复", {"reply": "款项已经发放。", "replied": "2026-09-30"}, {})

        chief.goto(address)
        assert (
            "没有息诉、调解或者救助佐证" in chief.inner_text("aside")
            or chief.locator(".acts a:text-is('化解销号')").count()
        )
        assert "已化解" in done(chief, "化解销号", {"opinion": "电话回访，表示理解。"}, {}, proof)

        again = {"count": "2", "appeal": f"{APPEAL}，数额不符"}
        assert "级别应填重复、越级或者集体" in done(chief, "重访", again, {"level": "初次"})
        chief.select_option("main [name=level]", "重复")
        chief.click("main form.form button.btn")
        chief.locator("ol.timeline b:has-text('重访')").wait_for()
        assert "办理中" in main_text(chief)


def test_the_presidents_visits_are_counted_as_sessions_persons_and_person_times(
    installation: Installation, desk: Desk
) -> None:
    """N-072: 106 person-times are not 106 persons, nor 95 matters."""
    with installation.served() as served:
        head = desk.sign_in(served.url, "yuanzhang")
        visits = (("2026-05-06", "约谈", "60", "40"), ("2026-06-06", "走访", "46", "55"))
        for day, way, people, matters in visits:
            head.goto(f"{VISITS}/new?act=记录")
            for name, value in (("held_on", day), ("heads", people), ("items", matters)):
                head.fill(f"main [name={name}]", value)
            head.select_option("main [name=way]", way)
            head.once("dialog", lambda dialog: dialog.accept())
            head.click("main form.form button.btn")
            head.locator("ol.timeline").wait_for()
        head.goto(VISITS)
        said = main_text(head)
        assert "办了 2 场次，参加 人数无数据，106 人次，涉及件数 95" in " ".join(said.split())
