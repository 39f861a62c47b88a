"""The public window of the demonstration: what came in, was answered and rated, what stands in the open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mingjing.services.actors import actor_for
from mingjing.services.demo.desk import Desk
from mingjing.services.demo.offices import Offices
from mingjing.services.window.entering import enter
from mingjing.services.window.following import act_on
from mingjing.services.window.giving import give_code
from mingjing.services.window.terminals import heard
from mingjing.storage.records.models import Record

SERVICE, ENQUIRY, COLUMNS, TERMINAL = (
    "ledger.litigation_service", "ledger.enquiry", "ledger.court_affairs", "ledger.terminal",
)  # fmt: skip
ASKED = (
    (
        "诉讼指导",
        "邻居欠我三万元，只有聊天记录，能起诉吗？",
        "可以。聊天记录、转账截图都是证据，照立案清单带来即可。",
        "非常满意",
    ),
    (
        "申请执行",
        "判决生效两个月了，对方一直没有给钱，怎么申请执行？",
        "带执行申请书和身份证，判决是本院作的，不用另交生效证明。",
        "满意",
    ),
    ("案件查询", "开庭时间定了没有，打了三次电话都占线。", "开庭时间已定，传票已寄出。", "非常不满意"),
    ("财产保全", "起诉前想先冻结对方的账户，要交什么？", "", ""),
)
QUESTIONS = (
    ("起诉状要交几份？", "按对方当事人的人数再加一份；网上立案只传一份电子版。"),
    ("可以在网上开庭吗？", "双方都同意、案情适合的可以。收到传票后七日内提出申请。"),
    ("诉讼费什么时候退？", "胜诉退还的部分，裁判生效后十五日内退到原来的账户，不用申请。"),
)
NOTICES = (
    (
        "通知公告",
        "国庆假期诉讼服务安排",
        "假期立案窗口不办公，网上立案、自助终端照常收件，假期后第一个工作日起审查。\n当事人有紧急保全申请的，请拨打值班电话。",
        6,
    ),
    (
        "审务公开",
        "第三季度随机分案情况",
        "本季度一审民事案件全部由系统随机分案，指定分案的理由逐件公布。\n当事人可以用通知书上的抽取编号自己核验。",
        3,
    ),
    (
        "通知公告",
        "旁听庭审预约办法",
        "公开开庭的案件，凭身份证件当天就可以旁听；十人以上请提前三天预约。",
        12,
    ),
)


def fill(offices: Offices, on: date) -> None:
    """A morning at the counter, a terminal in the hall, and three notices that went through three hands."""
    desk = Desk(offices, on)
    window = offices.people["诉讼服务人员"]
    court = offices.staff.court
    for place, (kind, request, answer, grade) in enumerate(ASKED):
        ago = 14 - 4 * place
        said = {"kind": [kind], "applicant": ["申某"], "phone": ["13800000000"], "request": [request]}
        entered = enter(court, SERVICE, said, {}, at=desk.moment(ago))
        if not answer:
            continue
        record = Record.objects.get(court=court, number=entered.number)
        accepted = {"受理日期": desk.day(ago - 1).isoformat(), "承办部门": desk.place("立案庭")}
        desk.act(record, window, ago - 1, "受理", accepted)
        desk.act(record, window, ago - 2, "答复", {"答复内容": answer})
        rated = {"grade": [grade], "why": ["打不通电话，跑了两趟"] if "不" in grade else []}
        act_on(court, entered.number, entered.code, "评价", rated, {}, at=desk.moment(ago - 3))
    for question, answer in QUESTIONS:
        call = {"来的渠道": "立案咨询电话", "问题": question, "答复": answer, "可以公开": True}
        desk.open(window, 8, ENQUIRY, "记电话", call)
    _notices(desk)
    _bad_ratings(desk)
    terminal = desk.open(window, 20, TERMINAL, "登记", {"名称": "大厅东侧", "位置": "诉讼服务大厅"})
    desk.act(terminal, window, 20, "启用", {})
    heard(give_code(actor_for(window, on), terminal.pk))


def _notices(desk: Desk) -> None:
    people = desk.offices.people
    for column, title, text, ago in NOTICES:
        author = people["综合办干部"]
        values: Mapping[str, object] = {
            "栏目": column, "标题": title, "来源": "立案庭", "作者": author.name,
            "编辑": people["宣传干部"].name, "正文": text,
            "起草人": author.pk, "归口部门": desk.place("综合办公室"),
        }  # fmt: skip
        record = desk.open(author, ago, COLUMNS, "报审", values)
        desk.act(record, people["综合办副主任"], ago, "初审", {"已作脱密脱敏": True})
        desk.act(record, people["综合办主任"], ago, "复审", {})
        desk.act(record, desk.leader_of("综合办公室"), ago, "终审", {})
        moment = f"{desk.day(ago).isoformat()}T15:00"
        desk.act(record, people["宣传干部"], ago, "发布", {"发布时间": moment})


def _bad_ratings(desk: Desk) -> None:
    """What was rated badly in earlier months was dealt with, called back and closed."""
    people = desk.offices.people
    filer, inspector = desk.head_of("立案庭"), people["督察员"]
    older = Record.objects.filter(
        court=desk.offices.staff.court, register="ledger.bad_rating", opened_on__lt=desk.day(30)
    )
    for record in older.order_by("pk"):
        ago = (desk.on - record.opened_on).days
        called = {"回访日期": desk.day(ago - 6).isoformat(), "回访结果": "满意", "回访内容": "表示认可"}
        desk.act(record, inspector, ago - 1, "分派", {"承办人": filer.pk})
        desk.act(record, filer, ago - 5, "报整改", {"整改情况": "已向当事人说明，窗口加了一人。"})
        desk.act(record, people["诉讼服务人员"], ago - 6, "回访", called)
        desk.act(record, inspector, ago - 7, "办结", {"办结意见": "属实，已改。"})
