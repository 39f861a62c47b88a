"""The demonstration's talks, circulars, checks and one breach: what a year gathers."""

from __future__ import annotations

from datetime import date

from mingjing.services.demo.desk import Desk
from mingjing.services.demo.offices import Offices

CHECKED = {
    "立案庭": (700, 400, 150),
    "刑事审判庭": (690, 390),
    "民事审判第一庭": (120,),
    "财务室": (90,),
}
"""How many days ago each division was checked and found in order."""


def fill(offices: Offices, on: date) -> None:
    """Some of each, up to ``on``."""
    desk = Desk(offices, on)
    for department, days in CHECKED.items():
        for ago in days:
            _checked(desk, department, ago)
    _praised(desk)
    _criticised(desk)
    _talked_to(desk)
    _breached(desk)


def _checked(desk: Desk, department: str, ago: int) -> None:
    inspector = desk.offices.people["督察员"]
    plan = {
        "督查项目": "廉政风险点防控措施落实情况", "对照的制度": "本院廉政风险防控办法（演示）",
        "被查部门": desk.place(department), "计划日期": desk.day(ago - 5).isoformat(), "督查人": inspector.pk,
    }  # fmt: skip
    record = desk.open(inspector, ago, "ledger.internal_check", "列入计划", plan)
    found = {"督查情况": "抽查台账二十份，谈话五人，措施都在执行。", "督查结论": "执行到位"}
    desk.act(record, inspector, ago - 6, "督查", found)
    desk.act(record, inspector, ago - 7, "直接办结", {})


def _praised(desk: Desk) -> None:
    told = "连续两年内部督查没有发现问题，窗口群众评价全院第一。"
    _circular(desk, 60, {"类别": "表扬", "通报事由": told, "被通报部门": desk.place("立案庭")}, "立案庭")


def _criticised(desk: Desk) -> None:
    told = "七月三个规定月报逾期三天，经提醒才补报。"
    _circular(desk, 45, {"类别": "批评", "通报事由": told, "被通报部门": desk.place("执行局")}, "执行局")


def _circular(desk: Desk, ago: int, values: dict[str, object], department: str) -> None:
    writer, president = desk.offices.people["督察员"], desk.offices.staff.heads["院长"]
    given = {**values, "通报依据": "本院内部通报办法（演示）", "通报范围": "全院"}
    record = desk.open(writer, ago, "ledger.circular", "起草", given)
    desk.act(record, president, ago - 1, "批准", {})
    everywhere = [place.pk for place in desk.offices.departments.values()]
    desk.act(record, writer, ago - 2, "印发", {"印发部门": everywhere})
    desk.act(record, desk.head_of(department), ago - 3, "签收", {})


def _talked_to(desk: Desk) -> None:
    inspector, head = desk.offices.people["督察员"], desk.head_of("民事审判第二庭")
    talker = desk.leader_of("民事审判第二庭")
    why = {
        "约谈对象": head.pk, "责任部门": desk.place("民事审判第二庭"), "约谈人": talker.pk,
        "约谈事由": "连续两个月廉政评分在末位，庭务会没有研究。",
    }  # fmt: skip
    record = desk.open(inspector, 80, "ledger.duty_interview", "启动", why)
    held = {
        "约谈日期": desk.day(76).isoformat(), "约谈记录": "问了原因，指出两条，限期报整改。",
        "整改事项": "每月庭务会研究一次廉政；逐人谈话一遍。", "整改期限": desk.day(46).isoformat(),
    }  # fmt: skip
    desk.act(record, talker, 76, "约谈", held)
    done = {"整改情况": "八月起每月研究，谈话十一人，记录附后。"}
    desk.act(record, head, 50, "报整改", done, file="整改佐证")
    desk.act(record, inspector, 47, "核查销号", {"核查意见": "记录齐全，抽问三人属实。"})


def _breached(desk: Desk) -> None:
    inspector, clerk = desk.offices.people["督察员"], desk.offices.people["驾驶员"]
    fact = {
        "违纪事实": "周末用公车办私事一次，本人承认并补交费用。", "当事人": clerk.pk,
        "所在部门": desk.place("综合办公室"), "违纪日期": desk.day(130).isoformat(),
    }  # fmt: skip
    record = desk.open(inspector, 110, "ledger.breach", "立项", fact)
    words = {"本人陈述": "情况属实，愿意接受处理。", "情节": "较轻"}
    desk.act(record, inspector, 105, "听取陈述", words)
    decided = {
        "处理": "诫勉谈话",
        "决定文号": "清法党组〔2026〕演示 3 号",
        "生效日期": desk.day(98).isoformat(),
    }
    desk.act(record, desk.offices.staff.heads["院长"], 98, "决定处理", decided)
