"""J11. Half a year of talks: the one person not yet talked to; the wall chart in the meeting room."""

from __future__ import annotations

from typing import Any

from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import Installation, until

REGISTER = "/registers/activity.half_year_talks"
PERIOD = """SELECT o.id FROM records_obligation o JOIN people_court c ON c.id = o.court_id
    WHERE o.register = 'activity.half_year_talks' AND o.period = '2026-H2' AND c.code = '云9801'"""
HALL = {"width": 1920, "height": 1080}
READABLE = 20
"""Pixels of the smallest type on the wall: on a screen of 1.2 metres, 22 mm, read from five metres."""


def press(page: Any, selector: str) -> None:
    """Press a button that may ask whether one is sure."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.click(selector)
    page.wait_for_load_state()


def owed(page: Any) -> list[str]:
    """Who is still to be talked to, as the period's page lists them."""
    cell = str(page.inner_text("main table tbody tr td:last-child"))
    return cell.rpartition("：")[2].split("、")


def test_a_leader_talks_to_all_but_one_and_sees_whom(installation: Installation, desk: Desk) -> None:
    with installation.served(clock=True) as served:
        ((period,),) = until(lambda: installation.ask(PERIOD), 60, "半年谈话开启")
        leader = desk.sign_in(served.url, "fuyuanzhang")
        leader.goto(f"/periods/{period}")
        everybody = owed(leader)
        assert f"应谈 {len(everybody)} 人，还差 {len(everybody)} 人" in main_text(leader)

        leader.goto(f"{REGISTER}/new")
        leader.fill("main [name=talker]", str(leader.inner_text(".who a")).partition(" ")[0])
        for name in everybody[:-1]:
            leader.locator("main label", has=leader.locator("[name=person]")).filter(has_text=name).click()
        leader.select_option("main [name=way]", label="集体谈话")
        leader.fill("main [name=held_on]", "2026-09-29")
        press(leader, "main form.form button.btn")
        leader.click(".acts a:text-is('举行')")
        press(leader, "main form.form button.btn")
        leader.click(".acts a:text-is('记录')")
        leader.fill("main [name=points]", "重申任职回避和过问登记。")
        press(leader, "main form.form button.btn")

        leader.goto(f"/periods/{period}")
        assert owed(leader) == everybody[-1:]
        said = main_text(leader)
        assert f"应谈 {len(everybody)} 人，还差 1 人" in said
        assert "本期 1 场次" in said


def test_the_wall_is_read_from_the_other_end_of_the_room(installation: Installation, desk: Desk) -> None:
    with installation.served() as served:
        hall = desk.sign_in(served.url, "yuanzhang", viewport=HALL)
        hall.goto("/wall/show")
        smallest = hall.evaluate(
            """() => Math.min(...[...document.querySelectorAll('main *')]
                .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
                .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
        )
        assert smallest >= READABLE
        assert hall.evaluate("() => document.documentElement.scrollWidth") <= HALL["width"]
        assert hall.locator("main li, main tr").count() > 3
