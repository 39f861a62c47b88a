"""One inspection of the demonstration: 3 aspects, 8 problems, 21 issues, what each unit claims and can prove.

Four claims the register does not bear out: two wait for an approval, one for a rule that was only drafted,
one has nothing to show.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mingjing.services.actors import actor_for
from mingjing.services.demo.desk import Desk
from mingjing.services.records.linking import link
from mingjing.storage.people.models import Oversight, Person
from mingjing.storage.records.models import Record

PROBLEM, ISSUE, MEASURE = "ledger.inspection_problem", "ledger.inspection_issue", "ledger.inspection_measure"
DONE, LASTING = "已完成", "已完成并长期坚持"
FED_BACK = 170
"""Days before today on which the inspectors reported."""
DUE = FED_BACK - 75
"""Days before today on which the measures had to be done, but for those of ``ELSEWHERE``."""
ELSEWHERE = {"1.1.1": -47, "1.3.2": -12, "2.1.1": -47, "3.2.2": 1, "3.2.5": 1}
"""The approvals and the purchase were given more time; two units reported only now and wait to be checked."""


class Issue(NamedTuple):
    """An issue: its number, what was found, whose it is, what is done, what is claimed, and the proof:
    有, 无, 批文 (an approval is open) or 制度 (the measure is not finished)."""

    order: str
    found: str
    unit: str
    measure: str
    claimed: str
    proof: str


ASPECTS = (
    ("1", "贯彻落实上级决策部署方面"),
    ("2", "干部队伍和资金管理方面"),
    ("3", "全面从严治党方面"),
)
PROBLEMS = (
    ("1.1", "学习贯彻上级决策部署不够深入"),
    ("1.2", "司法为民、公正司法有差距"),
    ("1.3", "意识形态工作责任制落实不够到位"),
    ("2.1", "选人用人和办案责任落实不严"),
    ("2.2", "公务用车和津补贴管理不规范"),
    ("2.3", "党建经费和工会经费管理不规范"),
    ("3.1", "党建主体责任落实不够有力"),
    ("3.2", "全面从严治党责任压得不够实"),
)
ISSUES = (
    Issue(
        "1.1.1",
        "上级决策部署学习不够系统，非审判岗位人员占员额",
        "政治部",
        "专题学习，逐人核查员额，报批退出",
        LASTING,
        "批文",
    ),
    Issue(
        "1.1.2",
        "学习教育自查自纠不够彻底，没有做到人人见底",
        "机关党委办公室",
        "全院六十五人填写自查表，开展回头看",
        LASTING,
        "有",
    ),
    Issue(
        "1.1.3", "巡察文件学习不及时，公文流转有压件", "综合办公室", "公文登记流转，逐件催办", LASTING, "有"
    ),
    Issue(
        "1.2.1",
        "诉前调解力量不足，服务网点少",
        "立案庭",
        "聘请人民调解员，设诉讼服务站和联系点",
        LASTING,
        "有",
    ),
    Issue(
        "1.2.2",
        "案件质量评查走过场，问责不到位",
        "审判管理办公室",
        "逐案评查，评比文书和庭审，约谈责任人",
        LASTING,
        "有",
    ),
    Issue(
        "1.3.1",
        "意识形态两项制度和信息发布三级审核没有建立",
        "综合办公室",
        "起草两项制度报党组审议，实行三级审核",
        LASTING,
        "制度",
    ),
    Issue("1.3.2", "宣传装备和场所没有保障", "综合办公室", "预留房间，列入采购计划", LASTING, "无"),
    Issue("1.3.3", "宣传平台求多不求精", "综合办公室", "停用两个账号，办好公众号", LASTING, "有"),
    Issue(
        "1.3.4",
        "舆情预判不足，没有全天监测和分类处置",
        "综合办公室",
        "二十四小时监测，三类处置，风险评估表",
        LASTING,
        "有",
    ),
    Issue("2.1.1", "违规入额（与前项同一事项）", "政治部", "报批退出员额", DONE, "批文"),
    Issue(
        "2.1.2", "院领导办案数量不够，分案随意", "审判管理办公室", "明确办案比例，实行随机分案", DONE, "有"
    ),
    Issue("2.2.1", "公务用车管理不严，派车登记不全", "综合办公室", "派车单、加油凭证、逐车登记", DONE, "有"),
    Issue("2.2.2", "违规发放津补贴", "财务室", "清退已发补贴，停止发放", DONE, "有"),
    Issue("2.3.1", "党建活动经费列支不规范", "机关党委办公室", "单列科目，列支与活动对应", DONE, "有"),
    Issue("2.3.2", "工会经费和党费收缴不规范", "综合办公室", "独立建账，补收党费", DONE, "有"),
    Issue("3.1.1", "党建工作责任压得不够实", "机关党委办公室", "支部检查，逐月推进", LASTING, "有"),
    Issue(
        "3.2.1",
        "全面从严治党专题研究少，责任清单不细",
        "机关党委办公室",
        "每年专题研究两次，细化责任清单",
        LASTING,
        "有",
    ),
    Issue(
        "3.2.2",
        "一岗双责落实不够，年底述责不及时",
        "机关党委办公室",
        "十二月以前述责述廉，逐级谈心谈话",
        LASTING,
        "有",
    ),
    Issue(
        "3.2.3", "内部督查弱，议题没有提前报送", "督察室", "内部督查计划，三重一大提前半天报送", LASTING, "有"
    ),
    Issue("3.2.4", "廉政风险点排查不到岗", "督察室", "按岗位排查风险点，限期整改", LASTING, "有"),
    Issue("3.2.5", "追责问责偏软", "督察室", "按情节选用诫勉、通报、取消评先", LASTING, "有"),
)


def fill(desk: Desk) -> None:
    """The whole inspection, each step on its day."""
    office = desk.offices.people["综合办主任"]
    day = desk.day(FED_BACK)
    above: dict[str, Record] = {}
    for order, words in (*ASPECTS, *PROBLEMS):
        level = "问题" if "." in order else "方面"
        values = {
            "巡察轮次": "第三轮", "巡察机关": "上级党委巡察组", "反馈日期": day.isoformat(), "层级": level,
            "编号": order, "问题": words, "反馈原文": "反馈意见原文存档。",
        }  # fmt: skip
        upper = above.get(order.partition(".")[0]) if level == "问题" else None
        above[order] = desk.open(office, FED_BACK, PROBLEM, "登记", values, upper)
        given = {"责任领导": desk.offices.staff.heads["院长"].pk, "牵头部门": desk.place("综合办公室")}
        desk.act(above[order], office, FED_BACK - 5, "明确责任", given)
    for one in ISSUES:
        _issue(desk, one, above[one.order[:3]])


def _issue(desk: Desk, one: Issue, problem: Record) -> None:
    office, head = desk.offices.people["综合办主任"], desk.head_of(one.unit)
    ago = ELSEWHERE.get(one.order, DUE)
    due = desk.day(ago)
    values = {"编号": one.order, "具体问题": one.found, "问题表现": "见反馈意见。"}
    record = desk.open(office, FED_BACK - 6, ISSUE, "拆解", values, problem)
    plan = {
        "责任领导": _leader(desk, one.unit).pk,
        "责任部门": desk.place(one.unit),
        "整改期限": due.isoformat(),
    }
    desk.act(record, office, FED_BACK - 7, "补充责任", {**plan, "责任人": head.pk})
    measure = _measure(desk, one, record, head, due)
    desk.act(record, desk.offices.staff.heads["院长"], FED_BACK - 12, "批准方案", plan)
    if one.proof != "制度":
        _carried_out(desk, one, measure, head)
    if one.proof == "批文":
        link(actor_for(head, desk.on), record.pk, _appointment(desk).pk, "需要批准")
    said = {"整改进展": f"{one.measure}。", "自报档次": one.claimed}
    proved = one.proof in ("有", "批文")
    desk.act(record, head, FED_BACK - 72, "报进展", said, file="整改佐证" if proved else "")
    if one.proof == "有":
        ended = {"整改进展": f"{one.measure}，已经做完。", "整改档次": one.claimed}
        if one.claimed == LASTING:
            ended["持续任务"] = "每季度检查一次，结果报综合办。"
        act = "报长期坚持" if one.claimed == LASTING else "报已完成"
        desk.act(record, head, ago + 2, act, ended, file="整改佐证")
        if ago == DUE:
            checker = _checker(desk, one.unit)
            desk.act(record, checker, DUE - 3, "核验销号", {"审核意见": "逐项核对佐证，现场抽查，情况属实。"})


def _measure(desk: Desk, one: Issue, record: Record, head: Person, due: date) -> Record:
    values = {
        "措施": one.measure, "承办部门": desk.place(one.unit), "承办人": head.pk,
        "完成期限": due.isoformat(), "类型": "长期坚持" if one.claimed == LASTING else "限期整改",
    }  # fmt: skip
    return desk.open(desk.offices.people["综合办主任"], FED_BACK - 8, MEASURE, "制定", values, record)


def _carried_out(desk: Desk, one: Issue, measure: Record, head: Person) -> None:
    day = desk.day(FED_BACK - 60)
    done = {"完成日期": day.isoformat(), "落实情况": f"{one.measure}。"}
    desk.act(measure, head, FED_BACK - 60, "报落实", done, file="落实佐证")
    desk.act(measure, _checker(desk, one.unit), FED_BACK - 62, "确认", {})


def _checker(desk: Desk, unit: str) -> Person:
    """Who looks at the proof of a unit: the inspectors; the office where it is theirs."""
    return desk.offices.people["综合办主任" if unit == "督察室" else "督察员"]


def _appointment(desk: Desk) -> Record:
    """An application to leave the ranks of judges, sent up and not answered yet."""
    values = {
        "当事人": desk.offices.people["会计"].pk, "任免": "退出员额", "原任职务": "审判员",
        "拟任（免）职务": "综合岗位", "理由": "不在办案岗位。",
    }  # fmt: skip
    clerk = desk.offices.people["政治部干部"]
    return desk.open(clerk, FED_BACK - 65, "approval.appointment", "提交", values)


def _leader(desk: Desk, unit: str) -> Person:
    """The leader in charge of a department; the president where nobody else is."""
    found = Oversight.objects.filter(department=desk.offices.departments[unit]).first()
    return found.leader if found else desk.offices.staff.heads["院长"]
