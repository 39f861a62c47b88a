"""Filling the demonstration's registers: every record goes its way by the acts its definition allows."""

from __future__ import annotations

from datetime import date, timedelta

from mingjing.services.demo import filings, inspection, matters, measured, meetings
from mingjing.services.demo.desk import Desk
from mingjing.services.demo.offices import BRANCHES, Offices
from mingjing.storage.records.models import Record


def fill(offices: Offices, on: date) -> None:
    """Programmes, tasks, rectification, petitions, documents, leave and reports, up to ``on``."""
    desk = Desk(offices, on)
    _tasks(desk, _programmes(desk))
    _faults(desk)
    _petitions(desk)
    _papers(desk)
    _leaves(desk)
    _party_days(desk)
    inspection.fill(desk)
    measured.fill(desk)
    filings.fill(offices, on)
    meetings.fill(desk)


def _programmes(desk: Desk) -> list[Record]:
    office = desk.offices.people["综合办主任"]
    found = []
    for name, goal, unit, ago, ahead, progress in matters.PROGRAMMES:
        lead = desk.head_of(unit)
        values = {
            "名称": f"{name}工程", "层级": "工程", "所属工程": name, "建设目标": goal, "牵头人": lead.pk,
            "牵头部门": desk.place(unit), "计划完成": desk.day(-ahead).isoformat(),
        }  # fmt: skip
        record = desk.open(office, ago, "ledger.programme", "立项", values)
        desk.act(record, lead, ago - 7, "启动", {"衡量指标": goal})
        for back in range(ago - 37, 0, -28):
            desk.act(record, lead, back, "报进展", {"进展情况": progress})
        found.append(record)
    return found


def _tasks(desk: Desk, programmes: list[Record]) -> None:
    office = desk.offices.people["综合办主任"]
    for place, (task, source, unit, ago, ahead, stage) in enumerate(matters.TASKS):
        head = desk.head_of(unit)
        values = {
            "任务": task, "任务来源": source, "责任部门": desk.place(unit),
            "完成期限": desk.day(-ahead).isoformat(),
        }  # fmt: skip
        above = programmes[place % len(programmes)]
        record = desk.open(office, ago, "ledger.key_task", "交办", values, above)
        if stage == "待认领":
            continue
        desk.act(
            record, head, ago - 2, "认领", {"责任人": head.pk, "工作措施": f"{task}：分三步，按周报进展。"}
        )
        desk.act(record, head, ago // 2, "报进展", {"进展情况": "已完成摸底，正在逐项办理。"})
        if stage == "推进中":
            continue
        done = max(1, -ahead + 1)
        desk.act(record, head, done, "报完成", {}, file="完成佐证")
        if stage == "已销号":
            desk.act(record, desk.offices.people["督察室"], done - 1, "销号", {})


def _faults(desk: Desk) -> None:
    inspector = desk.offices.people["督察员"]
    for problem, source, category, unit, ago, ahead, stage in matters.FAULTS:
        head = desk.head_of(unit)
        values = {"问题描述": problem, "问题来源": source, "问题类别": category, "责任部门": desk.place(unit)}
        record = desk.open(inspector, ago, "ledger.rectification", "登记", values)
        if stage == "登记":
            continue
        plan = {
            "责任人": head.pk,
            "责任领导": desk.leader_of(unit).pk,
            "整改措施": "逐件核对、限期补正，举一反三。",
            "整改期限": desk.day(-ahead).isoformat(),
        }
        desk.act(record, head, ago - 2, "认领", plan)
        if stage == "认领":
            continue
        done = max(2, 1 - ahead)
        desk.act(
            record, head, done, "报验", {"整改情况": "已逐件补正，并开展一次专门培训。"}, file="整改佐证"
        )
        if stage == "销号":
            desk.act(record, inspector, done - 1, "销号", {})


def _petitions(desk: Desk) -> None:
    clerk, chief = desk.offices.people["信访干部"], desk.offices.people["信访办主任"]
    for who, appeal, channel, level, unit, ago, way, stage in matters.PETITIONS:
        values = {"信访人": who, "诉求": appeal, "来源": channel, "级别": level}
        record = desk.open(clerk, ago, "ledger.petition", "登记", values)
        if stage == "登记":
            continue
        leader = desk.leader_of(unit)
        due = desk.day(ago - 30).isoformat()
        given = {"承办部门": desk.place(unit), "包案领导": leader.pk, "答复期限": due}
        desk.act(record, chief, ago - 1, "分派", given)
        desk.act(
            record,
            leader,
            ago - 3,
            "定化解路径",
            {"化解路径": way, "化解方案": "当面听取意见，核对案卷后答复。"},
        )
        if stage == "分派":
            continue
        day = desk.day(ago - 20)
        said = {"答复意见": "已当面答复并说明理由。", "答复日期": day.isoformat()}
        desk.act(record, desk.head_of(unit), ago - 20, "答复", said)
        if stage == "化解":
            desk.act(
                record,
                clerk,
                ago - 25,
                "化解销号",
                {"核查意见": "电话回访，信访人表示理解。"},
                file="化解佐证",
            )


def _papers(desk: Desk) -> None:
    clerk = desk.offices.people["机要文书"]
    for title, number, source, unit, ago, ahead, stage in matters.PAPERS:
        head = desk.head_of(unit)
        values = {
            "标题": title, "收发": "收文", "文号": number, "来文单位": source, "密级": "内部",
            "收文日期": desk.day(ago).isoformat(), "现持有人": clerk.pk,
        }  # fmt: skip
        record = desk.open(clerk, ago, "ledger.official_document", "收到", values)
        routed = {
            "拟办意见": f"请{unit}办理。",
            "主办部门": desk.place(unit),
            "办理期限": desk.day(-ahead).isoformat(),
        }
        desk.act(record, clerk, max(ago - 1, 0), "登记拟办", routed)
        if stage == "登记":
            continue
        desk.act(record, clerk, ago - 2, "送出", {"现持有人": head.pk})
        if stage == "办毕":
            desk.act(record, head, ago - 9, "办毕", {"阅办意见": "已按要求落实。"})


def _leaves(desk: Desk) -> None:
    people = desk.offices.staff.judges["民事"]
    for person, (kind, days, begins, why, agreed) in zip(people, matters.LEAVES, strict=False):
        first = desk.on + timedelta(days=begins)
        last = first + timedelta(days=int(days) - 1)
        ago = max(1, 6 - begins)
        values = {
            "请假类别": kind,
            "起": first.isoformat(),
            "止": last.isoformat(),
            "天数": days,
            "事由": why,
        }
        record = desk.open(person, ago, "approval.leave", "提交", values)
        if agreed:
            desk.act(record, desk.offices.staff.heads["民事审判第一庭"], ago - 1, "同意", {})
        if agreed and last < desk.on:
            desk.act(record, person, (desk.on - last).days, "销假", {"销假日期": last.isoformat()})


def _party_days(desk: Desk) -> None:
    """Each branch once a month, uploaded in time; the third left one out, which its gap list shows."""
    committee = desk.offices.people["机关党委专职副书记"]
    for place, (branch, led_from, _) in enumerate(BRANCHES):
        secretary, unit = desk.offices.staff.heads[led_from], desk.offices.departments[branch]
        members = list(unit.postings.order_by("pk").values_list("person", flat=True))
        for months, topic in matters.PARTY_DAYS:
            if place == 2 and months == 2:
                continue
            ago = months * 30 + place
            held = {
                "日期": desk.day(ago).isoformat(), "党支部": unit.pk, "主题": topic,
                "参加人": members[: len(members) - months % 2],
            }  # fmt: skip
            record = desk.open(secretary, ago, "activity.theme_party_day", "记录", held)
            desk.act(record, secretary, ago - 2, "上传平台", {"上传日期": desk.day(ago - 2).isoformat()})
            if months > 1:
                desk.act(record, committee, ago - 9, "核验", {})
