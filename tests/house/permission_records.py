"""One record of each machinery for the table of permissions: a ledger, a filing, an approval, a meeting."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from mingjing.services.records import evidence, linking
from mingjing.services.records.acting import do
from mingjing.services.records.campaigns import call
from mingjing.services.records.delegating import delegate
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Person
from tests.services.builders import DAY, House, acting

MENDING, GROUP = "ledger.rectification", "meeting.party_group"
PLEDGE = "filing.pledge"


def of_the_registers(house: House, inspector: Person) -> dict[str, object]:
    """A problem the judge mends, with a file; another one linked to it."""
    given = {
        "问题描述": "卷宗超期未归档", "问题来源": "案件评查", "问题类别": "审判执行",
        "责任部门": house.first_civil.pk,
    }  # fmt: skip
    record, other = (open_record(acting(inspector), MENDING, "登记", given) for _ in range(2))
    taken = {
        "责任人": house.judge.pk, "责任领导": house.leader.pk, "整改措施": "逐卷清理",
        "整改期限": "2024-05-06",
    }  # fmt: skip
    do(acting(house.judge), record.pk, "认领", taken)
    proof = evidence.keep(SimpleUploadedFile("清单.txt", "已归档".encode()))
    do(
        acting(house.judge),
        record.pk,
        "报告进展",
        {"整改情况": "过半"},
        files=[("整改佐证", proof, "清单.txt")],
    )
    tie = linking.link(acting(inspector), record.pk, other.pk, "同一问题")
    return {
        "register_id": MENDING,
        "record_id": record.pk,
        "act_label": "报告进展",
        "document_id": "document.rectification_notice",
        "attachment_id": record.attachments.get().pk,
        "link_id": tie.pk,
    }


def of_the_periods(inspector: Person) -> dict[str, object]:
    """A pledge everybody is to sign, called by the inspector."""
    return {"filing_id": PLEDGE, "period_id": call(acting(inspector), PLEDGE).pk}


def of_the_approvals(house: House) -> dict[str, object]:
    """A leave the judge applies for, and duties the judge has lent to the clerk."""
    given = {
        "请假类别": "年休假", "起": "2024-04-08", "止": "2024-04-09", "天数": "2", "事由": "探亲",
    }  # fmt: skip
    leave = open_record(acting(house.judge), "approval.leave", "提交", given)
    lent = delegate(
        acting(house.judge), taker_id=house.clerk.pk, reason="年休假", since=DAY, until=date(2024, 4, 9)
    )
    return {"approval_id": leave.pk, "delegation_id": lent.pk}


def of_the_meetings(house: House, secretary: Person) -> dict[str, object]:
    """A meeting of the party group, prepared by the office, to which the president is called."""
    called = {
        "会议名称": "第四次党组会", "会议时间": "2024-04-08T14:30", "主持人": house.president.pk,
        "应到人员": [house.president.pk, house.leader.pk],
    }  # fmt: skip
    meeting = open_record(acting(secretary), GROUP, "筹备", called)
    return {"meeting_id": meeting.pk, "body_id": GROUP, "paper_kind": "agenda"}
