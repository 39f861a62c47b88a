"""One inspection of 3 aspects, 8 problems and 21 issues, played through the ledgers of inspections.

The bulletin printed 6 issues as 已完成, 15 as 已完成并长期坚持 and none as 基本完成. Four of them could
not have been: their approvals were open, or nothing proved them.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mingjing.definitions.registry import Registry
from mingjing.domain.ledgers.matters import Deed, Matter, NotReady, Who
from mingjing.domain.ledgers.register import Register
from mingjing.domain.ledgers.stepping import step

FIXTURE = Path(__file__).parents[1] / "journeys" / "fixtures" / "inspection_21_issues.csv"
FEEDBACK = datetime(2021, 4, 13, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PRESIDENT, LEADER, OFFICE, UNIT, HANDLER = 1, 2, 3, 4, 5
LASTING = "已完成并长期坚持"


@pytest.fixture(scope="module")
def issue() -> Register:
    found = Registry.load(Path(__file__).parents[2] / "institutions" / "cn").newest_register(
        "ledger.inspection_issue"
    )
    assert found is not None
    return found


def issues() -> list[dict[str, str]]:
    with FIXTURE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def claimed(register: Register, row: dict[str, str]) -> Matter:
    """The issue after the handler claims the status that the bulletin printed."""
    lasting = row["通报所列档次"] == LASTING
    act = "报长期坚持" if lasting else "报已完成"
    plan = {"责任领导": LEADER, "责任部门": UNIT, "责任人": HANDLER, "整改期限": row["整改期限"]}
    claim = {"整改进展": row["整改措施"], "整改佐证": ["a" * 64], "整改档次": row["通报所列档次"]}
    if int(row["佐证数"]) == 0:
        del claim["整改佐证"]
    story: list[tuple[str, int, dict[str, object]]] = [
        ("拆解", OFFICE, {"编号": row["编号"], "具体问题": row["具体问题"], "问题表现": row["问题"]}),
        ("补充责任", OFFICE, dict(plan)),
        ("批准方案", PRESIDENT, {key: plan[key] for key in ("责任领导", "责任部门", "整改期限")}),
        (act, HANDLER, {**claim, **({"持续任务": row["整改措施"]} if lasting else {})}),
    ]
    matter = Matter()
    for day, (label, who, values) in enumerate(story):
        counts = {"未结下级": 1 if label == "批准方案" else 0, "未结审批": int(row["未结审批"])}
        before = Matter(
            matter.state,
            matter.values,
            matter.inner,
            counts,
            matter.opened,
            assumed=frozenset({"整改佐证"}),  # the count of evidence decides, not that the box is filled
        )
        deed = Deed(label, Who(who, "甲", frozenset(), anything=True), FEEDBACK + timedelta(days=day), values)
        stepped = step(register, before, deed)
        matter = Matter(stepped.state, stepped.values, stepped.inner, counts, FEEDBACK.date())
    return matter


def test_there_are_three_aspects_eight_problems_and_twenty_one_issues() -> None:
    rows = issues()
    assert (len({row["方面"] for row in rows}), len({row["问题"] for row in rows}), len(rows)) == (3, 8, 21)
    assert len({row["编号"] for row in rows}) == 21


def test_the_printed_labels_are_six_and_fifteen_and_never_nine_eleven_one() -> None:
    counted = Counter(row["通报所列档次"] for row in issues())
    assert counted == {"已完成": 6, LASTING: 15}


def test_four_issues_cannot_be_what_the_bulletin_printed(issue: Register) -> None:
    refused: dict[str, str] = {}
    for row in issues():
        try:
            claimed(issue, row)
        except NotReady as refusal:
            refused[row["编号"]] = str(refusal)
    assert refused == {
        "1.1.1": "还有批准手续没有办完，至多算“基本完成”",
        "1.3.1": "还有批准手续没有办完，至多算“基本完成”",
        "1.3.2": "没有佐证，至多算“基本完成”",
        "2.1.1": "还有批准手续没有办完，至多算“基本完成”",
    }


def test_the_other_seventeen_stand_in_the_state_of_their_label(issue: Register) -> None:
    held = Counter(
        claimed(issue, row).state
        for row in issues()
        if row["编号"] not in ("1.1.1", "1.3.1", "1.3.2", "2.1.1")
    )
    assert held == {"长期坚持": 12, "已完成": 5}
