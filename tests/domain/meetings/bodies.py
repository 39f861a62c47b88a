"""Small bodies for the tests of meetings, and a table at which they sit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mingjing.domain.dates.durations import read_duration
from mingjing.domain.ledgers.matters import Deed, Matter, Stepped, Who
from mingjing.domain.ledgers.register import Register
from mingjing.domain.meetings.outline import FIELDS, STATES, acts
from mingjing.domain.meetings.proportions import read_proportion
from mingjing.domain.meetings.rules import (
    Ballot,
    Enforcement,
    FirstItem,
    Informing,
    Meeting,
    Preparation,
    TopicClass,
)
from mingjing.domain.meetings.sitting import Sitting, read_sitting
from mingjing.domain.meetings.stepping import step

ZONE = ZoneInfo("Asia/Shanghai")
CLERK, HEAD, CHIEF = 90, 1, 80
TOLD = "派驻纪检组长"
CALLED = (1, 2, 3, 4, 5)


def party_group(**more: object) -> Meeting:
    """A body of five whose head (key 1) speaks last; major matters need three preparations and a notice."""
    told = Informing(
        TOLD, read_duration("半个工作日"), gap=read_duration("4 小时"), after=read_duration("5 天")
    )
    meeting = Meeting(
        register=Register(
            id="meeting.party_group",
            label="党组会",
            owner="综合办公室",
            since=date(2024, 1, 1),
            number="党组会-{年}-{序号:3}",
            fields=FIELDS,
            states=STATES,
            acts=acts(("综合办",), (TOLD,)),
        ),
        by=("综合办",),
        members=("党组成员",),
        chair=("党组书记",),
        quorum=read_proportion("半数以上"),
        first_item=FirstItem("第一议题"),
        head_last=Enforcement.MARK,
        classes=(
            TopicClass("第一议题", decides=False),
            TopicClass("一般事项"),
            TopicClass("干部任免", quorum=read_proportion("三分之二以上")),
            TopicClass(
                "三重一大",
                needs=tuple(Preparation(one) for one in ("调查研究", "征求意见", "充分酝酿")),
                told=(TOLD,),
            ),
        ),
        told=(told,),
        ballot=Ballot(read_proportion("超过半数")),
        resolutions="ledger.resolutions",
    )
    return replace(meeting, **more)  # type: ignore[arg-type]


def at(text: str) -> datetime:
    """A moment of the court's zone, from ``2024-03-05 14:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def who(key: int) -> Who:
    """A person of the body: the clerk, the head, the chief of discipline, a member."""
    capacities = {CLERK: {"综合办"}, CHIEF: {TOLD}}.get(key, {"应到人员", "党组成员"})
    if key == HEAD:
        capacities = {*capacities, "主持人", "主要负责人", "党组书记"}
    return Who(key, f"委员{key}", frozenset(capacities))


@dataclass
class Table:
    """A meeting that is acted on step by step."""

    meeting: Meeting = field(default_factory=party_group)
    matter: Matter = field(default_factory=Matter)
    when: str = "2024-03-05 14:30"
    flags: list[str] = field(default_factory=list)
    opened: int = 0

    @property
    def sitting(self) -> Sitting:
        """What the meeting remembers."""
        return read_sitting(self.matter.inner)

    def act(
        self,
        label: str,
        by: int = CLERK,
        *,
        moment: str = "",
        why: str = "",
        values: dict[str, object] | None = None,
        **target: object,
    ) -> Stepped:
        """One act; the table stands after it."""
        deed = Deed(label, who(by), at(moment or self.when), values or {}, target, why)
        stepped = step(self.meeting, self.matter, deed)
        self.matter = Matter(stepped.state, stepped.values, stepped.inner)
        self.flags += stepped.flags
        self.opened += len(stepped.opens)
        return stepped

    def plan(self, called: tuple[int, ...] = CALLED, starts: str = "2024-03-05T14:30") -> Table:
        """A meeting of these people is planned."""
        values: dict[str, object] = {
            "会议名称": "第 3 次党组会",
            "会议时间": starts,
            "主持人": HEAD,
            "应到人员": list(called),
        }
        self.act("筹备", moment="2024-03-01 09:00", values=values)
        return self

    def topic(self, title: str, kind: str = "一般事项") -> Table:
        """A topic at the end of the agenda."""
        self.act("增加议题", moment="2024-03-01 10:00", 议题=title, 类别=kind)
        return self

    def begin(self, *present: int) -> Table:
        """The first item and what was added are convened; these people sign in; the meeting opens."""
        if self.meeting.first_item and not any(one.kind == "第一议题" for one in self.sitting.agenda):
            self.topic("传达学习", "第一议题")
            self.act("调整议题", 议题="传达学习", 位置="1")
        self.act("召集", moment="2024-03-04 09:00")
        for person in present or CALLED:
            self.act("签到", person)
        self.act("宣布开会", HEAD)
        if self.meeting.first_item:
            self.act("进入议题", 议题="传达学习")
            self.act("议毕")
        return self

    def vote(self, **votes: str) -> Table:
        """Votes by name: ``p1="同意"``."""
        for key, given in votes.items():
            self.act("表决", int(key[1:]), 表决=given)
        return self

    def decide(self, outcome: str = "通过", due: str = "2024-04-30") -> Stepped:
        """The topic in hand is decided, department 7 responsible."""
        entered: dict[str, object] = {"决议内容": "照办。", "责任部门": 7, "办理期限": due}
        return self.act("作出决定", HEAD, values=entered, 结果=outcome)
