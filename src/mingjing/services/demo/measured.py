"""What the demonstration's figures over registers are counted from: hearings, ratings, checks, papers."""

from __future__ import annotations

from datetime import date, timedelta

from mingjing.services.demo.desk import Desk
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person, Posting

TOOLS = ("网上立案", "电子送达", "电子送达", "远程视频")
DISPUTES = ("物业", "民间借贷", "婚姻家庭", "劳动争议", "道路交通", "买卖合同")
AGENCIES = ("清河区自然资源局", "清河区人力资源和社会保障局", "清河区公安分局", "清河区住房和城乡建设局")
SENT_LAST_YEAR = (300, 330, 340, 370, 390, 410, 425, 440, 460, 480, 500, 520)
SENT = (15, 40, 62, 80, 105, 120, 140, 160, 190, 220, 250)
"""So many days ago papers were issued."""
CHECKED = (("执行局", 150, False), ("综合办公室", 90, True), ("执行局", 20, True))
VOUCHERS = (("元旦春节", 230, "排除"), ("五一", 150, "排除"), ("端午", 110, "移送"), ("国庆中秋", 8, "命中"))
CONDUCT = (
    ("执行局", 80, "执行人员接待当事人没有两人在场"),
    ("立案庭", 60, "窗口值班脱岗"),
    ("民事审判第一庭", 45, "庭审着装不规范"),
)
JUDGES = ("院长", "副院长", "庭长", "副庭长", "审判员")
DONE = "按要求办理完毕。"


def fill(desk: Desk) -> None:
    """Everything that figures over registers need."""
    _hearings(desk)
    _ratings(desk)
    _tools(desk)
    _vehicles(desk)
    _disputes(desk)
    _spending(desk)
    _issued(desk)
    _findings(desk)
    _headcount(desk)


def _holder(desk: Desk, post: str, department: str = "") -> Person:
    rows = Posting.objects.filter(person__court=desk.offices.staff.court, post=post)
    if department:
        rows = rows.filter(department=desk.place(department))
    return rows.order_by("pk")[0].person


def _hearings(desk: Desk) -> None:
    """Twenty-five hearings with an agency this year: to one of them nobody came."""
    judge = _holder(desk, "审判员", "行政审判庭")
    rows = Case.objects.filter(handler=judge, kind="行政一审").order_by("pk")
    cases = list(rows.values_list("pk", flat=True))
    for place in range(25):
        ago = 12 + place * 10
        values = {
            "承办庭": desk.place("行政审判庭"), "行政机关": AGENCIES[place % len(AGENCIES)],
            "开庭日期": desk.day(ago - 5).isoformat(),
        }  # fmt: skip
        if cases:
            values["案件"] = cases[place % len(cases)]
        record = desk.open(judge, ago, "ledger.head_attendance", "通知", values)
        if place == 7:
            desk.act(record, judge, ago - 5, "登记未出庭", {"说明": "没有来人，也没有说明理由。"})
            continue
        level = "正职" if place % 3 == 0 else "副职"
        came = {"出庭人": f"机关负责人（{level}）", "职级": level, "出声": place % 4 != 1}
        desk.act(record, judge, ago - 5, "登记出庭", came)


def _headcount(desk: Desk) -> None:
    """Who was on the staff each year, by the roster of its first week; a leader confirms the number."""
    clerk, leader = _holder(desk, "政治部干部"), _holder(desk, "副院长")
    for year in (desk.on.year - 1, desk.on.year):
        ago = (desk.on - date(year, 1, 5)).days
        rows = Posting.objects.filter(person__court=desk.offices.staff.court, since__lte=desk.day(ago))
        values = {
            "统计年度": f"{year}-01-01", "年均在编人数": rows.values("person").distinct().count(),
            "年均法官人数": rows.filter(post__in=JUDGES).values("person").distinct().count(),
            "说明": f"{year} 年度", "填报人": clerk.pk,
        }  # fmt: skip
        record = desk.open(clerk, ago, "ledger.headcount", "填报", values)
        desk.act(record, leader, ago - 3, "核定", {})


def _ratings(desk: Desk) -> None:
    """Seventy ratings this year and as many before: one of the first was bad, three of the latter."""
    clerk = desk.offices.people["诉讼服务人员"]
    for year, bad in ((0, {11}), (365, {3, 20, 41})):
        for place in range(70):
            ago, grade = 2 + year + place * 3, "满意" if place % 5 else "基本满意"
            values = {
                "事项": "立案" if place % 2 else "咨询", "被评部门": desk.place("立案庭"),
                "评价日期": desk.day(ago).isoformat(), "方式": "窗口",
                "评价": "不满意" if place in bad else grade,
            }  # fmt: skip
            record = desk.open(clerk, ago, "ledger.service_rating", "登记", values)
            if place in bad:
                said = {"不满意的理由": "窗口等候时间长", "回访情况": "已电话说明并致歉。"}
                desk.act(record, clerk, max(ago - 1, 1), "回访", said)


def _tools(desk: Desk) -> None:
    judges = Posting.objects.filter(post="审判员").values("person")
    since = desk.on - timedelta(days=240)
    rows = Case.objects.filter(court=desk.offices.staff.court, filed_on__gte=since, filed_on__lt=desk.on)
    rows = rows.filter(handler__in=judges)
    for place, case in enumerate(rows.select_related("department", "handler").order_by("pk")[:60]):
        assert case.filed_on is not None and case.handler is not None
        day = desk.on - timedelta(days=max((desk.on - case.filed_on).days - 2, 1))
        values = {
            "案件": case.pk, "承办庭": case.department_id, "工具": TOOLS[place % len(TOOLS)],
            "使用日期": day.isoformat(),
        }  # fmt: skip
        desk.open(case.handler, (desk.on - day).days, "ledger.tool_use", "登记", values)


def _vehicles(desk: Desk) -> None:
    officer = desk.offices.people["综合办干部"]
    for place, (unit, ago, fault) in enumerate(CHECKED):
        values = {"号牌": f"云A00{18 + place}警", "用车部门": desk.place(unit)}
        record = desk.open(officer, ago, "ledger.vehicle_check", "安排", values)
        seen = {
            "抽查日期": desk.day(ago - 3).isoformat(),
            "派车单相符": True,
            "里程相符": not fault,
            "油耗相符": True,
        }
        if not fault:
            desk.act(record, officer, ago - 3, "相符", seen)
            continue
        desk.act(record, officer, ago - 3, "查出问题", {**seen, "查出问题": "止码比派车单多四十公里。"})
        if ago > 60:
            desk.act(record, officer, ago - 8, "改正", {"改正情况": DONE})


def _disputes(desk: Desk) -> None:
    """Twenty-four disputes sent to mediators: two thirds agreed, some of the rest became cases."""
    clerk = desk.offices.people["诉讼服务人员"]
    for place in range(24):
        ago = 35 + place * 9
        values = {
            "纠纷类型": DISPUTES[place % len(DISPUTES)], "委派部门": desk.place("立案庭"),
            "委派日期": desk.day(ago).isoformat(),
        }  # fmt: skip
        record = desk.open(clerk, ago, "ledger.pre_suit_mediation", "委派", values)
        taken = {
            "调解员": "安调解",
            "调解组织": "清河区人民调解委员会",
            "接受日期": desk.day(ago - 2).isoformat(),
        }
        desk.act(record, clerk, ago - 2, "接受", taken)
        end = desk.day(ago - 25).isoformat()
        if place % 3:
            desk.act(record, clerk, ago - 25, "调成", {"终结日期": end, "协议编号": f"诉前-{place + 1:03}"})
            if place % 2:
                desk.act(record, clerk, ago - 26, "当场履行", {"终结日期": desk.day(ago - 26).isoformat()})
            continue
        desk.act(record, clerk, ago - 25, "不成", {"终结日期": end, "调解不成原因": "数额差距大"})


def _spending(desk: Desk) -> None:
    cashier, inspector = desk.offices.people["会计"], desk.offices.people["督察员"]
    for place, (season, ago, stage) in enumerate(VOUCHERS):
        values = {
            "节点": season, "凭证号": f"记-{place + 31:03}", "报销部门": desk.place("综合办公室"),
            "支付日期": desk.day(ago).isoformat(), "金额": f"{860 + place * 410}.00",
            "规则": "无公函接待" if place % 2 else "餐饮超标准",
        }  # fmt: skip
        record = desk.open(inspector, ago - 2, "ledger.spending_check", "登记命中", values)
        if stage == "命中":
            continue
        desk.act(record, cashier, ago - 5, "说明", {"说明情况": "附接待清单和审批单。"})
        opinion: dict[str, object] = {"核查意见": "核对原件，已作出处理。"}
        if stage == "移送":
            opinion["移送日期"] = desk.day(ago - 7).isoformat()
        desk.act(record, inspector, ago - 7, stage, opinion)


def _issued(desk: Desk) -> None:
    clerk = desk.offices.people["机要文书"]
    for place, ago in enumerate((*SENT_LAST_YEAR, *SENT)):
        day = desk.day(ago)
        values = {
            "标题": f"关于做好审判执行工作有关事项的通知（{day.month}月）", "收发": "发文",
            "文号": f"清河法〔{day.year}〕{place + 1}号", "来文单位": "本院", "密级": "内部",
            "收文日期": day.isoformat(), "现持有人": clerk.pk,
        }  # fmt: skip
        record = desk.open(clerk, ago, "ledger.official_document", "收到", values)
        routed = {
            "拟办意见": "印发各部门。", "主办部门": desk.place("综合办公室"),
            "办理期限": desk.day(ago - 5).isoformat(),
        }  # fmt: skip
        desk.act(record, clerk, ago, "登记拟办", routed)
        desk.act(record, clerk, ago, "送出", {"现持有人": clerk.pk})
        desk.act(record, clerk, ago, "办毕", {"阅办意见": DONE})
        desk.act(record, clerk, ago - 3, "归档", {"归档号": f"文书-{place + 1:03}"})


def _findings(desk: Desk) -> None:
    """Conduct found wanting in three departments; in one of them somebody was reminded of it."""
    inspector = desk.offices.people["督察员"]
    for unit, ago, problem in CONDUCT:
        head = desk.head_of(unit)
        record = desk.open(
            inspector, ago, "ledger.conduct_finding", "开出", {"问题": problem, "责任部门": desk.place(unit)}
        )
        due = desk.day(ago - 12).isoformat()
        desk.act(record, head, ago - 1, "签收", {"责任人": head.pk, "改正期限": due})
        if unit == "执行局":
            continue
        desk.act(record, head, ago - 8, "报改正", {"改正情况": DONE}, file="改正佐证")
        desk.act(record, inspector, ago - 10, "验收", {"验收意见": "已改正。"})
    values = {
        "方式": "一对一提醒", "来源": "审务督察", "提醒事由": "窗口值班脱岗",
        "提醒对象": desk.head_of("立案庭").pk, "对象部门": desk.place("立案庭"),
    }  # fmt: skip
    record = desk.open(inspector, 50, "ledger.reminder", "提出", values)
    leader, told = desk.leader_of("立案庭"), desk.day(30).isoformat()
    desk.act(
        record, leader, 49, "发出", {"提醒人": leader.pk, "提醒内容": "严格值班纪律。", "答复期限": told}
    )
    desk.act(record, desk.head_of("立案庭"), 40, "答复", {"答复情况": DONE}, file="整改佐证")
    desk.act(record, inspector, 38, "核实销号", {"核实意见": "已落实。"})
