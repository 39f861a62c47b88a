"""The demonstration's registers of discipline: a list with a hit, a clearing, a dissection, self-reports."""

from __future__ import annotations

from datetime import date, timedelta

from mingjing.services.demo.desk import Desk
from mingjing.services.demo.offices import Offices

FIRM = "清河恒远装饰工程有限公司"
ANSWERS = (
    ("先后怎么算", "同一天自己报告、同一天被发现，算哪一种", "现算从严，由派驻纪检组确认。"),
    ("怎么报", "材料交给谁", "在“自查事项”里自己报告；也可以交书面材料，由督察室登记。"),
)
SOURCE = "政策办法（示例）"


def fill(offices: Offices, on: date) -> None:
    """Some records of each, up to ``on``."""
    desk = Desk(offices, on)
    _listed(desk)
    _cleared(desk)
    _dissected(desk)
    _investigated(desk)
    _told(desk)


def _listed(desk: Desk) -> None:
    """A firm on the list of bribe-givers, which then comes to the service centre."""
    people, on = desk.offices.people, desk.day(60)
    values = {
        "姓名或者名称": FIRM, "类别": "单位", "证件号码": "91990000MA0DEM0001",
        "认定依据": "生效刑事判决（演示）", "提出部门": desk.place("督察室"),
    }  # fmt: skip
    listed = desk.open(people["督察员"], 60, "ledger.bribe_giver", "提出", values, file="认定文书")
    days = {"列入日期": desk.day(55).isoformat(), "期满日期": (on + timedelta(days=1000)).isoformat()}
    desk.act(listed, people["派驻纪检组长"], 55, "列入", days)
    met = {"单位名称": FIRM, "类别": "企业", "联系人": "某经理", "联系电话": "0000-000000"}
    desk.open(desk.head_of("立案庭"), 4, "ledger.partner", "登记接洽", met)


def _cleared(desk: Desk) -> None:
    people, judge = desk.offices.people, desk.offices.staff.judges["民事"][2]
    values = {
        "查否的事项": "反映开庭迟到，调取监控查明没有迟到。", "线索编号": "线索-2026-0000（演示）",
        "被澄清人": judge.pk, "所在部门": desk.place("民事审判第一庭"), "查否日期": desk.day(12).isoformat(),
        "澄清期限": desk.day(-14).isoformat(), "经办人": people["督察员"].pk, "澄清范围": "所在部门",
        "澄清方式": "会议", "本人意见": "同意",
    }  # fmt: skip
    record = desk.open(people["督察员"], 8, "ledger.clearing", "提议", values)
    desk.act(record, people["派驻纪检组长"], 6, "批准", {"批准意见": "同意在庭务会上澄清。"})


def _dissected(desk: Desk) -> None:
    people, head = desk.offices.people, desk.leader_of("执行局")
    values = {
        "案件名称": "某执行人员拖延发还案款案", "涉案部门": desk.place("执行局"), "牵头领导": head.pk,
        "典型在哪里": "案款一人经手，三个月没有人过问。", "剖析期限": desk.day(10).isoformat(),
    }  # fmt: skip
    record = desk.open(people["督察员"], 40, "ledger.case_dissection", "认定典型", values)
    sections = {
        "案发原因": "案款到账以后由一人登记、一人发还。", "制度漏洞": "没有双人复核，也没有限时提醒。",
        "监管盲点": "账户余额只有经手人看得到。", "思想根源": "以为拖几天没有人知道。",
        "整改方向": "案款双人复核，超期未发每周公示", "逐项方向": ["完善制度", "加强监管"],
    }  # fmt: skip
    desk.act(record, head, 15, "报审", sections)
    desk.act(record, people["督察员"], 10, "审阅通过", {"审阅意见": "五面写实，同意。"})
    desk.act(record, people["督察员"], 9, "下达任务", {})


def _investigated(desk: Desk) -> None:
    people = desk.offices.people
    values = {
        "类别": "诉讼掮客", "事项": "有人在诉讼服务中心门口招揽，自称能找关系。", "怎么发现的": "审务督察",
        "发现日期": desk.day(20).isoformat(), "涉及部门": desk.place("立案庭"),
    }  # fmt: skip
    record = desk.open(people["督察员"], 20, "ledger.zero_tolerance", "登记", values)
    given = {"调查人": people["派驻纪检干部"].pk, "调查期限": desk.day(-20).isoformat()}
    desk.act(record, people["派驻纪检组长"], 18, "立案调查", given)
    leap = (desk.on.month, desk.on.day) == (2, 29)
    since = desk.on.replace(year=desk.on.year - 3, day=28 if leap else desk.on.day)
    past = {
        "专项名称": "以案示警（演示）", "专项基准日": desk.on.isoformat(), "起算日期": since.isoformat(),
        "案件名称": "某书记员泄露合议意见案", "处理决定日期": since.isoformat(),
        "涉案部门": desk.place("民事审判第二庭"), "案件性质": "违反纪律", "剖析人": people["督察员"].pk,
    }  # fmt: skip
    desk.open(people["派驻纪检组长"], 5, "ledger.past_case", "列入", past)


def _told(desk: Desk) -> None:
    people, judge = desk.offices.people, desk.offices.staff.judges["民事"][3]
    for topic, question, answer in ANSWERS:
        values = {"主题": topic, "问题": question, "答复": answer, "出处": SOURCE}
        record = desk.open(people["督察员"], 30, "ledger.policy_answer", "起草", values)
        desk.act(record, people["派驻纪检组长"], 28, "发布", {"审核意见": "同意发布。"})
    said = {
        "事项": "前年春节收过一名当事人寄来的茶叶，当时没有退。", "报告人": judge.pk,
        "所在部门": desk.place("民事审判第一庭"), "自报日期": desk.day(6).isoformat(),
    }  # fmt: skip
    desk.open(judge, 6, "ledger.self_report", "自己报告", said)
